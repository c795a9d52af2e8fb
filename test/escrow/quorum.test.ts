// Cards as they come in: what each is called, when there are enough, and which key comes out.

import { describe, expect, test } from 'vitest';
import { encodeHex, equalBytes } from '../../src/core/bytes.ts';
import { LIMITS } from '../../src/core/limits.ts';
import type { Charter } from '../../src/core/record/charter.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import type { Share } from '../../src/core/share/share-record.ts';
import { cardCommitment } from '../../src/core/share/set.ts';
import { decodeShareRows, encodeShareRows } from '../../src/core/share/share-text.ts';
import type { CardSecret, Ceremony } from '../../src/escrow/ceremony.ts';
import { CardTable } from '../../src/escrow/quorum.ts';
import type { CardVerdict } from '../../src/escrow/card-verdict.ts';
import { ceremonyOf, crypto, flat, grouped, refusal } from './sample.ts';

const three = ceremonyOf(flat(3, 5));
const other = ceremonyOf(flat(2, 3), { escrow: 'fedcba9876543210' });
const replaced = ceremonyOf(flat(3, 5), { setNumber: 2 });
const groups = ceremonyOf(grouped(2, [2, 3], [1, 2], [3, 3]));

const cardOf = ({ cards }: Ceremony, number: number): CardSecret => cards[number - 1]!;
const isKeyOf =
  ({ seed }: Ceremony) =>
  (found: Uint8Array): Promise<boolean> =>
    Promise.resolve(equalBytes(found, seed));

function give(table: CardTable, ceremony: Ceremony, ...numbers: number[]): CardVerdict[] {
  return numbers.map((number) => table.add(`card-${number}`, cardOf(ceremony, number).rows));
}

/** A card that says it is `number` of this ceremony, and is not. */
function forgedRows(ceremony: Ceremony, number: number, changes: Partial<Share> = {}): readonly string[] {
  const share = decodeShare(crypto, cardOf(ceremony, number).record);
  return encodeShareRows(encodeShare(crypto, { ...share, value: crypto.randomBytes(32), ...changes }));
}

/** The charter as somebody would write it who wants this card to count as card 1. */
function lyingCharter(rows: readonly string[]): Charter {
  const commitment = encodeHex(cardCommitment(crypto, decodeShareRows(crypto, rows).record));
  return {
    ...three.charter,
    cards: three.charter.cards.map((card) => (card.card === 1 ? { ...card, commitment } : card)),
  };
}

/** Another first symbol. */
const withSlip = (text: string): string => `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;

describe('a card is called', () => {
  test('good, under the charter that lists it', () => {
    const [verdict] = give(new CardTable(crypto, three.charter), three, 4);
    expect(verdict).toMatchObject({ state: 'good', label: 'card 4', card: 4, repairs: [] });
    expect(verdict?.mark).toMatchObject({ colour: 'gold', shape: 'circle' });
    expect(verdict?.setId).toBe(three.charter.set.id);
  });

  test('readable, where there is no charter; the number is of its group then', () => {
    const [verdict] = give(new CardTable(crypto), groups, 5);
    expect(verdict).toMatchObject({ state: 'readable', label: 'group 2 card 2' });
    expect(verdict).not.toHaveProperty('card');
    expect(give(new CardTable(crypto, groups.charter), groups, 5)).toMatchObject([
      { state: 'good', label: 'card 5' },
    ]);
  });

  test('already given, the second time, and is kept once', () => {
    const table = new CardTable(crypto, three.charter);
    expect(give(table, three, 2, 2, 3).map(({ state }) => state)).toEqual(['good', 'already-given', 'good']);
    expect(table.hasQuorum()).toBe(false);
  });

  test('of another set', () => {
    expect(give(new CardTable(crypto, three.charter), other, 1)).toMatchObject([
      { state: 'other-set', label: 'card 1' },
    ]);
    expect(give(new CardTable(crypto, three.charter), replaced, 1)).toMatchObject([{ state: 'other-set' }]);
  });

  test('not listed, when it claims this set and the charter does not know it', () => {
    const table = new CardTable(crypto, three.charter);
    expect(table.add('x', forgedRows(three, 1))).toMatchObject({ state: 'not-listed', label: 'card 1' });
  });

  test('unreadable, with the row', () => {
    const [one, two, , four] = cardOf(three, 1).rows;
    const verdict = new CardTable(crypto, three.charter).add('x', [one, two, 'nonsense', four]);
    expect(verdict).toMatchObject({ state: 'unreadable', label: '', problem: { code: 'share.row-length' } });
    expect(verdict).not.toHaveProperty('mark');
  });

  test('good and repaired, with the place', () => {
    const [one, two, three3, four] = cardOf(three, 1).rows;
    const verdict = new CardTable(crypto, three.charter).add('x', [one, withSlip(two), three3, four]);
    expect(verdict).toMatchObject({ state: 'good', card: 1, repairs: [{ row: 2, position: 1 }] });
  });

  test('good for two errors in a row of a card that the charter does not list: it is tried without', () => {
    const [one, two, three3, four] = cardOf(other, 1).rows;
    const spoilt = withSlip(two).slice(0, 5) + withSlip(two.slice(5));
    const verdict = new CardTable(crypto, three.charter).add('x', [one, spoilt, three3, four]);
    expect(verdict).toMatchObject({ state: 'other-set', repairs: [{ row: 2 }, { row: 2 }] });
  });
});

describe('what is missing', () => {
  test('nothing was given', () => {
    expect(new CardTable(crypto).progress()).toBeUndefined();
    expect(new CardTable(crypto).hasQuorum()).toBe(false);
  });

  test.each<[string, Ceremony, boolean, number[], string]>([
    ['two of three, by number', three, true, [1, 4], '1 more of cards 2, 3, 5'],
    ['two of three, without a charter', three, false, [1, 4], '1 more of this set'],
    ['a quorum', three, true, [1, 4, 5], ''],
    ['a quorum, without a charter', three, false, [1, 4, 5], ''],
    ['one group of two', groups, true, [1, 2], '1 more of cards 4, 5'],
    ['one group of two, without a charter', groups, false, [1, 2], 'the cards of 1 more group'],
    ['parts of two groups', groups, true, [1, 6], '1 more of cards 2, 3 and 1 more of cards 4, 5'],
    [
      'parts of two groups, without a charter',
      groups,
      false,
      [1, 6],
      '1 more of group 1 and 2 more of group 3',
    ],
    ['two groups', groups, false, [1, 3, 5], ''],
  ])('%s', (_name, ceremony, hasCharter, cards, missing) => {
    const table = new CardTable(crypto, hasCharter ? ceremony.charter : undefined);
    give(table, ceremony, ...cards);
    expect(table.progress()).toMatchObject({ have: cards.length, missing });
    expect(table.hasQuorum()).toBe(missing === '');
  });

  test('as numbers: by the charter, by the cards, and whole groups', () => {
    const lacksOf = (ceremony: Ceremony, hasCharter: boolean, ...cards: number[]): unknown => {
      const table = new CardTable(crypto, hasCharter ? ceremony.charter : undefined);
      give(table, ceremony, ...cards);
      return table.progress()?.lacks;
    };
    const cards = (group: number | undefined, more: number, ...from: number[]): object => ({
      kind: 'cards',
      group,
      more,
      from,
    });
    expect(lacksOf(three, true, 1, 4)).toEqual([cards(undefined, 1, 2, 3, 5)]);
    expect(lacksOf(three, false, 1, 4)).toEqual([cards(undefined, 1)]);
    expect(lacksOf(three, true, 1, 4, 5)).toEqual([]);
    expect(lacksOf(groups, true, 1, 6)).toEqual([cards(1, 1, 2, 3), cards(2, 1, 4, 5)]);
    expect(lacksOf(groups, false, 1, 6)).toEqual([cards(1, 1), cards(3, 2)]);
    expect(lacksOf(groups, false, 1, 2)).toEqual([{ kind: 'groups', more: 1 }]);
  });

  test('is told of the fullest set', () => {
    const table = new CardTable(crypto, three.charter);
    give(table, other, 1);
    give(table, three, 1, 2);
    expect(table.progress()).toMatchObject({ have: 2, missing: '1 more of cards 3, 4, 5' });
  });

  test.each([2, 4])('a charter that says %d where the cards say 3 changes nothing', (threshold) => {
    const policy = { groupThreshold: 1, groups: [{ threshold, members: 5 }] };
    const table = new CardTable(crypto, { ...three.charter, policy });
    give(table, three, 1, 2);
    expect(table.hasQuorum()).toBe(false);
    give(table, three, 3);
    expect(table.hasQuorum()).toBe(true);
  });

  test('a forged card does not make a quorum by claiming a lower threshold', () => {
    const table = new CardTable(crypto);
    table.add('x', forgedRows(three, 5, { memberThreshold: 2 }));
    give(table, three, 1);
    expect(table.hasQuorum()).toBe(false);
    give(table, three, 2, 3);
    expect(table.hasQuorum()).toBe(true);
  });
});

describe('the key is rebuilt', () => {
  test.each([
    ['from a quorum, and the rest is set aside', three, [5, 3, 1, 2], three.charter, true],
    ['without a charter', three, [5, 3, 1], undefined, false],
    ['under a charter that is another escrow’s', three, [5, 3, 1], other.charter, false],
    ['over two levels', groups, [4, 2, 3], groups.charter, true],
    ['over two levels without a charter', groups, [6, 7, 8, 5], undefined, false],
  ] as [string, Ceremony, number[], Charter | undefined, boolean][])(
    '%s',
    async (_name, ceremony, cards, charter, underCharter) => {
      const table = new CardTable(crypto, charter);
      give(table, ceremony, ...cards);
      const opened = await table.open(isKeyOf(ceremony), 'package 1');
      expect(equalBytes(opened.seed, ceremony.seed)).toBe(true);
      expect(opened).toMatchObject({
        recipient: ceremony.recipient,
        setId: ceremony.charter.set.id,
        underCharter,
      });
      expect([...opened.used, ...opened.aside]).toHaveLength(cards.length);
    },
  );

  test('from enough true cards among forged ones, doubles, strays and ruined ones', async () => {
    for (const charter of [three.charter, undefined]) {
      const table = new CardTable(crypto, charter);
      table.add('ruined', ['', '', '', '']);
      table.add('forged', forgedRows(three, 1));
      table.add('forged too', forgedRows(three, 2, { memberThreshold: 2 }));
      give(table, other, 1, 2, 3);
      give(table, three, 2, 2, 4, 5);
      const opened = await table.open(isKeyOf(three), 'package 1');
      expect(opened.used.map(({ from }) => from)).toEqual(['card-2', 'card-4', 'card-5']);
      expect(opened.aside.map(({ from }) => from)).toEqual([
        'ruined',
        'forged',
        'forged too',
        'card-1',
        'card-2',
        'card-3',
        'card-2',
      ]);
    }
  });

  test('under a charter that lists a forged card as good: all that can be read is tried', async () => {
    const rows = forgedRows(three, 1);
    const table = new CardTable(crypto, lyingCharter(rows));
    expect(table.add('forged', rows).state).toBe('good');
    give(table, three, 2, 3, 4);
    const opened = await table.open(isKeyOf(three), 'package 1');
    expect(opened.underCharter).toBe(false);
    expect(opened.used.map(({ from }) => from)).toEqual(['card-2', 'card-3', 'card-4']);
  });

  test('a key that opens nothing is not offered twice, and is wiped', async () => {
    const offered: Uint8Array[] = [];
    const table = new CardTable(crypto, three.charter);
    give(table, three, 1, 2, 3);
    const refused = await refusal(() =>
      table.open((seed) => {
        offered.push(seed);
        return Promise.resolve(false);
      }, 'package 7'),
    );
    expect(refused).toEqual({ code: 'recover.other-key', facts: { file: 'package 7', mark: 'gold circle' } });
    expect(offered.length).toBeLessThanOrEqual(2);
    expect(offered.every((seed) => seed.every((byte) => byte === 0))).toBe(true);
  });

  test('wiping leaves nothing of the cards in the table', async () => {
    const table = new CardTable(crypto, three.charter);
    give(table, three, 1, 2, 3);
    table.wipe();
    expect((await refusal(() => table.open(isKeyOf(three), 'x')))?.code).toMatch(/^recover\./);
  });
});

describe('it is not rebuilt, and why', () => {
  test.each<[string, (table: CardTable) => void, object]>([
    ['nothing was given', () => undefined, { code: 'recover.no-cards' }],
    [
      'nothing that can be read',
      (table) => {
        table.add('x', ['', '', '', '']);
      },
      { code: 'recover.no-cards' },
    ],
    [
      'too few of the one set',
      (table) => {
        give(table, three, 1, 2);
      },
      { code: 'recover.too-few', facts: { mark: 'gold circle', have: 2, need: '1 more of cards 3, 4, 5' } },
    ],
    [
      'too few of each of two sets',
      (table) => {
        give(table, three, 1, 2);
        give(table, replaced, 4);
      },
      {
        code: 'recover.no-quorum',
        facts: {
          sets: [
            {
              mark: 'gold circle',
              setId: three.charter.set.id,
              cards: ['card 1', 'card 2'],
              need: '1 more of cards 3, 4, 5',
            },
            {
              mark: 'blue square',
              setId: replaced.charter.set.id,
              cards: ['card 4'],
              need: '2 more of this set',
            },
          ],
        },
      },
    ],
    [
      'enough, but a forged one among them',
      (table) => {
        give(table, three, 1, 2);
        table.add('forged', forgedRows(three, 3));
      },
      { code: 'recover.no-subset', facts: { mark: 'gold circle', tried: 1 } },
    ],
    [
      'enough of another escrow',
      (table) => {
        give(table, other, 1, 2);
      },
      { code: 'recover.other-key' },
    ],
  ])('%s', async (_name, fill, expected) => {
    const table = new CardTable(crypto, three.charter);
    fill(table);
    expect(await refusal(() => table.open(isKeyOf(three), 'package 1'))).toMatchObject(expected);
  });

  test('at most so many subsets are tried, and then it ends', async () => {
    const many = ceremonyOf(flat(9, 18));
    const table = new CardTable(crypto);
    for (let card = 1; card <= 18; card++) table.add(`forged-${card}`, forgedRows(many, card));
    const refused = await refusal(() => table.open(() => Promise.resolve(false), 'package 1'));
    expect(refused).toMatchObject({ code: 'recover.no-subset', facts: { tried: LIMITS.recoverSubsets } });
  });
});

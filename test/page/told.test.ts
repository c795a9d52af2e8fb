import { EscrowError } from '../../src/core/errors.ts';
import { CardTable } from '../../src/escrow/quorum.ts';
import { firstState } from '../../src/page/state.ts';
import type { PageState } from '../../src/page/state.ts';
import { stringsOf } from '../../src/page/strings.ts';
import { tellBox, tellProblem } from '../../src/page/told.ts';
import { tellNeed } from '../../src/page/views/cards.ts';
import { describe, expect, test } from 'vitest';
import { ceremonyOf, crypto, flat, grouped } from '../escrow/sample.ts';
import { ceremony, rowsOf, ruined, withSlips } from './sample.ts';

const EN = stringsOf('en');
const STATE = firstState('en', 0, false);
const groups = ceremonyOf(grouped(2, [2, 3], [1, 2], [3, 3]));

/** The state after these cards of a ceremony. */
function given(of: typeof groups, cards: readonly number[], hasCharter = true): PageState {
  const charter = hasCharter ? of.charter : undefined;
  const table = new CardTable(crypto, charter);
  for (const card of cards) table.add('x', of.cards[card - 1]!.rows);
  return { ...STATE, charter, progress: table.progress() };
}

describe('the headline', () => {
  test.each<[string, PageState, string, string]>([
    ['nothing is known', STATE, 'The first card', 'Any card will do'],
    ['only the charter', given(ceremony, []), 'Three gold cards', 'gold circle'],
    ['one card', given(ceremony, [2]), 'Two more gold cards', '1, 3, 4 or 5'],
    ['two cards', given(ceremony, [2, 3]), 'One more gold card', '1, 4 or 5'],
    [
      'two, no charter',
      given(ceremony, [2, 3], false),
      'One more gold card',
      'Any cards with the gold circle',
    ],
    ['many cards', given(ceremonyOf(flat(20, 30)), [1]), '19 more gold cards', '2, 3, 4'],
    ['groups, nothing yet', given(groups, []), 'Two gold cards of group 1 and one gold card of group 2', ''],
    [
      'groups, one begun',
      given(groups, [1, 6], false),
      'One gold card of group 1 and two gold cards of group 3',
      '',
    ],
    ['groups, one complete', given(groups, [1, 2], false), 'The cards of one more group', ''],
    ['enough, no package', given(ceremony, [1, 2, 3]), 'Enough cards', 'the package'],
    ['opening', { ...STATE, opening: { read: 0 } }, 'Opening the package', 'Leave this page open'],
  ])('when %s', (_when, state, headline, lead) => {
    const need = tellNeed(EN, state);
    expect(need.headline).toBe(headline);
    expect(need.lead).toContain(lead);
  });

  test('when a damaged package or false cards keep it shut', () => {
    const shut = (error: EscrowError): string => tellNeed(EN, { ...STATE, problem: error }).headline;
    expect(shut(new EscrowError('age.payload', { reason: 'x' }))).toBe('It did not open');
    expect(shut(new EscrowError('recover.no-subset', { mark: 'x', tried: 1 }))).toBe('One more card');
  });
});

test.each([
  ['en', 'type its rows'],
  ['es', 'escriba las filas'],
  ['de', 'tippen Sie die Zeilen'],
  ['fr', 'tapez les lignes'],
] as const)('a photo without a code may have rows that can be typed: %s', (language, words) => {
  expect(tellProblem(stringsOf(language), new EscrowError('scan.no-code', { name: 'x' }))).toContain(words);
});

describe('a card’s box', () => {
  const told = (...rows: readonly string[]): ReturnType<typeof tellBox> => {
    const verdict = new CardTable(crypto, ceremony.charter).add('x', rows);
    return tellBox(
      EN,
      { ...STATE, charter: ceremony.charter },
      { kind: 'card', verdict, via: 'typed', at: 65_000 },
    );
  };
  const [one, two, three, four] = rowsOf(ceremony, 1) as [string, string, string, string];

  test('says what was repaired', () => {
    const box = told(one, `?${two.slice(1)}`, withSlips(three, 4), four);
    expect(box).toMatchObject({ heading: 'Card 1 · good, repaired', tone: 'repaired' });
    expect(box.details[0]).toBe('typed 01:05');
    expect(box.details[1]).toMatch(/^Repaired: row 2, symbol 1 is .; row 3, symbol 4: . is .\.$/);
  });

  test('names the row with the typing error, or the rows', () => {
    expect(told(one, ruined(two), three, four).heading).toBe('Card · typing error in row 2');
    expect(told(ruined(one), ruined(two), three, four).heading).toBe('Card · typing errors in rows 1, 2');
    expect(told(two, one, three, four).details[1]).toBe('Row 1 is row 2 of the card. Type them in order.');
  });

  test('of another ceremony with the same mark says so', () => {
    const stranger = ceremonyOf(flat(3, 5), { setNumber: 1 });
    expect(told(...stranger.cards[0]!.rows).details[1]).toMatch(/of set \w{8}; these are of set \w{8}/);
  });
});

test('a problem nobody thought of is told by its code', () => {
  expect(tellProblem(EN, new EscrowError('record.version', { what: 'manifest', found: 'v2' }))).toContain(
    'record.version',
  );
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LoadedFonts, loadFonts } from '../../src/adapters/fonts.ts';
import { EscrowError, isEscrowError } from '../../src/core/errors.ts';
import { LANGUAGES } from '../../src/core/languages.ts';
import { assertPrintable, type CardContent, layoutCard } from '../../src/paper/card.ts';
import { CODE_MEASURES, symbolCells } from '../../src/paper/card-code.ts';
import { type Block, blockText, boxesOverlap, type DisplayList } from '../../src/paper/display-list.ts';
import { foldDistance, isClear, type Paper, SHEETS } from '../../src/paper/measures.ts';
import { CODE_MODULES, LOCKED_CODE_MODULES, QUIET_MODULES } from '../../src/paper/qr-write.ts';
import { LOCKED_ROWS, SAMPLE, SAMPLE_ROWS } from './sample-card.ts';

const PAPERS: Paper[] = ['a4', 'letter'];

let fonts: LoadedFonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

const layout = (over: Partial<CardContent> = {}, paper: Paper = 'a4'): DisplayList =>
  layoutCard({ ...SAMPLE, ...over }, paper, fonts);

const printed = (list: DisplayList): Block[] => list.blocks.filter((block) => block.role !== 'Artifact');

const blockNamed = (list: DisplayList, name: string): Block =>
  list.blocks.find((block) => block.name === name) ?? expect.fail(`no block ${name}`);

/** What stands in the zone around the code that has to stay empty. */
function besideCode(list: DisplayList, moduleMm: number): string[] {
  const { box } = blockNamed(list, 'code');
  const quiet = QUIET_MODULES * moduleMm;
  const zone = {
    left: box.left - quiet,
    top: box.top - quiet,
    right: box.right + quiet,
    bottom: box.bottom + quiet,
  };
  const others = list.blocks.filter((block) => block.name !== 'code' && boxesOverlap(block.box, zone));
  return others.map((block) => block.name);
}

const sizesOf = (block: Block): number[] =>
  block.items.flatMap((item) => (item.kind === 'text' ? [item.sizePt] : []));

/** Everything a reader counts: all text but the rows, split as `wc -w` does; French signs belong to their word. */
const wordsOf = (list: DisplayList): string[] =>
  printed(list)
    .filter((block) => !block.name.startsWith('row '))
    .flatMap((block) => blockText(block).split(/[ \n]+/))
    .filter((word) => word !== '');

const twoLevels = (
  groupThreshold: number,
  ...groups: [threshold: number, members: number][]
): CardContent['policy'] => ({
  groupThreshold,
  groups: groups.map(([threshold, members]) => ({ threshold, members })),
});

describe.each(PAPERS)('a card on %s', (paper) => {
  test('nothing that matters is within 8 mm of a fold or off the margins', () => {
    const blocks = printed(layout({}, paper));
    expect(blocks.length).toBeGreaterThan(20);
    for (const block of blocks) {
      expect(foldDistance(block.box, paper), block.name).toBeGreaterThanOrEqual(7.99);
      expect(isClear(block.box, paper), block.name).toBe(true);
    }
  });

  test('fold ticks stand at thirds, at both edges', () => {
    const ticks = layout({}, paper).blocks.filter((block) => block.role === 'Artifact');
    const { heightMm, widthMm } = SHEETS[paper];
    expect(ticks).toHaveLength(4);
    for (const tick of ticks) {
      const y = (tick.box.top + tick.box.bottom) / 2;
      expect(Math.min(Math.abs(y - heightMm / 3), Math.abs(y - (2 * heightMm) / 3))).toBeLessThan(0.01);
      expect(tick.box.right <= 10 || tick.box.left >= widthMm - 10).toBe(true);
    }
  });

  test('code and rows have the sizes promised, and the code its quiet zone', () => {
    const list = layout({}, paper);
    const { moduleMm, rowPt } = CODE_MEASURES[paper];
    expect(moduleMm).toBeGreaterThanOrEqual(0.9);
    expect(rowPt).toBeGreaterThanOrEqual(19);
    const { box } = blockNamed(list, 'code');
    expect(box.right - box.left).toBeCloseTo(CODE_MODULES * moduleMm, 5);
    expect(besideCode(list, moduleMm)).toEqual([]);
  });

  test('no text is smaller than 11.5 pt', () => {
    for (const block of printed(layout({}, paper))) {
      for (const size of sizesOf(block)) expect(size, block.name).toBeGreaterThanOrEqual(11.5);
    }
  });

  test('the rows hold the 96 symbols in groups of four, each in its cell', () => {
    const list = layout({}, paper);
    SAMPLE_ROWS.forEach((row, index) => {
      const block = blockNamed(list, `row ${index + 1}`);
      const [label, ...groups] = block.items.map((item) => (item.kind === 'text' ? item.text : ''));
      expect(label).toBe(String(index + 1));
      expect(groups.join('')).toBe(row);
      expect(new Set(groups.map((group) => group.length))).toEqual(new Set([4]));
    });
    const cells = symbolCells(SAMPLE_ROWS, paper, fonts);
    expect(cells.map((cell) => cell.symbol).join('')).toBe(SAMPLE_ROWS.join(''));
    const row = blockNamed(list, 'row 2').box;
    const last = cells[47]?.box;
    expect(last!.right).toBeGreaterThan(row.right);
    expect(last!.left).toBeLessThan(row.right);
  });
});

describe.each(PAPERS)('a locked card on %s', (paper) => {
  const locked = (): DisplayList => layout({ rows: LOCKED_ROWS }, paper);

  test('has a row and a line more, and keeps to the same rules', () => {
    const blocks = printed(locked());
    expect(blocks.map(({ name }) => name)).toEqual(expect.arrayContaining(['row 5', 'locked']));
    for (const block of blocks) {
      expect(isClear(block.box, paper), block.name).toBe(true);
      for (const size of sizesOf(block)) expect(size, block.name).toBeGreaterThanOrEqual(11.5);
    }
    const cells = symbolCells(LOCKED_ROWS, paper, fonts);
    expect(cells.map((cell) => cell.symbol).join('')).toBe(LOCKED_ROWS.join(''));
  });

  test('has a code of modules no smaller than 0.9 mm, and its quiet zone', () => {
    const { box } = blockNamed(locked(), 'code');
    const moduleMm = (box.right - box.left) / LOCKED_CODE_MODULES;
    expect(moduleMm).toBeGreaterThanOrEqual(0.9);
    expect(besideCode(locked(), moduleMm)).toEqual([]);
  });
});

describe('what a card says', () => {
  test.each(LANGUAGES)('at most 120 words outside code and rows, in %s', (language) => {
    for (const holderName of ['Łukasz Żółkiewski', 'محمد الخوارزمي']) {
      const words = wordsOf(layout({ holderName, language }));
      const locked = wordsOf(layout({ holderName, language, rows: LOCKED_ROWS }));
      expect(words.length, words.join(' ')).toBeLessThanOrEqual(120);
      expect(locked.length, locked.join(' ')).toBeLessThanOrEqual(128);
      expect(words.length).toBeGreaterThan(90);
    }
  });

  test.each(LANGUAGES)('the same with groups, names apart, in %s', (language) => {
    for (const third of [2, 3]) {
      const policy = twoLevels(2, [2, 3], [2, 3], [third, 4]);
      const words = wordsOf(layout({ policy, group: 2, holderName: 'A', groupName: 'B', language }));
      const letters = words.filter((word) => /\p{L}/u.test(word));
      expect(letters.length, words.join(' ')).toBeLessThanOrEqual(120);
    }
  });

  test.each(LANGUAGES)(
    'nothing crowds the line for the bag, and a hand has room for a number, in %s',
    (language) => {
      for (const paper of PAPERS) {
        const list = layout({ language }, paper);
        const bag = blockNamed(list, 'bag').box.top;
        for (const name of ['doubt', 'leaving text'])
          expect(bag - blockNamed(list, name).box.bottom, name).toBeGreaterThan(3);
        const [rule] = blockNamed(list, 'call').items.filter((item) => item.kind === 'path');
        expect(rule!.box.right - rule!.box.left).toBeGreaterThan(30);
      }
    },
  );

  test('set, number, holder, charter words and edition are there', () => {
    const text = printed(layout()).map(blockText).join('\n');
    for (const part of [
      'GOLD circle',
      'set 4',
      '24 Nov 2026',
      'of 5',
      'For Łukasz Żółkiewski',
      '7Q2F9KZD',
      'share v1',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('orbit lemon cedar vivid raven pilot');
    expect(text).toContain('This one alone opens nothing.');
  });

  test('without a holder and without groups neither is mentioned', () => {
    const entries = Object.entries(SAMPLE).filter(([key]) => key !== 'holderName');
    const nameless = Object.fromEntries(entries) as unknown as CardContent;
    const names = layoutCard(nameless, 'a4', fonts).blocks.map((block) => block.name);
    expect(names).not.toContain('holder');
    expect(names).not.toContain('group');
  });

  test('the card number is the largest thing on the sheet', () => {
    const list = layout({ cardNumber: 147, cardCount: 255 });
    const [number] = sizesOf(blockNamed(list, 'card number'));
    expect(number).toBe(Math.max(...printed(list).flatMap(sizesOf)));
  });
});

describe('names', () => {
  const long = 'Maximiliana-Alexandra Freifrau von Hohenstein-Wittgenstein zu Schwarzburg-Sondershausen';

  test('a long one shrinks, then takes a second line, and stays inside', () => {
    const [short] = sizesOf(blockNamed(layout(), 'holder'));
    const middle = sizesOf(blockNamed(layout({ holderName: long.slice(0, 68) }), 'holder'));
    const whole = blockNamed(layout({ holderName: long }), 'holder');
    expect(short).toBe(15);
    expect(new Set(middle).size).toBe(1);
    expect(middle[0]).toBeLessThan(15);
    const baselines = new Set(whole.items.map((item) => (item.kind === 'text' ? item.baseline : 0)));
    expect(baselines.size).toBe(2);
  });

  test('one without spaces is broken between letters', () => {
    const { box } = blockNamed(layout({ holderName: 'W'.repeat(55) }), 'holder');
    expect(box.right).toBeLessThan(192);
  });

  test('one that fits nowhere is refused before any ceremony', () => {
    expect(() => {
      assertPrintable(fonts, `${long} ${long}`, 'holder', 'name of trustee 3');
    }).toThrow(expect.objectContaining({ code: 'paper.overflow', facts: { what: 'name of trustee 3' } }));
    expect(() => layout({ holderName: `${long} ${long}` })).toThrow(EscrowError);
    expect(() => {
      assertPrintable(fonts, long, 'group');
    }).toThrow(expect.objectContaining({ code: 'paper.overflow' }));
  });

  test.each(LANGUAGES)('the worst that is accepted still obeys every rule, in %s', (language) => {
    const equal = twoLevels(11, ...Array.from({ length: 12 }, (_, i): [number, number] => [12, 12 + i]));
    const unequal = {
      ...equal,
      groups: equal.groups.map((one, i) => (i === 0 ? { ...one, threshold: 11 } : one)),
    };
    const worst = {
      language,
      group: 12,
      groupName: 'Rechtsanwältinnen und Notare am Hafen',
      cardNumber: 200,
      cardCount: 255,
      setNumber: 200,
      created: '2026-09-28',
      holderName: long,
      mark: { colour: 'magenta', shape: 'triangle', hex: '#aa00aa' },
      words: Array.from({ length: 6 }, () => 'mushroom'),
    } as const;
    for (const paper of PAPERS)
      for (const policy of [equal, unequal])
        expect(printed(layout({ ...worst, policy }, paper)).length).toBeGreaterThan(20);
  });

  test('any names and policies either obey every rule or are refused with a code', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
      fc.string({
        unit: fc.constantFrom(...Array.from("Łóáß ÅĂЖЯΩπאבגدمل क्षत สมช王さ김-'")),
        minLength: 1,
        maxLength: 150,
      }),
    );
    const shape = fc.constantFrom('circle', 'square', 'triangle', 'diamond', 'star', 'hexagon');
    const size = fc.integer({ min: 1, max: 255 });
    const groups = fc.array(fc.record({ threshold: size, members: size }), { minLength: 1, maxLength: 6 });
    const content = fc.record({
      language: fc.constantFrom(...LANGUAGES),
      holderName: name,
      groupName: name,
      shape,
      groups,
      cardNumber: size,
      setNumber: size,
    });
    fc.assert(
      fc.property(content, fc.constantFrom(...PAPERS), (drawn, paper) => {
        const over = {
          ...drawn,
          mark: { ...SAMPLE.mark, shape: drawn.shape },
          policy: { groupThreshold: 1, groups: drawn.groups },
        };
        try {
          // layoutCard proves its own rules and throws where one is broken.
          layoutCard({ ...SAMPLE, ...over }, paper, fonts);
        } catch (error) {
          const isRefusal =
            isEscrowError(error, 'paper.unprintable') || isEscrowError(error, 'paper.overflow');
          if (!isRefusal) throw error;
          expect(['holder', 'group']).toContain(error.facts.what);
        }
      }),
      { numRuns: 60 },
    );
  });
});

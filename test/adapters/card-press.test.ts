import { beforeAll, describe, expect, test } from 'vitest';
import { type CardPress, loadCardPress } from '../../src/adapters/card-press.ts';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { writePdf } from '../../src/adapters/pdf-write.ts';
import { loadScanner, type Scanner } from '../../src/adapters/scan.ts';
import { LANGUAGES } from '../../src/core/languages.ts';
import { type CardContent, layoutCard } from '../../src/paper/card.ts';
import { CHECK_DPI, checkCardRaster, learnSymbols, type SymbolLooks } from '../../src/paper/card-check.ts';
import type { Block, DisplayList } from '../../src/paper/display-list.ts';
import type { Paper } from '../../src/paper/measures.ts';
import type { Raster } from '../../src/paper/raster.ts';
import { layoutSpecimen, SYMBOLS } from '../../src/paper/specimen.ts';
import { SAMPLE, SAMPLE_ROWS } from '../paper/sample-card.ts';

let fonts: LoadedFonts;
let scanner: Scanner;
const looks = new Map<string, SymbolLooks>();
const plain = { paper: 'a4', isLocked: false } as const;

async function draw(list: DisplayList): Promise<Raster> {
  for await (const page of scanner.rasterise(await writePdf(list, fonts), CHECK_DPI)) return page;
  return expect.fail('no page');
}

beforeAll(async () => {
  [fonts, scanner] = await Promise.all([loadFonts(), loadScanner()]);
  for (const paper of ['a4', 'letter'] as const) {
    for (const isLocked of [false, true]) {
      const form = { paper, isLocked };
      const specimen = await draw(layoutSpecimen(form, fonts));
      looks.set(`${paper} ${isLocked}`, learnSymbols(specimen, form, fonts));
    }
  }
});

function check(page: Raster, content: CardContent = SAMPLE, paper: Paper = 'a4'): Promise<void> {
  const known = looks.get(`${paper} ${content.rows.length === 5}`) ?? expect.fail('no looks');
  return checkCardRaster(page, {
    content,
    paper,
    fonts,
    looks: known,
    readCodes: (raster) => scanner.readRaster(raster),
  });
}

const layout = (over: Partial<CardContent> = {}, paper: Paper = 'a4'): DisplayList =>
  layoutCard({ ...SAMPLE, ...over }, paper, fonts);

/** The sample with some blocks taken from another card: a misprint. */
function patched(over: Partial<CardContent>, isTaken: (block: Block) => boolean): DisplayList {
  const wrong = layout(over);
  const blocks = layout().blocks.map((block) => {
    if (!isTaken(block)) return block;
    return wrong.blocks.find((other) => other.name === block.name) ?? expect.fail(block.name);
  });
  return { ...layout(), blocks };
}

const without = (list: DisplayList, name: string): DisplayList => ({
  ...list,
  blocks: list.blocks.filter((block) => block.name !== name),
});

const misprint = (reason: string): unknown =>
  expect.objectContaining({ code: 'paper.misprint', facts: { card: 3, reason } });

/** Rows with one symbol replaced; row and position from 1. */
function withSymbol(row: number, position: number, symbol: string): CardContent['rows'] {
  const [a, b, c, d] = SAMPLE_ROWS.map((text, index) =>
    index === row - 1 ? text.slice(0, position - 1) + symbol + text.slice(position) : text,
  );
  return [a!, b!, c!, d!];
}

describe('a good card passes', () => {
  test.each(['a4', 'letter'] as const)(
    'on %s, every symbol of the alphabet in every column',
    async (paper) => {
      for (let turn = 0; turn < 32; turn += 8) {
        const alphabet = SYMBOLS.slice(turn) + SYMBOLS.slice(0, turn);
        const text = alphabet.repeat(3);
        const rows: CardContent['rows'] = [
          text.slice(0, 24),
          text.slice(24, 48),
          text.slice(48, 72),
          text.slice(72),
        ];
        const content = { ...SAMPLE, rows };
        await check(await draw(layoutCard(content, paper, fonts)), content, paper);
      }
    },
  );

  test.each(['a4', 'letter'] as const)(
    'locked, on %s, every symbol of the alphabet in every column',
    async (paper) => {
      for (let turn = 0; turn < 32; turn += 8) {
        const text = (SYMBOLS.slice(turn) + SYMBOLS.slice(0, turn)).repeat(4);
        const [a = '', b = '', c = '', d = '', e = ''] = [0, 1, 2, 3, 4].map((row) =>
          text.slice(24 * row, 24 * row + 24),
        );
        const content: CardContent = { ...SAMPLE, rows: [a, b, c, d, e] };
        await check(await draw(layoutCard(content, paper, fonts)), content, paper);
      }
    },
  );

  test('with a long name in several scripts and a group', async () => {
    const content = {
      ...SAMPLE,
      holderName: 'Ελένη Παπαδοπούλου, Олександр, דוד בן־גוריון, محمد علي, लक्ष्मी, สมชาย, Đặng Văn Lâm',
      groupName: 'Łódź',
      policy: {
        groupThreshold: 2,
        groups: [
          { threshold: 2, members: 3 },
          { threshold: 1, members: 2 },
        ],
      },
    };
    await check(await draw(layoutCard(content, 'a4', fonts)), content);
  });
});

describe('a misprint is caught', () => {
  test('another code', async () => {
    const page = await draw(patched({ rows: withSymbol(1, 1, 'D') }, (block) => block.name === 'code'));
    await expect(check(page)).rejects.toThrow(misprint('code differs from the rows'));
  });

  test('no code, and two', async () => {
    await expect(check(await draw(without(layout(), 'code')))).rejects.toThrow(misprint('code not readable'));
    const code = layout().blocks.find((block) => block.name === 'code')!;
    const moved = {
      ...code,
      items: code.items.map((item) =>
        item.kind === 'path'
          ? {
              ...item,
              steps: item.steps.map(
                (step) =>
                  step.map((value, index) =>
                    typeof value === 'number' && index === 1 ? value + 90 : value,
                  ) as unknown as typeof step,
              ),
            }
          : item,
      ),
    };
    const page = await draw({ ...layout(), blocks: [...without(layout(), 'only').blocks, moved] });
    await expect(check(page)).rejects.toThrow(misprint('more than one code'));
  });

  test('a code with faults that a reader would repair', async () => {
    const page = await draw(layout());
    const [code] = await scanner.readRaster(page);
    const { x, y } = code!.corners[0]!;
    for (let row = 0; row < 60; row += 1)
      page.grey.fill(
        0,
        (Math.round(y) + 150 + row) * page.width + Math.round(x) + 150,
        (Math.round(y) + 150 + row) * page.width + Math.round(x) + 210,
      );
    await expect(check(page)).rejects.toThrow(misprint('code printed with faults'));
  });

  test('every single wrong symbol, also among look-alikes, with row and position', async () => {
    const alike = [
      '0Q',
      'Q0',
      '8B',
      'B8',
      '5S',
      'S5',
      '2Z',
      'Z2',
      '0D',
      'D0',
      'VY',
      'YV',
      '6G',
      'CG',
      'GC',
      '17',
      'MN',
      'EF',
      'PR',
      'KX',
    ];
    for (const [index, [good = '', bad = '']] of alike.map((pair) => Array.from(pair)).entries()) {
      const [row, position] = [1 + (index % 4), 1 + ((index * 5) % 24)];
      const content = { ...SAMPLE, rows: withSymbol(row, position, good) };
      const list = layoutCard(content, 'a4', fonts);
      const wrong = layoutCard({ ...content, rows: withSymbol(row, position, bad) }, 'a4', fonts);
      const blocks = list.blocks.map((block) =>
        block.name === `row ${row}` ? wrong.blocks.find((other) => other.name === block.name)! : block,
      );
      await expect(
        check(await draw({ ...list, blocks }), content),
        `${good} printed as ${bad}`,
      ).rejects.toThrow(misprint(`row ${row}, symbol ${position}`));
    }
  });

  test('a row that is missing, and two that are swapped', async () => {
    await expect(check(await draw(without(layout(), 'row 3')))).rejects.toThrow(misprint('row 3, symbol 1'));
    const [a, b, c, d] = SAMPLE_ROWS;
    const page = await draw(patched({ rows: [a, c, b, d] }, (block) => block.name.startsWith('row ')));
    await expect(check(page)).rejects.toThrow(misprint('row 2, symbol 1'));
  });

  test('text that did not print, and ink where none belongs', async () => {
    await expect(check(await draw(without(layout(), 'holder')))).rejects.toThrow(
      misprint('holder not printed'),
    );
    const page = await draw(layout());
    page.grey[Math.round(0.3 * page.height) * page.width + 900] = 0;
    await expect(check(page)).rejects.toThrow(misprint('ink where none belongs'));
  });

  test('fonts that print nothing are found before any card', async () => {
    const blank = await draw(without(layoutSpecimen(plain, fonts), 'symbols'));
    expect(() => learnSymbols(blank, plain, fonts)).toThrow(
      expect.objectContaining({ code: 'paper.misprint' }),
    );
  });

  test('the reason holds none of the symbols', async () => {
    const page = await draw(patched({ rows: withSymbol(2, 5, '0') }, (block) => block.name === 'code'));
    const error: unknown = await check(page).catch((thrown: unknown) => thrown);
    const told = JSON.stringify(error) + String(error);
    for (const row of SAMPLE_ROWS)
      for (let at = 0; at < 24; at += 4) expect(told).not.toContain(row.slice(at, at + 4));
  });
});

describe('the press', () => {
  let press: CardPress;
  beforeAll(async () => {
    press = await loadCardPress('letter');
  });

  test('hands out a card that a scanner reads', async () => {
    const pdf = await press.print(SAMPLE);
    expect(await scanner.readCodes(pdf, 'card-3.pdf')).toEqual([SAMPLE_ROWS.join('')]);
  });

  test.each(LANGUAGES)('in %s too, with every letter of its own', async (language) => {
    const pdf = await press.print({ ...SAMPLE, language, holderName: 'Œuvre Ñandú Größe Été' });
    expect(await scanner.readCodes(pdf, 'card-3.pdf')).toEqual([SAMPLE_ROWS.join('')]);
    expect(Buffer.from(pdf).includes(`/Lang (${language})`)).toBe(true);
  });

  test('says before a ceremony which name cannot be printed', () => {
    expect(() => {
      press.assertPrintable('Łukasz', 'holder');
    }).not.toThrow();
    expect(() => {
      press.assertPrintable('Zoë ᚠ', 'holder', 'name of trustee 2');
    }).toThrow(
      expect.objectContaining({
        code: 'paper.unprintable',
        facts: { what: 'name of trustee 2', character: 'ᚠ (U+16A0)' },
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCardText, readCards } from '../../src/paper/qr-read.ts';
import { CODE_MODULES, encodeQr, outlineModules } from '../../src/paper/qr-write.ts';
import { SAMPLE_ROWS } from './sample-card.ts';

const TEXT = SAMPLE_ROWS.join('');

/** Winding number of loops around the centre of a module: not zero means filled. */
function windingAt(loops: readonly (readonly (readonly [number, number])[])[], x: number, y: number): number {
  let winding = 0;
  for (const loop of loops) {
    loop.forEach(([x0, y0], index) => {
      const [x1, y1] = loop[(index + 1) % loop.length]!;
      if (x0 !== x1 || x0 < x) return;
      if (y0 < y && y1 > y) winding += 1;
      if (y0 > y && y1 < y) winding -= 1;
    });
  }
  return winding;
}

describe('writing', () => {
  test('96 symbols make a version 6 code with finder patterns in three corners', () => {
    const dark = encodeQr(TEXT);
    expect(dark).toHaveLength(CODE_MODULES);
    for (const [row, column] of [
      [0, 0],
      [0, 34],
      [34, 0],
    ] as const) {
      expect(
        dark.slice(row, row + 7).map((line) =>
          line
            .slice(column, column + 7)
            .map(Number)
            .join(''),
        ),
      ).toEqual(['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']);
    }
  });

  test('the outline fills the dark modules and no other, also where they touch at corners', () => {
    const matrix = fc.array(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(matrix, (dark) => {
        const loops = outlineModules(dark);
        const filled = dark.map((line, row) =>
          line.map((_, column) => windingAt(loops, column + 0.5, row + 0.5) !== 0),
        );
        expect(filled).toEqual(dark);
      }),
    );
  });

  test('the outline is smaller than a square for each module', () => {
    const dark = encodeQr(TEXT);
    const corners = outlineModules(dark).flat().length;
    expect(corners).toBeLessThan(dark.flat().filter(Boolean).length * 4 * 0.8);
  });
});

describe('reading', () => {
  test('96 symbols of Crockford in capitals are a card, nothing else is', () => {
    expect(isCardText(TEXT)).toBe(true);
    const others = [
      TEXT.slice(1),
      `${TEXT}0`,
      TEXT.toLowerCase(),
      TEXT.replace('C', 'I'),
      TEXT.replace('C', 'U'),
      `${TEXT}\n`,
      '',
    ];
    expect(others.filter(isCardText)).toEqual([]);
  });

  test('cards are told from other codes, and a code seen twice is one card', () => {
    const other = TEXT.replaceAll('C', '7');
    expect(readCards([TEXT, 'https://example.org', other, TEXT, 'x', 'x'], 'a.jpg')).toEqual({
      cards: [TEXT, other],
      foreign: 2,
    });
  });

  test('no code and only foreign codes are different failures, and the text of neither is told', () => {
    expect(() => readCards([], 'a.jpg')).toThrow(
      expect.objectContaining({ code: 'scan.no-code', facts: { name: 'a.jpg' } }),
    );
    expect(() => readCards(['otpauth://x'], 'a.jpg')).toThrow(
      expect.objectContaining({ code: 'scan.foreign-code', facts: { name: 'a.jpg' } }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { clustersOf, type Face, faceRuns, type Fonts, printedForm } from '../../src/paper/fonts.ts';

const face = (id: string, letters: string): Face => ({
  id,
  covers: (codePoint) => letters.includes(String.fromCodePoint(codePoint)),
});

/** Two designs: the first lacks ễ, the second has it, and a third has what neither has. */
const fonts: Fonts = {
  families: () => [
    { name: 'first', faces: [face('first-latin', 'abcdeLNguyn '), face('first-ext', 'Ł')] },
    { name: 'second', faces: [face('second', 'abcdeNguynễ '), face('second-marks', 'q\u0302')] },
    { name: 'third', faces: [face('third', '王明')] },
  ],
  measure: () => ({ advance: 1, left: 0, right: 1, above: 1, below: 0 }),
};

const runs = (text: string): [string, string][] =>
  faceRuns(fonts, 'bold', text).map((run) => [run.face, run.text]);

describe('which face sets what', () => {
  test('one family for all where one can, over its files', () => {
    expect(runs('Łada')).toEqual([
      ['first-ext', 'Ł'],
      ['first-latin', 'ada'],
    ]);
    expect(runs('Nguyen a')).toEqual([['first-latin', 'Nguyen a']]);
  });

  test('a word is not patched together from two designs', () => {
    expect(runs('Nguyễn')).toEqual([['second', 'Nguyễn']]);
    expect(runs('Ła Nguyễn')).toEqual([
      ['first-ext', 'Ł'],
      ['first-latin', 'a '],
      ['second', 'Nguyễn'],
    ]);
  });

  test('a letter keeps its marks, also when another file has both', () => {
    expect(runs('q\u0302')).toEqual([['second-marks', 'q\u0302']]);
  });

  test('scripts mixed within a word fall back letter by letter', () => {
    expect(runs('a王ễ')).toEqual([
      ['first-latin', 'a'],
      ['third', '王'],
      ['second', 'ễ'],
    ]);
  });

  test('a character that no face has is named', () => {
    expect(() => runs('ab☃')).toThrow(
      expect.objectContaining({
        code: 'paper.unprintable',
        facts: { what: 'text', character: '☃ (U+2603)' },
      }),
    );
  });
});

test('names are composed and their spaces made single', () => {
  expect(printedForm('  Z\u0307o\t\u00a0e ')).toBe('Żo e');
  expect(clustersOf('नि')).toEqual(['नि']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visualRuns } from '../../src/paper/bidi.ts';

const seen = (line: string): [string, string][] =>
  visualRuns(line).map(({ text, direction }) => [text, direction]);

describe('order on paper', () => {
  test('text without right-to-left letters stays one run', () => {
    expect(seen('Łukasz 2.')).toEqual([['Łukasz 2.', 'ltr']]);
    expect(seen('')).toEqual([]);
  });

  test('a right-to-left name is one run, spaces and marks included', () => {
    expect(seen('דוד בן־גוריון')).toEqual([['דוד בן־גוריון', 'rtl']]);
    expect(seen('مُحَمَّد علي')).toEqual([['مُحَمَّد علي', 'rtl']]);
  });

  test('a left-to-right line keeps its order around a right-to-left word', () => {
    expect(seen('Dana (דנה) Levi')).toEqual([
      ['Dana (', 'ltr'],
      ['דנה', 'rtl'],
      [') Levi', 'ltr'],
    ]);
  });

  test('in a right-to-left line the runs stand from right to left', () => {
    expect(seen('דנה Levi כהן')).toEqual([
      [' כהן', 'rtl'],
      ['Levi', 'ltr'],
      ['דנה ', 'rtl'],
    ]);
  });

  test('numbers read left to right within right-to-left text, brackets mirror', () => {
    expect(seen('דוד (3)')).toEqual([
      ['(', 'rtl'],
      ['3', 'ltr'],
      ['דוד )', 'rtl'],
    ]);
    expect(seen('דנה 12 כהן').map(([text]) => text)).toEqual([' כהן', '12', 'דנה ']);
  });

  test('no character is lost or made', () => {
    const unit = fc.constantFrom(...Array.from('aZ 1٣-,.אבגدمل\u0651'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (line) => {
        const characters = visualRuns(line).flatMap((run) => Array.from(run.text));
        expect(characters.toSorted()).toEqual(Array.from(line).toSorted());
      }),
    );
  });
});

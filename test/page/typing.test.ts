import { describe, expect, test } from 'vitest';
import {
  isComplete,
  judgeTyped,
  NOTHING_TYPED,
  setOfFirstRow,
  shownCursor,
  shownRow,
  typeRow,
  withoutRowNumber,
} from '../../src/page/cards/typing.ts';
import type { Typing } from '../../src/page/cards/typing.ts';
import { ceremony, older, rowsOf, ruined, withSlips } from './sample.ts';

const CARD = rowsOf(ceremony, 1);
const [ONE, TWO] = CARD as [string, string];
const typed = (...rows: [number, string][]): Typing =>
  rows.reduce<Typing>((typing, [row, text]) => typeRow(typing, row, text), NOTHING_TYPED);

describe('a row on the screen', () => {
  test.each([
    ['', '', 0],
    ['abc', 'ABC', 3],
    ['abcd', 'ABCD', 5],
    ['abcde', 'ABCD E', 6],
    ['ab-cd ef', 'ABCD EF', 7],
    ['oIl?u!', '011? ?!', 7],
  ])('typed %j is shown as %j, the cursor at %i', (text, shown, cursor) => {
    expect(shownRow(text)).toBe(shown);
    expect(shownCursor(text)).toBe(cursor);
  });

  test('is no longer than a row', () => {
    expect(shownRow(`${ONE}${ONE}`).replaceAll(' ', '')).toBe(ONE);
    expect(shownCursor(ONE)).toBe(29);
  });

  test('is judged when its 24 symbols are there, and counted before', () => {
    expect(judgeTyped(0, '')).toEqual({ state: 'empty' });
    expect(judgeTyped(0, ONE.slice(0, 23))).toEqual({ state: 'partial', symbols: 23 });
    expect(judgeTyped(0, ONE).state).toBe('good');
    expect(judgeTyped(1, ONE).state).toBe('swapped');
    expect(judgeTyped(0, withSlips(ONE, 3)).state).toBe('repaired');
    expect(judgeTyped(0, withSlips(ONE, 3, 9)).state).toBe('provisional');
    expect(judgeTyped(0, ruined(ONE)).state).toBe('unreadable');
  });
});

describe('the number printed beside a row', () => {
  test.each([
    ['1 ', 1, ''],
    ['1 040R', 1, '040R'],
    ['2. ABCD', 2, 'ABCD'],
    ['1 040R', 2, '1 040R'],
    ['2ABC DEFG', 2, '2ABC DEFG'],
    ['2', 2, '2'],
  ])('of %j in row %i leaves %j', (typedBefore, row, left) => {
    expect(withoutRowNumber(typedBefore, row)).toBe(left);
  });
});

describe('the first row', () => {
  test('tells the set of its card, once it is right', () => {
    const { id } = ceremony.charter.set;
    expect(setOfFirstRow(judgeTyped(0, ONE))).toEqual({ id, number: 1 });
    expect(setOfFirstRow(judgeTyped(0, withSlips(ONE, 2)))).toEqual({ id, number: 1 });
    expect(setOfFirstRow(judgeTyped(0, rowsOf(older, 1)[0]!))?.number).toBe(2);
    expect(setOfFirstRow(judgeTyped(0, ruined(ONE)))).toBeUndefined();
    expect(setOfFirstRow(judgeTyped(0, ONE.slice(0, 20)))).toBeUndefined();
  });
});

describe('the cursor', () => {
  test('stays in a row that is not done, and goes on from one that is', () => {
    expect(typed([0, ONE.slice(0, 23)]).at).toBe(0);
    expect(typed([0, ONE]).at).toBe(1);
    expect(typed([0, ruined(ONE)]).at).toBe(0);
    expect(typed([0, TWO]).at).toBe(0);
  });

  test('goes to the row that is still open, and back to the first', () => {
    expect(typed([1, TWO], [0, ONE]).at).toBe(2);
    expect(typed([3, CARD[3]!]).at).toBe(0);
  });

  test('does not run away while a row that was right is corrected', () => {
    expect(typed([0, ONE], [0, withSlips(ONE, 4)]).at).toBe(0);
  });
});

describe('a paste', () => {
  test.each([
    ['lines', CARD.join('\n')],
    ['numbered lines in fours', CARD.map((row, at) => `${at + 1}. ${shownRow(row)}`).join('\r\n')],
    ['one long line', CARD.join('')],
    ['the text of a mail', `my card:\n\n${CARD.join('\n')}\n`.replace('my card:', '# my card')],
  ])('of a whole card as %s fills all rows, wherever it lands', (_how, text) => {
    const typing = typed([2, text]);
    expect(typing.rows).toEqual(CARD.map(shownRow));
    expect(isComplete(typing)).toBe(true);
  });

  test('of two rows fills this one and the next', () => {
    const typing = typed([1, `${TWO}\n${CARD[2]!}`]);
    expect(typing.rows).toEqual(['', shownRow(TWO), shownRow(CARD[2]!), '']);
    expect(typing.at).toBe(3);
    expect(isComplete(typing)).toBe(false);
  });
});

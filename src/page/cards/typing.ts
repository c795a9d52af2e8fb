// Rows as they are typed: how they look, what is said of each, and what a paste means. Pure; the
// inputs themselves are in views/typing.ts.

import { encodeUtf8 } from '../../core/bytes.ts';
import { isEscrowError } from '../../core/errors.ts';
import { symbolText, symbolValue, typedSymbols } from '../../core/share/base32.ts';
import { ROW_SYMBOLS, ROWS } from '../../core/share/row.ts';
import { splitShareFile } from '../../core/share/share-file.ts';
import { formatRow, judgeRow, rowCountOf, setInFirstRow } from '../../core/share/share-text.ts';
import type { RowVerdict } from '../../core/share/share-text.ts';

/** The rows of one card as typed so far, four or the five of a locked one, and where the cursor belongs, from 0. */
export interface Typing {
  readonly rows: readonly string[];
  readonly at: number;
}

export const NOTHING_TYPED: Typing = { rows: ['', '', '', ''], at: 0 };

/** What can be said of a row: nothing, how far it has come, or a verdict. */
export type RowState =
  { readonly state: 'empty' } | { readonly state: 'partial'; readonly symbols: number } | RowVerdict;

/** A character as the card spells it: O is 0, I and L are 1, U is unreadable. A foreign one stays to be seen. */
function asPrinted(character: string): string {
  const value = symbolValue(character);
  return value >= -1 ? symbolText([value]) : character.toUpperCase();
}

/** Typed text as it is shown: capitals, in fours, at most one row. */
export function shownRow(typed: string): string {
  return formatRow(typedSymbols(typed).slice(0, ROW_SYMBOLS).map(asPrinted).join(''));
}

/**
 * Text up to the cursor without the row's own number, which stands at the left of it on the card. A row may begin with
 * that digit; only the space behind it, where the card has none, makes it the number.
 */
export function withoutRowNumber(typedBefore: string, row: number): string {
  return typedBefore.replace(new RegExp(`^\\s*${row}[.:)]?\\s+`), '');
}

/** Where the cursor stands in the shown row when so much was typed before it. */
export function shownCursor(typedBefore: string): number {
  const before = shownRow(typedBefore);
  const symbols = Math.min(typedSymbols(typedBefore).length, ROW_SYMBOLS);
  // Behind a full group, the cursor stands behind its space, where the next symbol will be.
  return symbols > 0 && symbols % 4 === 0 && symbols < ROW_SYMBOLS ? before.length + 1 : before.length;
}

/** Whether as much was typed as a row has. */
export const isWholeRow = (typed: string): boolean => typedSymbols(typed).length >= ROW_SYMBOLS;

/** @param rowCount - How many rows the card has. */
export function judgeTyped(row: number, typed: string, rowCount: number = ROWS): RowState {
  const { length } = typedSymbols(typed);
  if (length === 0) return { state: 'empty' };
  return length < ROW_SYMBOLS ? { state: 'partial', symbols: length } : judgeRow(row + 1, typed, rowCount);
}

/** The set a first row is of, so that a card of another one is told before three more rows are typed. */
export function setOfFirstRow(verdict: RowState): ReturnType<typeof setInFirstRow> {
  if (verdict.state !== 'good' && verdict.state !== 'repaired') return undefined;
  return setInFirstRow(verdict.symbols);
}

/** Whether a row is as far as it can be judged by itself. */
const isSettled = ({ state }: RowState): boolean =>
  state === 'good' || state === 'repaired' || state === 'provisional';

/**
 * The rows after something was typed or pasted into one of them. A row that is complete and right moves
 * the cursor on; text of more than one row fills the rows it belongs to.
 */
export function typeRow(typing: Typing, row: number, text: string): Typing {
  const pasted = pastedRows(text);
  if (pasted) return fill(typing, pasted.length >= ROWS ? 0 : row, pasted);
  const shown = shownRow(text);
  const rows = ofCount(typing.rows.with(row, shown));
  const before = judgeTyped(row, typing.rows[row] ?? '', rows.length);
  const isDone = !isSettled(before) && isSettled(judgeTyped(row, shown, rows.length));
  return { rows, at: isDone ? nextOpen(rows, row) : row };
}

/** As many rows as the first says the card has; where it says nothing, as many as there are. */
function ofCount(rows: readonly string[]): readonly string[] {
  const count = rowCountOf(rows[0] ?? '') ?? rows.length;
  return Array.from({ length: count }, (_, at) => rows[at] ?? '');
}

/** Rows of a text that is more than one of them: a whole card, or several lines. */
function pastedRows(text: string): readonly string[] | undefined {
  if (typedSymbols(text).length <= ROW_SYMBOLS + 1) return undefined;
  try {
    const [card = []] = splitShareFile(encodeUtf8(text));
    const rows = card.filter((row) => row !== '');
    return rows.length > 1 ? rows : undefined;
  } catch (error) {
    if (isEscrowError(error)) return undefined;
    throw error;
  }
}

function fill(typing: Typing, from: number, pasted: readonly string[]): Typing {
  const length = Math.max(typing.rows.length, from + pasted.length);
  const rows = ofCount(
    Array.from({ length }, (_, index) => {
      const text = pasted[index - from];
      return text === undefined ? (typing.rows[index] ?? '') : shownRow(text);
    }),
  );
  return { rows, at: nextOpen(rows, from - 1) };
}

/** The next row that is not settled, from this one on and then from the top; this one when all are. */
function nextOpen(rows: readonly string[], row: number): number {
  const order = rows.map((_, index) => (row + 1 + index) % rows.length);
  return (
    order.find((index) => !isSettled(judgeTyped(index, rows[index] ?? '', rows.length))) ?? Math.max(row, 0)
  );
}

/** Whether all rows are there to be judged as a card. */
export function isComplete({ rows }: Typing): boolean {
  return rows.every((text, index) => isSettled(judgeTyped(index, text, rows.length)));
}

// One row of a card: 20 symbols of data and 4 of parity under a row number, and the codewords a typed row
// may stand for. Spec: docs/spec/share.md, "Judging a row". Which of several is right, only the card's
// check can tell (share-text.ts).

import { LIMITS } from '../limits.ts';
import { ERASED, symbolText } from './base32.ts';
import { PARITY_SYMBOLS, WORD_SYMBOLS, correctWord, parityOf } from './reed-solomon.ts';

/** Rows of a card, and of one that is locked. */
export const ROWS = 4;
export const LOCKED_ROWS = 5;
/** Printed symbols of a row. */
export const ROW_SYMBOLS: number = WORD_SYMBOLS - 1;
export const ROW_DATA_SYMBOLS: number = ROW_SYMBOLS - PARITY_SYMBOLS;

/** Whether so many symbols are a whole card. */
export const isCardLength = (symbols: number): boolean =>
  symbols === ROWS * ROW_SYMBOLS || symbols === LOCKED_ROWS * ROW_SYMBOLS;

/** All symbols of a card as its rows. */
export function rowsOfSymbols(symbols: readonly string[]): string[] {
  return Array.from({ length: symbols.length / ROW_SYMBOLS }, (_, i) =>
    symbols.slice(i * ROW_SYMBOLS, (i + 1) * ROW_SYMBOLS).join(''),
  );
}

/** A symbol that was read otherwise than typed. `position` is 1 to 24; `from` may be `?`. */
export interface SymbolRepair {
  readonly position: number;
  readonly from: string;
  readonly to: string;
}

/** A codeword near a typed row, with what tells them apart. */
export interface RowCandidate {
  /** 24 symbols. */
  readonly symbols: string;
  readonly repairs: readonly SymbolRepair[];
}

/** The 24 printed symbols of a row from its 20 data symbols. */
export function rowSymbols(rowNumber: number, data: readonly number[]): number[] {
  return [...data, ...parityOf([rowNumber, ...data])];
}

/**
 * All codewords a typed row may stand for: at most one with up to four unreadable symbols, one for each
 * value of the surplus ones beyond.
 *
 * @param typed - 24 values, 0 to 31 or `ERASED`.
 */
export function rowCandidates(rowNumber: number, typed: readonly number[]): RowCandidate[] {
  const erased = typed.flatMap((value, i) => (value === ERASED ? [i + 1] : []));
  if (erased.length > LIMITS.shareRowErasures) return [];
  const word = [rowNumber, ...typed.map((value) => Math.max(value, 0))];
  // Parity solves four unknowns and no more; the others are tried through.
  const surplus = erased.slice(PARITY_SYMBOLS);
  const solved = erased.slice(0, PARITY_SYMBOLS);
  const candidates: RowCandidate[] = [];
  for (let trial = 0; trial < 32 ** surplus.length; trial += 1) {
    surplus.forEach((index, i) => (word[index] = (trial >> (5 * i)) & 31));
    const candidate = nearestCodeword(word, solved, typed);
    if (candidate) candidates.push(candidate);
  }
  return candidates;
}

function nearestCodeword(
  word: readonly number[],
  solved: readonly number[],
  typed: readonly number[],
): RowCandidate | undefined {
  const corrections = correctWord(word, solved);
  if (!corrections) return undefined;
  const symbols = word.slice(1);
  for (const { index, to } of corrections) symbols[index - 1] = to;
  const repairs = symbols.flatMap((value, i) =>
    value === typed[i]
      ? []
      : [{ position: i + 1, from: symbolText([typed[i] ?? 0]), to: symbolText([value]) }],
  );
  return { symbols: symbolText(symbols), repairs };
}

/**
 * The other row number under which a typed row makes sense. Only readings that leave parity to spare
 * count, one error or two unreadable symbols at most: with less, a ruined row would often seem swapped.
 */
export function rowItBelongsTo(
  rowNumber: number,
  typed: readonly number[],
  rowCount: number,
): number | undefined {
  for (let other = 1; other <= rowCount; other += 1) {
    if (other === rowNumber) continue;
    const [candidate] = rowCandidates(other, typed);
    if (candidate && !isStretched(candidate)) return other;
  }
  return undefined;
}

function isStretched({ repairs }: RowCandidate): boolean {
  const errors = repairs.filter(({ from }) => from !== '?').length;
  return errors + repairs.length > 2;
}

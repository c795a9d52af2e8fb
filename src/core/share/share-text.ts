// A record as rows of 24 symbols, four or five, and back from what a person typed or a camera read. Every row is
// judged by itself and at once; what a row leaves open, the check of the whole card decides.
// Spec: docs/spec/share.md, "The text form". Says nothing on whether a card is genuine.

import { wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import {
  ERASED,
  FOREIGN,
  bytesToSymbols,
  symbolText,
  symbolValue,
  symbolsToBytes,
  typedSymbols,
} from './base32.ts';
import { chooseCandidates } from './card-choice.ts';
import type { RowChoices } from './card-choice.ts';
import {
  LOCKED_ROWS,
  ROWS,
  ROW_DATA_SYMBOLS,
  ROW_SYMBOLS,
  isCardLength,
  rowCandidates,
  rowItBelongsTo,
  rowSymbols,
  rowsOfSymbols,
} from './row.ts';
import type { RowCandidate, SymbolRepair } from './row.ts';
import { PARITY_SYMBOLS } from './reed-solomon.ts';
import { LOCKED_VERSION, SET_HEAD_BYTES, assertRecord, setOfHead } from './share-record.ts';

/** A repair with the row it is in, from 1. */
export interface Repair extends SymbolRepair {
  readonly row: number;
}

type RowProblem = EscrowError<'share.row-length' | 'share.row-symbol' | 'share.row-unreadable'>;

/** What can be said of one row without the others. `symbols` are 24 without spaces. */
export type RowVerdict =
  | { readonly state: 'good'; readonly symbols: string }
  | ({ readonly state: 'repaired'; readonly symbols: string } & SymbolRepair)
  | { readonly state: 'provisional'; readonly candidates: readonly RowCandidate[] }
  | { readonly state: 'swapped'; readonly belongs: number }
  | { readonly state: 'unreadable'; readonly problem: RowProblem };

export interface DecodeOptions {
  /** False = the read-back rule: every row exactly as printed. Default true. */
  readonly acceptRepair?: boolean;
  /** 32-byte commitments of the set's cards; a card with a provisional row must then match one. */
  readonly commitments?: readonly Uint8Array[];
}

/** A card that could be read. The caller wipes the record. */
export interface DecodedCard {
  readonly record: Bytes;
  readonly repairs: readonly Repair[];
}

/** The rows of a card: four, or five of one that is locked. 24 symbols each, no spaces. */
export type ShareRows = readonly [string, string, string, string, ...string[]];

/** The rows of a record. They are as secret as it is. */
export function encodeShareRows(record: Uint8Array): ShareRows {
  const symbols = bytesToSymbols(record);
  const row = (number: number): string => {
    const data = symbols.slice((number - 1) * ROW_DATA_SYMBOLS, number * ROW_DATA_SYMBOLS);
    return symbolText(rowSymbols(number, data));
  };
  return symbols.length > ROWS * ROW_DATA_SYMBOLS
    ? [row(1), row(2), row(3), row(4), row(5)]
    : [row(1), row(2), row(3), row(4)];
}

/**
 * How many rows the card has whose first row this is: the version stands in it.
 *
 * @returns undefined where the row cannot be read that far.
 */
export function rowCountOf(firstRow: string): number | undefined {
  // One reading at most: a file of rows in doubt would otherwise be read for minutes.
  if (typedSymbols(firstRow).filter((symbol) => symbolValue(symbol) === ERASED).length > PARITY_SYMBOLS)
    return undefined;
  const verdict = judgeRow(1, firstRow);
  const counts = new Set(choicesOf(verdict).map(({ symbols }) => rowsOfVersion(symbols)));
  const [only] = counts;
  return counts.size === 1 ? only : undefined;
}

/** The version is the first byte: the first symbol, and three bits of the second. */
function rowsOfVersion([first = '', second = '']: string): number {
  const version = (symbolValue(first) << 3) | (symbolValue(second) >> 2);
  return version === LOCKED_VERSION ? LOCKED_ROWS : ROWS;
}

/** Five bits a symbol. */
const SET_SYMBOLS = (SET_HEAD_BYTES * 8) / 5;

/** The set that stands in a first row. @param symbols - 24, as judged. */
export function setInFirstRow(symbols: string): ReturnType<typeof setOfHead> {
  return setOfHead(symbolsToBytes(Array.from(symbols.slice(0, SET_SYMBOLS), symbolValue)));
}

/** A row as it is printed and read aloud: groups of four with a space between. */
export function formatRow(row: string): string {
  return row.replace(/.{4}(?=.)/g, '$& ');
}

/** Whether a text has the form of a card's code: 96 or 120 symbols and nothing foreign. */
export function isShareText(text: string): boolean {
  const typed = typedSymbols(text);
  return isCardLength(typed.length) && typed.every((symbol) => symbolValue(symbol) !== FOREIGN);
}

/**
 * Judges one row as typed, forgiving case, spaces, hyphens, and O, I, L, U.
 *
 * @param rowCount - How many rows its card has: any of them it may be mistaken for.
 */
export function judgeRow(rowNumber: number, typed: string, rowCount: number = ROWS): RowVerdict {
  const values = typedSymbols(typed).map(symbolValue);
  const foreign = values.indexOf(FOREIGN);
  if (foreign !== -1) {
    const problem = new EscrowError('share.row-symbol', { row: rowNumber, position: foreign + 1 });
    return { state: 'unreadable', problem };
  }
  if (values.length !== ROW_SYMBOLS) {
    const problem = new EscrowError('share.row-length', { row: rowNumber, symbols: values.length });
    return { state: 'unreadable', problem };
  }
  const candidates = rowCandidates(rowNumber, values);
  const [first] = candidates;
  if (first) return candidateVerdict(first, candidates, values.includes(ERASED));
  const belongs = rowItBelongsTo(rowNumber, values, rowCount);
  if (belongs !== undefined) return { state: 'swapped', belongs };
  return { state: 'unreadable', problem: new EscrowError('share.row-unreadable', { row: rowNumber }) };
}

function candidateVerdict(
  first: RowCandidate,
  candidates: readonly RowCandidate[],
  hasErasures: boolean,
): RowVerdict {
  const [repair, second] = first.repairs;
  if (!repair) return { state: 'good', symbols: first.symbols };
  if (!second && !hasErasures) return { state: 'repaired', symbols: first.symbols, ...repair };
  return { state: 'provisional', candidates };
}

/**
 * Reads a card from its rows as typed: four, or the five of a locked one. Missing rows count as empty.
 *
 * @throws {@link EscrowError} `share.rows-swapped`; `share.row-length`, `share.row-symbol` or
 * `share.row-unreadable` for a single bad row, `share.rows-unreadable` for several; `share.row-not-exact`
 * on read-back; `share.check` when all rows are good but not of one card; `share.version`;
 * `share.malformed`.
 */
export function decodeShareRows(
  crypto: CryptoPort,
  rows: readonly string[],
  options: DecodeOptions = {},
): DecodedCard {
  if (rows.length > LOCKED_ROWS || (rows.length > ROWS && rowCountOf(rows[0] ?? '') === ROWS))
    throw new EscrowError('share.malformed', { reason: `${rows.length} rows` });
  const count = Math.max(rows.length, ROWS);
  const verdicts = Array.from({ length: count }, (_, i) => judgeRow(i + 1, rows[i] ?? '', count));
  const choices = readableChoices(verdicts);
  if (options.acceptRepair === false) assertExact(choices);
  const { record, picked } = chooseCandidates(crypto, choices, options.commitments);
  try {
    assertRecord(crypto, record);
  } catch (error) {
    wipe(record);
    throw error;
  }
  const repairs = picked.flatMap((candidate, i) =>
    candidate.repairs.map((repair) => ({ row: i + 1, ...repair })),
  );
  return { record, repairs };
}

/**
 * Reads a card from the symbols of its code, 96 or 120, as {@link decodeShareRows}.
 *
 * @throws {@link EscrowError} also `share.text-length`.
 */
export function decodeShareText(crypto: CryptoPort, text: string, options: DecodeOptions = {}): DecodedCard {
  const typed = typedSymbols(text);
  if (!isCardLength(typed.length)) throw new EscrowError('share.text-length', { symbols: typed.length });
  return decodeShareRows(crypto, rowsOfSymbols(typed), options);
}

/** The candidates of each row, when every row has some. */
function readableChoices(verdicts: readonly RowVerdict[]): RowChoices[] {
  verdicts.forEach((verdict, i) => {
    if (verdict.state === 'swapped')
      throw new EscrowError('share.rows-swapped', { row: i + 1, belongs: verdict.belongs });
  });
  const problems = verdicts.flatMap((verdict) => (verdict.state === 'unreadable' ? [verdict.problem] : []));
  const [only] = problems;
  if (problems.length === 1 && only) throw only;
  if (only) throw new EscrowError('share.rows-unreadable', { rows: problems.map(({ facts }) => facts.row) });
  return verdicts.map(choicesOf);
}

function choicesOf(verdict: RowVerdict): RowChoices {
  switch (verdict.state) {
    case 'good':
      return [{ symbols: verdict.symbols, repairs: [] }];
    case 'repaired': {
      const { symbols, position, from, to } = verdict;
      return [{ symbols, repairs: [{ position, from, to }] }];
    }
    case 'provisional':
      return verdict.candidates;
    case 'swapped':
    case 'unreadable':
      return [];
  }
}

function assertExact(choices: readonly RowChoices[]): void {
  choices.forEach((candidates, i) => {
    const repairs = candidates[0]?.repairs ?? [];
    if (repairs.length === 0) return;
    // Of several candidates only the places they all leave open are known to differ.
    const shown = candidates.length === 1 ? repairs : repairs.filter(({ from }) => from === '?');
    const positions = shown.map(({ position }) => position);
    throw new EscrowError('share.row-not-exact', { row: i + 1, positions });
  });
}

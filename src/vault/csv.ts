// Foreign CSV (RFC 4180 and what products make of it). Strict: a quote where none belongs, a row that is
// longer or shorter than the others, a quote that never ends, all mean that rows have shifted, and a
// shifted row is a wrong password under a right name. Then no count is claimed; the file is refused.

import { CsvError, parse } from 'csv-parse/sync';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { FormatId } from './model.ts';

export type CsvEncoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';
type CsvDelimiter = ',' | ';' | '\t';

export interface CsvText {
  readonly text: string;
  readonly encoding: CsvEncoding;
}

const RECORD_ENDS = ['\r\n', '\n', '\r'];
const SNIFFED_CHARS = 65_536;

/**
 * The text of a CSV export. What is not UTF-8 was saved by a spreadsheet, or by Windows PowerShell.
 *
 * @returns undefined when it holds NUL, as only binary files do.
 */
export function decodeCsv(bytes: Uint8Array): CsvText | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 !== undefined) return { text: new TextDecoder(utf16).decode(bytes), encoding: 'UTF-16' };
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = isMarked ? bytes.subarray(3) : bytes;
  if (body.includes(0)) return undefined;
  try {
    return { text: decodeUtf8(body), encoding: 'UTF-8' };
  } catch (error) {
    if (!isEscrowError(error, 'bytes.bad-encoding')) throw error;
    return { text: new TextDecoder('windows-1252').decode(body), encoding: 'Windows-1252' };
  }
}

/** The delimiter that the first line has most of, outside quotes; a comma when it has none. */
export function delimiterOf(text: string): CsvDelimiter {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let isQuoted = false;
  for (const char of text.slice(0, SNIFFED_CHARS)) {
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === '\n' || char === '\r')) break;
    else if (!isQuoted && (char === ',' || char === ';' || char === '\t')) counts[char] += 1;
  }
  if (counts['\t'] > counts[','] && counts['\t'] >= counts[';']) return '\t';
  return counts[';'] > counts[','] ? ';' : ',';
}

interface CsvRow {
  /** Where the row ends, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface CsvOptions {
  /** Rows may differ in length: the product writes them so. */
  readonly isRagged?: boolean;
  /** Rows after the first may end in one comma more. */
  readonly endsInComma?: boolean;
  /** Within a cell, a backslash stands before each quote and each backslash. */
  readonly escapesByBackslash?: boolean;
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell is followed by more text',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell that does not begin with one',
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell never ends',
  CSV_MAX_RECORD_SIZE: 'a row is too long',
};

const AGAIN = 'export it again, and neither open nor save it in a spreadsheet in between';

function refuse(format: FormatId, reason: string): never {
  throw new EscrowError('vault.format', { format, reason: `${reason}; ${AGAIN}` });
}

/**
 * Reads CSV, row by row.
 *
 * @param onRow - Takes each row, a header among them; the rows are not kept here.
 * @throws {@link EscrowError} `vault.format`, `limit.exceeded`, and what `onRow` throws.
 */
export function readCsv(
  { text }: CsvText,
  format: FormatId,
  onRow: (row: CsvRow) => void,
  { isRagged = false, endsInComma = false, escapesByBackslash = false }: CsvOptions = {},
): void {
  let width = -1;
  let blankAt = 0;
  const take = (row: readonly string[], line: number): void => {
    const hasComma = endsInComma && row.length === width + 1 && row.at(-1) === '';
    const cells = hasComma ? row.slice(0, -1) : row;
    if (cells.length === 1 && cells[0] === '') {
      blankAt = line;
      return;
    }
    // Blank lines end a file; between rows they come from line ends that were written twice.
    if (blankAt > 0 && !isRagged) refuse(format, `line ${blankAt} is empty, and more rows follow`);
    if (width < 0) width = cells.length;
    if (!isRagged && cells.length !== width)
      refuse(format, `the row that ends in line ${line} has ${cells.length} cells, the first has ${width}`);
    onRow({ line, cells });
  };
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: RECORD_ENDS,
      relax_column_count: true,
      escape: escapesByBackslash ? '\\' : '"',
      max_record_size: LIMITS.csvRowChars,
      on_record: (cells, { lines }) => {
        take(cells, lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = error.lines === undefined ? '' : ` (line ${error.lines})`;
    refuse(format, (REASONS[error.code] ?? 'it is damaged') + at);
  }
}

/** The first rows of a CSV, read leniently: enough to tell what it is. */
export interface CsvOutline {
  readonly rows: readonly (readonly string[])[];
}

const OUTLINE_ROWS = 20;

/**
 * The outline of a CSV from its first bytes.
 *
 * @returns undefined when they do not look like one.
 */
export function outlineCsv(head: Uint8Array): CsvOutline | undefined {
  // A cut in the middle of a letter must not make another encoding of it.
  const text = decodeCsv(head.subarray(0, wholeLetters(head)))?.text;
  if (text === undefined || /^\s*[[{<]/.test(text)) return undefined;
  try {
    const lenient = { record_delimiter: RECORD_ENDS, relax_column_count: true, relax_quotes: true };
    const rows = parse(text, { ...lenient, delimiter: delimiterOf(text), to: OUTLINE_ROWS });
    return rows.some((cells) => cells.length > 1) ? { rows } : undefined;
  } catch {
    return undefined;
  }
}

/** Length of a sample without the last, perhaps unfinished, UTF-8 letter. */
function wholeLetters(head: Uint8Array): number {
  let end = head.length;
  while (end > 0 && end > head.length - 4 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end > 0 && (head[end - 1] ?? 0) >= 0xc0 ? end - 1 : head.length;
}

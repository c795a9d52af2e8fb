// A table as CSV (RFC 4180), for every target that is one. Each cell is quoted: the library would leave a
// lone line feed bare. Cells are exact: text that a spreadsheet takes for a formula is not altered, because
// a password with a sign in front of it is another password.

import { stringify } from 'csv-stringify/sync';
import { encodeUtf8, type Bytes } from '../../core/bytes.ts';
import type { LossTally } from '../loss.ts';
import { cleanValue } from '../xml-text.ts';

/** @param rows - The header among them. */
export function encodeCsv(rows: readonly (readonly string[])[]): Bytes {
  return encodeUtf8(stringify(rows, { record_delimiter: '\r\n', quoted: true, quoted_empty: true }));
}

/** A text as CSV can carry it: not NUL, which readers take for the sign of a binary file. */
export function csvCell(text: string, losses: LossTally): string {
  const clean = cleanValue(text);
  if (clean !== text) losses.note('normalised', 'characters', 'NUL and broken Unicode became U+FFFD');
  return clean;
}

// What somebody most likely took by mistake, where a file is no export: said in the refusal, so that they
// look for the right file and not for a fault in this one. A guess by the first bytes, and nothing rests on it.

import { VERSION_PREFIX } from '../core/age/header.ts';
import type { OtherFile } from '../core/errors.ts';
import { EscrowError } from '../core/errors.ts';
import { outlineZip } from './zip.ts';

/** One character a byte. */
const STARTS: readonly (readonly [string, OtherFile])[] = [
  ['\x89PNG', 'picture'],
  ['\xff\xd8\xff', 'picture'],
  ['%PDF-', 'pdf'],
  ['SQLite format 3', 'database'],
  // The compound file of older Office programs.
  ['\xd0\xcf\x11\xe0', 'spreadsheet'],
  [VERSION_PREFIX, 'sealed-package'],
  ['\x1f\x8b', 'archive'],
  ['7z\xbc\xaf', 'archive'],
  ['Rar!', 'archive'],
];
const START_BYTES = 32;

/** What newer Office programs and LibreOffice call the parts of a workbook. */
const WORKBOOK = /^(?:xl\/|content\.xml$)/u;

/** @param head - The first bytes of the file; all of it when it is short. */
export function otherFile(head: Uint8Array): OtherFile | undefined {
  const text = String.fromCharCode(...head.subarray(0, START_BYTES));
  const found = STARTS.find(([start]) => text.startsWith(start));
  if (found) return found[1];
  const names = outlineZip(head);
  if (names === undefined) return undefined;
  return names.some((name) => WORKBOOK.test(name)) ? 'spreadsheet' : 'archive';
}

/** The refusal of what no format claims. */
export function unrecognised(name: string, head: Uint8Array): EscrowError {
  return new EscrowError('vault.unrecognised', { name, seems: otherFile(head) });
}

// Every target this program writes by itself. A new one is one file in writers/ and one line here. The
// printed book is none of them: it needs paper.

import type { TargetId, VaultTarget } from './target.ts';
import { bitwardenJsonOrgTarget, bitwardenJsonTarget } from './writers/bitwarden-json.ts';
import { bitwardenZipTarget } from './writers/bitwarden-zip.ts';
import { csvTarget } from './writers/csv.ts';
import { jsonTarget } from './writers/json.ts';
import { kdbxTarget } from './writers/kdbx.ts';
import { onePasswordCsvTarget } from './writers/onepassword-csv.ts';
import { sheetTarget } from './writers/sheet.ts';

const BY_ID: Readonly<Record<TargetId, VaultTarget>> = {
  kdbx: kdbxTarget,
  'bitwarden-json': bitwardenJsonTarget,
  'bitwarden-json-org': bitwardenJsonOrgTarget,
  'bitwarden-zip': bitwardenZipTarget,
  '1password-csv': onePasswordCsvTarget,
  csv: csvTarget,
  json: jsonTarget,
  sheet: sheetTarget,
};

/** In the order in which they are listed to a person. */
export const TARGETS: readonly VaultTarget[] = Object.values(BY_ID);

export function targetOf(id: TargetId): VaultTarget {
  return BY_ID[id];
}

/** Whether a word given to `--to` is the id of a target. */
export function isTargetId(id: string): id is TargetId {
  return Object.hasOwn(BY_ID, id);
}

// What can be said of any product's CSV: how it was saved, what a spreadsheet did to it, and what it cannot
// hold. Only what is sure is said: a zero that a spreadsheet took from the front of a number leaves no mark.

import type { Finding } from '../core/finding.ts';
import { delimiterOf, type CsvText } from './csv.ts';
import type { CsvProfile } from './csv-profile.ts';
import { CsvHeader } from './csv-record.ts';
import { entriesOf, finding } from './findings.ts';
import type { Item } from './model.ts';

const AGAIN = 'export it again and seal that file, without opening it in between';

/** A long number as a spreadsheet shows it, or a cell that it took for a formula. */
const MARK = /^(?:\d(?:[.,]\d{1,5})?E\+\d{2,3}|#(?:NAME|REF|VALUE|DIV\/0|N\/A|NUM|NULL)[!?]?)$/;
const LONGEST_MARK = 12;

/** Counts rows that bear the marks of a spreadsheet. */
export class SpreadsheetMarks {
  #rows = 0;

  look(cells: readonly string[]): void {
    if (cells.some((cell) => cell.length <= LONGEST_MARK && MARK.test(cell))) this.#rows += 1;
  }

  findings(): readonly Finding[] {
    if (this.#rows === 0) return [];
    const message = `${entriesOf(this.#rows)} with a value such as 1.23E+11 or #NAME?, which a spreadsheet puts in place of what stood there`;
    return [finding('warning', 'csv.spreadsheet-values', message, AGAIN)];
  }
}

function aboutEncoding(csv: CsvText): readonly Finding[] {
  const findings: Finding[] = [];
  if (csv.encoding === 'Windows-1252') {
    const message = 'the text is not UTF-8: letters beyond English may be wrong';
    findings.push(finding('warning', 'csv.not-utf8', message, AGAIN));
  }
  if (delimiterOf(csv.text) === ';') {
    const message = 'columns are separated by semicolons: a spreadsheet may have saved this';
    findings.push(finding('warning', 'csv.spreadsheet', message, AGAIN));
  }
  return findings;
}

/** Columns of the file that a profile says nothing of, from 1. */
function unnamedColumns({ columns }: Pick<CsvProfile, 'columns'>, header: CsvHeader): readonly number[] {
  const named = new CsvHeader(Object.values(columns).flat());
  return header.names.flatMap((name, at) => (name !== '' && !named.has(name) ? [at + 1] : []));
}

/** A product that has codes, but this file has no column for them. */
function aboutTotp(profile: CsvProfile, header: CsvHeader, items: readonly Item[]): readonly Finding[] {
  if (profile.hasNoTotpColumn === true || items.some((item) => item.totp.length > 0)) return [];
  const names = profile.columns.totp ?? [];
  if (items.length === 0 || names.some((name) => header.has(name))) return [];
  // What the columns hold that a person's own mapping does not name, nobody knows.
  if (profile.id === 'csv' && unnamedColumns(profile, header).length > 0) return [];
  const isLeftOut = names.length > 0;
  return [
    finding(
      isLeftOut ? 'warning' : 'info',
      'csv.no-totp-column',
      `the file has no column for one-time-code seeds${isLeftOut ? ', though it could' : ''}`,
      'if the vault holds any, they are not in here: export it another way, or escrow the seeds beside it',
    ),
  ];
}

/** Columns that a finding names. */
const NAMED = 12;

/** What a person's own mapping leaves unsaid. Columns by number: a first row may be an entry, and nothing of one is shown. */
function aboutMapping({ id, columns }: CsvProfile, header: CsvHeader): readonly Finding[] {
  if (id !== 'csv') return [];
  const findings: Finding[] = [];
  if (columns.password === undefined) {
    const message = 'the mapping names no password column: as far as it says, no entry has a password';
    const hint = 'add "password:" and the name of its column to the file that --columns gives';
    findings.push(finding('warning', 'csv.no-password-column', message, hint));
  }
  const others = unnamedColumns({ columns }, header);
  if (others.length > 0) {
    const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
    const message = `the mapping does not name column${others.length === 1 ? '' : 's'} ${others.slice(0, NAMED).join(', ')}${more} of the file`;
    const hint =
      'they are kept as custom fields; name those that hold passwords, one-time-code seeds or folders';
    findings.push(finding('info', 'csv.columns-not-named', message, hint));
  }
  return findings;
}

/** Everything there is to say of a file apart from the product's own findings. */
export function csvFindings(
  profile: CsvProfile,
  csv: CsvText,
  header: CsvHeader,
  items: readonly Item[],
): readonly Finding[] {
  const { leavesOut } = profile;
  const lossy =
    leavesOut === undefined
      ? []
      : [
          finding(
            'info',
            'csv.leaves-out',
            `a CSV of ${profile.product} leaves out ${leavesOut.what}`,
            leavesOut.instead,
          ),
        ];
  return [
    ...aboutEncoding(csv),
    ...aboutMapping(profile, header),
    ...aboutTotp(profile, header, items),
    ...lossy,
  ];
}

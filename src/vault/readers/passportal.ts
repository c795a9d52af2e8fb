// Password CSV of N-able Passportal. Header and one-time-code seeds are boxes to tick, so both may be missing.
// Columns are known from N-able's import templates and from others' scripts (docs/vaults.md names them).

import { csvFormat, type Rows } from '../csv-profile.ts';
import type { CsvHeader, CsvRecord } from '../csv-record.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Item } from '../model.ts';

const ID = ['Passportal ID (BLANK)', 'PassportalID (BLANK)', 'Passportal ID'];
const EXPIRES = ['Expires (Yes/No)', 'Expires'];
const FOLDER = ['Folder(Optional)', 'Folder (optional)', 'Folder'];
const SEED = ['TOTP Secret', 'TOTP'];

const VAULT = [
  'Passportal ID',
  'Credential',
  'Username',
  'Password',
  'Description',
  'Expires',
  'Notes',
  'URL',
  'Folder',
];

/** With the client's name or without (My Vault), with the seed or without, told by the width. */
const NAMES_BY_WIDTH: Readonly<Record<number, readonly string[]>> = {
  9: VAULT,
  10: ['Passportal ID', 'Client Name', ...VAULT.slice(1)],
  11: ['Passportal ID', 'Client Name', ...VAULT.slice(1), 'TOTP Secret'],
};

/** My Vault with seeds is as wide as clients' passwords without: the place of Yes and No tells them apart. */
function fits(rows: Rows): boolean {
  const width = rows[0]?.length ?? 0;
  const expires = NAMES_BY_WIDTH[width]?.indexOf('Expires') ?? -1;
  return (
    expires >= 0 &&
    rows.every((cells) => cells.length === width && /^(?:yes|no)$/i.test(cells[expires] ?? ''))
  );
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const kind = row.take('Credential');
  for (const name of ID) row.take(name);
  const rotates = EXPIRES.some((name) => /^yes$/i.test(row.take(name)));
  return {
    ...parts,
    type: typeByContent(parts),
    title: parts.title || [kind, parts.username].filter(Boolean).join(' - '),
    sourceType: kind,
    tags: kind === '' ? [] : [kind],
    unmapped: rotates ? ['expires by policy'] : [],
  };
}

function findings(_items: readonly Item[], header: CsvHeader): readonly Finding[] {
  const found = [
    finding(
      'info',
      'passportal.unverified',
      'the columns of this file are known from import templates and scripts, not from a real Passportal export',
      'compare the count and a few entries with Passportal; was it exported with disabled items, and with all credentials?',
    ),
  ];
  if (!header.has('Client Name'))
    found.push(
      finding(
        'info',
        'passportal.no-clients',
        'the file does not say which client a password belongs to',
        'this is so for My Vault; for passwords of clients, export with the name of the client',
      ),
    );
  return found;
}

export const passportalCsv = csvFormat({
  id: 'passportal-csv',
  product: 'N-able Passportal',
  required: ['Credential', 'Username', 'Password', 'Description', [...EXPIRES, ...ID]],
  optional: ['Client Name', 'Notes', 'URL', ...FOLDER, ...SEED],
  columns: {
    client: ['Client Name'],
    folder: FOLDER,
    title: ['Description'],
    username: ['Username'],
    password: ['Password'],
    url: ['URL'],
    notes: ['Notes'],
    totp: SEED,
  },
  headerless: { fits, names: (width) => NAMES_BY_WIDTH[width] ?? VAULT },
  refine,
  findings,
  leavesOut: {
    what: 'documents, attachments, earlier passwords and, unless ticked, disabled items',
    instead: 'tick all boxes, and export clients, users and My Vault as well',
  },
});

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

const CLIENTS = ['Passportal ID', 'Client Name', ...VAULT.slice(1)];

const LAYOUTS: readonly (readonly string[])[] = [
  CLIENTS,
  [...CLIENTS, 'TOTP Secret'],
  VAULT,
  [...VAULT, 'TOTP Secret'],
];

/**
 * With the client's name or without (My Vault), with the seed or without: told by the width, and by the
 * column of Yes and No, because two of the four are equally wide.
 */
const namesOf = (row: readonly string[]): readonly string[] | undefined =>
  LAYOUTS.find(
    (names) => names.length === row.length && /^(?:yes|no)$/i.test(row[names.indexOf('Expires')] ?? ''),
  );

function fits(rows: Rows): boolean {
  const [first = []] = rows;
  const names = namesOf(first);
  return names !== undefined && rows.every((row) => namesOf(row) === names);
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const kind = row.take('Credential');
  for (const name of ID) row.take(name);
  const rules = EXPIRES.filter((name) => /^(?:yes|no|)$/i.test(row.get(name)));
  // A date in its place stays a field.
  const rotates = rules.map((name) => row.take(name)).some((text) => /^yes$/i.test(text));
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
  telling: ID,
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
  headerless: { fits, names: namesOf },
  refine,
  findings,
  leavesOut: {
    what: 'documents, attachments, earlier passwords and, unless ticked, disabled items',
    instead: 'tick all boxes, and export clients, users and My Vault as well',
  },
});

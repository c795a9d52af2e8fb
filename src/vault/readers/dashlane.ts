// The CSV files of Dashlane: credentials, secure notes, payments, ids, personal information and networks, which come in
// one ZIP. Each can be read alone. Before 2021 there was one file without a header; its rows are a title, an
// address, one to three names to sign in with, a password and a note.

import { readByProfile, type CsvEntries } from '../csv-entries.ts';
import { claimOf, readCsvVault, type CsvProfile, type Rows } from '../csv-profile.ts';
import { outlineCsv } from '../csv.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';
import type { Claim, Sample, VaultFormat } from '../format.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { CsvRecord } from '../csv-record.ts';
import type { Field, ItemType } from '../model.ts';
import { namedDetails } from '../named-details.ts';
import type { NamedValue } from '../named-lines.ts';

const SHARED = { id: 'dashlane-csv', product: 'Dashlane' } as const;

const OLD_WIDTHS = [1, 5, 6, 7];

const isOldRow = (cells: readonly string[]): boolean => OLD_WIDTHS.includes(cells.length);
const looksLikeAddress = (text: string): boolean => /^(?:[a-z]+:\/\/\S+|[\w-]+\.[\w-]\S*)$/i.test(text);

function fitsOld(rows: Rows): boolean {
  const addresses = rows.filter((cells) => cells.length > 1).map((cells) => cells[1] ?? '');
  const isSo = rows.every(isOldRow) && addresses.some(Boolean);
  return isSo && addresses.every((text) => text === '' || looksLikeAddress(text));
}

const CREDENTIALS: CsvProfile = {
  ...SHARED,
  required: ['username', 'title', 'password', 'note', 'url', 'category'],
  optional: ['username2', 'username3', 'otpSecret', 'otpUrl'],
  columns: {
    title: ['title'],
    username: ['username', 'username2', 'username3'],
    password: ['password'],
    url: ['url'],
    notes: ['note'],
    totp: ['otpUrl', 'otpSecret'],
    folder: ['category'],
  },
  leavesOut: {
    what: 'attachments, passkeys, earlier passwords and who shares what',
    instead: 'download the files that matter and seal them beside it',
  },
};

/** The old rows differ in length by the names to sign in with, in their middle. */
const OLD: CsvProfile = {
  ...SHARED,
  required: ['title', 'url', 'username', 'username2', 'username3', 'password', 'note'],
  optional: [],
  columns: { title: ['title'] },
  shortestRow: 1,
  widths: OLD_WIDTHS,
  headerless: { fits: fitsOld, names: () => ['title'] },
  refine: (parts, row) => {
    const names = row.cells.slice(2, -2);
    row.cells.forEach((_cell, index) => row.takeAt(index));
    const [username = '', ...more] = names.filter(Boolean);
    const [password = '', notes = ''] = row.cells.length === 1 ? [] : row.cells.slice(-2);
    const urls = row.cells[1] ? [{ uri: row.cells[1] }] : [];
    const fields = more.map((value) => ({ name: 'username', value, kind: 'text' as const }));
    const named = { ...parts, username, password, notes, urls, fields };
    return { ...named, type: typeByContent(named) };
  },
  findings: (items): readonly Finding[] => [
    finding(
      'info',
      'dashlane.no-header',
      `the file has no header: what each cell of ${items.length === 1 ? 'its row' : 'its rows'} is, was told by its place`,
      'compare an entry or two with the vault; a newer export has a header',
    ),
  ],
};

const NOTES: CsvProfile = {
  ...SHARED,
  required: ['title', 'note'],
  optional: ['category'],
  isUnsure: true,
  columns: { title: ['title'], notes: ['note'], folder: ['category'] },
  hasNoTotpColumn: true,
  refine: (parts) => ({ ...parts, type: 'note' }),
};

/** Two names so common mean a note only where nothing else stands beside them. */
function hasOnlyNotes({ csv }: Sample): boolean {
  const names = [...NOTES.required, ...NOTES.optional];
  return csv?.rows[0]?.every((name) => names.includes(name.trim().toLowerCase())) === true;
}

const CARD = {
  account_holder: 'cardholderName',
  cc_number: 'number',
  expiration_month: 'expMonth',
  expiration_year: 'expYear',
};
const PERSON = {
  first_name: 'firstName',
  middle_name: 'middleName',
  last_name: 'lastName',
  phone_number: 'phone',
  address: 'address1',
  zip: 'postalCode',
};

const hidden = ({ name, value }: NamedValue): Field => ({ name, value, kind: 'hidden' });

/** Everything but the title and the note is a named value. */
function detailed(parts: ItemParts, row: CsvRecord, type: ItemType): ItemParts {
  const pairs = row.header.names.flatMap((name, index): NamedValue[] => {
    if (name === '' || name === 'type' || name === 'note') return [];
    return [{ name, value: row.takeAt(index) }];
  });
  const common = { ...parts, type, sourceType: row.take('type') };
  if (type === 'bank') return { ...common, fields: pairs.filter(({ value }) => value !== '').map(hidden) };
  const { details, rest } = namedDetails(pairs, type === 'card' ? CARD : PERSON);
  return { ...common, [type]: details, fields: rest.map(hidden) };
}

const PAYMENTS: CsvProfile = {
  ...SHARED,
  required: ['type', 'account_name', 'account_holder', 'cc_number', 'code', 'expiration_month'],
  optional: [
    ...['expiration_year', 'routing_number', 'account_number', 'country', 'issuing_bank'],
    ...['name', 'note', 'bank'],
  ],
  columns: { title: ['account_name', 'name'], notes: ['note'] },
  hasNoTotpColumn: true,
  refine: (parts, row) => detailed(parts, row, /bank/i.test(row.get('type')) ? 'bank' : 'card'),
};

const IDS: CsvProfile = {
  ...SHARED,
  required: ['type', 'number', 'name', 'issue_date', 'expiration_date', 'place_of_issue', 'state'],
  optional: [],
  columns: { title: ['name', 'type'], expires: ['expiration_date'] },
  hasNoTotpColumn: true,
  refine: (parts, row) => detailed(parts, row, 'identity'),
};

const PERSONAL: CsvProfile = {
  ...SHARED,
  required: ['type', 'first_name', 'last_name', 'email', 'phone_number', 'address'],
  optional: [
    ...['title', 'middle_name', 'login', 'date_of_birth', 'place_of_birth', 'email_type', 'item_name'],
    ...['country', 'state', 'city', 'zip', 'address_recipient', 'address_building', 'address_apartment'],
    ...['address_floor', 'address_door_code', 'job_title', 'url'],
  ],
  columns: { title: ['item_name', 'title'] },
  hasNoTotpColumn: true,
  refine: (parts, row) => {
    const name = [row.get('first_name'), row.get('middle_name'), row.get('last_name')].filter(Boolean);
    const title = parts.title || name.join(' ') || row.get('type');
    return { ...detailed(parts, row, 'identity'), title };
  },
};

const WIFI: CsvProfile = {
  ...SHARED,
  required: ['ssid', 'passphrase', 'name', 'note'],
  // Misspelt so by Dashlane.
  optional: ['hidden', 'encription_type', 'encryption_type'],
  columns: { title: ['name'], password: ['passphrase'], notes: ['note'] },
  hasNoTotpColumn: true,
  refine: (parts, row) => ({ ...parts, title: parts.title || row.get('ssid') }),
};

/** In the order in which they are asked; only a sure one comes before a perhaps. */
const FILES: readonly CsvProfile[] = [CREDENTIALS, PAYMENTS, IDS, PERSONAL, WIFI, NOTES, OLD];

const judged = (sample: Sample, wanted: Claim): CsvProfile | undefined =>
  FILES.find((profile) => claimOf(profile, sample) === wanted && (profile !== NOTES || hasOnlyNotes(sample)));

function sampleOfCsv(bytes: Uint8Array): Sample {
  const head = bytes.subarray(0, 65_536);
  return { head, json: undefined, xmlRoot: undefined, zip: undefined, csv: outlineCsv(head) };
}

/** Which of its files one is; the old one where no header says. */
function profileOf(bytes: Uint8Array): CsvProfile {
  const sample = sampleOfCsv(bytes);
  return judged(sample, 'yes') ?? judged(sample, 'maybe') ?? CREDENTIALS;
}

/**
 * Reads one file of the ZIP, whichever it is.
 *
 * @param idPrefix - Goes before the entries' ids, so that those of several files differ.
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export function readDashlaneCsv(bytes: Uint8Array, idPrefix = ''): CsvEntries {
  return readByProfile(profileOf(bytes), bytes, idPrefix);
}

export const dashlaneCsv: VaultFormat = {
  ...SHARED,
  encrypted: false,
  recognise: (sample) =>
    judged(sample, 'yes') !== undefined ? 'yes' : judged(sample, 'maybe') !== undefined ? 'maybe' : 'no',
  read: (crypto, bytes) => readCsvVault(profileOf(bytes), crypto, bytes),
};

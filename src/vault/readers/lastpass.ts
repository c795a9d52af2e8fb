// LastPass CSV. A secure note has the address http://sn; one made from a template holds lines "name: value".
// Some exports spell & < > " as HTML entities, in passwords too: that is said, and never undone, because a
// password may hold such text on purpose.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import type { FolderTree } from '../folder-tree.ts';
import { kindOfName } from '../key-words.ts';
import { entriesOf, finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, Item } from '../model.ts';
import { namedDetails } from '../named-details.ts';
import { readNamedLines, type NamedValue } from '../named-lines.ts';

const NOTE_URL = 'http://sn';
const ENTITY = /&(?:amp|lt|gt|quot|apos|#39|#34|#x27);/i;

/** The names of a card's lines, and of an address's, that the model has too. */
const CARD = {
  'Name on Card': 'cardholderName',
  Type: 'brand',
  Number: 'number',
  'Security Code': 'code',
  'Expiration Date': 'expiry',
};
const ADDRESS = {
  Title: 'title',
  'First Name': 'firstName',
  'Middle Name': 'middleName',
  'Last Name': 'lastName',
  Company: 'company',
  'Address 1': 'address1',
  'Address 2': 'address2',
  'Address 3': 'address3',
  'City / Town': 'city',
  State: 'state',
  'Zip / Postal Code': 'postalCode',
  Country: 'country',
  'Email Address': 'email',
};

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "January,2030" → "1/2030"; anything else as it stands. */
function monthNumbered({ name, value }: NamedValue): NamedValue {
  const [, month = '', year = ''] = /^([A-Z][a-z]+),(\d{4})$/.exec(value) ?? [];
  const isMonth = name === 'Expiration Date' && MONTHS.includes(month);
  return isMonth ? { name, value: `${MONTHS.indexOf(month) + 1}/${year}` } : { name, value };
}

const fieldsOf = (pairs: readonly NamedValue[]): readonly Field[] =>
  pairs.map(({ name, value }) => ({ name, value, kind: kindOfName(name) }));

/** A note made from a template: "NoteType:…" first, "Notes:…" last. */
function ofTemplate(parts: ItemParts, [first, ...pairs]: readonly NamedValue[]): ItemParts {
  const sourceType = first?.value ?? '';
  const notes = pairs.find(({ name }) => name === 'Notes')?.value ?? '';
  const filled = pairs.filter(({ name, value }) => value !== '' && name !== 'Notes');
  const common = { ...parts, sourceType, notes, urls: [] };
  if (sourceType === 'Credit Card') {
    const { details, rest } = namedDetails(filled.map(monthNumbered), CARD);
    return { ...common, type: 'card', card: details, fields: fieldsOf(rest) };
  }
  if (sourceType === 'Address') {
    const { details, rest } = namedDetails(filled, ADDRESS);
    return { ...common, type: 'identity', identity: details, fields: fieldsOf(rest) };
  }
  if (sourceType === 'Bank Account') return { ...common, type: 'bank', fields: fieldsOf(filled) };
  const privateKey = filled.find(({ name }) => name === 'Private Key');
  if (privateKey === undefined) return withLogin(common, filled);
  const publicKey = filled.find(({ name }) => name === 'Public Key');
  return {
    ...common,
    type: 'sshKey',
    ssh: { privateKey: privateKey.value, publicKey: publicKey?.value ?? '', fingerprint: '' },
    fields: fieldsOf(filled.filter((pair) => pair !== privateKey && pair !== publicKey)),
  };
}

/** Servers, databases, mail accounts and networks: what one signs in with stands where one looks for it. */
function withLogin(parts: ItemParts, filled: readonly NamedValue[]): ItemParts {
  const of = (wanted: string, own = ''): NamedValue | undefined =>
    own === '' ? filled.find(({ name }) => name === wanted) : undefined;
  const username = of('Username', parts.username);
  const password = of('Password', parts.password);
  const fields = fieldsOf(filled.filter((pair) => pair !== username && pair !== password));
  if (password === undefined) return { ...parts, type: 'note', fields: fieldsOf(filled) };
  return {
    ...parts,
    type: 'login',
    username: username?.value ?? parts.username ?? '',
    password: password.value,
    fields,
  };
}

const GROUP_URL = 'http://group';

/** A folder of its own has a row with nothing but its place and an address that says so. */
function isEntry(row: CsvRecord, folders: FolderTree): boolean {
  const isBare = ['username', 'password', 'totp', 'extra', 'name'].every((name) => row.get(name) === '');
  if (row.get('url').trim() !== GROUP_URL || !isBare) return true;
  folders.place(
    row
      .get('grouping')
      .split('\\')
      .map((level) => level.trim()),
  );
  return false;
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  if (row.get('url').trim().replace(/\/$/, '') !== NOTE_URL) return { ...parts, type: typeByContent(parts) };
  const { pairs, rest } = readNamedLines(parts.notes ?? '', { last: 'Notes', isTight: true });
  // What a person wrote above such lines has no name, so the note stays whole.
  if (pairs[0]?.name === 'NoteType' && rest === '') return ofTemplate(parts, pairs);
  return { ...parts, type: 'note', sourceType: 'secure note', urls: [] };
}

function findings(items: readonly Item[]): readonly Finding[] {
  const count = items.filter(({ username, password, title }) =>
    [username, password, title].some((text) => ENTITY.test(text)),
  ).length;
  if (count === 0) return [];
  return [
    finding(
      'warning',
      'vault.html-entities',
      `${entriesOf(count)} with text such as &amp; in a title, user name or password`,
      'some exports write & < > so: if such a password is refused, try it with the sign itself; it is kept as it stands',
    ),
  ];
}

export const lastpassCsv = csvFormat({
  id: 'lastpass-csv',
  product: 'LastPass',
  required: ['url', 'username', 'password', 'extra', 'name', 'grouping', 'fav'],
  optional: ['totp'],
  columns: {
    title: ['name'],
    username: ['username'],
    password: ['password'],
    url: ['url'],
    notes: ['extra'],
    totp: ['totp'],
    folder: ['grouping'],
    favourite: ['fav'],
  },
  folderSeparator: '\\',
  isEntry,
  refine,
  findings,
  leavesOut: {
    what: 'attachments, passkeys and earlier passwords',
    instead: 'download the attachments that matter and seal them beside it',
  },
});

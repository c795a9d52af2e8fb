// LastPass CSV. A secure note has the address http://sn; one made from a template holds lines "name: value".
// Some exports spell & < > " as HTML entities, in passwords too: that is said, and never undone, because a
// password may hold such text on purpose.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { entriesOf, finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, Item } from '../model.ts';
import { readNamedLines, type NamedValue } from '../named-lines.ts';

const NOTE_URL = 'http://sn';
const ENTITY = /&(?:amp|lt|gt|quot|apos|#39|#34|#x27);/i;

const detailsOf = (pairs: readonly NamedValue[]): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]));

/** A note made from a template: "NoteType:…" first, "Notes:…" last. */
function ofTemplate(parts: ItemParts, sourceType: string, pairs: readonly NamedValue[]): ItemParts {
  const notes = pairs.find(({ name }) => name === 'Notes')?.value ?? '';
  const filled = pairs.filter(({ name, value }) => value !== '' && name !== 'Notes' && name !== 'NoteType');
  const fields = filled.map(({ name, value }): Field => ({ name, value, kind: kindOfName(name) }));
  const common = { ...parts, sourceType, notes, urls: [] };
  if (sourceType === 'Credit Card') return { ...common, type: 'card', card: detailsOf(filled) };
  if (sourceType === 'Address') return { ...common, type: 'identity', identity: detailsOf(filled) };
  if (sourceType === 'Bank Account') return { ...common, type: 'bank', fields };
  const privateKey = filled.find(({ name }) => name === 'Private Key')?.value;
  if (privateKey === undefined) return { ...common, type: 'note', fields };
  const publicKey = filled.find(({ name }) => name === 'Public Key')?.value ?? '';
  return {
    ...common,
    type: 'sshKey',
    ssh: { privateKey, publicKey, fingerprint: '' },
    fields: fields.filter(({ name }) => name !== 'Private Key' && name !== 'Public Key'),
  };
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  if (row.get('url').trim().replace(/\/$/, '') !== NOTE_URL) return { ...parts, type: typeByContent(parts) };
  const { pairs } = readNamedLines(parts.notes ?? '', { last: 'Notes' });
  const [first] = pairs;
  if (first?.name === 'NoteType') return ofTemplate(parts, first.value, pairs);
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
  refine,
  findings,
  leavesOut: {
    what: 'attachments, passkeys and earlier passwords',
    instead: 'download the attachments that matter and seal them beside it',
  },
});

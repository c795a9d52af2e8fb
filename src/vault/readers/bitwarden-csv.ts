// Bitwarden and Vaultwarden CSV, of one person (folder) and of an organisation (collections). It holds
// logins and notes only. Custom fields are lines "name: value" in one cell; which were hidden, it forgets.

import { csvFormat, type CsvProfile } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import type { FolderTree } from '../folder-tree.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, ItemType } from '../model.ts';
import { readNamedLines } from '../named-lines.ts';
import { BITWARDEN_PRODUCT } from './bitwarden-json.ts';

const TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  note: 'note',
  card: 'card',
  identity: 'identity',
};

const REQUIRED = ['type', 'name', 'notes', 'fields', 'login_uri', 'login_username', 'login_password'];
const OPTIONAL = ['favorite', 'reprompt', 'archivedDate', 'login_totp'];

function customFields(text: string): readonly Field[] {
  if (text === '') return [];
  const { pairs, rest } = readNamedLines(text);
  const fields = pairs.map(({ name, value }): Field => ({ name, value, kind: kindOfName(name) }));
  return rest === '' ? fields : [{ name: 'fields', value: rest, kind: 'hidden' }, ...fields];
}

/** An entry may lie in several collections, their names joined by commas. */
function collectionsOf(row: CsvRecord, folders: FolderTree): readonly string[] {
  const names = row.take('collections').split(',');
  return names.flatMap((name) => folders.place(name.split('/').map((part) => part.trim())));
}

function refine(parts: ItemParts, row: CsvRecord, folders: FolderTree): ItemParts {
  const sourceType = row.take('type');
  const isArchived = row.take('archivedDate') !== '';
  const isGuarded = row.take('reprompt') === '1';
  return {
    ...parts,
    type: (Object.hasOwn(TYPES, sourceType) ? TYPES[sourceType] : undefined) ?? typeByContent(parts),
    sourceType,
    state: isArchived ? 'archived' : 'active',
    containerIds: row.header.has('collections') ? collectionsOf(row, folders) : (parts.containerIds ?? []),
    fields: customFields(row.take('fields')),
    unmapped: isGuarded ? ['master password re-prompt'] : [],
  };
}

const SHARED = {
  product: BITWARDEN_PRODUCT,
  columns: {
    title: ['name'],
    username: ['login_username'],
    password: ['login_password'],
    url: ['login_uri'],
    notes: ['notes'],
    totp: ['login_totp'],
    folder: ['folder'],
    favourite: ['favorite'],
  },
  folderSeparator: '/',
  // A comma may belong to an address; one that another address follows does not.
  urlSeparator: /,(?=[a-z][a-z0-9+.-]*:\/\/)/i,
  leavesOut: {
    what: 'cards, identities, SSH keys, passkeys, attachments and earlier passwords',
    instead: 'export as .json, or as .zip where the vault is a personal one',
  },
  refine,
} satisfies Partial<CsvProfile>;

export const bitwardenCsv = csvFormat({
  ...SHARED,
  id: 'bitwarden-csv',
  required: ['folder', ...REQUIRED],
  optional: OPTIONAL,
});

export const bitwardenCsvOrg = csvFormat({
  ...SHARED,
  id: 'bitwarden-csv-org',
  required: ['collections', ...REQUIRED],
  optional: OPTIONAL,
  containerKind: 'collection',
});

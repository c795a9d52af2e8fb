// Proton Pass CSV. Cards and identities stand as JSON in the cell of the note. An alias is an address of its
// own and opens nothing.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import { isJsonObject, textOf, type JsonObject } from '../json.ts';
import type { Field, ItemType } from '../model.ts';
import { namedDetails } from '../named-details.ts';
import type { NamedValue } from '../named-lines.ts';
import { PROTON_CARD, PROTON_PERSON } from './proton-pass-item.ts';

const TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  note: 'note',
  creditCard: 'card',
  identity: 'identity',
  sshKey: 'sshKey',
};

/** The object in a cell, of a type whose note is one. */
function objectIn(cell: string): JsonObject | undefined {
  if (!cell.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(cell);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Its own entries as text; what nests stays JSON. */
function entriesOfObject(object: JsonObject): readonly NamedValue[] {
  return Object.entries(object)
    .map(([name, value]) => ({ name, value: textOf(value) || (value ? JSON.stringify(value) : '') }))
    .filter(({ name, value }) => name !== 'note' && value !== '' && value !== '[]' && value !== '{}');
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const sourceType = row.take('type');
  const known = Object.hasOwn(TYPES, sourceType) ? TYPES[sourceType] : undefined;
  const type = known ?? (sourceType === '' ? typeByContent(parts) : 'other');
  const object = type === 'login' || type === 'note' ? undefined : objectIn(parts.notes ?? '');
  if (object === undefined) return { ...parts, type, sourceType };
  const values = entriesOfObject(object);
  const common = { ...parts, type, sourceType, notes: textOf(object['note']) };
  const fieldsOf = (pairs: readonly NamedValue[]): readonly Field[] =>
    pairs.map(({ name, value }) => ({ name, value, kind: kindOfName(name) }));
  if (type !== 'card' && type !== 'identity') return { ...common, fields: fieldsOf(values) };
  const { details, rest } = namedDetails(values, type === 'card' ? PROTON_CARD : PROTON_PERSON);
  return { ...common, [type]: details, fields: fieldsOf(rest) };
}

export const protonPassCsv = csvFormat({
  id: 'proton-pass-csv',
  product: 'Proton Pass',
  required: ['type', 'name', 'url', 'username', 'password', 'note', 'totp', 'vault'],
  optional: ['email', 'createTime', 'modifyTime'],
  columns: {
    title: ['name'],
    username: ['username'],
    email: ['email'],
    password: ['password'],
    url: ['url'],
    notes: ['note'],
    totp: ['totp'],
    folder: ['vault'],
    created: ['createTime'],
    modified: ['modifyTime'],
  },
  urlSeparator: /,\s*(?=[a-z][a-z0-9+.-]*:\/\/)/i,
  containerKind: 'vault',
  refine,
  leavesOut: {
    what: 'custom fields, passkeys, attachments, the trash and earlier passwords',
    instead: 'export as .zip or JSON, which keep more of it',
  },
});

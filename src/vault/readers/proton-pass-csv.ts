// Proton Pass CSV. Cards and identities stand as JSON in the cell of the note. An alias is an address of its
// own and opens nothing.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import { isJsonObject, textOf, type JsonObject } from '../json.ts';
import type { Field, ItemType } from '../model.ts';

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
function entriesOfObject(object: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(object)
    .map(([name, value]) => [name, textOf(value) || (value ? JSON.stringify(value) : '')] as const)
    .filter(([name, value]) => name !== 'note' && value !== '' && value !== '[]' && value !== '{}');
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const sourceType = row.take('type');
  const known = Object.hasOwn(TYPES, sourceType) ? TYPES[sourceType] : undefined;
  const type = known ?? (sourceType === '' ? typeByContent(parts) : 'other');
  const object = type === 'login' || type === 'note' ? undefined : objectIn(parts.notes ?? '');
  if (object === undefined) return { ...parts, type, sourceType };
  const values = entriesOfObject(object);
  const common = { ...parts, type, sourceType, notes: textOf(object['note']) };
  if (type === 'card' || type === 'identity') return { ...common, [type]: Object.fromEntries(values) };
  const fields = values.map(([name, value]): Field => ({ name, value, kind: kindOfName(name) }));
  return { ...common, fields };
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

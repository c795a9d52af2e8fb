// NordPass CSV: one wide table for logins, notes, cards and identities. Folders have rows of their own, which
// are no entries: their type is "folder", or, in files that have no types yet, only their name is filled.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import type { FolderTree } from '../folder-tree.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import { isJsonObject, textOf } from '../json.ts';
import { namedDetails, type DetailNames } from '../named-details.ts';
import type { Details, Field, ItemType } from '../model.ts';

const CARD = ['cardholdername', 'cardnumber', 'cvc', 'pin', 'expirydate'];
const PERSON = ['full_name', 'phone_number', 'email', 'address1', 'address2', 'city', 'country', 'state'];

const TYPES: Readonly<Record<string, ItemType>> = {
  password: 'login',
  note: 'note',
  credit_card: 'card',
  identity: 'identity',
};

/** A cell that holds JSON, or undefined where it holds anything else. */
function jsonIn(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const isFilled = (row: CsvRecord, names: readonly string[]): boolean =>
  names.some((name) => row.get(name) !== '');

/** Folders of their own rows count as named, empty ones too. */
function isEntry(row: CsvRecord, folders: FolderTree): boolean {
  const type = row.get('type').trim().toLowerCase();
  const isBare = row.cells.every((cell, index) => cell === '' || index === row.header.indexOf('name'));
  if (type !== 'folder' && (row.header.has('type') || !isBare || row.get('name') === '')) return true;
  folders.place([row.get('name')]);
  return false;
}

function typeOf(row: CsvRecord, parts: ItemParts): ItemType {
  const named = row.get('type').trim().toLowerCase();
  const known = Object.hasOwn(TYPES, named) ? TYPES[named] : undefined;
  if (known !== undefined) return known;
  if (isFilled(row, CARD)) return 'card';
  if (isFilled(row, PERSON) && parts.password === '') return 'identity';
  return typeByContent(parts);
}

/** Names of columns that the model has too. */
const CARD_NAMES = {
  cardholdername: 'cardholderName',
  cardnumber: 'number',
  cvc: 'code',
  expirydate: 'expiry',
};
const PERSON_NAMES = { phone_number: 'phone', zipcode: 'postalCode' };

/** Each column once, so that no value is left over. */
function takeDetails(row: CsvRecord, columns: readonly string[], names: DetailNames): Details {
  const pairs = columns.map((name) => ({ name, value: row.take(name) }));
  return namedDetails(pairs, names).details;
}

/** `[{"label":…,"type":…,"value":…}]` of plain values; anything else in the cell stays one hidden field. */
function takeCustom(row: CsvRecord): readonly Field[] {
  const cell = row.get('custom_fields');
  const list = jsonIn(cell);
  if (cell === '' || !Array.isArray(list) || !list.every(isJsonObject)) return [];
  if (!list.every((field) => Object.values(field).every(isPlain))) return [];
  row.take('custom_fields');
  return list.map((field) => {
    const name = textOf(field['label']) || textOf(field['name']);
    const isHidden = textOf(field['type']) === 'hidden';
    return { name, value: textOf(field['value']), kind: isHidden ? 'hidden' : kindOfName(name) };
  });
}

/** A list as JSON, or addresses one after the other; a list of anything but texts stays a field. */
function takeUrls(row: CsvRecord): readonly string[] {
  const list = jsonIn(row.get('additional_urls'));
  if (Array.isArray(list) && !list.every((uri) => typeof uri === 'string')) return [];
  const cell = row.take('additional_urls');
  const uris: readonly string[] = Array.isArray(list)
    ? list
    : cell.split(/[\s,](?=[a-z][a-z0-9+.-]*:\/\/)/i).map(trimmed);
  return uris.filter((uri) => uri !== '');
}

/** Without the commas and blanks around it. */
function trimmed(uri: string): string {
  const isBetween = (at: number): boolean => /[\s,]/.test(uri.charAt(at));
  let [start, end] = [0, uri.length];
  while (start < end && isBetween(start)) start += 1;
  while (end > start && isBetween(end - 1)) end -= 1;
  return uri.slice(start, end);
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const type = typeOf(row, parts);
  const urls = [...(parts.urls ?? []), ...takeUrls(row).map((uri) => ({ uri }))];
  const common = { ...parts, type, urls, sourceType: row.take('type'), fields: takeCustom(row) };
  if (type === 'card') return { ...common, card: takeDetails(row, [...CARD, 'zipcode'], CARD_NAMES) };
  if (type === 'identity')
    return { ...common, identity: takeDetails(row, [...PERSON, 'zipcode'], PERSON_NAMES) };
  return common;
}

export const nordpassCsv = csvFormat({
  id: 'nordpass-csv',
  product: 'NordPass',
  required: ['name', 'url', 'username', 'password', 'note', 'cardholdername', 'cardnumber', 'cvc', 'folder'],
  optional: ['additional_urls', 'pin', 'expirydate', 'zipcode', ...PERSON, 'type', 'custom_fields'],
  columns: {
    title: ['name'],
    username: ['username'],
    password: ['password'],
    url: ['url'],
    notes: ['note'],
    folder: ['folder'],
  },
  isEntry,
  refine,
  leavesOut: {
    what: 'one-time-code seeds, passkeys, attachments and who shares what',
    instead: 'escrow the seeds beside it, and download the files that matter',
  },
});

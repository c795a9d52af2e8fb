// Keeper CSV. It has no header: folder, title, login, password, address, notes, shared folder with what
// others may do in it, then names and values of custom fields by turns. A code's seed is the field
// TFC:Keeper. Levels of a folder are separated by a backslash; one in a name is doubled.

import { csvFormat, type Rows } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import type { FolderTree } from '../folder-tree.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, Totp } from '../model.ts';
import { parseTotp } from '../totp.ts';

const NAMES = ['folder', 'title', 'login', 'password', 'url', 'notes', 'shared folder'];
const FIRST_CUSTOM = NAMES.length;
const RIGHTS = ['#edit', '#reshare'];
const SEED_NAMES = ['TFC:Keeper', '$oneTimeCode'];

function pathOf(text: string): readonly string[] {
  const levels = text.split(/(?<!\\)\\(?!\\)/);
  return levels.map((level) => level.replaceAll('\\\\', '\\').trim());
}

/** "path#edit#reshare": where it lies, and what is said of who may do what. */
function sharedFolderOf(text: string): { path: readonly string[]; isLimited: boolean } {
  let end = text.length;
  // From the end: a pattern for all of them would be tried at each of a long text's letters.
  for (let right = rightAt(text, end); right !== undefined; right = rightAt(text, end)) end -= right.length;
  return { path: pathOf(text.slice(0, end)), isLimited: end < text.length };
}

const rightAt = (text: string, end: number): string | undefined =>
  RIGHTS.find((right) => text.endsWith(right, end));

function customOf(row: CsvRecord): { fields: readonly Field[]; totp: readonly Totp[] } {
  const fields: Field[] = [];
  const totp: Totp[] = [];
  // A name that is the last cell has no value; it stays an unnamed column.
  for (let index = FIRST_CUSTOM; index + 1 < row.cells.length; index += 2) {
    const [name, value] = [row.takeAt(index), row.takeAt(index + 1)];
    if (name === '' && value === '') continue;
    const isSeed = SEED_NAMES.some((seed) => name.startsWith(seed)) || value.startsWith('otpauth://totp/');
    if (isSeed && value !== '') totp.push(parseTotp(value));
    else fields.push({ name, value, kind: kindOfName(name) });
  }
  return { fields, totp };
}

function refine(parts: ItemParts, row: CsvRecord, folders: FolderTree): ItemParts {
  const shared = sharedFolderOf(row.take('shared folder'));
  // A folder beside a shared folder lies within it.
  const path = [...shared.path, ...pathOf(row.take('folder'))];
  const named = { ...parts, containerIds: folders.place(path), ...customOf(row) };
  const unmapped = shared.isLimited ? ['rights in the shared folder'] : [];
  return { ...named, type: typeByContent(named), unmapped };
}

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/\S+|[\w-]+(?:\.[\w-]+)+(?:[:/]\S*)?)$/i;

/** Rows of seven cells or more whose fifth is an address or nothing, with one address at least. */
function fits(rows: Rows): boolean {
  const addresses = rows.map((cells) => (cells[4] ?? '').trim());
  const isSo = rows.every((cells) => cells.length >= FIRST_CUSTOM && (cells.length - FIRST_CUSTOM) % 2 === 0);
  return isSo && addresses.every((text) => text === '' || ADDRESS.test(text)) && addresses.some(Boolean);
}

export const keeperCsv = csvFormat({
  id: 'keeper-csv',
  product: 'Keeper',
  // A header is never written; a file that begins with these names was made by a person.
  required: ['folder', 'title', 'login', 'password', 'url', 'notes', 'shared folder'],
  optional: [],
  columns: {
    title: ['title'],
    username: ['login'],
    password: ['password'],
    url: ['url'],
    notes: ['notes'],
  },
  shortestRow: FIRST_CUSTOM,
  headerless: { fits, names: () => NAMES },
  hasNoTotpColumn: true,
  refine,
  leavesOut: {
    what: 'attachments, record types and earlier passwords; an entry in several folders is in one',
    instead: 'export as .json, which keeps more of it, and download the files that matter',
  },
});

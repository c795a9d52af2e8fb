// Zoho Vault CSV. What a secret holds stands in one cell, SecretData, as lines "name:value", the kind of
// secret first; custom fields stand in another one. A secret may lie in several chambers. Newer files call
// the columns "Password …" instead of "Secret …".

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import type { FolderTree } from '../folder-tree.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, ItemType, Totp } from '../model.ts';
import { readNamedLines, type NamedValue } from '../named-lines.ts';
import { parseTotp } from '../totp.ts';

const USER_NAMES = ['User Name', 'Username', 'Login', 'Email'];
const SEED = /^otpauth:\/\/totp\//i;

const typeOfSecret = (name: string): ItemType | undefined =>
  /card/i.test(name) ? 'card' : /bank/i.test(name) ? 'bank' : undefined;

function takeLines(row: CsvRecord, column: string): readonly NamedValue[] {
  const { pairs, rest } = readNamedLines(row.take(column), { isTight: true });
  return rest === '' ? pairs : [{ name: column, value: rest }, ...pairs];
}

function refine(parts: ItemParts, row: CsvRecord, folders: FolderTree): ItemParts {
  const secret = takeLines(row, row.header.has('SecretData') ? 'SecretData' : 'PasswordData');
  const valueOf = (names: readonly string[]): NamedValue | undefined =>
    secret.find(({ name, value }) => names.includes(name) && value !== '');
  const [kind, user, password] = [valueOf(['SecretType']), valueOf(USER_NAMES), valueOf(['Password'])];
  const used = [kind, user, password];
  const others = [...secret.filter((pair) => !used.includes(pair)), ...takeLines(row, 'CustomData')];
  const filled = others.filter(({ value }) => value !== '');
  const seeds = filled.filter(({ value }) => SEED.test(value)).map(({ value }): Totp => parseTotp(value));
  const named = {
    ...parts,
    username: user?.value ?? '',
    password: password?.value ?? '',
    totp: [...(parts.totp ?? []), ...seeds],
    containerIds: row
      .take('ChamberName')
      .split(/[\r\n]+/)
      .flatMap((chamber) => folders.place([chamber.trim()])),
    fields: filled
      .filter(({ value }) => !SEED.test(value))
      .map(({ name, value }): Field => ({ name, value, kind: kindOfName(name) })),
  };
  const sourceType = kind?.value ?? '';
  const hasClass = row.take('Classification') !== '';
  return {
    ...named,
    sourceType,
    type: typeOfSecret(sourceType) ?? typeByContent(named),
    unmapped: hasClass ? ['classification'] : [],
  };
}

export const zohoCsv = csvFormat({
  id: 'zoho-csv',
  product: 'Zoho Vault',
  required: [
    ['Secret Name', 'Password Name'],
    ['Secret URL', 'Password URL'],
    ['SecretData', 'PasswordData'],
    'Notes',
    'ChamberName',
  ],
  optional: ['Description', 'CustomData', 'Tags', 'Classification', 'Favorite'],
  columns: {
    title: ['Secret Name', 'Password Name'],
    url: ['Secret URL', 'Password URL'],
    notes: ['Notes'],
    tags: ['Tags'],
    favourite: ['Favorite'],
  },
  tagSeparator: /[,\n]/,
  endsInComma: true,
  refine,
  leavesOut: {
    what: 'attachments, earlier passwords and who shares what',
    instead: 'download the files that matter and seal them beside it',
  },
});

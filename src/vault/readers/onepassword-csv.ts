// The CSV files of 1Password: of version 8, of version 7 for Windows (a column for each field of each
// section) and of version 7 for Mac (a column for each label and id, in alphabetical order). None of them
// is complete; .1pux is.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, ItemType, Totp } from '../model.ts';
import { parseTotp } from '../totp.ts';

const PRODUCT = '1Password';
const LEAVES_OUT = {
  what: 'vaults, attachments, passkeys, earlier passwords and most fields beyond the login',
  instead: 'export as .1pux',
};

export const onePasswordCsv = csvFormat({
  id: '1password-csv',
  product: PRODUCT,
  required: ['Title', 'Url', 'Username', 'Password', 'OTPAuth', 'Favorite', 'Archived', 'Tags', 'Notes'],
  optional: [],
  columns: {
    title: ['Title'],
    url: ['Url'],
    username: ['Username'],
    password: ['Password'],
    totp: ['OTPAuth'],
    favourite: ['Favorite'],
    archived: ['Archived'],
    tags: ['Tags'],
    notes: ['Notes'],
  },
  tagSeparator: /[;,]/,
  leavesOut: LEAVES_OUT,
});

interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** The label in the name of a column, or undefined. No patterns: a name may be long, and is asked for each row. */
type LabelOf = (column: string) => string | undefined;

/** "SECTION_… 1: ONE-TIME PASSWORD" → what stands behind the colon. */
function windowsLabel(column: string): string | undefined {
  if (!/^SECTION/i.test(column) || !column.includes(':')) return undefined;
  return column.slice(column.indexOf(':') + 1).trimStart() || undefined;
}

/** "label(id)" → label. */
function macLabel(column: string): string | undefined {
  const bracket = column.indexOf('(', 1);
  return bracket > 0 && column.endsWith(')') ? column.slice(0, bracket).trimEnd() : undefined;
}

/** Takes the cells of columns that hold a label, and says what each is called. */
function takeLabelled(row: CsvRecord, labelOf: LabelOf): readonly Labelled[] {
  return row.header.names.flatMap((name, index): Labelled[] => {
    if ((row.cells[index] ?? '') === '') return [];
    const label = labelOf(name);
    if (label === undefined) return [];
    return [{ label, value: row.takeAt(index) }];
  });
}

function sorted(labelled: readonly Labelled[]): { totp: readonly Totp[]; fields: readonly Field[] } {
  const isSeed = ({ label, value }: Labelled): boolean =>
    /^otpauth:\/\//i.test(value) || /^one-time password/i.test(label);
  return {
    totp: labelled.filter(isSeed).map(({ value }) => parseTotp(value)),
    fields: labelled
      .filter((field) => !isSeed(field))
      .map(({ label, value }) => ({ name: label, value, kind: kindOfName(label) })),
  };
}

/** Addresses beyond the first, as "URLS" lists them. */
function withUrls(parts: ItemParts, text: string): ItemParts {
  const more = text.split(/[\r\n]+|,\s*(?=[a-z]+:\/\/)/i).map((uri) => uri.trim());
  const all = [...(parts.urls ?? []).map(({ uri }) => uri), ...more.filter(Boolean)];
  return { ...parts, urls: [...new Set(all)].map((uri) => ({ uri })) };
}

export const onePasswordWindowsCsv = csvFormat({
  id: '1password-csv-windows',
  product: PRODUCT,
  required: ['UUID', 'TITLE', 'USERNAME', 'PASSWORD', 'URL', 'URLS', 'NOTES'],
  optional: ['SCOPE', 'AUTOSUBMIT'],
  known: /^SECTION/i,
  telling: ['AUTOSUBMIT'],
  columns: {
    id: ['UUID'],
    title: ['TITLE'],
    username: ['USERNAME'],
    password: ['PASSWORD'],
    url: ['URL'],
    notes: ['NOTES'],
  },
  hasNoTotpColumn: true,
  refine: (parts, row) => {
    const named = withUrls({ ...parts, ...sorted(takeLabelled(row, windowsLabel)) }, row.take('URLS'));
    const settings = [row.take('SCOPE'), row.take('AUTOSUBMIT')];
    const isPlain = settings.every((text) => text === '' || text === 'Default');
    return { ...named, type: typeByContent(named), unmapped: isPlain ? [] : ['filling settings'] };
  },
  leavesOut: LEAVES_OUT,
});

const MAC_TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  password: 'login',
  'secure note': 'note',
  'credit card': 'card',
  identity: 'identity',
  'bank account': 'bank',
  'ssh key': 'sshKey',
};

export const onePasswordMacCsv = csvFormat({
  id: '1password-csv-mac',
  product: PRODUCT,
  required: ['notes', 'password', 'title', 'type', 'url', 'username'],
  optional: ['uuid', 'tags', 'favorite', 'scope', 'autosubmit', 'created date', 'modified date', 'vault'],
  known: /^.[^(]*\(.*\)$/,
  columns: {
    id: ['uuid'],
    title: ['title'],
    username: ['username'],
    password: ['password'],
    url: ['url'],
    notes: ['notes'],
    tags: ['tags'],
    favourite: ['favorite'],
    folder: ['vault'],
    created: ['created date'],
    modified: ['modified date'],
  },
  tagSeparator: /[;,]/,
  hasNoTotpColumn: true,
  refine: (parts, row) => {
    const sourceType = row.take('type');
    const { totp, fields } = sorted(takeLabelled(row, macLabel));
    const named = sourceType.toLowerCase();
    const known = Object.hasOwn(MAC_TYPES, named) ? MAC_TYPES[named] : undefined;
    const type = known ?? (sourceType === '' ? typeByContent(parts) : 'other');
    const details = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    const hasRoom = Object.keys(details).length === fields.length;
    if (hasRoom && (type === 'card' || type === 'identity'))
      return { ...parts, type, sourceType, totp, [type]: details };
    return { ...parts, type, sourceType, totp, fields };
  },
  leavesOut: LEAVES_OUT,
});

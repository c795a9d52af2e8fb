// A person's own mapping for a CSV that no reader knows: a small YAML file that says which column is what.
// It is checked by hand, field by field, because a slip in it would leave passwords out without a word.

import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { CsvRole } from './csv-profile.ts';
import { nestsTooDeeply } from './yaml-depth.ts';

/** Which columns are what, in a CSV of a product with this name. */
export interface CsvMapping {
  readonly product: string;
  readonly columns: Readonly<Partial<Record<CsvRole, readonly string[]>>>;
  readonly folderSeparator?: string;
  readonly urlSeparator?: string;
  readonly tagSeparator?: string;
}

/** The words of the file, each with the role it means. */
const ROLES: Readonly<Record<string, CsvRole>> = {
  id: 'id',
  title: 'title',
  username: 'username',
  email: 'email',
  password: 'password',
  url: 'url',
  notes: 'notes',
  totp: 'totp',
  client: 'client',
  folder: 'folder',
  tags: 'tags',
  favourite: 'favourite',
  archived: 'archived',
  created: 'created',
  modified: 'modified',
  expires: 'expires',
};

const SEPARATORS = {
  'folder separator': 'folderSeparator',
  'url separator': 'urlSeparator',
  'tag separator': 'tagSeparator',
} as const;

const DEFAULT_PRODUCT = 'CSV';

function refuse(reason: string): never {
  throw new EscrowError('vault.columns', { reason });
}

/** The text of a plain value that is not empty. */
function textOf(node: unknown, name: string): string {
  const value: unknown = isScalar(node) ? node.value : undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return refuse(`"${name}" must be a text`);
  return text;
}

function namesOf(node: unknown, role: string): readonly string[] {
  const names = isSeq(node) ? node.items.map((item) => textOf(item, role)) : [textOf(node, role)];
  return names.length === 0 ? refuse(`"${role}" names no column`) : names;
}

interface MappingEntry {
  readonly word: string;
  readonly value: unknown;
  /** Where it stands in the file, for errors: "line 3: ". */
  readonly place: string;
}

/** The entries of a map whose names are plain texts. */
function entriesOf(node: unknown, what: string, text: string): readonly MappingEntry[] {
  if (!isMap(node)) return refuse(`${what} must be a list of names and values`);
  return node.items.map(({ key, value }) => {
    const place = isScalar(key) ? lineAt(text, key.range?.[0] ?? 0) : '';
    return { word: textOf(key, what), value, place };
  });
}

const lineAt = (text: string, offset: number): string => `line ${text.slice(0, offset).split('\n').length}: `;

function columnsOf(node: unknown, text: string): CsvMapping['columns'] {
  const columns: Partial<Record<CsvRole, readonly string[]>> = {};
  const used = new Set<string>();
  for (const { word, value, place } of entriesOf(node, '"columns"', text)) {
    const role = Object.hasOwn(ROLES, word) ? ROLES[word] : undefined;
    if (role === undefined)
      return refuse(`${place}"columns" knows ${Object.keys(ROLES).join(', ')}; this name is another`);
    const names = namesOf(value, word);
    for (const name of names) {
      const folded = name.trim().toLowerCase();
      if (used.has(folded)) return refuse(`${place}"${word}" names a column that was named before`);
      used.add(folded);
    }
    columns[role] = names;
  }
  if (columns.title === undefined) return refuse('"columns" must say which column is the title');
  return columns;
}

function rootOf(text: string): Node | null {
  // Without its own messages: each quotes the source again.
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error) return refuse(`${lineAt(text, error.pos[0])}this is not valid YAML`);
  return document.contents;
}

/**
 * Reads a mapping: `columns:` with a column, or a list of them, for each of `title`, `username`, `password`
 * and so on; and perhaps `product:`, `folder separator:`, `url separator:` and `tag separator:`.
 *
 * @throws {@link EscrowError} `vault.columns` or `limit.exceeded`.
 */
export function decodeCsvMapping(bytes: Uint8Array): CsvMapping {
  if (bytes.length > LIMITS.csvMappingBytes)
    throw new EscrowError('limit.exceeded', {
      what: 'bytes of a column mapping',
      limit: LIMITS.csvMappingBytes,
    });
  let text: string;
  try {
    text = decodeUtf8(bytes);
  } catch {
    return refuse('it is not UTF-8 text');
  }
  if (nestsTooDeeply(text)) return refuse('it is nested too deeply');
  const mapping: { -readonly [Key in keyof CsvMapping]: CsvMapping[Key] } = {
    product: DEFAULT_PRODUCT,
    columns: {},
  };
  let hasColumns = false;
  for (const { word, value, place } of entriesOf(rootOf(text), 'the file', text)) {
    if (word === 'columns') {
      mapping.columns = columnsOf(value, text);
      hasColumns = true;
    } else if (word === 'product') mapping.product = textOf(value, word);
    else if (Object.hasOwn(SEPARATORS, word))
      mapping[SEPARATORS[word as keyof typeof SEPARATORS]] = textOf(value, word);
    else
      return refuse(
        `${place}the file knows product, columns, ${Object.keys(SEPARATORS).join(', ')}; this name is another`,
      );
  }
  return hasColumns ? mapping : refuse('it has no "columns"');
}

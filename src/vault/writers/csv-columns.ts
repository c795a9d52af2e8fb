// The columns of the generic CSV, and how a row of them is read back. Lists stand one a line in a cell,
// and what has parts of its own stands as JSON. docs/vaults.md describes the columns.

import { EscrowError } from '../../core/errors.ts';
import { decodeCsv, readCsv } from '../csv.ts';
import { itemOf } from '../item.ts';
import { isJsonObject, textOf } from '../json.ts';
import type { Container, Field, Item, Passkey, Vault } from '../model.ts';
import { parseTotp } from '../totp.ts';

export const CSV_COLUMNS = [
  'Title',
  'Username',
  'Password',
  'URLs',
  'TOTP',
  'Notes',
  'Folder',
  'Also in',
  'Tags',
  'Type',
  'State',
  'Favourite',
  'Created',
  'Modified',
  'Expires',
  'Custom fields',
  'Attachments',
  'Passkeys',
  'Earlier passwords',
  'Id',
] as const;

export type CsvCells = Readonly<Record<(typeof CSV_COLUMNS)[number], string>>;

const linesOf = (cell: string): readonly string[] => (cell === '' ? [] : cell.split('\n'));

function jsonList(cell: string): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = cell === '' ? [] : JSON.parse(cell);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function fieldOf(part: Readonly<Record<string, unknown>>): Field {
  const kind = part['kind'];
  const isKnown = kind === 'hidden' || kind === 'boolean' || kind === 'linked';
  return { name: textOf(part['name']), value: textOf(part['value']), kind: isKnown ? kind : 'text' };
}

function passkeyOf(part: Readonly<Record<string, unknown>>): Passkey {
  return {
    credentialId: textOf(part['credentialId']),
    relyingParty: textOf(part['relyingParty']),
    userName: textOf(part['userName']),
    userHandle: textOf(part['userHandle']),
    privateKey: textOf(part['privateKey']),
  };
}

/** A row as an entry, as far as the comparison asks. */
function itemOfCells(cells: CsvCells): Item {
  const { Type: type, State: state, Folder: folder, Expires: expires } = cells;
  return itemOf({
    id: cells.Id,
    type: type === 'note' ? 'note' : 'login',
    title: cells.Title,
    username: cells.Username,
    password: cells.Password,
    urls: linesOf(cells.URLs).map((uri) => ({ uri })),
    notes: cells.Notes,
    totp: cells.TOTP === '' ? [] : [parseTotp(cells.TOTP)],
    state: state === 'trashed' || state === 'archived' ? state : 'active',
    containerIds: folder === '' ? [] : [folder],
    tags: linesOf(cells.Tags),
    favourite: cells.Favourite === 'yes',
    ...(expires === '' ? {} : { expires }),
    fields: jsonList(cells['Custom fields']).map(fieldOf),
    passkeys: jsonList(cells.Passkeys).map(passkeyOf),
    history: jsonList(cells['Earlier passwords']).map(({ value }) => ({ value: textOf(value) })),
    raw: cells,
  });
}

/**
 * Reads a generic CSV that was just written.
 *
 * @throws {@link EscrowError} `vault.format`.
 */
export function readCsvColumns(bytes: Uint8Array): Pick<Vault, 'containers' | 'items'> {
  const text = decodeCsv(bytes);
  if (text === undefined) throw new EscrowError('vault.format', { format: 'csv', reason: 'it is no text' });
  const items: Item[] = [];
  const folders = new Map<string, Container>();
  let isHeader = true;
  readCsv(text, 'csv', ({ cells }) => {
    const isRow = !isHeader;
    isHeader = false;
    if (!isRow) return;
    const named = CSV_COLUMNS.map((name, index) => [name, cells[index] ?? ''] as const);
    const item = itemOfCells(Object.fromEntries(named) as CsvCells);
    // The levels of a path are compared joined, so that one container stands for all of them.
    for (const id of item.containerIds) folders.set(id, { id, name: id, kind: 'folder' });
    items.push(item);
  });
  return { containers: [...folders.values()], items };
}

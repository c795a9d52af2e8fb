// A vault as one table that any program with a CSV import can be pointed at, and that a person can read.
// Next to nothing is lost: what has no column stands as JSON in one (csv-columns.ts). Files are only named.

import type { CryptoPort } from '../../core/crypto.ts';
import { pathsOf } from '../container-paths.ts';
import { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';
import { assertReadBack, VERBATIM, type ReadBackRules } from '../read-back.ts';
import type { VaultTarget, WrittenVault } from '../target.ts';
import { formatOtpauth } from '../totp.ts';
import { cleanName, cleanValue } from '../xml-text.ts';
import { CSV_COLUMNS, readCsvColumns, type CsvCells } from './csv-columns.ts';
import { csvCell, encodeCsv } from './csv-text.ts';
import { firstSeed, looseFields } from './loose-fields.ts';
import { noteTableFolders, noteTableLosses } from './table-losses.ts';

const TARGET = 'csv';

/** On one line: a line feed parts the addresses of a cell. */
const oneLine = (uri: string): string => cleanValue(uri).replace(/\r/g, '%0D').replace(/\n/g, '%0A');

const RULES: ReadBackRules = {
  ...VERBATIM,
  title: cleanValue,
  value: cleanValue,
  folder: cleanName,
  tag: cleanName,
  url: oneLine,
  isOneSeed: true,
  without: ['attachments'],
};

type Paths = ReadonlyMap<string, readonly string[]>;

const pathText = (path: readonly string[]): string =>
  path
    .map(cleanName)
    .filter((name) => name !== '')
    .join('/');

/** A list as JSON, nothing where it is empty. */
function jsonCell(list: readonly object[], losses: LossTally): string {
  const clean = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? csvCell(value, losses) : value;
  return list.length === 0 ? '' : JSON.stringify(list, clean);
}

function noteLosses(item: Item, losses: LossTally): void {
  noteTableLosses(item, losses);
  losses.note('degraded', 'passkey', 'JSON in a cell: no program takes it from there', item.passkeys.length);
  losses.note('moved', 'earlier password', 'JSON in a cell', item.history.length);
  const respelt = item.urls.filter(({ uri }) => /[\r\n]/.test(uri)).length;
  losses.note('normalised', 'address', 'line ends in it are spelt %0A and %0D', respelt);
  const tags = item.tags.filter((tag) => cleanName(tag) !== tag).length;
  losses.note('normalised', 'tag', 'respelt on one line', tags);
}

function cellsOf(item: Item, id: string, paths: Paths, losses: LossTally): CsvCells {
  noteLosses(item, losses);
  const cell = (text: string): string => csvCell(text, losses);
  const seed = firstSeed(item);
  const [folder = '', ...others] = item.containerIds
    .filter((place) => paths.has(place))
    .map((place) => pathText(paths.get(place) ?? []));
  const uris = item.urls.map(({ uri }) => oneLine(uri)).filter((uri) => uri !== '');
  const tags = [...new Set(item.tags.map(cleanName))].filter((tag) => tag !== '');
  return {
    Title: cell(item.title),
    Username: cell(item.username),
    Password: cell(item.password),
    URLs: uris.join('\n'),
    TOTP: seed === undefined ? '' : formatOtpauth(seed),
    Notes: cell(item.notes),
    Folder: folder,
    'Also in': others.join('\n'),
    Tags: tags.join('\n'),
    Type: item.type,
    State: item.state,
    Favourite: item.favourite ? 'yes' : '',
    Created: item.created ?? '',
    Modified: item.modified ?? '',
    Expires: item.expires ?? '',
    'Custom fields': jsonCell(looseFields(item, 'kept among the custom fields', losses), losses),
    Attachments: item.attachments.map(({ name }) => cleanName(name)).join('\n'),
    Passkeys: jsonCell(item.passkeys, losses),
    'Earlier passwords': jsonCell(item.history, losses),
    Id: id,
  };
}

/** Each entry's own id where it is the first to have it, its number otherwise. */
function idsOf(items: readonly Item[]): readonly string[] {
  const own = items.map(({ id }) => cleanValue(id));
  const known = new Set(own);
  const taken = new Set<string>();
  return own.map((wanted, index) => {
    let id = wanted;
    if (id === '' || taken.has(id)) {
      id = `entry-${index + 1}`;
      while (known.has(id) || taken.has(id)) id += '-';
    }
    taken.add(id);
    return id;
  });
}

async function write(vault: Vault): Promise<WrittenVault> {
  const losses = new LossTally();
  const paths = pathsOf(vault.containers);
  noteTableFolders(vault, losses);
  const ids = idsOf(vault.items);
  const rows = vault.items.map((item, index) => {
    const cells = cellsOf(item, ids[index] ?? '', paths, losses);
    return CSV_COLUMNS.map((name) => cells[name]);
  });
  const bytes = encodeCsv([CSV_COLUMNS, ...rows]);
  const written: Vault = { ...vault, ...readCsvColumns(bytes) };
  assertReadBack(TARGET, vault, ids, written, RULES);
  return Promise.resolve({ bytes, loss: losses.report(vault, TARGET, written.items) });
}

export const csvTarget: VaultTarget = {
  id: TARGET,
  ending: 'csv',
  use: 'a table for any program that imports CSV, its columns named in docs/vaults.md',
  isLocked: false,
  write: (_crypto: CryptoPort, vault) => write(vault),
};

// Keeper's JSON export, old and new. A record lies in any number of folders, private or shared; levels are
// separated by backslashes, and a doubled one is part of a name. Files are named by id and never inside.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { assertCounts } from '../bounds.ts';
import { FolderTree } from '../folder-tree.ts';
import { claimIf, type Sample, type VaultFormat } from '../format.ts';
import { isJsonObject, objectsOf, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Vault } from '../model.ts';
import { readKeeperRecord } from './keeper-record.ts';

const FORMAT = 'keeper-json';
const PRODUCT = 'Keeper';

/** Keys of a record that only this product has; one of them tells its `records` from another's. */
const TELLING_KEYS = ['login_url', 'custom_fields', '$type', 'login', 'folders'];

/** "Customers\\Alder" → two levels; a doubled backslash is one in a name. */
function keeperPath(text: string): readonly string[] {
  return text
    .replaceAll('\\\\', '\u0000')
    .split('\\')
    .map((name) => name.replaceAll('\u0000', '\\').trim());
}

function placesOf(record: JsonObject, index: number, folders: FolderTree): readonly string[] {
  const ids = objectsOf(record['folders'], `records[${index}].folders`, FORMAT).flatMap((place) => {
    const shared = keeperPath(textOf(place['shared_folder']));
    const inner = keeperPath(textOf(place['folder']));
    return folders.place([...shared, ...inner]);
  });
  return [...new Set(ids)];
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const json = parseExportJson(bytes, FORMAT);
  if (!isJsonObject(json) || (!Array.isArray(json['records']) && !Array.isArray(json['shared_folders'])))
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it has no records' });
  const shared = objectsOf(json['shared_folders'], 'shared_folders', FORMAT);
  const records = objectsOf(json['records'], 'records', FORMAT);
  assertCounts(records.length, shared.length);
  const folders = new FolderTree();
  for (const folder of shared) folders.place(keeperPath(textOf(folder['path'])), undefined, 'collection');
  const items = records.map((record, index) =>
    readKeeperRecord(record, index, placesOf(record, index, folders)),
  );
  return {
    source: { product: PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: folders.containers,
    items,
    findings: [],
  };
}

function isOurs({ json }: Sample): boolean {
  if (json === undefined) return false;
  const { kinds } = json;
  const hasRecords =
    kinds.get('records[].title') === 'string' && TELLING_KEYS.some((key) => kinds.has(`records[].${key}`));
  return hasRecords || (kinds.get('shared_folders[].path') === 'string' && isAlone(kinds));
}

/** Nothing but what Keeper writes at the top. */
function isAlone(kinds: ReadonlyMap<string, unknown>): boolean {
  const top = [...kinds.keys()].filter((place) => place !== '' && !/[.[]/.test(place));
  return top.every((key) => ['shared_folders', 'records', 'teams'].includes(key));
}

export const keeperJson: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample)),
  read,
};

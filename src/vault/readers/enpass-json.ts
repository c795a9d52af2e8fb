// Enpass's JSON export: folders as a tree, each entry a list of typed fields, attachments inside as base64.
// The first field of a type that the model knows is that part of the entry; the others stay fields, with
// the title of their section before their own.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { assertCounts } from '../bounds.ts';
import { claimIf, type Sample, type VaultFormat } from '../format.ts';
import { listedFolders } from '../folder-tree.ts';
import { isJsonObject, objectsOf, parseExportJson } from '../json.ts';
import type { Item, Vault } from '../model.ts';
import { readEnpassItem } from './enpass-item.ts';

const FORMAT = 'enpass-json';
const PRODUCT = 'Enpass';

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const json = parseExportJson(bytes, FORMAT);
  if (!isJsonObject(json) || !Array.isArray(json['items']))
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it has no items' });
  const folders = objectsOf(json['folders'], 'folders', FORMAT);
  const raws = objectsOf(json['items'], 'items', FORMAT);
  assertCounts(raws.length, folders.length);
  const items: Item[] = [];
  for (const [index, raw] of raws.entries()) items.push(await readEnpassItem(crypto, raw, index));
  return {
    source: { product: PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: listedFolders(folders, 'parent_uuid'),
    items,
    findings: [],
  };
}

function isOurs({ json }: Sample): boolean {
  const is = (key: string, kind: string): boolean => json?.kinds.get(`items[].${key}`) === kind;
  return is('uuid', 'string') && is('title', 'string') && is('category', 'string') && !is('type', 'number');
}

export const enpassJson: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample)),
  read,
};

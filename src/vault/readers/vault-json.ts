// This program's own JSON, "holdfast vault v1": the model, spelt out (docs/vaults.md). Read strictly, because
// only this program and those who read its description write it. What the file says about findings is not
// taken over: they are words of whoever wrote it.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { assertCounts } from '../bounds.ts';
import { claimIf, type VaultFormat } from '../format.ts';
import { isJsonObject, objectOrEmpty, objectsOf, parseExportJson, type JsonObject } from '../json.ts';
import { CONTAINER_KINDS } from '../model.ts';
import type { Container, Item, Vault } from '../model.ts';
import { kindAt } from './bitwarden-json.ts';
import { readVaultItem, textAt, VAULT_JSON_FORMAT, wordAt } from './vault-json-item.ts';

/** What the file says it is. */
export const VAULT_JSON = 'holdfast vault v1';

function containerOf(raw: JsonObject, place: string): Container {
  return {
    id: textAt(raw, 'id', place),
    name: textAt(raw, 'name', place),
    kind: wordAt(raw, 'kind', CONTAINER_KINDS, place),
    ...(raw['parentId'] === undefined ? {} : { parentId: textAt(raw, 'parentId', place) }),
    ...(raw['notes'] === undefined ? {} : { notes: textAt(raw, 'notes', place) }),
    ...(raw['implied'] === true ? { implied: true } : {}),
  };
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const json = parseExportJson(bytes, VAULT_JSON_FORMAT);
  if (!isJsonObject(json) || json['format'] !== VAULT_JSON || !Array.isArray(json['items']))
    throw new EscrowError('vault.format', {
      format: VAULT_JSON_FORMAT,
      reason: `it is not a "${VAULT_JSON}" with entries`,
    });
  const folders = objectsOf(json['containers'], 'containers', VAULT_JSON_FORMAT);
  const entries = objectsOf(json['items'], 'items', VAULT_JSON_FORMAT);
  assertCounts(entries.length, folders.length);
  const items: Item[] = [];
  for (const [index, raw] of entries.entries())
    items.push(await readVaultItem(crypto, raw, `items[${index}]`));
  return {
    source: {
      product: textAt(objectOrEmpty(json['source']), 'product', 'source'),
      format: VAULT_JSON_FORMAT,
      version: '1',
      sha256: encodeHex(await crypto.sha256(bytes)),
    },
    containers: folders.map((raw, index) => containerOf(raw, `containers[${index}]`)),
    items,
    findings: [],
  };
}

export const vaultJson: VaultFormat = {
  id: VAULT_JSON_FORMAT,
  product: 'holdfast',
  encrypted: false,
  recognise: (sample) =>
    claimIf(
      ['format', 'written', 'source.product', 'source.sha256'].every(
        (key) => kindAt(sample, key) === 'string',
      ),
    ),
  read,
};

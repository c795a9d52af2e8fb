// 1Password's 1PUX: a ZIP with `export.data`, which is JSON, and the files of documents and of file fields
// under `files/`. The JSON alone is read as well; then every file counts as missing. Only vaults that the
// exporter can see are in it.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { ArchiveFiles } from '../attached.ts';
import { assertCounts } from '../bounds.ts';
import { unknownTypeFindings } from '../findings.ts';
import { claimIf, type Sample, type VaultFormat } from '../format.ts';
import { isJsonObject, objectOrEmpty, objectsOf, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Layout, Place } from '../layout.ts';
import type { Attachment, Container, Item, Vault } from '../model.ts';
import { openZip } from '../zip.ts';
import { isKnownCategory, readOnePasswordItem } from './onepassword-item.ts';

const FORMAT = '1pux';
export const ONEPASSWORD_PRODUCT = '1Password';
const DATA = 'export.data';
const ATTRIBUTES = 'export.attributes';
const FILES = 'files/';

/** Older exports wrap an entry once more. */
function unwrap(raw: JsonObject): JsonObject {
  const inner = raw['item'];
  return isJsonObject(inner) ? { ...inner, ...without(raw, 'item') } : raw;
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Files by the id before the two underscores of their name. */
function pathsById(paths: readonly string[]): ReadonlyMap<string, string> {
  const pairs = paths
    .filter((path) => path.startsWith(FILES))
    .map((path) => [path.slice(FILES.length).split('__', 1)[0] ?? '', path] as const);
  return new Map(pairs);
}

/** Vaults as containers; with several accounts, each account above its vaults. */
function layoutOf(json: JsonObject): Layout {
  const accounts = objectsOf(json['accounts'], 'accounts', FORMAT);
  const containers: Container[] = [];
  const places: Place[] = [];
  for (const [a, account] of accounts.entries()) {
    const attributes = objectOrEmpty(account['attrs']);
    const accountId = textOf(attributes['uuid']) || `account-${a}`;
    const name = textOf(attributes['accountName']) || textOf(attributes['name']);
    const parent = accounts.length > 1 ? { parentId: accountId } : {};
    if (accounts.length > 1) containers.push({ id: accountId, name, kind: 'group' });
    for (const [v, vault] of objectsOf(account['vaults'], `accounts[${a}].vaults`, FORMAT).entries()) {
      const own = objectOrEmpty(vault['attrs']);
      const id = textOf(own['uuid']) || `vault-${a}-${v}`;
      containers.push({ id, ...parent, name: textOf(own['name']), kind: 'vault' });
      const place = `accounts[${a}].vaults[${v}].items`;
      for (const [i, raw] of objectsOf(vault['items'], place, FORMAT).entries())
        places.push({ raw: unwrap(raw), name: `${place}[${i}]`, containerIds: [id] });
    }
  }
  return { containers, places };
}

/** Of the format, from a file beside the data. */
function versionOf(attributes: Uint8Array | undefined): { version?: string } {
  if (attributes === undefined) return {};
  const version = textOf(objectOrEmpty(parseExportJson(attributes, FORMAT))['version']);
  return version === '' ? {} : { version };
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const isZip = bytes[0] === 0x50;
  const files = new ArchiveFiles(crypto, isZip ? await openZip(bytes, FORMAT) : undefined);
  const data = isZip ? await files.read(DATA) : bytes;
  if (data === undefined)
    throw new EscrowError('vault.format', { format: FORMAT, reason: `it holds no ${DATA}` });
  const json = parseExportJson(data, FORMAT);
  if (!isJsonObject(json) || !Array.isArray(json['accounts']))
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it has no accounts' });
  const layout = layoutOf(json);
  assertCounts(layout.places.length, layout.containers.length);
  const paths = pathsById(files.paths);
  const fileOf = (file: JsonObject): Promise<Attachment> =>
    files.take(
      paths.get(textOf(file['documentId'])),
      textOf(file['fileName']),
      Number(file['decryptedSize']),
    );
  const items: Item[] = [];
  for (const { raw, name, containerIds } of layout.places)
    items.push(await readOnePasswordItem(raw, name, FORMAT, containerIds, fileOf));
  const unknown = layout.places.filter(({ raw }) => !isKnownCategory(raw)).length;
  return {
    source: {
      product: ONEPASSWORD_PRODUCT,
      format: FORMAT,
      ...versionOf(isZip ? await files.read(ATTRIBUTES) : undefined),
      sha256: encodeHex(await crypto.sha256(bytes)),
    },
    containers: layout.containers,
    items,
    findings: [...unknownTypeFindings(unknown), ...files.findings()],
  };
}

function isOurs({ zip, json }: Sample): boolean {
  if (zip !== undefined) return zip.includes(DATA);
  return json?.kinds.get('accounts') === 'array' && json.kinds.get('accounts[].vaults') === 'array';
}

export const onePassword1pux: VaultFormat = {
  id: FORMAT,
  product: ONEPASSWORD_PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample)),
  read,
};

// Bitwarden and Vaultwarden JSON exports in the clear: of one person (folders) and of an organisation
// (collections). A nested folder is one whose name holds slashes; the levels above it need not exist.
// Encrypted exports are in bitwarden-encrypted.ts; both end in `vaultOfBitwarden`.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { assertCounts } from '../bounds.ts';
import { finding, unknownTypeFindings } from '../findings.ts';
import { claimIf, type ReadOptions, type Sample, type VaultFormat } from '../format.ts';
import type { JsonKind } from '../json-outline.ts';
import { isJsonObject, objectsOf, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Finding } from '../../core/finding.ts';
import type { Container, FormatId, Item, Vault } from '../model.ts';
import { isKnownType, readBitwardenItem } from './bitwarden-item.ts';

export const BITWARDEN_PRODUCT = 'Bitwarden';

/** Keys of an item that only this product has; one of them tells its `items` from another's. */
const TELLING_KEYS = [
  'login',
  'secureNote',
  'card',
  'identity',
  'sshKey',
  'organizationId',
  'folderId',
  'reprompt',
];

/** One place of the outline, with a missing one as `absent`. */
export function kindAt(sample: Sample, place: string): JsonKind | 'absent' {
  return sample.json?.kinds.get(place) ?? 'absent';
}

function hasBitwardenItems(sample: Sample): boolean {
  const type = kindAt(sample, 'items[].type');
  return (
    kindAt(sample, 'items[].name') === 'string' &&
    (type === 'absent' || type === 'number') &&
    TELLING_KEYS.some((key) => kindAt(sample, `items[].${key}`) !== 'absent')
  );
}

/** `encrypted: false` beside a list of this product's shape is enough when the items lie past the sample. */
function isPlain(sample: Sample, list: 'folders' | 'collections'): boolean {
  const encrypted = kindAt(sample, 'encrypted');
  if (encrypted !== 'false' && encrypted !== 'absent') return false;
  if (hasBitwardenItems(sample)) return true;
  const isListed = kindAt(sample, list) === 'array' && kindAt(sample, 'items[]') === 'absent';
  return encrypted === 'false' && isListed;
}

function isOrganisation(sample: Sample): boolean {
  return kindAt(sample, 'collections') === 'array' && kindAt(sample, 'folders') === 'absent';
}

/** Text in Bitwarden's own ciphertext notation: type, dot, base64 parts. */
function isCipherString(text: string): boolean {
  return /^[0-9]\.[A-Za-z0-9+/]{16,}=*(?:\||$)/.test(text);
}

function segmentsOf(name: string): readonly string[] {
  const segments = name
    .split('/')
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
  const last = LIMITS.vaultFolderDepth - 1;
  if (segments.length > last) return [...segments.slice(0, last), segments.slice(last).join('/')];
  return segments.length === 0 ? [name] : segments;
}

/** Folders or collections as a tree; a level that only a nested name implies is made. */
function containersOf(list: readonly JsonObject[], kind: 'folder' | 'collection'): readonly Container[] {
  const idByPath = new Map<string, string>();
  const named = list.map((raw, index) => {
    const path = segmentsOf(textOf(raw['name']));
    const id = textOf(raw['id']) || `${kind}-${index}`;
    if (!idByPath.has(path.join('/'))) idByPath.set(path.join('/'), id);
    return { id, path };
  });
  const implied: Container[] = [];
  const parentOf = (path: readonly string[]): { parentId?: string } => {
    const above = path.slice(0, -1);
    if (above.length === 0) return {};
    const key = above.join('/');
    const id = idByPath.get(key) ?? `${kind}:${key}`;
    if (!idByPath.has(key)) {
      idByPath.set(key, id);
      implied.push({ id, name: above.at(-1) ?? '', kind, implied: true, ...parentOf(above) });
    }
    return { parentId: id };
  };
  const stated = named.map(({ id, path }) => ({ id, name: path.at(-1) ?? '', kind, ...parentOf(path) }));
  return [...stated, ...implied];
}

function findingsOf(items: readonly Item[], raws: readonly JsonObject[], isOrg: boolean): readonly Finding[] {
  const unknown = raws.filter((raw) => !isKnownType(raw)).length;
  const isPersonal = !isOrg && raws.every((raw) => textOf(raw['organizationId']) === '');
  const found = [
    finding(
      'info',
      'bitwarden.attachments-left-out',
      'a Bitwarden JSON export never holds attachments',
      'download files that matter and seal them beside it with --attach',
    ),
  ];
  if (isPersonal && items.length > 0)
    found.push(
      finding(
        'info',
        'bitwarden.personal-only',
        "this is one person's vault; what belongs to an organisation is not in it",
        'where there is an organisation, export it too (Admin Console, Settings, Export vault)',
      ),
    );
  found.push(...unknownTypeFindings(unknown));
  return found;
}

/**
 * Makes a vault of a parsed export.
 *
 * @param sha256 - Of the export's bytes, hexadecimal.
 * @throws {@link EscrowError} `vault.format`, `vault.account-restricted` or `limit.exceeded`.
 */
export function vaultOfBitwarden(json: unknown, format: FormatId, sha256: string, name: string): Vault {
  if (!isJsonObject(json))
    throw new EscrowError('vault.format', { format, reason: 'it is not a JSON object' });
  if (!Array.isArray(json['items']))
    throw new EscrowError('vault.format', { format, reason: 'it has no items' });
  const raws = objectsOf(json['items'], 'items', format);
  const folders = objectsOf(json['folders'], 'folders', format);
  const collections = objectsOf(json['collections'], 'collections', format);
  assertCounts(raws.length, folders.length + collections.length);
  // A server's own backup looks like an export, but its texts are locked to the account.
  if (raws.length > 0 && raws.every((raw) => isCipherString(textOf(raw['name']))))
    throw new EscrowError('vault.account-restricted', { name });
  const items = raws.map((raw, index) => readBitwardenItem(raw, index, format));
  return {
    source: { product: BITWARDEN_PRODUCT, format, sha256 },
    containers: [...containersOf(folders, 'folder'), ...containersOf(collections, 'collection')],
    items,
    findings: findingsOf(items, raws, Array.isArray(json['collections'])),
  };
}

/**
 * Makes a vault of an export's bytes that are said to be in the clear.
 *
 * @param sha256 - Of the export as a whole, hexadecimal.
 * @throws {@link EscrowError} as `vaultOfBitwarden`, and `vault.passphrase-needed`.
 */
export function vaultOfPlainBitwarden(
  bytes: Uint8Array,
  format: FormatId,
  sha256: string,
  name: string,
): Vault {
  const json = parseExportJson(bytes, format);
  if (isJsonObject(json) && json['encrypted'] === true) {
    if (json['passwordProtected'] === true)
      throw new EscrowError('vault.passphrase-needed', { name, format });
    throw new EscrowError('vault.account-restricted', { name });
  }
  return vaultOfBitwarden(json, format, sha256, name);
}

async function readPlain(
  crypto: CryptoPort,
  bytes: Uint8Array,
  format: FormatId,
  { name }: ReadOptions,
): Promise<Vault> {
  return vaultOfPlainBitwarden(bytes, format, encodeHex(await crypto.sha256(bytes)), name);
}

export const bitwardenJson: VaultFormat = {
  id: 'bitwarden-json',
  product: BITWARDEN_PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(!isOrganisation(sample) && isPlain(sample, 'folders')),
  read: (crypto, bytes, options) => readPlain(crypto, bytes, 'bitwarden-json', options),
};

export const bitwardenJsonOrg: VaultFormat = {
  id: 'bitwarden-json-org',
  product: BITWARDEN_PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOrganisation(sample) && isPlain(sample, 'collections')),
  read: (crypto, bytes, options) => readPlain(crypto, bytes, 'bitwarden-json-org', options),
};

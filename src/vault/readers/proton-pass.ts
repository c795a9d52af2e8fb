// Proton Pass: JSON, alone or in a ZIP with the attachments. Each vault is a container, its folders lie in
// it. The ZIP that is protected by a passphrase holds a PGP message instead, which is refused.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { ArchiveFiles } from '../attached.ts';
import { assertCounts } from '../bounds.ts';
import { unknownTypeFindings } from '../findings.ts';
import { claimIf, type ReadOptions, type Sample, type VaultFormat } from '../format.ts';
import { isJsonObject, objectsOf, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Layout, Place } from '../layout.ts';
import type { Container, FormatId, Item, Vault } from '../model.ts';
import { openZip } from '../zip.ts';
import { isKnownProtonType, readProtonItem } from './proton-pass-item.ts';

const PRODUCT = 'Proton Pass';
const FOLDER = 'Proton Pass/';
const DATA = `${FOLDER}data.json`;
const LOCKED = `${FOLDER}data.pgp`;
const FILES = `${FOLDER}files/`;

type ProtonFormat = Extract<FormatId, 'proton-pass-json' | 'proton-pass-zip'>;

function foldersOf(
  vault: JsonObject,
  vaultId: string,
  place: string,
  format: FormatId,
): readonly Container[] {
  const folders = objectsOf(vault['folders'], `${place}.folders`, format);
  const ids = new Set(folders.map(({ folderId }) => textOf(folderId)).filter((id) => id !== ''));
  return folders.map((folder, index): Container => {
    const parent = textOf(folder['parentFolderId']);
    const parentId = ids.has(parent) ? parent : vaultId;
    const id = textOf(folder['folderId']) || `${vaultId}-folder-${index + 1}`;
    return { id, parentId, name: textOf(folder['name']), kind: 'folder' };
  });
}

function layoutOf(vaults: JsonObject, format: FormatId): Layout {
  const containers: Container[] = [];
  const places: Place[] = [];
  // An id is the user's data: only a vault's place in the file may stand in an error.
  for (const [index, [id, vault]] of Object.entries(vaults).entries()) {
    const place = `vaults[${index}]`;
    if (!isJsonObject(vault))
      throw new EscrowError('vault.format', { format, reason: `${place} is not an object` });
    const folders = foldersOf(vault, id, place, format);
    containers.push({ id, name: textOf(vault['name']), kind: 'vault' }, ...folders);
    for (const [i, raw] of objectsOf(vault['items'], `${place}.items`, format).entries())
      places.push({ raw, name: `${place}.items[${i}]`, containerIds: [textOf(raw['folderId']) || id] });
  }
  return { containers, places };
}

async function vaultOf(
  crypto: CryptoPort,
  data: Uint8Array,
  whole: Uint8Array,
  files: ArchiveFiles,
  { format, name }: { format: ProtonFormat; name: string },
): Promise<Vault> {
  const json = parseExportJson(data, format);
  if (!isJsonObject(json) || !isJsonObject(json['vaults']))
    throw new EscrowError('vault.format', { format, reason: 'it has no vaults' });
  if (json['encrypted'] === true)
    throw new EscrowError('vault.unsupported', { name, format, feature: 'pgp' });
  const { containers, places } = layoutOf(json['vaults'], format);
  assertCounts(places.length, containers.length);
  const items: Item[] = [];
  for (const { raw, name: place, containerIds } of places)
    items.push(
      await readProtonItem(raw, place, format, containerIds, (file) => files.take(FILES + file, file)),
    );
  const version = textOf(json['version']);
  const unknown = places.filter(({ raw }) => !isKnownProtonType(raw)).length;
  return {
    source: {
      product: PRODUCT,
      format,
      ...(version === '' ? {} : { version }),
      sha256: encodeHex(await crypto.sha256(whole)),
    },
    containers,
    items,
    findings: [...unknownTypeFindings(unknown), ...files.findings()],
  };
}

async function readZip(crypto: CryptoPort, bytes: Uint8Array, { name }: ReadOptions): Promise<Vault> {
  const format = 'proton-pass-zip';
  const archive = await openZip(bytes, format);
  if (archive.names.includes(LOCKED))
    throw new EscrowError('vault.unsupported', { name, format, feature: 'pgp' });
  const files = new ArchiveFiles(crypto, archive);
  const data = await files.read(DATA);
  if (data === undefined) throw new EscrowError('vault.format', { format, reason: `it holds no ${DATA}` });
  return vaultOf(crypto, data, bytes, files, { format, name });
}

function isOurs({ json }: Sample): boolean {
  if (json?.kinds.get('vaults') !== 'object') return false;
  const isTold = json.kinds.has('userId') || json.kinds.has('encrypted') || json.kinds.has('version');
  return isTold && [...json.kinds.keys()].some((place) => /^vaults\.[^.[]+\.items$/.test(place));
}

/** An account without vaults, or one whose vaults lie past the sample. */
function isStart({ json }: Sample): boolean {
  const has = (key: string, kind: string): boolean => json?.kinds.get(key) === kind;
  return has('vaults', 'object') && has('userId', 'string') && has('version', 'string');
}

export const protonPassJson: VaultFormat = {
  id: 'proton-pass-json',
  product: PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample) || isStart(sample)),
  read: (crypto, bytes, { name }) =>
    vaultOf(crypto, bytes, bytes, new ArchiveFiles(crypto, undefined), { format: 'proton-pass-json', name }),
};

export const protonPassZip: VaultFormat = {
  id: 'proton-pass-zip',
  product: PRODUCT,
  encrypted: false,
  recognise: ({ zip = [] }) => claimIf(zip.includes(DATA) || zip.includes(LOCKED)),
  read: readZip,
};

// Bitwarden's ZIP export: the JSON export of one person's vault, and attachments in a folder for each
// entry, `attachments/<id of the entry>/<file name>`. Organisations have no such export.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { ArchiveFiles, baseName } from '../attached.ts';
import { claimIf, type ReadOptions, type VaultFormat } from '../format.ts';
import type { Attachment, Item, Vault } from '../model.ts';
import { openZip } from '../zip.ts';
import { BITWARDEN_PRODUCT, vaultOfPlainBitwarden } from './bitwarden-json.ts';

const FORMAT = 'bitwarden-zip';
const DATA = 'data.json';
const FOLDER = 'attachments/';

const isAttachment = (path: string): boolean => path.startsWith(FOLDER);

/** Paths of attachments by the entry they belong to. */
function pathsByItem(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byItem = new Map<string, string[]>();
  for (const path of paths) {
    const [folder, id, file] = path.split('/');
    if (folder !== 'attachments' || id === undefined || file === undefined) continue;
    byItem.set(id, [...(byItem.get(id) ?? []), path]);
  }
  return byItem;
}

/** What the JSON names stays only where the archive has no file of that name. */
async function withFiles(item: Item, files: ArchiveFiles, paths: readonly string[]): Promise<Item> {
  const present: Attachment[] = [];
  for (const path of paths) present.push(await files.take(path, baseName(path)));
  const names = new Set(present.map(({ name }) => name));
  return { ...item, attachments: [...present, ...item.attachments.filter(({ name }) => !names.has(name))] };
}

async function read(crypto: CryptoPort, bytes: Uint8Array, { name }: ReadOptions): Promise<Vault> {
  const files = new ArchiveFiles(crypto, await openZip(bytes, FORMAT));
  const data = await files.read(DATA);
  if (data === undefined)
    throw new EscrowError('vault.format', { format: FORMAT, reason: `it holds no ${DATA}` });
  const vault = vaultOfPlainBitwarden(data, FORMAT, encodeHex(await crypto.sha256(bytes)), name);
  const byItem = pathsByItem(files.paths);
  const items: Item[] = [];
  for (const item of vault.items) items.push(await withFiles(item, files, byItem.get(item.id) ?? []));
  const findings = vault.findings.filter(({ code }) => code !== 'bitwarden.attachments-left-out');
  return { ...vault, items, findings: [...findings, ...files.findings()] };
}

export const bitwardenZip: VaultFormat = {
  id: FORMAT,
  product: BITWARDEN_PRODUCT,
  encrypted: false,
  recognise: ({ zip = [] }) => claimIf(zip.includes(DATA) && (zip.length === 1 || zip.some(isAttachment))),
  read,
};

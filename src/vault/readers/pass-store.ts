// A pass or gopass store: its folder, as a ZIP. Each entry is a file locked to a private key, which is
// seldom in the store: entries are counted and named by their path. Nothing is opened here. Without the private key such an escrow is worth nothing.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import type { Finding } from '../../core/finding.ts';
import { baseName, leftOver } from '../attached.ts';
import { assertCounts } from '../bounds.ts';
import { entriesOf, finding } from '../findings.ts';
import { FolderTree } from '../folder-tree.ts';
import type { Claim, ReadOptions, Sample, VaultFormat } from '../format.ts';
import { itemOf } from '../item.ts';
import type { Item, Vault } from '../model.ts';
import { openZip, type ZipArchive } from '../zip.ts';
import { EscrowError } from '../../core/errors.ts';

const FORMAT = 'pass-store';
const PRODUCT = 'pass, gopass';

/** Says whose keys a folder's entries are locked to; every store has one at its top. */
const RECIPIENTS = /(?:^|\/)\.(?:gpg-id|age-recipients)$/;
const LOCKED = /\.(?:gpg|age)$/;
/** What the store keeps for itself, its history among it. */
const OWN = /(?:^|\/)\.[^/]*(?:\/|$)/;
/** A private key is small; larger files are not looked into for one. */
const MAX_KEY_BYTES = 1_048_576;

const PRIVATE_KEY_TEXT = /-----BEGIN PGP PRIVATE KEY BLOCK-----|AGE-SECRET-KEY-|AGE-PLUGIN-/;

const isEntry = (path: string): boolean => LOCKED.test(path) && !OWN.test(path);

/** The folder that the store itself is in, with its slash: where the topmost list of recipients lies. */
function topOf(paths: readonly string[]): string {
  const tops = paths
    .filter((path) => RECIPIENTS.test(path))
    .map((path) => path.slice(0, -baseName(path).length));
  return tops.sort((a, b) => a.length - b.length)[0] ?? '';
}

/** Bytes of a packet's header, by the two lowest bits of an old tag or by the first byte of a new length. */
function headerBytes(tag: number, length: number): number {
  if ((tag & 0xfc) === 0x94) return [2, 3, 5, 1][tag & 0x03] ?? 1;
  if (length === 255) return 6;
  return length >= 192 && length < 224 ? 3 : 2;
}

/**
 * Whether bytes begin as a binary secret-key packet (RFC 9580 §4.2, §5.5.3). The tag alone is not enough: a
 * text in UTF-8 that begins with š or ž has it too.
 */
function isKeyPacket(bytes: Uint8Array): boolean {
  const [tag = 0, length = 0] = bytes;
  if ((tag & 0xfc) !== 0x94 && tag !== 0xc5) return false;
  const version = bytes[headerBytes(tag, length)] ?? 0;
  return version >= 2 && version <= 6;
}

/** Whether bytes are a private key: a packet, armoured, or an age identity. */
function isPrivateKey(bytes: Uint8Array): boolean {
  return isKeyPacket(bytes) || PRIVATE_KEY_TEXT.test(new TextDecoder().decode(bytes));
}

/** Entries are never keys, though one may begin like a key; Git's objects cannot be read as they are. */
async function hasPrivateKey(archive: ZipArchive, entries: ReadonlySet<string>): Promise<boolean> {
  for (const path of archive.names) {
    if (entries.has(path) || /(?:^|\/)\.git\//.test(path)) continue;
    const bytes = await archive.read(path);
    if (bytes !== undefined && bytes.length <= MAX_KEY_BYTES && isPrivateKey(bytes)) return true;
  }
  return false;
}

function lockedFinding(count: number): Finding {
  const message = `${entriesOf(count)} that stay locked: nothing in them was looked at or counted`;
  const hint = 'a recovery gives the store back as it is; pass or gopass opens it with the private key';
  return finding('info', 'pass.locked', message, hint);
}

function keyFinding(): Finding {
  return finding(
    'warning',
    'pass.needs-private-key',
    'every entry is locked to a private key, and none was found in the store or was given',
    'give the private key with --key-file (gpg --armor --export-secret-keys, or the age identity file), and its password with --export-password-file; without it nothing opens',
  );
}

async function read(crypto: CryptoPort, bytes: Uint8Array, { keyFile }: ReadOptions): Promise<Vault> {
  const archive = await openZip(bytes, FORMAT);
  const top = topOf(archive.names);
  const paths = archive.names.filter((path) => path.startsWith(top) && isEntry(path.slice(top.length)));
  const isStore = paths.length > 0 || hasRecipients(archive.names);
  if (!isStore)
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it holds no .gpg or .age files' });
  assertCounts(paths.length, 0);
  const folders = new FolderTree();
  const items: Item[] = [];
  for (const path of paths) {
    const names = path.slice(top.length).split('/');
    const file = names.at(-1) ?? '';
    items.push(
      itemOf({
        id: path,
        type: 'other',
        sourceType: file.endsWith('.age') ? 'age' : 'gpg',
        containerIds: folders.place(names.slice(0, -1)),
        title: file.replace(LOCKED, ''),
        raw: path,
      }),
    );
  }
  const entries = new Set(paths);
  const others = archive.names.filter((path) => !entries.has(path) && !OWN.test(path.slice(top.length)));
  const isKeyThere =
    (keyFile !== undefined && isPrivateKey(keyFile)) || (await hasPrivateKey(archive, entries));
  return {
    source: { product: PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: folders.containers,
    items,
    findings: [
      ...(items.length === 0 ? [] : [lockedFinding(items.length)]),
      ...(isKeyThere ? [] : [keyFinding()]),
      ...leftOver(others.length),
    ],
  };
}

/** Whether one of these paths says whose keys a store is locked to. */
export const hasRecipients = (paths: readonly string[]): boolean =>
  paths.some((path) => RECIPIENTS.test(path));

function claim({ zip = [] }: Sample): Claim {
  if (hasRecipients(zip)) return 'yes';
  return zip.length > 0 && zip.every((path) => path.endsWith('/') || isEntry(path)) ? 'maybe' : 'no';
}

export const passStore: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: true,
  staysLocked: true,
  recognise: claim,
  read,
};

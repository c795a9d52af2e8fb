// kdbxweb, taught what it lacks: Argon2, a small document tree, and bounds. Loaded when first needed. Faults
// of it that are mended here (docs/vaults.md): reading strips TAB from unprotected text, a decompressed payload
// or its XML may be any size, and a large database costs gigabytes. What it throws becomes one of our codes; its own messages quote the file.

import type { Kdbx, KdbxCredentials } from 'kdbxweb';
import { wipe } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { argon2Hash } from '../core/argon2.ts';
import type { ReadOptions } from './format.ts';
import { createKdbxXml, parseKdbxXml, serializeKdbxXml, type KdbxDocument } from './kdbx-dom.ts';

const FORMAT = 'kdbx';
const ARGON2D = 0;
const CUT_SHORT = 'it is cut short or damaged';

type Kdbxweb = typeof import('kdbxweb');

function assertWithin(count: number, what: string, limit: number): void {
  if (count > limit) throw new EscrowError('limit.exceeded', { what, limit });
}

/** What gunzip would allocate: gzip's last four bytes state the size. Other data is as large as it is. */
function inflatedSize(data: Uint8Array): number {
  if (data[0] !== 0x1f || data[1] !== 0x8b || data.length < 18) return data.length;
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(data.length - 4, true);
}

function assertInflation(bytes: number): void {
  assertWithin(bytes, 'bytes of a KDBX payload', LIMITS.kdbxPayloadBytes);
}

/** What of a DOM node the check of compressed attachments needs; KDBX 3 keeps them in the XML. */
interface BinaryNode {
  readonly textContent: string | null;
  readonly ownerDocument: object;
  getAttribute(name: string): string | null;
}

/** Bytes that the compressed attachments of one document come to so far. */
const inflatedByDocument = new WeakMap<object, number>();

function inflatedSizeOfBase64(base64: string): number {
  try {
    const tail = Uint8Array.from(atob(base64.slice(-12)), (char) => char.charCodeAt(0));
    return new DataView(tail.buffer).getUint32(tail.length - 4, true);
  } catch {
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'an attachment in it is damaged' });
  }
}

function assertBinary(node: BinaryNode): void {
  if (node.getAttribute('Compressed')?.toLowerCase() !== 'true') return;
  const base64 = (node.textContent ?? '').replace(/\s+/g, '');
  const total = (inflatedByDocument.get(node.ownerDocument) ?? 0) + inflatedSizeOfBase64(base64);
  assertInflation(total);
  inflatedByDocument.set(node.ownerDocument, total);
}

function bound(kdbxweb: Kdbxweb): void {
  const utilities = kdbxweb.XmlUtils as unknown as {
    parse: (xml: string) => KdbxDocument;
    create: (rootName: string) => KdbxDocument;
    serialize: (document: KdbxDocument) => string;
    getProtectedBinary: (node: never) => unknown;
  };
  Object.assign(utilities, { parse: parseKdbxXml, create: createKdbxXml, serialize: serializeKdbxXml });
  const { getProtectedBinary } = utilities;
  utilities.getProtectedBinary = (node) => {
    assertBinary(node);
    return getProtectedBinary(node);
  };
  const blocks = kdbxweb.HashedBlockTransform as { decrypt: (data: ArrayBuffer) => Promise<ArrayBuffer> };
  const { decrypt } = blocks;
  blocks.decrypt = async (data) => {
    const payload = await decrypt(data);
    assertInflation(inflatedSize(new Uint8Array(payload)));
    return payload;
  };
}

function teachArgon2(kdbxweb: Kdbxweb): void {
  kdbxweb.CryptoEngine.setArgon2Impl(
    async (password, salt, memoryKiB, iterations, _length, parallelism, type) => {
      const variant = type === ARGON2D ? 'argon2d' : 'argon2id';
      const cost = { memoryMiB: memoryKiB / 1024, iterations, parallelism };
      return (await argon2Hash(variant, new Uint8Array(password), new Uint8Array(salt), cost)).buffer;
    },
  );
}

let engine: Promise<Kdbxweb> | undefined;

async function load(): Promise<Kdbxweb> {
  // A CommonJS module: its exports are the default, and the named ones of a namespace import are missing.
  const kdbxweb = (await import('kdbxweb')).default;
  bound(kdbxweb);
  teachArgon2(kdbxweb);
  return kdbxweb;
}

/** The library, ready for use; one for the whole process. */
export function loadKdbxweb(): Promise<Kdbxweb> {
  engine ??= load();
  return engine;
}

/**
 * What opens a database.
 *
 * @param passphrase - UTF-8; undefined is not the same as empty: KeePass then leaves it out of the key.
 * @throws {@link EscrowError} `vault.key-file`.
 */
export async function credentialsOf(kdbxweb: Kdbxweb, options: ReadOptions): Promise<KdbxCredentials> {
  const { passphrase, keyFile, name } = options;
  // fromBinary masks the very bytes it is given.
  const password =
    passphrase === undefined ? null : kdbxweb.ProtectedValue.fromBinary(new Uint8Array(passphrase).buffer);
  const keyFileCopy = keyFile === undefined ? undefined : new Uint8Array(keyFile);
  try {
    return await new kdbxweb.KdbxCredentials(password, keyFileCopy).ready;
  } catch {
    throw new EscrowError('vault.key-file', {
      name,
      reason: 'it begins as a KeePass key file, but is damaged',
    });
  } finally {
    // A file of 32 bytes is the key itself, and kdbxweb masks that very buffer; of others it keeps a hash.
    if (keyFile?.length !== 32) wipe(keyFileCopy);
  }
}

/** kdbxweb's own code for what went wrong. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && error.name === 'KdbxError' && 'code' in error ? error.code : undefined;
}

/** One of our codes for whatever kdbxweb threw, a range error of a cut file among it. */
function kdbxFailure(error: unknown, { name, passphrase, keyFile }: ReadOptions): EscrowError {
  const code = codeOf(error);
  if (code === 'InvalidKey')
    return new EscrowError('vault.wrong-passphrase', {
      name,
      format: FORMAT,
      keyFileGiven: keyFile !== undefined,
      passphraseGiven: passphrase !== undefined,
    });
  if (code === 'Unsupported')
    return new EscrowError('vault.unsupported', { name, format: FORMAT, feature: 'cipher' });
  return new EscrowError('vault.format', { format: FORMAT, reason: CUT_SHORT });
}

/** kdbxweb's own format class with the one method that is watched. */
interface WatchedFormat {
  decryptData(data: ArrayBuffer, key: ArrayBuffer): Promise<ArrayBuffer>;
  load(data: ArrayBuffer): Promise<Kdbx>;
}

/**
 * Decrypts and parses a database whose header was found affordable.
 *
 * @throws {@link EscrowError} `vault.wrong-passphrase`, `vault.key-file`, `vault.unsupported`,
 * `vault.format` or `limit.exceeded`.
 */
export async function openKdbx(bytes: Uint8Array, options: ReadOptions): Promise<Kdbx> {
  const kdbxweb = await loadKdbxweb();
  const kdbx = new kdbxweb.Kdbx();
  kdbx.credentials = await credentialsOf(kdbxweb, options);
  const format = new kdbxweb.KdbxFormat(kdbx) as unknown as WatchedFormat;
  const decryptData = format.decryptData.bind(format);
  format.decryptData = async (data, key) => {
    // kdbxweb calls every failure of AES a wrong key; half a block is damage for sure.
    if (kdbx.header.dataCipherUuid?.toString() === kdbxweb.Consts.CipherId.Aes && data.byteLength % 16 !== 0)
      throw new EscrowError('vault.format', { format: FORMAT, reason: CUT_SHORT });
    const payload = await decryptData(data, key);
    // KDBX 3 compresses inside its hashed blocks, which are watched where they are joined.
    if (kdbx.versionMajor >= 4) assertInflation(inflatedSize(new Uint8Array(payload)));
    return payload;
  };
  try {
    return await format.load(new Uint8Array(bytes).buffer);
  } catch (error) {
    if (error instanceof EscrowError) throw error;
    throw kdbxFailure(error, options);
  }
}

/**
 * Parses the XML that KeePass programs export, which holds everything in the clear. The caller has found
 * it well-formed and without a document type: kdbxweb's own parser repairs what it can.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export async function openKdbxXml(xml: string, format: string): Promise<Kdbx> {
  const kdbxweb = await loadKdbxweb();
  const credentials = await credentialsOf(kdbxweb, { name: '', passphrase: new Uint8Array() });
  try {
    return await kdbxweb.Kdbx.loadXml(xml, credentials);
  } catch (error) {
    if (error instanceof EscrowError && error.code !== 'vault.format') throw error;
    throw new EscrowError('vault.format', { format, reason: 'it is not what KeePass programs write' });
  }
}

// Opening a package with a rebuilt key, and judging the documents around it by that key: only whoever
// holds the seed can sign a charter, so after the opening forged ones are told from true ones.
// Format: docs/spec/package.md, Payload.

import { bytesOf } from '../core/stream-of.ts';
import { decryptAge } from '../core/age/file.ts';
import { encodeHex, wipe } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { charterKeyPair, verifyCharter } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { MANIFEST_PATH, decodeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { ByteFilter, UntrustedDocument } from './ports.ts';
import { unpackTar } from './tar.ts';
import type { UnpackedFile } from './tar.ts';

/** Where unpacked files go. Nothing it received counts before the whole package has verified. */
export interface PayloadSink {
  begin(path: string, size: number): Promise<void>;
  write(part: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/**
 * What the rebuilt key says of the charter that lay beside the package. `replaced`: it did not sign it, but the
 * charters before lead from this key to it: the cards are of a key that was retired.
 */
export type CharterVerdict = 'true' | 'replaced' | 'forged' | 'unreadable' | 'missing';

/** Whether a package's header opens with this key; only the first chunk is read. */
export async function opensWith(
  crypto: CryptoPort,
  seed: Uint8Array,
  ciphertext: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  const identity = { kind: 'hybrid', seed: new Uint8Array(seed) } as const;
  const plaintext = decryptAge(crypto, [identity], ciphertext);
  try {
    await plaintext.next();
    return true;
  } catch (error) {
    if (isEscrowError(error, 'age.no-match')) return false;
    throw error;
  } finally {
    wipe(identity.seed);
    await plaintext.return(undefined);
  }
}

/** Judges a charter by the rebuilt key; `charter` is there only when it is true. */
export function judgeCharter(
  crypto: CryptoPort,
  seed: Uint8Array,
  document: UntrustedDocument | undefined,
): { verdict: CharterVerdict; charter?: Charter } {
  if (!document) return { verdict: 'missing' };
  const pair = charterKeyPair(crypto, seed);
  wipe(pair.secretKey);
  try {
    const charter = verifyCharter(crypto, document.bytes, document.signature, pair.publicKey);
    return { verdict: 'true', charter };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    // Only a signature by another key is a forger's work; what cannot be read may be damaged or newer.
    return { verdict: error.code === 'minisign.signature' ? 'forged' : 'unreadable' };
  }
}

/** Where files of a payload lie. Anything else would come out beside the vault that is made of them. */
const PAYLOAD_FOLDERS = /^(?:exports|unlock|attachments|plan)\//;

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** The tar inside, whether it was compressed or not. The content decides, not the file's name. */
async function* inflate(
  plaintext: AsyncGenerator<Uint8Array>,
  gunzip: ByteFilter,
): AsyncGenerator<Uint8Array> {
  const first = await plaintext.next();
  if (first.done === true) throw new EscrowError('package.format', { reason: 'it is empty' });
  const head = first.value;
  const whole = rejoin(head, plaintext);
  if (GZIP_MAGIC.every((byte, at) => head[at] === byte)) {
    yield* bounded(gunzip(whole), LIMITS.payloadBytes);
  } else {
    yield* whole;
  }
}

async function* rejoin(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function* bounded(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > limit) throw new EscrowError('limit.exceeded', { what: 'bytes in the package', limit });
    yield part;
  }
}

/**
 * Decrypts and unpacks a whole package into the sink, checking every file against the manifest.
 *
 * @param seed - The 32-byte seed of the escrow key.
 * @throws {@link EscrowError} `age.*` when the package is damaged, `package.format`,
 * `recover.damaged-export` when a file is not what the manifest says, `limit.exceeded`. Whatever the
 * sink received before a throw must be thrown away.
 */
export async function unpackPayload(
  crypto: CryptoPort,
  seed: Uint8Array,
  ciphertext: AsyncIterable<Uint8Array>,
  machine: { gunzip: ByteFilter; sink: PayloadSink },
): Promise<Manifest> {
  const identity = { kind: 'hybrid', seed: new Uint8Array(seed) } as const;
  const plaintext = decryptAge(crypto, [identity], ciphertext);
  const found = new Map<string, string>();
  let manifest: Manifest | undefined;
  try {
    for await (const file of unpackTar(inflate(plaintext, machine.gunzip))) {
      if (manifest) {
        if (!PAYLOAD_FOLDERS.test(file.path))
          throw new EscrowError('package.format', { reason: 'it holds a file that belongs nowhere' });
        found.set(file.path, await deliver(crypto, file, machine.sink));
      } else {
        manifest = await readManifest(file);
      }
    }
    // The archive may end before the age file does; only its last chunk proves that nothing was cut off.
    while ((await plaintext.next()).done !== true);
  } finally {
    await plaintext.return(undefined);
    wipe(identity.seed);
  }
  if (!manifest) throw new EscrowError('package.format', { reason: 'there is no manifest in it' });
  for (const { path, sha256 } of [...manifest.sources, ...manifest.attachments, ...manifest.plan]) {
    if (found.get(path) !== sha256) throw new EscrowError('recover.damaged-export', { file: path });
  }
  // Whoever converts an export opens these by the manifest's word: they must be from this archive too.
  for (const path of manifest.sources.flatMap(({ passphrase, keyFile }) => [passphrase, keyFile])) {
    if (path !== null && !found.has(path)) throw new EscrowError('recover.damaged-export', { file: path });
  }
  return manifest;
}

async function deliver(crypto: CryptoPort, file: UnpackedFile, sink: PayloadSink): Promise<string> {
  const hash = await crypto.sha256Stream(file.size);
  await sink.begin(file.path, file.size);
  for await (const part of file.content) {
    await hash.update(part);
    await sink.write(part);
  }
  await sink.end();
  return encodeHex(await hash.digest());
}

async function readManifest(file: UnpackedFile): Promise<Manifest> {
  if (file.path !== MANIFEST_PATH)
    throw new EscrowError('package.format', { reason: 'its first file is not the manifest' });
  if (file.size > LIMITS.manifestBytes) {
    throw new EscrowError('limit.exceeded', {
      what: 'the manifest in the package',
      limit: LIMITS.manifestBytes,
    });
  }
  return decodeManifest(await bytesOf(file.content));
}

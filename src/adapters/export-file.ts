// Exports and other files to seal, as things that can be read twice. A file is read from disk each
// time; what comes from stdin is spooled into an age file under a key that lives only in memory, so
// that no plaintext is ever written by us.

import { createHash } from 'node:crypto';
import { realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { decryptAge, encryptAge } from '../core/age/file.ts';
import { hybridRecipient } from '../core/age/keys.ts';
import { wipe } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { streamOf } from '../core/stream-of.ts';
import type { ReadFile } from '../escrow/seal.ts';
import { collect, digestOf, fileSize, readHead, readStream } from './read-file.ts';
import { stageFile } from './atomic-write.ts';
import { idOfStats } from './file-id.ts';
import { atPath } from './os-error.ts';

/** Bytes looked at to tell what an export is and whether it compresses. */
export const HEAD_BYTES = 262_144;

/** A file that can be looked into, and read again later. */
export interface ExportFile {
  readonly fileName: string;
  /** Where it lies; absent for stdin. */
  readonly path?: string;
  readonly size: number;
  readonly head: Uint8Array;
  open(): AsyncIterable<Uint8Array>;
  /** The same for two names of one file; absent for stdin. */
  readonly id?: string;
  /**
   * Deletes the file, unless it is not the one that was opened any more.
   *
   * @returns whether it is gone.
   */
  discard?(): Promise<boolean>;
  /** Forgets what was spooled. */
  dispose(): Promise<void>;
}

/** An export on disk. @throws {@link EscrowError} `file.*`. */
export async function exportOnDisk(path: string): Promise<ExportFile> {
  const size = await fileSize(path);
  if (size === 0) throw new EscrowError('file.empty', { path });
  const before = await atPath(path, () => stat(path, { bigint: true }));
  return {
    id: idOfStats(path, before),
    discard: () =>
      atPath(path, async () => {
        const now = await stat(path, { bigint: true });
        const isSame = now.ino === before.ino && now.size === before.size && now.mtimeNs === before.mtimeNs;
        // A second name of the file would keep it.
        if (!isSame || now.nlink > 1n) return false;
        await rm(await realpath(path));
        // What was named may be a link, which now leads nowhere.
        await rm(path, { force: true });
        return true;
      }),
    fileName: basename(path),
    path,
    size,
    head: await readHead(path, HEAD_BYTES),
    open: () => readStream(path),
    dispose: () => Promise.resolve(),
  };
}

/**
 * Spools stdin, encrypted, so that it can be read twice.
 *
 * @param fileName - What it is called in the package; a pipe has no name.
 * @throws {@link EscrowError} `file.empty`, `file.*` when the spool cannot be written.
 */
export async function exportFromStream(
  crypto: CryptoPort,
  stream: AsyncIterable<Uint8Array>,
  fileName: string,
): Promise<ExportFile> {
  const seed = crypto.randomBytes(32);
  const path = join(tmpdir(), `holdfast-spool-${process.pid}-${Date.now().toString(36)}.age`);
  let size = 0;
  const heads: Uint8Array[] = [];
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const part of stream) {
      if (size < HEAD_BYTES) heads.push(part.slice(0, HEAD_BYTES - size));
      size += part.length;
      yield part;
    }
  }
  const spool = await stageFile(path);
  try {
    for await (const part of encryptAge(crypto, hybridRecipient(crypto, seed), counted()))
      await spool.write(part);
    await spool.commit();
  } catch (error) {
    await spool.abort();
    throw error;
  }
  const dispose = async (): Promise<void> => {
    wipe(seed);
    await rm(path, { force: true });
  };
  if (size === 0) {
    await dispose();
    throw new EscrowError('file.empty', { path: '-' });
  }
  const head = await collect(streamOf(...heads), HEAD_BYTES, 'head');
  const open = (): AsyncIterable<Uint8Array> =>
    decryptAge(crypto, [{ kind: 'hybrid', seed: new Uint8Array(seed) }], readStream(path));
  return { fileName, size, head, open, dispose };
}

/** First reading of a file that nothing looks into: its hash, in constant memory. */
export async function readOnce(file: ExportFile): Promise<ReadFile> {
  return { fileName: file.fileName, ...(await digestOf(file.open())), open: () => file.open() };
}

/**
 * First reading of an export that is looked into: all of it, and its hash.
 *
 * @throws {@link EscrowError} `limit.exceeded` when it is too large to look into.
 */
export async function readWhole(file: ExportFile): Promise<{ bytes: Uint8Array; read: ReadFile }> {
  const bytes = await collect(file.open(), LIMITS.exportBytes, file.fileName, file.size);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, read: { fileName: file.fileName, size: bytes.length, sha256, open: () => file.open() } };
}

// Writing one package: ciphertext to a staged file, hashed on the way, made durable, and read back
// from the disk before anybody relies on it.

import { encodeHex } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { EscrowFolder } from './escrow-folder.ts';
import { readStream } from './read-file.ts';

interface WrittenPackage {
  readonly name: string;
  readonly size: number;
  /** 64 hex characters. */
  readonly sha256: string;
}

/** A package that is whole and has no name yet. Exactly one of commit and abort ends it. */
export interface StagedPackage extends WrittenPackage {
  /** Where it lies meanwhile. */
  readonly path: string;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/**
 * Writes a package under its final name. Until its record is written it does not count.
 *
 * @throws {@link EscrowError} `package.altered` when the disk gives back other bytes; what the ciphertext
 * throws; `file.*`. Nothing is left behind then.
 */
export async function writePackage(
  crypto: CryptoPort,
  folder: EscrowFolder,
  name: string,
  source: { ciphertext: AsyncIterable<Uint8Array>; expectedBytes: number },
): Promise<WrittenPackage> {
  const staged = await stagePackage(crypto, folder, name, source);
  try {
    await staged.commit();
    return staged;
  } catch (error) {
    await staged.abort();
    throw error;
  }
}

/** The same without the last step. Throws as {@link writePackage} does. */
export async function stagePackage(
  crypto: CryptoPort,
  folder: EscrowFolder,
  name: string,
  source: { ciphertext: AsyncIterable<Uint8Array>; expectedBytes: number },
): Promise<StagedPackage> {
  const hash = await crypto.sha256Stream(source.expectedBytes);
  let size = 0;
  const staged = await folder.stagePackage(name);
  try {
    for await (const part of source.ciphertext) {
      await hash.update(part);
      size += part.length;
      await staged.write(part);
    }
    const sha256 = encodeHex(await hash.digest());
    await staged.drain();
    // The disk is busy with the one and the processor with the other.
    const [isSame] = await Promise.all([readsBack(crypto, staged.path, sha256), staged.sync()]);
    if (!isSame) {
      const reason = 'the disk gave back other bytes than were written';
      throw new EscrowError('package.altered', { file: name, reason });
    }
    const { path } = staged;
    return { name, size, sha256, path, commit: () => staged.commit(), abort: () => staged.abort() };
  } catch (error) {
    await staged.abort();
    throw error;
  }
}

async function readsBack(crypto: CryptoPort, path: string, sha256: string): Promise<boolean> {
  // Nothing else is computed meanwhile: a thread would gain nothing.
  const hash = await crypto.sha256Stream();
  for await (const part of readStream(path)) await hash.update(part);
  return encodeHex(await hash.digest()) === sha256;
}

// Writing one package: ciphertext to a staged file, hashed on the way, made durable, and read back
// from the disk before anybody relies on it.

import { encodeHex } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { EscrowFolder } from './escrow-folder.ts';
import { readStream } from './read-file.ts';

export interface WrittenPackage {
  readonly name: string;
  readonly size: number;
  /** 64 hex characters. */
  readonly sha256: string;
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
  const hash = await crypto.sha256Stream(source.expectedBytes);
  let size = 0;
  const staged = await folder.stagePackage(name);
  try {
    for await (const part of source.ciphertext) {
      await hash.update(part);
      size += part.length;
      await staged.write(part);
    }
    await staged.commit();
  } catch (error) {
    await staged.abort();
    throw error;
  }
  const sha256 = encodeHex(await hash.digest());
  await readBack(crypto, folder, name, sha256);
  return { name, size, sha256 };
}

async function readBack(
  crypto: CryptoPort,
  folder: EscrowFolder,
  name: string,
  sha256: string,
): Promise<void> {
  // Nothing else is done meanwhile: a thread would gain nothing.
  const hash = await crypto.sha256Stream();
  for await (const part of readStream(folder.packagePath(name))) await hash.update(part);
  if (encodeHex(await hash.digest()) === sha256) return;
  await folder.removePackage(name);
  throw new EscrowError('package.altered', {
    file: name,
    reason: 'the disk gave back other bytes than were written',
  });
}

// Writing one package: ciphertext to a staged file, hashed on the way, made durable, and read back
// from the disk before anybody relies on it.

import { createHash } from 'node:crypto';
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
 * @throws {@link EscrowError} `package.altered` when the disk gives back other bytes; what `ciphertext`
 * throws; `file.*`. Nothing is left behind then.
 */
export async function writePackage(
  folder: EscrowFolder,
  name: string,
  ciphertext: AsyncIterable<Uint8Array>,
): Promise<WrittenPackage> {
  const hash = createHash('sha256');
  let size = 0;
  const staged = await folder.stagePackage(name);
  try {
    for await (const part of ciphertext) {
      hash.update(part);
      size += part.length;
      await staged.write(part);
    }
    await staged.commit();
  } catch (error) {
    await staged.abort();
    throw error;
  }
  const sha256 = hash.digest('hex');
  await readBack(folder, name, sha256);
  return { name, size, sha256 };
}

async function readBack(folder: EscrowFolder, name: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const part of readStream(folder.packagePath(name))) hash.update(part);
  if (hash.digest('hex') === sha256) return;
  await folder.removePackage(name);
  throw new EscrowError('package.altered', {
    file: name,
    reason: 'the disk gave back other bytes than were written',
  });
}

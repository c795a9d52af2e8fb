// A kit as it lies on a disk: every file in it, read whole. It believes nothing; escrow/kit-check judges.

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { NOTE_NAME, PAGE_NAME, SUMS_NAME, SUMS_SIGNATURE_NAME } from '../escrow/kit.ts';
import type { KitFile } from '../escrow/kit.ts';
import type { KitContents } from '../escrow/kit-check.ts';
import { exists } from './atomic-write.ts';
import { atPath } from './os-error.ts';
import { readBounded, readStream } from './read-file.ts';

/** Whether a folder claims to be a kit: either of its two papers will do, for the other may be lost. */
export async function isKit(path: string): Promise<boolean> {
  return (await exists(join(path, NOTE_NAME))) || (await exists(join(path, SUMS_NAME)));
}

/** The hash and size of one file, from the disk. @throws {@link EscrowError} `file.*`. */
export async function hashFile(path: string): Promise<Omit<KitFile, 'path'>> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of readStream(path)) {
    hash.update(part);
    size += part.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Paths in a kit, with `/`, in the order of the folder. Links are not followed. */
async function listKit(folder: string): Promise<{ files: string[]; odd: string[] }> {
  const files: string[] = [];
  const odd: string[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const path = join(folder, below);
    for (const entry of await atPath(path, () => readdir(path, { withFileTypes: true }))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(name);
      else (entry.isFile() ? files : odd).push(name);
      if (files.length + odd.length + waiting.length > LIMITS.kitFiles)
        throw new EscrowError('limit.exceeded', { what: 'files of the kit', limit: LIMITS.kitFiles });
    }
  }
  return { files, odd };
}

/**
 * Reads a kit: every byte of every file.
 *
 * @throws {@link EscrowError} `kit.not-found`, `file.*`, `limit.exceeded`.
 */
export async function readKit(folder: string): Promise<KitContents> {
  if (!(await isKit(folder))) throw new EscrowError('kit.not-found', { path: folder });
  const { files: names, odd } = await listKit(folder);
  const files: KitFile[] = [];
  for (const path of names) files.push({ path, ...(await hashFile(join(folder, path))) });
  const ifAny = async (name: string, limit: number): Promise<Uint8Array | undefined> =>
    names.includes(name) ? readBounded(join(folder, name), limit) : undefined;
  const signature = await ifAny(SUMS_SIGNATURE_NAME, LIMITS.signatureBytes);
  const page = await ifAny(PAGE_NAME, LIMITS.kitPageBytes);
  return {
    files,
    odd,
    note: await ifAny(NOTE_NAME, LIMITS.kitNoteBytes),
    sums: await ifAny(SUMS_NAME, LIMITS.kitSumsBytes),
    // Latin-1 keeps any byte a character: what is mangled is judged, not choked on.
    signature: signature && new TextDecoder('latin1').decode(signature),
    page: page && new TextDecoder('utf-8', { ignoreBOM: true }).decode(page),
  };
}

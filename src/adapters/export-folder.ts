// A folder as an export: a store of pass or gopass is one. It becomes a ZIP in memory, which every machine
// can unpack after a recovery. What is no plain file is refused and not followed: a link may lead anywhere.

import { lstat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { streamOf } from '../core/stream-of.ts';
import { hasRecipients } from '../vault/readers/pass-store.ts';
import { packZip, type ZipFile } from '../vault/zip-write.ts';
import { HEAD_BYTES, type ExportFile } from './export-file.ts';
import { fileId } from './file-id.ts';
import { atPath } from './os-error.ts';
import { readBounded } from './read-file.ts';
import { walkFolder } from './walk-folder.ts';

async function namesIn(folder: string): Promise<readonly string[]> {
  const bound = { what: `files in ${folder}`, limit: LIMITS.zipEntries };
  const { files, others } = await walkFolder(folder, bound);
  for (const { path, isLink } of others)
    throw new EscrowError(isLink ? 'file.link' : 'file.special', { path: join(folder, path) });
  return files;
}

async function readAll(folder: string, names: readonly string[]): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = [];
  let left = LIMITS.exportBytes;
  for (const name of names) {
    const path = join(folder, name);
    const { mtime: modified, size } = await atPath(path, () => lstat(path));
    if (size > left)
      throw new EscrowError('limit.exceeded', { what: `bytes in ${folder}`, limit: LIMITS.exportBytes });
    const bytes = await readBounded(path, left);
    left -= bytes.length;
    files.push({ name, bytes, modified });
  }
  return files;
}

/**
 * A store and everything in it, its history as well. It is read once: what is inspected is what is packed.
 *
 * @throws {@link EscrowError} `file.*`, `limit.exceeded`.
 */
export async function exportOfFolder(path: string): Promise<ExportFile> {
  const names = await namesIn(path);
  if (!hasRecipients(names))
    throw new EscrowError('file.is-directory', { path, isEscrow: names.includes('charter.json') });
  const bytes = await packZip(await readAll(path, names));
  const id = await fileId(path);
  return {
    ...(id === undefined ? {} : { id }),
    fileName: `${basename(resolve(path)).replace(/^\.+/, '')}.zip`,
    path,
    size: bytes.length,
    head: bytes.subarray(0, HEAD_BYTES),
    open: () => streamOf(bytes),
    discard: () => Promise.reject(new EscrowError('file.is-directory', { path })),
    dispose: () => Promise.resolve(),
  };
}

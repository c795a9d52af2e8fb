// Writing a kit: into a folder beside its place, every file durable and read back, then into its place in
// one step. What was there before is moved aside first and removed last, so a power cut at any instant
// leaves a whole kit, if under another name.

import { createHash, randomBytes } from 'node:crypto';
import { readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import type { KitFile } from '../escrow/kit.ts';
import { STAGED_PREFIX, exists, makeFolder, renamePatiently, stageFile, syncFolder } from './atomic-write.ts';
import { guard, inOnePiece } from './interrupt.ts';
import { atPath } from './os-error.ts';
import { digestOfFile, readStream } from './read-file.ts';

const PUBLIC_FILE = 0o644;
const PUBLIC_FOLDER = 0o755;

/** A kit being written. Exactly one of publish and discard ends it. */
export interface KitWriter {
  /** What a run that was killed left beside the place. */
  readonly leftovers: readonly string[];
  /** What was written so far, as it was read back from the disk. */
  readonly files: readonly KitFile[];
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Copies a file of the machine. @returns what was copied. */
  copy(path: string, from: string): Promise<KitFile>;
  /**
   * Puts the kit into its place.
   *
   * @param old - What becomes of what lies there: removed, or kept beside it.
   * @returns where it is kept.
   */
  publish(old: 'remove' | 'keep'): Promise<string | undefined>;
  discard(): Promise<void>;
}

/**
 * Where something may be put in one step: a folder, yet to be made or one that can be renamed.
 *
 * @returns the place without links: what is renamed is the folder, not a link to it.
 * @throws {@link EscrowError} `output.unsafe` for the top of a disk, `output.exists` for a file.
 */
export async function replaceablePlace(named: string): Promise<string> {
  if (!(await exists(named))) return named;
  const path = await atPath(named, () => realpath(named));
  const [found, above] = await atPath(path, () => Promise.all([stat(path), stat(dirname(path))]));
  if (!found.isDirectory()) throw new EscrowError('output.exists', { path });
  if (dirname(path) === path || found.dev !== above.dev)
    throw new EscrowError('output.unsafe', {
      path,
      reason:
        'it is the top of a disk, and only a folder can be put in place in one step; name a folder on it',
    });
  return path;
}

/** Whether there is nothing at a path, or an empty folder. */
export const isVacant = async (path: string): Promise<boolean> =>
  !(await exists(path)) || (await atPath(path, () => readdir(path))).length === 0;

/** @throws {@link EscrowError} `file.*`. */
export async function stageKit(target: string): Promise<KitWriter> {
  const path = resolve(target);
  const mark = randomBytes(6).toString('hex');
  const staging = join(dirname(path), `${STAGED_PREFIX}${basename(path)}-${mark}`);
  const files: KitFile[] = [];
  const leftovers = (await exists(dirname(path)))
    ? (await readdir(dirname(path)).catch(() => []))
        .filter((name) =>
          [`${STAGED_PREFIX}${basename(path)}-`, `${basename(path)}-before-`].some((left) =>
            name.startsWith(left),
          ),
        )
        .map((name) => join(dirname(path), name))
    : [];
  await makeFolder(staging, PUBLIC_FOLDER);
  const release = guard(() => removeTree(staging));

  async function store(
    name: string,
    parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<KitFile> {
    const place = join(staging, ...name.split('/'));
    await makeFolder(dirname(place), PUBLIC_FOLDER);
    const file = await stageFile(place, { mode: PUBLIC_FILE });
    try {
      const written = await pour(file, parts);
      await file.commit();
      const found = await digestOfFile(place);
      if (found.sha256 !== written)
        throw new EscrowError('file.failed', { path: place, reason: 'the disk gave back other bytes' });
      const entry = { path: name, ...found };
      files.push(entry);
      return entry;
    } catch (error) {
      await file.abort();
      throw error;
    }
  }

  return {
    leftovers,
    files,
    async write(name, bytes) {
      await store(name, [bytes]);
    },
    copy: (name, from) => store(name, readStream(from)),
    async publish(old) {
      const aside = `${path}-before-${mark}`;
      const isOccupied = !(await isVacant(path));
      await inOnePiece(() => atPath(path, () => swap(staging, path, isOccupied ? aside : undefined)));
      release();
      if (!isOccupied || old === 'keep') return isOccupied ? aside : undefined;
      await removeTree(aside);
      return undefined;
    },
    async discard() {
      await removeTree(staging);
      release();
    },
  };
}

/** @returns SHA-256 of what was given to the disk. */
async function pour(
  file: Awaited<ReturnType<typeof stageFile>>,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    hash.update(part);
    // A copy: the file takes what it is given, and the reader uses its buffer again.
    await file.write(part.slice());
  }
  return hash.digest('hex');
}

/** Windows renames nothing onto a folder, not even onto an empty one. */
async function swap(from: string, to: string, aside: string | undefined): Promise<void> {
  if (aside !== undefined) await renamePatiently(to, aside);
  else if (await exists(to)) await rmdir(to);
  try {
    await renamePatiently(from, to);
  } catch (error) {
    if (aside !== undefined) await rename(aside, to);
    throw error;
  }
  await syncFolder(dirname(to));
}

/** On Windows a scanner may hold a fresh file for a moment. */
const removeTree = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });

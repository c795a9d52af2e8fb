// Writing a kit: into a folder beside its place, every file durable and read back, then into its place in
// one step. What was there before is moved aside first and removed last, so a power cut at any instant
// leaves a whole kit, if under another name.

import { createHash, randomBytes } from 'node:crypto';
import { readdir, realpath, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { streamOf } from '../core/stream-of.ts';
import type { KitFile } from '../escrow/kit.ts';
import {
  PUBLIC_FILE,
  PUBLIC_FOLDER,
  exists,
  leftoversOf,
  makeFolder,
  removeTree,
  renamePatiently,
  stageFile,
  stagedPath,
  syncFolder,
} from './atomic-write.ts';
import type { StagedFile } from './atomic-write.ts';
import { guard, inOnePiece } from './interrupt.ts';
import { atPath } from './os-error.ts';
import { digestOfFile, readBounded, readStream } from './read-file.ts';

/** A kit being written. Exactly one of publish and discard ends it. */
export interface KitWriter {
  /** What a run that was killed left beside the place. */
  readonly leftovers: readonly string[];
  /** What was written so far, as it was read back from the disk. */
  readonly files: readonly KitFile[];
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Copies a file of the machine. */
  copy(path: string, from: string): Promise<void>;
  /** Copies one if it has that SHA-256, and leaves it out otherwise. @returns whether it is in the kit. */
  copyIf(path: string, from: string, sha256: string): Promise<boolean>;
  /** A file of the kit, from the disk. */
  read(path: string, limit: number): Promise<Bytes>;
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
  const staging = stagedPath(path);
  const files: KitFile[] = [];
  const leftovers = await leftoversOf(path);
  await makeFolder(staging, PUBLIC_FOLDER);
  const release = guard(() => removeTree(staging));

  async function store(
    name: string,
    parts: AsyncIterable<Uint8Array>,
    wanted?: string,
  ): Promise<KitFile | undefined> {
    const place = join(staging, ...name.split('/'));
    await makeFolder(dirname(place), PUBLIC_FOLDER);
    const file = await stageFile(place, { mode: PUBLIC_FILE });
    try {
      const written = await pour(file, parts);
      if (wanted !== undefined && written !== wanted) {
        await file.abort();
        return undefined;
      }
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
      await store(name, streamOf(bytes));
    },
    async copy(name, from) {
      await store(name, copied(readStream(from)));
    },
    copyIf: async (name, from, sha256) => (await store(name, copied(readStream(from)), sha256)) !== undefined,
    read: (name, limit) => readBounded(join(staging, ...name.split('/')), limit),
    async publish(old) {
      const isOccupied = !(await isVacant(path));
      // What is kept is no leftover: its name says what it is, and no run of ours will call for its removal.
      const kept = `${path}-before-${randomBytes(6).toString('hex')}`;
      const aside = isOccupied ? (old === 'keep' ? kept : stagedPath(path)) : undefined;
      await inOnePiece(() => atPath(path, () => swap(staging, path, aside)));
      release();
      if (aside === undefined || old === 'keep') return aside;
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
async function pour(file: StagedFile, parts: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    hash.update(part);
    await file.write(part);
  }
  return hash.digest('hex');
}

/** Parts of their own: a file keeps what it is given, and the reader of a file uses its buffers again. */
async function* copied(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield part.slice();
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

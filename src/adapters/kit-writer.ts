// Writing a kit: into a folder beside its place, every file durable and read back, then into its place. What was
// there before is moved aside first and removed last, so a power cut at any instant leaves a whole kit, if under
// another name; at the top of a disk, which cannot be renamed, in two folders at worst.

import { createHash, randomBytes } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { streamOf } from '../core/stream-of.ts';
import type { KitFile } from '../escrow/kit.ts';
import {
  PUBLIC_FILE,
  PUBLIC_FOLDER,
  STAGED_PREFIX,
  exists,
  leftoversOf,
  makeFolder,
  removeTree,
  stageFile,
  stagedPath,
} from './atomic-write.ts';
import type { StagedFile } from './atomic-write.ts';
import { isDiskTop, isOfSystem } from './disk-top.ts';
import { guard, inOnePiece } from './interrupt.ts';
import { hasMore, swapAtTop, swapFolder, topNames } from './kit-swap.ts';
import type { KitTarget } from './kit-swap.ts';
import { atPath } from './os-error.ts';
import { digestOfFile, isFolder, readBounded, readStream } from './read-file.ts';

interface OldKit {
  readonly becomes: 'removed' | 'kept';
  /** Every path in it, where it is a kit. */
  readonly paths: ReadonlySet<string>;
}

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
   * @param old - What lies there, and what becomes of it. With something more in it by now, it is kept.
   * @returns where it is kept.
   */
  publish(old: OldKit): Promise<string | undefined>;
  discard(): Promise<void>;
}

/**
 * Where a kit may be put: a folder, yet to be made, or one that can be renamed, or the top of a disk.
 *
 * @returns the place without links: what is renamed is the folder, not a link to it.
 * @throws {@link EscrowError} `output.exists` for a file.
 */
export async function kitTarget(named: string): Promise<KitTarget> {
  if (!(await exists(named))) return { path: named, isTop: false };
  const path = await atPath(named, () => realpath(named));
  if (!(await isFolder(path))) throw new EscrowError('output.exists', { path });
  return { path, isTop: await isDiskTop(path) };
}

/** What a run that was killed, or the system, left at the top of a disk: nothing that stands in a kit's way. */
export const isPassedOver = (name: string): boolean => name.startsWith(STAGED_PREFIX) || isOfSystem(name);

/** Whether there is nothing at a path, or an empty folder. */
export async function isVacant({ path, isTop }: KitTarget): Promise<boolean> {
  if (!(await exists(path))) return true;
  const names = await atPath(path, () => readdir(path));
  return names.every((name) => isTop && isPassedOver(name));
}

/** @throws {@link EscrowError} `file.*`. */
export async function stageKit(target: KitTarget): Promise<KitWriter> {
  const path = resolve(target.path);
  // At the top of a disk there is nothing beside it: what belongs beside it lies in it.
  const named = target.isTop ? join(path, 'kit') : path;
  const staging = stagedPath(named);
  const files: KitFile[] = [];
  const leftovers = await leftoversOf(named);
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
    async publish({ becomes, paths }) {
      // What is kept is no leftover: its name says what it is, and no run of ours will call for its removal.
      const kept = `${named}-before-${randomBytes(6).toString('hex')}`;
      const isOccupied = target.isTop ? paths.size > 0 : !(await isVacant(target));
      const isKept = becomes === 'kept' || (isOccupied && (await hasMore(target, paths)));
      const aside = isKept ? kept : stagedPath(named);
      const [fresh, old] = [topNames(files.map((file) => file.path)), topNames(paths)];
      await inOnePiece(() =>
        atPath(path, () =>
          target.isTop
            ? swapAtTop({ staging, fresh }, path, { aside, old })
            : swapFolder(staging, path, isOccupied ? aside : undefined),
        ),
      );
      release();
      if (!isOccupied) return undefined;
      if (isKept) return aside;
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

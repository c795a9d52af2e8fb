// A new kit into the place of an older one: in one step where the place is a folder that can be renamed, else file
// by file at the top of a disk. Whatever fails on the way is taken back.

import { rename, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { SUMS_NAME, SUMS_SIGNATURE_NAME } from '../escrow/kit.ts';
import { PUBLIC_FOLDER, exists, makeFolder, renamePatiently, syncFolder } from './atomic-write.ts';
import { walkFolder } from './walk-folder.ts';

/** Where a kit goes. */
export interface KitTarget {
  /** Without links. */
  readonly path: string;
  /** Whether it is the top of a disk, which is filled and not replaced. */
  readonly isTop: boolean;
}

/** Windows renames nothing onto a folder, not even onto an empty one. */
export async function swapFolder(from: string, to: string, aside: string | undefined): Promise<void> {
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

/** The names at the top of a kit that has these paths; its list last, for a kit without one is none. */
export function topNames(paths: Iterable<string>): string[] {
  const rank = (name: string): number => [SUMS_NAME, SUMS_SIGNATURE_NAME].indexOf(name);
  const names = new Set([...paths].map((path) => path.split('/', 1)[0] ?? path));
  return [...names].sort((a, b) => rank(a) - rank(b));
}

/**
 * The same at the top of a disk. Only what is of the kits is moved.
 *
 * @throws {@link EscrowError} `output.exists` for what appeared there meanwhile; nothing is replaced.
 */
export async function swapAtTop(
  { staging, fresh }: { staging: string; fresh: readonly string[] },
  top: string,
  { aside, old }: { aside: string; old: readonly string[] },
): Promise<void> {
  const moved: [from: string, to: string][] = [];
  const move = async (from: string, to: string): Promise<void> => {
    if (await exists(to)) throw new EscrowError('output.exists', { path: to });
    await renamePatiently(from, to);
    moved.push([from, to]);
  };
  if (old.length > 0) await makeFolder(aside, PUBLIC_FOLDER);
  try {
    // The list goes first, so that what is left is no kit while it lasts.
    for (const name of old.toReversed()) await move(join(top, name), join(aside, name));
    for (const name of fresh) await move(join(staging, name), join(top, name));
  } catch (error) {
    for (const [from, to] of moved.reverse()) await rename(to, from);
    if (old.length > 0) await rmdir(aside).catch(() => undefined);
    throw error;
  }
  await rmdir(staging);
  await syncFolder(top);
}

/** Whether there is more in a kit than these paths: somebody may have put it there just now. */
export async function hasMore({ path, isTop }: KitTarget, known: ReadonlySet<string>): Promise<boolean> {
  const names = new Set(topNames(known));
  // At the top of a disk only what is in the kit's own folders is moved with it.
  const isBeside = (found: string): boolean => isTop && !names.has(found.split('/', 1)[0] ?? '');
  const bound = { what: 'files of the kit', limit: LIMITS.kitFiles, skip: isBeside };
  const { files, folders, others } = await walkFolder(path, bound);
  return [...files, ...folders, ...others.map((other) => other.path)].some(
    (found) => !known.has(found) && !isBeside(found),
  );
}

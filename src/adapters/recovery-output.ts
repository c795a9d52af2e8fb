// Where a recovered vault is put. Everything is unpacked into a folder with a temporary name and moved to
// the target only after the last byte of the package has verified, so that a damaged package or a kill
// leaves nothing that looks like a vault. The temporary folder lies beside the target, or in it when it is
// there already: it may be a disk of its own. Nothing waits for the disk: what is lost in a power cut
// comes out of the package again.

import { mkdir, open, readdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { portableName } from '../escrow/portable-name.ts';
import type { PayloadSink } from '../escrow/recover.ts';
import {
  STAGED_PREFIX,
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  exists,
  leftoversOf,
  makeFolder,
  removeTree,
  renamePatiently,
  stagedPath,
} from './atomic-write.ts';
import { guard, inOnePiece, stopIfAsked } from './interrupt.ts';
import { atPath } from './os-error.ts';
import { writeBehind } from './write-behind.ts';
import type { WriteBehind } from './write-behind.ts';

export interface RecoveryOutput extends PayloadSink {
  /** The temporary folder, for what is made from the unpacked files before they are published. */
  readonly staging: string;
  /** Such folders of earlier recoveries that were killed: what they hold is in the clear. */
  readonly leftovers: readonly string[];
  /** Removes everything unpacked so far, to begin again with another package. */
  restart(): Promise<void>;
  /** The path under which a file of the package was really written, below the folder, with `/`. */
  placeOf(path: string): string;
  /** Moves everything to the target. Gives what was there before and stays, as paths below the target. */
  publish(): Promise<readonly string[]>;
  /** Removes everything written. Safe after publish. */
  discard(): Promise<void>;
}

/**
 * Prepares the target folder of a recovery.
 *
 * @param options - `platform` says whose file names can be written; this one's unless told.
 * @throws {@link EscrowError} `output.exists` when the target holds anything and `overwrite` is not
 * given, or is a file; `file.*`.
 */
export async function prepareOutput(
  target: string,
  options: { overwrite: boolean; platform?: NodeJS.Platform },
): Promise<RecoveryOutput> {
  const path = resolve(target);
  await assertFree(path, target, options.overwrite);
  const home = (await exists(path)) ? path : dirname(path);
  await makeFolder(home);
  const leftovers: string[] = [];
  for (const folder of new Set([dirname(path), home])) leftovers.push(...(await leftoversOf(path, folder)));
  const staging = stagedPath(path, home);
  const places = placesIn(staging, options.platform ?? process.platform);
  await atPath(target, () => mkdir(staging, { mode: PRIVATE_FOLDER }));
  const release = guard(() => removeTree(staging));
  let current: { handle: FileHandle; writer: WriteBehind } | undefined;
  const close = async (): Promise<void> => {
    const closing = current;
    current = undefined;
    await closing?.writer.settle();
    await closing?.handle.close();
  };
  return {
    staging,
    leftovers,
    async begin(name) {
      stopIfAsked();
      const file = places.take(name);
      await makeFolder(dirname(file));
      const handle = await atPath(file, () => open(file, 'wx', PRIVATE_FILE));
      current = { handle, writer: writeBehind(handle, file) };
    },
    async write(part) {
      stopIfAsked();
      await current?.writer.write(part);
    },
    async end() {
      await current?.writer.drain();
      await close();
    },
    placeOf: (name) => places.of(name),
    async restart() {
      await close();
      places.clear();
      await atPath(target, async () => {
        await removeTree(staging);
        await mkdir(staging, { mode: PRIVATE_FOLDER });
      });
    },
    async publish() {
      const older = (await exists(path)) ? await atPath(target, () => staying(staging, path)) : [];
      await inOnePiece(() => atPath(target, () => moveInto(staging, path)));
      await removeTree(staging);
      release();
      return older;
    },
    async discard() {
      await close();
      await removeTree(staging);
      release();
    },
  };
}

/** Folders that a recovery makes: a file in the place of one is told of before any card is asked for. */
const FOLDERS = ['exports', 'unlock', 'attachments', 'plan'];

async function assertFree(path: string, target: string, isOverwriting: boolean): Promise<void> {
  if (!(await exists(path))) return;
  const refuse = (what: string, canForce: boolean): never => {
    throw new EscrowError('output.exists', { path: what, canForce });
  };
  if (!(await isFolder(path))) refuse(target, false);
  const names = (await atPath(target, () => readdir(path))).filter((name) => !name.startsWith(STAGED_PREFIX));
  if (!isOverwriting && names.length > 0) refuse(target, true);
  for (const name of names.filter((entry) => FOLDERS.includes(entry))) {
    if (!(await isFolder(join(path, name)))) refuse(join(target, name), false);
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await atPath(path, () => stat(path))).isDirectory();

interface Places {
  /** Gives a file of the package its place: an absolute path. */
  take(name: string): string;
  of(name: string): string;
  clear(): void;
}

/**
 * Names that Windows cannot have are changed there, so that the rest of the vault is still written; two
 * that become one by it are told apart by a number.
 */
function placesIn(folder: string, platform: NodeJS.Platform): Places {
  const places = new Map<string, string>();
  const taken = new Set<string>();
  const written = (step: string): string => (platform === 'win32' ? portableName(step) : step);
  const fold = (path: string): string => path.normalize('NFC').toLowerCase();
  return {
    take(name) {
      const wanted = name.split('/').map(written).join('/');
      const ending = extname(wanted);
      let place = wanted;
      for (let count = 2; taken.has(fold(place)); count += 1)
        place = `${wanted.slice(0, wanted.length - ending.length)}-${count}${ending}`;
      const path = resolve(folder, ...place.split('/'));
      // The archive's paths were checked when it was read; this is the second lock on the same door.
      if (!path.startsWith(folder + sep))
        throw new EscrowError('output.unsafe', { path: name, reason: 'leads outside the folder' });
      taken.add(fold(place));
      places.set(name, place);
      return path;
    },
    of: (name) => places.get(name) ?? name,
    clear() {
      places.clear();
      taken.clear();
    },
  };
}

/** What lies in `to` and is not replaced by anything in `from`; a folder that is all old is one path. */
async function staying(from: string, to: string, below = ''): Promise<string[]> {
  const fresh = new Map((await readdir(from, { withFileTypes: true })).map((entry) => [entry.name, entry]));
  const found: string[] = [];
  for (const { name } of await readdir(to, { withFileTypes: true })) {
    const fresher = fresh.get(name);
    if (name.startsWith(STAGED_PREFIX)) continue;
    if (!fresher) {
      found.push(below + name);
      continue;
    }
    // Told before anything is moved: a folder cannot take a file's place, nor a file a folder's.
    if (fresher.isDirectory() !== (await isFolder(join(to, name))))
      throw new EscrowError('output.exists', { path: join(to, name) });
    if (fresher.isDirectory())
      found.push(...(await staying(join(from, name), join(to, name), `${below}${name}/`)));
  }
  return found.sort();
}

async function moveInto(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  if (!(await exists(to))) {
    await renamePatiently(from, to);
    return;
  }
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const goal = join(to, entry.name);
    if (entry.isDirectory()) {
      await makeFolder(goal);
      await moveInto(source, goal);
    } else {
      await renamePatiently(source, goal);
    }
  }
}

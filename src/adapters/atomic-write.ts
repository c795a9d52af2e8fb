// Writing so that a kill at any instant leaves the previous file or the new one, never half of it:
// a temporary file beside the target, fsync, rename, fsync of the folder where there is such a thing.

import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscrowError } from '../core/errors.ts';
import { fileId } from './file-id.ts';
import { guard, stopIfAsked } from './interrupt.ts';
import { atPath, isMissing } from './os-error.ts';
import { writeBehind } from './write-behind.ts';

/** What is sent to the disk while more is written, so that the flush at the end finds most of it done. */
const FLUSH_BYTES = 67_108_864;

/** Private to the user. Windows ignores the mode: there the folder's own access list protects it. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** For what is no secret and is meant to be copied. */
export const PUBLIC_FILE = 0o644;
export const PUBLIC_FOLDER = 0o755;

/** Temporary names start with this, so that whoever finds one after a crash can tell and remove it. */
export const STAGED_PREFIX = '.holdfast-part-';

const stagedName = (path: string): string => `${STAGED_PREFIX}${basename(path)}-`;

/** A fresh temporary place for what is to be at a path, in a folder of its disk. */
export const stagedPath = (path: string, folder = dirname(path)): string =>
  join(folder, stagedName(path) + randomBytes(6).toString('hex'));

/** Temporary places of that path in a folder, of runs that were killed. One that may not be listed has none. */
export async function leftoversOf(path: string, folder = dirname(path)): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(stagedName(path))).map((name) => join(folder, name));
}

/** Removes a folder and all in it. On Windows a scanner may hold a fresh file for a moment. */
export const removeTree = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });

interface WriteOptions {
  /** Replace what is there; otherwise an existing target is refused. */
  readonly overwrite?: boolean;
  /** Whether --force would have it replaced, for the refusal. */
  readonly canForce?: boolean;
  /** Paths that are read for what is written: never replaced, whatever `overwrite` says. */
  readonly inputs?: readonly string[];
  /** File mode for POSIX systems; private unless told. */
  readonly mode?: number;
}

/** A file being written under a temporary name. Exactly one of commit and abort ends it. */
export interface StagedFile {
  /** Where it lies until it is committed. */
  readonly path: string;
  /** Writes one part, which is the file's from now on. A failure may be told by the next call only. */
  write(part: Uint8Array): Promise<void>;
  /** Hands everything to the system: who reads `path` now gets all of it. */
  drain(): Promise<void>;
  /** Makes durable what was written. */
  sync(): Promise<void>;
  /** Makes the file durable under its final name. */
  commit(): Promise<void>;
  /** Removes what was written. Safe to call after commit. */
  abort(): Promise<void>;
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    return true;
  }
}

/** Makes a folder's entries durable. Windows and some network file systems have no such call. */
export async function syncFolder(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } catch {
    // Without it a power cut may lose the rename, never the content: nothing better is to be had.
  } finally {
    await handle?.close();
  }
}

/** On Windows a virus scanner may hold a fresh file for a moment; a rename then fails and later works. */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const held =
        error instanceof Error &&
        'code' in error &&
        ['EPERM', 'EACCES', 'EBUSY'].includes(String(error.code));
      if (process.platform !== 'win32' || !held || attempt === 10) throw error;
      await sleep(50 * (attempt + 1));
    }
  }
}

async function assertNoInput(path: string, inputs: readonly string[]): Promise<void> {
  const id = await fileId(path);
  for (const input of inputs)
    if (id !== undefined && id === (await fileId(input))) throw new EscrowError('output.is-input', { path });
}

/**
 * Opens a staged file for `path`.
 *
 * @throws {@link EscrowError} `output.exists` unless `overwrite`, `output.is-input`, `output.no-folder`, `file.*`
 * when the system refuses.
 */
export async function stageFile(path: string, options: WriteOptions = {}): Promise<StagedFile> {
  stopIfAsked();
  const { canForce = false } = options;
  if (options.overwrite !== true && (await exists(path)))
    throw new EscrowError('output.exists', { path, canForce });
  await assertNoInput(path, options.inputs ?? []);
  if (!(await exists(dirname(path)))) throw new EscrowError('output.no-folder', { path: dirname(path) });
  const staged = stagedPath(path);
  const handle = await atPath(path, () => open(staged, 'wx', options.mode ?? PRIVATE_FILE));
  let isOpen = true;
  const release = guard(() => rm(staged, { force: true }));
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  const writer = writeBehind(handle, path, { flushBytes: FLUSH_BYTES });
  return {
    path: staged,
    async write(part) {
      stopIfAsked();
      await writer.write(part);
    },
    drain: () => writer.drain(),
    sync: () => writer.sync(),
    async commit() {
      await writer.sync();
      stopIfAsked();
      await atPath(path, async () => {
        await close();
        // Checked again: what appeared while we wrote is not ours to replace.
        if (options.overwrite !== true && (await exists(path)))
          throw new EscrowError('output.exists', { path });
        await renamePatiently(staged, path);
        await syncFolder(dirname(path));
      });
      release();
    },
    async abort() {
      await writer.settle();
      await close();
      await rm(staged, { force: true });
      release();
    },
  };
}

/** Writes a whole file atomically. */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const file = await stageFile(path, options);
  try {
    await file.write(bytes);
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/**
 * Makes a folder and those above it, private to the user. Step by step: Node's own way never ends where a
 * system answers "not found" to whoever wants to make a folder, as Linux does in /proc.
 */
export async function makeFolder(path: string, mode: number = PRIVATE_FOLDER): Promise<void> {
  const missing: string[] = [];
  let at = resolve(path);
  while (!(await exists(at)) && dirname(at) !== at) {
    missing.unshift(at);
    at = dirname(at);
  }
  await atPath(path, async () => {
    if (missing.length === 0) await makeOne(path, mode);
    for (const folder of missing) await makeOne(folder, mode);
  });
}

/** One folder, unless it is there: somebody else may have made it a moment ago. */
async function makeOne(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}

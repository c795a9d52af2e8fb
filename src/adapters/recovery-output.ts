// Where a recovered vault is put. Everything is unpacked into a folder with a temporary name beside
// the target and moved there only after the last byte of the package has verified, so that a damaged
// package or a kill leaves nothing that looks like a vault. Nothing waits for the disk: what is lost in a
// power cut comes out of the package again.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import type { PayloadSink } from '../escrow/recover.ts';
import {
  STAGED_PREFIX,
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  exists,
  makeFolder,
  renamePatiently,
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
  /** Moves everything to the target. */
  publish(): Promise<void>;
  /** Removes everything written. Safe after publish. */
  discard(): Promise<void>;
}

/**
 * Prepares the target folder of a recovery.
 *
 * @throws {@link EscrowError} `output.exists` when the target holds anything and `overwrite` is not
 * given; `file.*`.
 */
export async function prepareOutput(
  target: string,
  options: { overwrite: boolean },
): Promise<RecoveryOutput> {
  const path = resolve(target);
  if (!options.overwrite && (await isOccupied(path)))
    throw new EscrowError('output.exists', { path: target, canForce: true });
  await makeFolder(dirname(path));
  const prefix = `${STAGED_PREFIX}${basename(path)}-`;
  const leftovers = (await atPath(target, () => readdir(dirname(path))))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(dirname(path), name));
  const staging = join(dirname(path), prefix + randomBytes(6).toString('hex'));
  await atPath(target, () => mkdir(staging, { mode: PRIVATE_FOLDER }));
  const release = guard(() => rm(staging, { recursive: true, force: true }));
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
      const file = inside(staging, name);
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
    async restart() {
      await close();
      await atPath(target, async () => {
        await rm(staging, { recursive: true, force: true });
        await mkdir(staging, { mode: PRIVATE_FOLDER });
      });
    },
    async publish() {
      await inOnePiece(() => atPath(target, () => moveInto(staging, path)));
      await rm(staging, { recursive: true, force: true });
      release();
    },
    async discard() {
      await close();
      await rm(staging, { recursive: true, force: true });
      release();
    },
  };
}

async function isOccupied(path: string): Promise<boolean> {
  if (!(await exists(path))) return false;
  const names = await readdir(path).catch(() => ['a file']);
  return names.length > 0;
}

/** The archive's paths were checked when it was read; this is the second lock on the same door. */
function inside(folder: string, name: string): string {
  const path = resolve(folder, ...name.split('/').map(portableName));
  if (!path.startsWith(folder + sep))
    throw new EscrowError('output.unsafe', { path: name, reason: 'leads outside the folder' });
  return path;
}

/** Names that Windows cannot have are changed there, so that the rest of the vault is still written. */
function portableName(step: string): string {
  if (process.platform !== 'win32') return step;
  const replaced = step.replaceAll(/[<>:"|?*]/g, '_').replace(/[. ]+$/, '_');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(replaced) ? `_${replaced}` : replaced;
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

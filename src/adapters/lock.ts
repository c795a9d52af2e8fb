// One writer at a time for each escrow. The lock is a file that only one can make, in the escrow folder,
// so that it also holds between machines that share the folder; it names its holder for the message.

import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { STAGED_PREFIX } from './atomic-write.ts';
import { guard } from './interrupt.ts';
import { atPath, isMissing } from './os-error.ts';
import { readBounded } from './read-file.ts';

export const LOCK_NAME = '.lock';

/** Names of what whoever tries to take the lock writes first. */
export const LOCK_DRAFT_PREFIX = `${STAGED_PREFIX}lock-`;

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

/** Far more than a lock of ours holds. */
const HOLDER_BYTES = 4_096;
const HOST = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,255}$/u;
const SINCE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Who holds a lock. Anybody can write into a shared folder, and what stands there goes to a terminal. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(decodeUtf8(await readBounded(path, HOLDER_BYTES)));
    if (typeof value !== 'object' || value === null) return undefined;
    const { host, pid, since } = value as Partial<Record<keyof Holder, unknown>>;
    if (typeof host !== 'string' || typeof pid !== 'number' || typeof since !== 'string') return undefined;
    const isOurs = HOST.test(host) && Number.isSafeInteger(pid) && pid > 0 && SINCE.test(since);
    return isOurs ? { host, pid, since } : undefined;
  } catch {
    return undefined;
  }
}

/** Nobody needs so long between making a lock and filling it, where it cannot be made filled. */
const EMPTY_LOCK_MS = 600_000;

/** Whether a lock was made and never filled: a kill or a full disk, where files have no second name. */
async function isStillborn(path: string): Promise<boolean> {
  try {
    const { size, mtimeMs } = await stat(path);
    return size === 0 && Date.now() - mtimeMs > EMPTY_LOCK_MS;
  } catch {
    return false;
  }
}

/** Locks that this process holds itself. */
const held = new Set<string>();

/** Clocks are set right a moment after the machine starts. */
const CLOCK_MARGIN_MS = 60_000;

/** Whether the holder is a process of this machine that is gone. Of other machines nothing can be known. */
function isDead(path: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  // Numbers begin again at a start of the machine: whoever has this one now is somebody else.
  if (Date.parse(holder.since) < Date.now() - uptime() * 1_000 - CLOCK_MARGIN_MS) return true;
  // Our own number on a lock that we do not hold: a container starts every process with the same one.
  if (holder.pid === process.pid) return !held.has(path);
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Whether a lock, or the draft of one, was left by a process that is gone. */
export async function isAbandoned(path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder ? isDead(path, holder) : isStillborn(path);
}

/** Gives a file another name, unless that is taken. FAT and some network shares have no such call. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/**
 * The lock appears with its holder in it: a process killed between making and filling it would leave one
 * that nobody could ever take over.
 */
async function take(path: string): Promise<boolean> {
  const holder: Holder = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
  const draft = join(dirname(path), `${LOCK_DRAFT_PREFIX}${randomBytes(6).toString('hex')}`);
  const release = guard(() => rm(draft, { force: true }));
  try {
    await writeFile(draft, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    await linkOrCopy(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
    release();
  }
}

/** Puts a dead process's lock out of the way; one that somebody else took meanwhile is put back. */
async function breakLock(path: string, dead: Holder | undefined): Promise<void> {
  const aside = join(dirname(path), `${LOCK_DRAFT_PREFIX}${randomBytes(6).toString('hex')}`);
  try {
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const found = await readHolder(aside);
  const isTheDeadOne = found === undefined || (found.pid === dead?.pid && found.since === dead.since);
  if (!isTheDeadOne) await linkOrCopy(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** How long to wait between two looks at a lock that somebody holds. */
const RETRY_MS = 25;

/** @throws {@link EscrowError} `escrow.busy`. */
async function takeOrTell(path: string): Promise<void> {
  if (await take(path)) return;
  const holder = await readHolder(path);
  if (holder ? isDead(path, holder) : await isStillborn(path)) {
    await breakLock(path, holder);
    if (await take(path)) return;
  }
  const name = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process';
  throw new EscrowError('escrow.busy', { path, holder: name });
}

/**
 * Runs `work` as the only writer of a folder.
 *
 * @param options - `patienceMs`: how long to wait for another writer; none unless told.
 * @throws {@link EscrowError} `escrow.busy` naming who holds it. A lock left by a dead process of
 * this machine is taken over, and one that was never filled.
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: { patienceMs?: number } = {},
): Promise<T> {
  const path = join(folder, LOCK_NAME);
  for (let left = options.patienceMs ?? 0; ; left -= RETRY_MS) {
    try {
      await atPath(folder, () => takeOrTell(path));
      break;
    } catch (error) {
      if (!isEscrowError(error, 'escrow.busy') || left <= 0) throw error;
      await sleep(RETRY_MS);
    }
  }
  held.add(path);
  const unlock = async (): Promise<void> => {
    await rm(path, { force: true });
    held.delete(path);
  };
  const release = guard(unlock);
  try {
    return await work();
  } finally {
    await unlock();
    release();
  }
}

// One writer at a time for each escrow. The lock is a file that only one can make, in the escrow folder,
// so that it also holds between machines that share the folder; it names its holder for the message.

import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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
  /** Which start of the machine this is, where the system says so. */
  readonly boot?: string;
}

/** Far more than a lock of ours holds. */
const HOLDER_BYTES = 4_096;
const HOST = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,255}$/u;
const BOOT = /^[0-9a-f-]{36}$/;
const SINCE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Who holds a lock. Anybody can write into a shared folder, and what stands there goes to a terminal. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(decodeUtf8(await readBounded(path, HOLDER_BYTES)));
    if (typeof value !== 'object' || value === null) return undefined;
    const { host, pid, since, boot } = value as Partial<Record<keyof Holder, unknown>>;
    if (typeof host !== 'string' || typeof pid !== 'number' || typeof since !== 'string') return undefined;
    const isOurs = HOST.test(host) && Number.isSafeInteger(pid) && pid > 0 && SINCE.test(since);
    if (!isOurs) return undefined;
    return typeof boot === 'string' && BOOT.test(boot) ? { host, pid, since, boot } : { host, pid, since };
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

async function isOlderThan(path: string, ageMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ageMs;
}

/** Locks that this process holds itself. */
const held = new Set<string>();

/** A clock may be set right by hours while a lock is held: a machine without a battery, a virtual one that slept. */
const CLOCK_MARGIN_MS = 86_400_000;

/** The number that Linux gives each of its starts. Elsewhere there is none. */
async function bootOf(): Promise<string | undefined> {
  const text = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
  return BOOT.test(text.trim()) ? text.trim() : undefined;
}

/** Whether the holder is a process of this machine that is gone. Of other machines nothing can be known. */
async function isDead(path: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return false;
  // Numbers begin again at a start of the machine: whoever has this one now is somebody else.
  const boot = await bootOf();
  if (holder.boot !== undefined && boot !== undefined && holder.boot !== boot) return true;
  if (holder.boot === undefined && Date.parse(holder.since) < Date.now() - uptime() * 1_000 - CLOCK_MARGIN_MS)
    return true;
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
  const boot = await bootOf();
  const holder: Holder = {
    host: hostname(),
    pid: process.pid,
    since: new Date().toISOString(),
    ...(boot === undefined ? {} : { boot }),
  };
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
    // The lock is taken or not: a draft that cannot be removed now changes nothing.
    await rm(draft, { force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
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
async function takeOrTell(path: string, staleMs = Number.POSITIVE_INFINITY): Promise<void> {
  if (await take(path)) return;
  const holder = await readHolder(path);
  if (await isOlderThan(path, staleMs)) await breakLock(path, holder);
  if (await (holder ? isDead(path, holder) : isStillborn(path))) {
    await breakLock(path, holder);
    if (await take(path)) return;
  }
  throw busy(path, holder);
}

function busy(path: string, holder: Holder | undefined): EscrowError {
  const name = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process';
  return new EscrowError('escrow.busy', { path, holder: name });
}

/** @throws {@link EscrowError} `escrow.busy` where somebody holds the lock now. It is not taken. */
export async function assertNotBusy(folder: string): Promise<void> {
  const path = join(folder, LOCK_NAME);
  const holder = await readHolder(path);
  if (holder && !(await isDead(path, holder))) throw busy(path, holder);
}

/**
 * Runs `work` as the only writer of a folder.
 *
 * @param options - `patienceMs`: how long to wait for another writer; none unless told. `staleMs`: the age at
 * which a lock is taken over whoever holds it, for work that takes no time.
 * @throws {@link EscrowError} `escrow.busy` naming who holds it. A lock left by a dead process of
 * this machine is taken over, and one that was never filled.
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: { patienceMs?: number; staleMs?: number } = {},
): Promise<T> {
  const path = join(folder, LOCK_NAME);
  for (let left = options.patienceMs ?? 0; ; left -= RETRY_MS) {
    try {
      await atPath(folder, () => takeOrTell(path, options.staleMs));
      break;
    } catch (error) {
      if (!isEscrowError(error, 'escrow.busy') || left <= 0) throw error;
      await sleep(RETRY_MS);
    }
  }
  held.add(path);
  const mine = await readHolder(path);
  const unlock = async (): Promise<void> => {
    // Somebody may have taken it for dead and hold it now.
    const found = await readHolder(path);
    const isMine = found?.pid === mine?.pid && found?.since === mine?.since;
    if (isMine) await rm(path, { force: true, maxRetries: 5, retryDelay: 50 });
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

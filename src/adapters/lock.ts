// One writer at a time for each escrow. The lock is a file that only one can make, in the escrow folder,
// so that it also holds between machines that share the folder; it names its holder for the message.

import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { STAGED_PREFIX } from './atomic-write.ts';
import { guard } from './interrupt.ts';
import { atPath, isMissing } from './os-error.ts';

export const LOCK_NAME = '.lock';

/** Names of what whoever tries to take the lock writes first. */
export const LOCK_DRAFT_PREFIX = `${STAGED_PREFIX}lock-`;

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { host, pid, since } = value as Partial<Holder>;
    return typeof host === 'string' && typeof pid === 'number' && typeof since === 'string'
      ? { host, pid, since }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Locks that this process holds itself. */
const held = new Set<string>();

/** Whether the holder is a process of this machine that is gone. Of other machines nothing can be known. */
function isDead(path: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
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
async function breakLock(path: string, dead: Holder): Promise<void> {
  const aside = join(dirname(path), `${LOCK_DRAFT_PREFIX}${randomBytes(6).toString('hex')}`);
  try {
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const found = await readHolder(aside);
  const isTheDeadOne = found === undefined || (found.pid === dead.pid && found.since === dead.since);
  if (!isTheDeadOne) await linkOrCopy(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/**
 * Runs `work` as the only writer of an escrow folder.
 *
 * @throws {@link EscrowError} `escrow.busy` naming who holds it. A lock left by a dead process of
 * this machine is taken over.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, LOCK_NAME);
  await atPath(folder, async () => {
    if (await take(path)) return;
    const holder = await readHolder(path);
    if (holder && isDead(path, holder)) {
      await breakLock(path, holder);
      if (await take(path)) return;
    }
    const name = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process';
    throw new EscrowError('escrow.busy', { path, holder: name });
  });
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

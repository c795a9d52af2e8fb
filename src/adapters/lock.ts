// One writer at a time for each escrow. The lock is a file made with O_EXCL inside the escrow folder,
// so that it also holds between machines that share the folder; it names its holder for the message.

import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { guard } from './interrupt.ts';
import { atPath } from './os-error.ts';

const LOCK_NAME = '.lock';

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

/** Whether the holder is a process of this machine that is gone. Of other machines nothing can be known. */
function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      const holder: Holder = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
      await handle.writeFile(JSON.stringify(holder));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
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
    if (holder && isDead(holder)) {
      await rm(path, { force: true });
      if (await take(path)) return;
    }
    const name = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process';
    throw new EscrowError('escrow.busy', { path, holder: name });
  });
  const unlock = (): Promise<void> => rm(path, { force: true });
  const release = guard(unlock);
  try {
    return await work();
  } finally {
    await unlock();
    release();
  }
}

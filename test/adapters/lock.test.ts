// One writer at a time: what a lock holds against, and what a dead process leaves to the next.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../src/adapters/lock.ts';

let folder = '';
const path = (): string => join(folder, '.lock');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const leave = (holder: object): Promise<void> => writeFile(path(), JSON.stringify(holder));
const since = '2026-11-24T01:00:00.000Z';

test('holds while the work goes on, names its holder, and is gone afterwards', async () => {
  await withLock(folder, async () => {
    const holder = JSON.parse(await readFile(path(), 'utf8')) as object;
    expect(holder).toMatchObject({ host: hostname(), pid: process.pid });
    await expect(withLock(folder, () => Promise.resolve())).rejects.toMatchObject({
      code: 'escrow.busy',
      facts: { path: path(), holder: expect.stringContaining(`process ${process.pid} on`) as string },
    });
    expect(existsSync(path())).toBe(true);
  });
  expect(await readdir(folder)).toEqual([]);
});

test('is gone after work that fails, and the failure is the one told', async () => {
  await expect(withLock(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await readdir(folder)).toEqual([]);
});

test.each(['no lock', 'the lock of a dead process'])(
  'of many that come to %s only one is ever inside',
  async (left) => {
    const pid = spawnSync(process.execPath, ['-e', '0']).pid;
    if (left !== 'no lock') await leave({ host: hostname(), pid, since });
    let inside = 0;
    const attempts = Array.from({ length: 20 }, () =>
      withLock(folder, async () => {
        inside += 1;
        expect(inside).toBe(1);
        await new Promise((done) => setTimeout(done, 20));
        inside -= 1;
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'escrow.busy' });
    expect(await readdir(folder)).toEqual([]);
  },
);

test.each([
  ['a process that is gone', { host: hostname(), pid: spawnSync(process.execPath, ['-e', '0']).pid, since }],
  ['an earlier process with our own number', { host: hostname(), pid: process.pid, since }],
])('is taken over from %s', async (_name, holder) => {
  await leave(holder);
  let isRun = false;
  await withLock(folder, () => Promise.resolve(void (isRun = true)));
  expect(isRun).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['a living process', { host: hostname(), pid: process.ppid, since }],
  ['another machine', { host: 'elsewhere', pid: 1, since }],
  ['something that cannot be read', { host: 7 }],
])('is left to %s', async (_name, holder) => {
  await leave(holder);
  await expect(withLock(folder, () => Promise.resolve())).rejects.toThrow('escrow.busy');
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(holder);
  expect(await readdir(folder)).toEqual(['.lock']);
});

test('a folder that is not there is told as that', async () => {
  await expect(withLock(join(folder, 'nowhere'), () => Promise.resolve())).rejects.toThrow('file.not-found');
});

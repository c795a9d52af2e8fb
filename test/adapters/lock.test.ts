// One writer at a time: what a lock holds against, and what a dead process leaves to the next.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withLock } from '../../src/adapters/lock.ts';

let folder = '';
const path = (): string => join(folder, '.lock');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const leave = (holder: object): Promise<void> => writeFile(path(), JSON.stringify(holder));
const since = new Date().toISOString();
const hourBeforeBoot = new Date(Date.now() - uptime() * 1_000 - 3_600_000).toISOString();
const beforeBoot = new Date(Date.now() - uptime() * 1_000 - 2 * 86_400_000).toISOString();

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
    let refused = 0;
    const attempts = Array.from({ length: 20 }, () =>
      withLock(folder, async () => {
        inside += 1;
        expect(inside).toBe(1);
        // Until all others were told: however slow the machine is, they come while somebody is inside.
        await vi.waitUntil(() => refused === 19, { timeout: 4_000, interval: 5 });
        inside -= 1;
      }).catch((error: unknown) => {
        refused += 1;
        throw error;
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'escrow.busy' });
    expect(await readdir(folder)).toEqual([]);
  },
);

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('left out: the number of a start of the machine, which only Linux gives');
const OTHER_START: [string, object][] = isLinux
  ? [
      [
        'a process of another start of the machine, by the number of the start',
        { host: hostname(), pid: process.ppid, since, boot: '01234567-89ab-4def-8123-456789abcdef' },
      ],
    ]
  : [];

test.each<[string, object]>([
  ['a process that is gone', { host: hostname(), pid: spawnSync(process.execPath, ['-e', '0']).pid, since }],
  ['a process of before the machine was started', { host: hostname(), pid: process.ppid, since: beforeBoot }],
  ...OTHER_START,
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
  // A clock that is set right must not make a living process a dead one.
  [
    'a living process, whose time lies before the start',
    { host: hostname(), pid: process.ppid, since: hourBeforeBoot },
  ],
  ['another machine', { host: 'elsewhere', pid: 1, since: beforeBoot }],
  ['something that cannot be read', { host: 7 }],
])('is left to %s', async (_name, holder) => {
  await leave(holder);
  await expect(withLock(folder, () => Promise.resolve())).rejects.toThrow('escrow.busy');
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(holder);
  expect(await readdir(folder)).toEqual(['.lock']);
});

test.each([
  ['old', 3_600_000, true],
  ['fresh: it may be filled in a moment', 0, false],
])('an empty lock that is %s', async (_age, ageMs, isTaken) => {
  await writeFile(path(), '');
  const then = new Date(Date.now() - ageMs);
  await utimes(path(), then, then);
  const work = withLock(folder, () => Promise.resolve('done'));
  if (isTaken) expect(await work).toBe('done');
  else await expect(work).rejects.toThrow('escrow.busy');
});

test.each([
  ['control characters', JSON.stringify({ host: 'a\u001b[2Jb', pid: 1, since })],
  ['a time that is none', JSON.stringify({ host: 'a', pid: 1, since: 'a\nb' })],
  ['more than a lock holds', JSON.stringify({ host: 'a', pid: 1, since, more: 'x'.repeat(10_000) })],
])('what stands in it is not told when it holds %s', async (_what, text) => {
  await writeFile(path(), text);
  await expect(withLock(folder, () => Promise.resolve())).rejects.toMatchObject({
    facts: { holder: 'another process' },
  });
});

test('whoever has patience gets it when it is free', async () => {
  const order: number[] = [];
  const one = (number: number): Promise<void> =>
    withLock(folder, () => Promise.resolve(void order.push(number)), { patienceMs: 10_000 });
  await Promise.all(Array.from({ length: 10 }, (_, number) => one(number)));
  expect(order.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a folder that is not there is told as that', async () => {
  await expect(withLock(join(folder, 'nowhere'), () => Promise.resolve())).rejects.toThrow('file.not-found');
});

// Files as streams: what is read ahead, written behind and hashed on a thread must be the bytes all the
// same, and what goes wrong must be heard.

import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageFile } from '../../src/adapters/atomic-write.ts';
import { collect, readStream } from '../../src/adapters/read-file.ts';
import { prepareOutput } from '../../src/adapters/recovery-output.ts';
import { sha256Thread } from '../../src/adapters/sha256-thread.ts';
import { writeBehind } from '../../src/adapters/write-behind.ts';

const MIB = 1_048_576;
const BYTES = new Uint8Array(randomBytes(3 * MIB + 12_345));

let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-streams-'));
  await writeFile(at('source'), BYTES);
  await writeFile(at('empty'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The bytes in parts that nobody has copied. */
function partsOf(bytes: Uint8Array, size: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += size) parts.push(bytes.subarray(from, from + size));
  return parts;
}

describe('reading ahead', () => {
  test('gives every byte once, also to one who takes a while', async () => {
    const hash = createHash('sha256');
    for await (const part of readStream(at('source'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      hash.update(part);
    }
    expect(hash.digest('hex')).toBe(createHash('sha256').update(BYTES).digest('hex'));
  });

  test('collected parts are copies', async () => {
    expect(Buffer.compare(await collect(readStream(at('source')), BYTES.length, 'it'), BYTES)).toBe(0);
  });

  test('leaves nothing of the file in its buffers', async () => {
    const seen: Uint8Array[] = [];
    for await (const part of readStream(at('source'))) seen.push(part);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((part) => part.every((byte) => byte === 0))).toBe(true);
  });

  test('an empty file has no parts; a missing file and a folder are refused', async () => {
    expect(await collect(readStream(at('empty')), 1, 'it')).toHaveLength(0);
    await expect(collect(readStream(at('missing')), 1, 'it')).rejects.toThrow('file.not-found');
    await expect(collect(readStream(folder), 1, 'it')).rejects.toThrow('file.is-directory');
  });
});

describe('writing behind', () => {
  test.each([1_000, MIB, 2 * MIB + 1])('a staged file in parts of %d bytes', async (size) => {
    const path = at(`staged-${size}`);
    const staged = await stageFile(path);
    for (const part of partsOf(BYTES, size)) await staged.write(part);
    await staged.drain();
    expect(Buffer.compare(await readFile(staged.path), BYTES)).toBe(0);
    expect(existsSync(path)).toBe(false);
    await staged.commit();
    expect(Buffer.compare(await readFile(path), BYTES)).toBe(0);
  });

  test('an aborted file is gone, whatever was on its way', async () => {
    const staged = await stageFile(at('aborted'));
    await staged.write(BYTES);
    await staged.abort();
    expect((await readdir(folder)).filter((name) => name.includes('aborted'))).toEqual([]);
  });

  test('early flushes change nothing', async () => {
    const handle = await open(at('flushed'), 'w');
    const writer = writeBehind(handle, at('flushed'), { flushBytes: MIB });
    for (const part of partsOf(BYTES, MIB / 4)) await writer.write(part);
    await writer.sync();
    await handle.close();
    expect(Buffer.compare(await readFile(at('flushed')), BYTES)).toBe(0);
  });

  const full = '/dev/full';
  if (!existsSync(full)) console.warn(`left out: a full disk, because there is no ${full} here`);
  test.skipIf(!existsSync(full))('a full disk is told by the call that comes after', async () => {
    const handle = await open(full, 'w');
    const writer = writeBehind(handle, full);
    await writer.write(BYTES);
    await expect(writer.drain()).rejects.toThrow('file.no-space');
    await expect(writer.write(BYTES)).rejects.toThrow('file.no-space');
    await expect(writer.sync()).rejects.toThrow('file.no-space');
    await writer.settle();
    await handle.close();
  });
});

test('a recovery is under its name only when it is published', async () => {
  const output = await prepareOutput(at('out'), { overwrite: false });
  await output.begin('exports/a/one.bin', BYTES.length);
  for (const part of partsOf(BYTES, MIB)) await output.write(part);
  await output.end();
  await output.begin('exports/a/two.bin', 0);
  await output.end();
  expect(existsSync(at('out'))).toBe(false);
  await output.publish();
  expect(Buffer.compare(await readFile(at('out/exports/a/one.bin')), BYTES)).toBe(0);
  expect(await readFile(at('out/exports/a/two.bin'))).toHaveLength(0);
  await output.discard();
  expect((await readdir(folder)).filter((name) => name.startsWith('.holdfast'))).toEqual([]);
});

test('a recovery that stops in the middle of a file leaves nothing', async () => {
  const output = await prepareOutput(at('stopped'), { overwrite: false });
  await output.begin('exports/a/one.bin', BYTES.length);
  await output.write(BYTES);
  await output.discard();
  expect((await readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([]);
});

test.each([1, 1_000, MIB])('a thread hashes parts of %d bytes in their order', async (size) => {
  const bytes = size === 1 ? BYTES.subarray(0, 500) : BYTES;
  const hash = sha256Thread();
  const scratch = new Uint8Array(size);
  for (const part of partsOf(bytes, size)) {
    // One buffer for all, as a reader does: the thread must have its own.
    scratch.set(part);
    await hash.update(scratch.subarray(0, part.length));
    scratch.fill(0);
  }
  const wanted = createHash('sha256').update(bytes).digest('hex');
  expect(Buffer.from(await hash.digest()).toString('hex')).toBe(wanted);
});

test('a hash that is given up halfway does not keep the process alive', async () => {
  const ports = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = ports();
  const hash = sha256Thread();
  // More parts than there are buffers, so that it was waited for, too.
  for (const part of partsOf(BYTES, MIB / 8)) await hash.update(part);
  expect(ports()).toBe(before);
  // The check can fail: while its digest is awaited the thread does keep it.
  const digest = hash.digest();
  expect(ports()).toBeGreaterThan(before);
  await digest;
  expect(ports()).toBe(before);
});

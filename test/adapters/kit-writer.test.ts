// Where a kit is put, and what becomes of what lies there: nothing that is not of a kit is moved or lost.

import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kitTarget, stageKit } from '../../src/adapters/kit-writer.ts';
import { encodeUtf8 } from '../../src/core/bytes.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-kit-writer-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const PATHS = ['README.txt', 'SHA256SUMS', 'SHA256SUMS.minisig', 'tools/age'];
const OLD = new Set([...PATHS, 'tools']);
const NOTHING: ReadonlySet<string> = new Set();

/** Publishes a kit whose files all hold the same text. */
async function put(text: string, target: Target, paths: ReadonlySet<string>): Promise<string | undefined> {
  const writer = await stageKit(target);
  try {
    for (const path of PATHS) await writer.write(path, encodeUtf8(text));
    return await writer.publish({ becomes: 'removed', paths });
  } finally {
    await writer.discard();
  }
}

type Target = Parameters<typeof stageKit>[0];
const top = (): Target => ({ path: folder, isTop: true });
const everything = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).sort();

test('the top of a disk is one, and a folder on it is none', async () => {
  expect(await kitTarget(parse(folder).root)).toEqual({ path: parse(folder).root, isTop: true });
  expect(await kitTarget(folder)).toEqual({ path: folder, isTop: false });
  expect(await kitTarget(at('kit'))).toEqual({ path: at('kit'), isTop: false });
});

test('the top of a disk is filled, and filled anew, beside what else is there', async () => {
  await mkdir(at('System Volume Information'));
  expect(await put('one', top(), NOTHING)).toBeUndefined();
  await writeFile(at('mine.txt'), 'mine');
  expect(await put('two', top(), OLD)).toBeUndefined();
  expect(await readFile(at('tools', 'age'), 'utf8')).toBe('two');
  expect(await everything()).toEqual([...OLD, 'System Volume Information', 'mine.txt'].sort());
});

test('what is in the way at the top of a disk stays, and so does all of the older kit', async () => {
  await writeFile(at('README.txt'), 'mine');
  await expect(put('one', top(), NOTHING)).rejects.toMatchObject({ code: 'output.exists' });
  expect(await everything()).toEqual(['README.txt']);
  await rm(at('README.txt'));
  await put('one', top(), NOTHING);
  // As if the older kit had no tools, and somebody has put a file of that name there since.
  await rm(at('tools'), { recursive: true });
  await writeFile(at('tools'), 'mine');
  const old = new Set(PATHS.slice(0, 3));
  await expect(put('two', top(), old)).rejects.toMatchObject({ code: 'output.exists' });
  expect(await everything()).toEqual([...old, 'tools'].sort());
  for (const name of old) expect(await readFile(at(name), 'utf8')).toBe('one');
  expect(await readFile(at('tools'), 'utf8')).toBe('mine');
});

test('what was put into the older kit meanwhile is kept with it, wherever that is', async () => {
  for (const target of [top(), { path: at('kit'), isTop: false }]) {
    await put('one', target, NOTHING);
    await writeFile(join(target.path, 'tools', 'mine.txt'), 'mine');
    const kept = await put('two', target, OLD);
    expect(await readFile(join(kept ?? '', 'tools', 'mine.txt'), 'utf8')).toBe('mine');
    expect(await readdir(join(target.path, 'tools'))).toEqual(['age']);
  }
  await writeFile(at('kit', 'note.txt'), 'mine');
  const kept = await put('three', { path: at('kit'), isTop: false }, OLD);
  expect(await readFile(join(kept ?? '', 'note.txt'), 'utf8')).toBe('mine');
});

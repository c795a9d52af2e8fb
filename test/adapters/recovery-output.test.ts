// Where a recovered vault goes: names that a system cannot have, a folder that is there already, an older
// vault in it.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareOutput } from '../../src/adapters/recovery-output.ts';
import type { RecoveryOutput } from '../../src/adapters/recovery-output.ts';
import { filesBelow } from '../support/transcript-verbs.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-output-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts files into an output, each with its own path as content. */
async function fill(output: RecoveryOutput, ...names: string[]): Promise<void> {
  for (const name of names) {
    await output.begin(name, name.length);
    await output.write(Buffer.from(name));
    await output.end();
  }
}

describe('names that Windows cannot have', () => {
  const NAMES = [
    'exports/export-12/Export 12:30.json',
    'attachments/kit?.txt',
    'attachments/kit*.txt',
    'attachments/KIT_.txt',
    'attachments/con.json',
    'attachments/nul',
    'attachments/dots. .',
    'attachments/plain.txt',
  ];

  test('are changed there, each to one of its own, and the output knows which', async () => {
    const output = await prepareOutput(at('out'), { overwrite: false, platform: 'win32' });
    await fill(output, ...NAMES);
    await output.publish();
    const places = NAMES.map((name) => output.placeOf(name));
    expect(places).toEqual([
      'exports/export-12/Export 12_30.json',
      'attachments/kit_.txt',
      'attachments/kit_-2.txt',
      'attachments/KIT_-3.txt',
      'attachments/_con.json',
      'attachments/_nul',
      'attachments/dots_',
      'attachments/plain.txt',
    ]);
    for (const [index, place] of places.entries())
      expect(await readFile(at('out', place), 'utf8')).toBe(NAMES[index]);
  });

  test('stay elsewhere', async () => {
    const output = await prepareOutput(at('out'), { overwrite: false, platform: 'linux' });
    expect(NAMES.map((name) => output.placeOf(name))).toEqual(NAMES);
    await output.discard();
  });

  test('a package begun again has all names free', async () => {
    const output = await prepareOutput(at('out'), { overwrite: false, platform: 'win32' });
    await fill(output, 'attachments/kit?.txt');
    await output.restart();
    await fill(output, 'attachments/kit*.txt');
    expect(output.placeOf('attachments/kit*.txt')).toBe('attachments/kit_.txt');
    await output.discard();
  });
});

describe('a folder that is there already', () => {
  test('is filled from within: it may be a disk of its own', async () => {
    await mkdir(at('stick'));
    const output = await prepareOutput(at('stick'), { overwrite: false });
    expect(output.staging.startsWith(at('stick'))).toBe(true);
    await fill(output, 'exports/a/one.json');
    await output.publish();
    expect(await filesBelow(at('stick'))).toEqual(['exports/a/one.json']);
    expect(await readdir(folder)).toEqual(['stick']);
  });

  test('is empty again after a recovery that failed', async () => {
    await mkdir(at('stick'));
    const output = await prepareOutput(at('stick'), { overwrite: false });
    await fill(output, 'exports/a/one.json');
    await output.discard();
    expect(await readdir(at('stick'))).toEqual([]);
  });

  test('counts as empty with what a killed recovery left, and that is named', async () => {
    await mkdir(at('stick/.holdfast-part-stick-00'), { recursive: true });
    const output = await prepareOutput(at('stick'), { overwrite: false });
    expect(output.leftovers).toEqual([at('stick/.holdfast-part-stick-00')]);
    await output.discard();
  });

  test('gives what was in it before and stays', async () => {
    await mkdir(at('out/exports/old'), { recursive: true });
    await mkdir(at('out/exports/a'), { recursive: true });
    await mkdir(at('out/photos'));
    const OLD = ['vault.kdbx', 'exports/old/one.json', 'exports/a/one.json', 'exports/a/two.json'];
    for (const name of OLD) await writeFile(at('out', name), 'old');
    const output = await prepareOutput(at('out'), { overwrite: true });
    await fill(output, 'exports/a/one.json', 'plan/order.txt');
    expect(await output.publish()).toEqual(['exports/a/two.json', 'exports/old', 'photos', 'vault.kdbx']);
    expect(await readFile(at('out/exports/a/one.json'), 'utf8')).toBe('exports/a/one.json');
    expect(existsSync(at('out/vault.kdbx'))).toBe(true);
  });
});

describe('refused before anything is unpacked', () => {
  test.each([true, false])('a file in its place, overwriting: %s', async (overwrite) => {
    await writeFile(at('out'), 'mine');
    await expect(prepareOutput(at('out'), { overwrite })).rejects.toMatchObject({
      code: 'output.exists',
      facts: { canForce: false },
    });
    expect(await readdir(folder)).toEqual(['out']);
  });

  test('a file in the place of one of its folders', async () => {
    await mkdir(at('out'));
    await writeFile(at('out/exports'), 'mine');
    await expect(prepareOutput(at('out'), { overwrite: true })).rejects.toMatchObject({
      code: 'output.exists',
      facts: { path: at('out/exports'), canForce: false },
    });
    expect(await readdir(at('out'))).toEqual(['exports']);
  });
});

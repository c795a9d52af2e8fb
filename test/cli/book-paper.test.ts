// The paper of a book: offices in America have no A4.

import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadScanner } from '../../src/adapters/scan.ts';
import { MORNING, useSampleFolder } from '../support/sample-folder.ts';

const EXPORT = {
  encrypted: false,
  folders: [],
  items: [{ type: 1, name: 'router', login: { username: 'admin', password: 'secret' } }],
};

const { at, holdfast } = useSampleFolder(MORNING);
beforeEach(async () => {
  await writeFile(at('clients.json'), JSON.stringify(EXPORT));
});

/** Of its first page, in points. */
async function sizeOf(name: string): Promise<readonly [number, number]> {
  const scanner = await loadScanner();
  for await (const { width, height } of scanner.rasterise(await readFile(at(name)), 72))
    return [width, height];
  throw new Error('no page');
}

describe('a book', () => {
  test.each([
    [
      ['--paper', 'letter'],
      [612, 792],
    ],
    [[], [595, 842]],
  ])('%j', async (flags, [wide = 0, high = 0]) => {
    const { code, err } = await holdfast(
      'convert',
      'clients.json',
      '--to',
      'book',
      '--out',
      'b.pdf',
      ...flags,
    );
    expect(code, err).toBe(0);
    const [width, height] = await sizeOf('b.pdf');
    expect(Math.abs(width - wide)).toBeLessThan(2);
    expect(Math.abs(height - high)).toBeLessThan(2);
  });

  test.each([
    [['--to', 'book', '--paper', 'a5'], '"a5" is no paper: a4, letter'],
    [['--to', 'csv', '--paper', 'letter'], 'csv is not printed: --paper has no use'],
  ])('%j', async (flags, told) => {
    const { code, err } = await holdfast('convert', 'clients.json', '--out', 'b.pdf', ...flags);
    expect(code).toBe(2);
    expect(err).toContain(told);
  });
});

// A kit is whole or it says what is not: every file of it, whatever happens to it; and what lies where a
// kit is to go is never lost.

import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { emptiedPage, putBlock, takeBlock } from '../../src/escrow/page-block.ts';
import { runHere, type Ended } from '../support/in-process.ts';
import { peer, runOk } from '../support/peers.ts';
import { makeSample, removeSample } from '../support/transcript-sample.ts';
import { filesBelow } from '../support/transcript-verbs.ts';

const ESCROW = 'northwind.escrow';

let made = '';
let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

const NOW = new Date(Date.UTC(2026, 10, 24, 1, 2, 3));

const holdfast = (args: readonly string[], home = 'home', where = folder): Promise<Ended> =>
  runHere(args, { folder: where, home, now: NOW });

interface Judged {
  readonly code: number;
  readonly codes: readonly string[];
}

async function verified(home?: string): Promise<Judged> {
  const { code, out } = await holdfast(['kit', '--verify', 'kit', '--json'], home);
  const { findings } = JSON.parse(out) as { findings: { code: string }[] };
  return { code, codes: findings.map((finding) => finding.code) };
}

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'holdfast-kit-'));
  await cp(await makeSample(main), made, { recursive: true });
  expect(await holdfast(['kit', ESCROW, 'kit'], 'home', made)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await removeSample();
  await rm(made, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-kit-'));
  await cp(made, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('--verify', () => {
  test('a whole kit is whole, and nothing of the machine that made it is in it', async () => {
    expect(await verified()).toEqual({ code: 0, codes: [] });
    for (const name of await filesBelow(at('kit'))) {
      const text = await readFile(at('kit', name), 'latin1');
      expect(text.includes(folder) || text.includes(made), name).toBe(false);
      // The program and the spec bring sample names of their own.
      const isOurs = name === 'holdfast.cjs' || name.startsWith('spec/');
      expect(!isOurs && /Ruiz|Nowak|Chen|Baker|Northwind/.test(text), name).toBe(false);
    }
  });

  test('one byte turned in any file is damage', { timeout: 120_000 }, async () => {
    const names = await filesBelow(at('kit'));
    expect(names.length).toBeGreaterThan(25);
    for (const name of names) {
      const path = at('kit', name);
      const bytes = await readFile(path);
      const half = bytes.length >> 1;
      bytes[half] = bytes[half]! ^ 1;
      await writeFile(path, bytes);
      expect((await verified()).code, name).toBe(13);
      bytes[half] ^= 1;
      await writeFile(path, bytes);
    }
    expect((await verified()).code).toBe(0);
  });

  test('any file that is missing is damage', { timeout: 120_000 }, async () => {
    for (const name of await filesBelow(at('kit'))) {
      await rename(at('kit', name), at('away'));
      expect((await verified()).code, name).toBe(13);
      await rename(at('away'), at('kit', name));
    }
  });

  test('whatever does not belong there is a finding', async () => {
    await writeFile(at('kit', 'spec', 'README.exe'), 'x');
    expect(await verified()).toEqual({ code: 3, codes: ['kit-file-unknown'] });
    await rm(at('kit', 'spec', 'README.exe'));
    await symlink(at('home'), at('kit', 'link'));
    expect(await verified()).toEqual({ code: 3, codes: ['kit-file-unknown'] });
  });

  test('an empty folder does not belong there either, and no name commands a terminal', async () => {
    await mkdir(at('kit', 'spec', 'empty'));
    expect(await verified()).toEqual({ code: 3, codes: ['kit-file-unknown'] });
    await writeFile(at('kit', 'spec', 'empty', 'a\u001b[2J\u202etxt.exe'), 'x');
    const { code, out } = await holdfast(['kit', '--verify', 'kit']);
    expect(code).toBe(3);
    expect(out).toContain('spec/empty/a\\u{1b}[2J\\u{202e}txt.exe');
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test('papers that are too large, or are folders, are told with all the rest', async () => {
    const huge = 'x'.repeat(LIMITS.kitNoteBytes + 1);
    for (const name of ['kit.json', 'charter.json.minisig', 'SHA256SUMS.minisig'])
      await writeFile(at('kit', name), huge);
    await truncate(at('kit', 'ledger.jsonl'), LIMITS.ledgerBytes + 1);
    await truncate(at('kit', 'RECOVER.html'), LIMITS.kitPageBytes + 1);
    await writeFile(at('kit', 'sealer.pub'), 'x');
    const { code, codes } = await verified();
    expect(code).toBe(13);
    expect(codes).toEqual(
      expect.arrayContaining([
        'kit-note',
        'kit-charter',
        'kit-signature',
        'kit-page-block',
        'kit-file-damaged',
      ]),
    );
    // The six are not what was put there, and two of them cannot be read as papers of the escrow.
    expect(codes.filter((found) => found === 'kit-file-damaged')).toHaveLength(7);
    await rm(at('kit', 'kit.json'));
    await mkdir(at('kit', 'kit.json'));
    const { out } = await holdfast(['kit', '--verify', 'kit']);
    expect(out).toContain('kit.json: file.is-directory');
    expect(out).toContain('sealer.pub is not the file that was put there');
  });

  test('a kit that a stranger signed anew is not believed', async () => {
    await holdfast(['sealer', 'new'], 'stranger');
    await holdfast(
      ['enrol', ESCROW, '--words', (await readFile(at('words.txt'), 'utf8')).trim()],
      'stranger',
    );
    await rm(at('kit'), { recursive: true });
    expect((await holdfast(['kit', ESCROW, 'kit'], 'stranger')).code).toBe(3);
    expect(await verified()).toEqual({ code: 13, codes: ['kit-signature'] });
    // The stranger believes what they signed themselves.
    expect(await verified('stranger')).toEqual({ code: 0, codes: [] });
  });

  test('a machine that was taught nothing says so, and shows the words to compare', async () => {
    const { code, out } = await holdfast(['kit', '--verify', 'kit'], 'elsewhere');
    expect(code).toBe(3);
    expect(out).toContain((await readFile(at('words.txt'), 'utf8')).trim());
  });

  test('a kit is behind once there is a newer package', async () => {
    expect((await holdfast(['seal', ESCROW, 'vault-export.json'])).code).toBe(0);
    expect(await verified()).toEqual({ code: 3, codes: ['kit-behind'] });
  });

  test('a folder that is no kit is none', async () => {
    expect((await holdfast(['kit', '--verify', ESCROW])).code).toBe(10);
    expect((await holdfast(['kit', '--verify', 'nowhere'])).code).toBe(10);
  });
});

describe('the page', () => {
  test('emptied, it is the page of the release; what it carries is what lies beside it', async () => {
    const html = await readFile(at('kit', 'RECOVER.html'), 'utf8');
    const released = await readFile(new URL('../../dist/page/RECOVER.html', import.meta.url), 'utf8');
    expect(emptiedPage(html)).toBe(released);
    const block = takeBlock(html)!;
    expect(Buffer.from(block.charter!.bytes)).toEqual(await readFile(at('kit', 'charter.json')));
    expect(block.records).toHaveLength(1);
    expect(Buffer.from(block.package!.bytes)).toEqual(
      await readFile(at(ESCROW, 'packages', block.package!.name)),
    );
  });

  test('another program, or another escrow, in a page is told of by itself', async () => {
    const path = at('kit', 'RECOVER.html');
    const html = await readFile(path, 'utf8');
    await writeFile(path, html.replace('<div id="app">', '<div id="app" hidden>'));
    expect((await verified()).codes).toContain('kit-page-changed');
    const { charters, records } = takeBlock(html)!;
    await writeFile(path, putBlock(html, { charters, records }));
    expect((await verified()).codes).toContain('kit-page-block');
    await writeFile(path, 'no page');
    expect((await verified()).codes).toContain('kit-page-block');
  });

  test('without the newest package, or with another than that, is told of by itself', async () => {
    const path = at('kit', 'RECOVER.html');
    const { package: older, ...block } = takeBlock(await readFile(path, 'utf8'))!;
    await writeFile(path, putBlock(await readFile(path, 'utf8'), block));
    expect((await verified()).codes).toContain('kit-page-block');
    await rm(at('kit'), { recursive: true });
    expect((await holdfast(['seal', ESCROW, 'vault-export.json'])).code).toBe(0);
    expect((await holdfast(['kit', ESCROW, 'kit'])).code).toBe(0);
    const html = await readFile(path, 'utf8');
    await writeFile(path, putBlock(html, { ...takeBlock(html)!, package: older! }));
    expect((await verified()).codes).toContain('kit-page-block');
  });
});

describe('the place', () => {
  const files = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.includes('kit'));

  test('an older kit gives way, with the programs of its owner taken over', async () => {
    await writeFile(at('age.exe'), 'age');
    expect((await holdfast(['kit', ESCROW, 'kit', '--age', 'age.exe'])).code).toBe(0);
    expect((await holdfast(['seal', ESCROW, 'vault-export.json'])).code).toBe(0);
    expect((await holdfast(['kit', ESCROW, 'kit', '--packages', '1'])).code).toBe(0);
    expect(await readFile(at('kit', 'tools', 'age.exe'), 'utf8')).toBe('age');
    const packages = (await readdir(at('kit', 'packages'))).filter((name) => name.endsWith('.age'));
    expect(packages).toEqual([expect.stringMatching(/^000002-/)]);
    expect(await verified()).toEqual({ code: 0, codes: [] });
    expect(await files()).toEqual(['kit']);
  });

  test('a kit with something else in it, one of another escrow, or no kit at all stays', async () => {
    await writeFile(at('kit', 'note.txt'), 'mine');
    expect(await holdfast(['kit', ESCROW, 'kit'])).toMatchObject({ code: 15 });
    await rm(at('kit', 'note.txt'));
    expect(await holdfast(['kit', 'groups.escrow', 'kit'])).toMatchObject({ code: 15 });
    await mkdir(at('full'));
    await writeFile(at('full', 'note.txt'), 'mine');
    expect(await holdfast(['kit', ESCROW, 'full'])).toMatchObject({ code: 15 });
    expect(await holdfast(['kit', ESCROW, 'plan.yaml'])).toMatchObject({ code: 15 });
    expect(await files()).toEqual(['kit']);
    expect(await verified()).toEqual({ code: 0, codes: [] });
  });

  test('with --force it is moved aside and kept', async () => {
    await mkdir(at('full'));
    await writeFile(at('full', 'note.txt'), 'mine');
    const { code, err } = await holdfast(['kit', ESCROW, 'full', '--force']);
    expect(code).toBe(0);
    const [, aside = ''] = /what lay there is now (.+)$/m.exec(err) ?? [];
    expect(await readFile(join(aside, 'note.txt'), 'utf8')).toBe('mine');
    expect(await readdir(at('full'))).toContain('RECOVER.html');
  });

  const keptAt = (err: string): string => /what lay there is now (.+)$/m.exec(err)?.[1] ?? '';

  test.each(['missing', 'damaged'])(
    'where the list of the older kit is %s, nobody can tell whose the files are: all of it is kept',
    async (what) => {
      await writeFile(at('kit', 'note.txt'), 'mine');
      if (what === 'missing') await rm(at('kit', 'SHA256SUMS'));
      else await writeFile(at('kit', 'SHA256SUMS'), 'x');
      const { code, err } = await holdfast(['kit', ESCROW, 'kit']);
      expect({ code, err }).toMatchObject({
        code: 0,
        err: expect.stringContaining('kept beside the new one') as string,
      });
      expect(await readFile(join(keptAt(err), 'note.txt'), 'utf8')).toBe('mine');
      // A further run has no business with what was kept.
      const again = await holdfast(['kit', ESCROW, 'kit']);
      expect(again).toMatchObject({ code: 0, err: expect.not.stringContaining('before') as string });
      expect(await readFile(join(keptAt(err), 'note.txt'), 'utf8')).toBe('mine');
    },
  );

  test('a package that was damaged in the folder is taken from the older kit', async () => {
    const [name = ''] = (await readdir(at(ESCROW, 'packages'))).filter((file) => file.endsWith('.age'));
    const good = await readFile(at(ESCROW, 'packages', name));
    await writeFile(at(ESCROW, 'packages', name), 'gone');
    const { code, out } = await holdfast(['kit', ESCROW, 'kit', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      packages: [name],
      findings: [
        { code: 'package-damaged', message: expect.stringContaining('from the older kit') as string },
      ],
    });
    expect(await readFile(at('kit', 'packages', name))).toEqual(good);
  });

  test('a kit without a package does not take the place of one with some, but beside it', async () => {
    const [name = ''] = (await readdir(at(ESCROW, 'packages'))).filter((file) => file.endsWith('.age'));
    await rm(at(ESCROW, 'packages', name));
    const { code, err } = await holdfast(['kit', ESCROW, 'kit']);
    expect(code).toBe(3);
    expect(await readdir(join(keptAt(err), 'packages'))).toContain(name);
    expect((await holdfast(['kit', ESCROW, 'kit'])).err).not.toContain('what lay there');
  });

  test('programs that are given come to those that are there', async () => {
    await writeFile(at('age.exe'), 'one');
    await writeFile(at('age-mac'), 'two');
    expect((await holdfast(['kit', ESCROW, 'kit', '--age', 'age.exe'])).code).toBe(0);
    await writeFile(at('age.exe'), 'newer');
    const both = ['--age', 'age-mac', '--age', 'age.exe'];
    expect((await holdfast(['kit', ESCROW, 'kit', '--age', 'age-mac'])).code).toBe(0);
    expect((await readdir(at('kit', 'tools'))).sort()).toEqual(['README.txt', 'age-mac', 'age.exe']);
    expect((await holdfast(['kit', ESCROW, 'kit', ...both])).code).toBe(0);
    expect(await readFile(at('kit', 'tools', 'age.exe'), 'utf8')).toBe('newer');
  });

  test('the escrow folder itself, and what holds it, is no place, with --force either', async () => {
    for (const place of [ESCROW, '.']) {
      expect(await holdfast(['kit', ESCROW, place, '--force'])).toMatchObject({ code: 15 });
    }
    const { code, err } = await holdfast(['kit', ESCROW, `${ESCROW}/kit`]);
    expect(code).toBe(0);
    expect(err).toContain('lies in the escrow folder');
  });

  test('behind a link, the folder it leads to is made anew, and the link stays', async () => {
    await mkdir(at('stick'));
    await rename(at('kit'), at('stick', 'kit'));
    await symlink(at('stick', 'kit'), at('kit'));
    expect((await holdfast(['seal', ESCROW, 'vault-export.json'])).code).toBe(0);
    expect((await holdfast(['kit', ESCROW, 'kit'])).code).toBe(0);
    expect((await lstat(at('kit'))).isSymbolicLink()).toBe(true);
    expect(await readdir(at('stick'))).toEqual(['kit']);
    expect(await verified()).toEqual({ code: 0, codes: [] });
  });

  test('an empty folder is filled', async () => {
    await mkdir(at('empty'));
    expect((await holdfast(['kit', ESCROW, 'empty'])).code).toBe(0);
  });
});

describe('what goes in', () => {
  test('of the charter is what was judged: no other key, and no file that only sounds like it', async () => {
    const key = await readFile(at(ESCROW, 'charter.pub'), 'utf8');
    await writeFile(at(ESCROW, 'charter.pub'), await readFile(at('other.escrow', 'charter.pub'), 'utf8'));
    await writeFile(at(ESCROW, 'charter.json.exe'), 'x');
    await writeFile(at(ESCROW, 'charter.json.minisig~'), 'x');
    await writeFile(at(ESCROW, 'charter.json.old.minisig'), 'of the key before');
    expect((await holdfast(['kit', ESCROW, 'kit'])).code).toBe(0);
    expect(await readFile(at('kit', 'charter.pub'), 'utf8')).toBe(key);
    const names = (await readdir(at('kit'))).filter((name) => name.startsWith('charter.json'));
    expect(names.sort()).toEqual(['charter.json', 'charter.json.minisig', 'charter.json.old.minisig']);
  });

  test('a damaged package stays out, and the one before it goes in', async () => {
    expect((await holdfast(['seal', ESCROW, 'vault-export.json'])).code).toBe(0);
    const newest = (await readdir(at(ESCROW, 'packages'))).find((name) => /^000002-.*\.age$/.test(name))!;
    const bytes = await readFile(at(ESCROW, 'packages', newest));
    bytes[1000] = bytes[1000]! ^ 1;
    await writeFile(at(ESCROW, 'packages', newest), bytes);
    const { code, out } = await holdfast(['kit', ESCROW, 'kit', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      packages: [expect.stringMatching(/^000001-/)],
      findings: [{ code: 'package-damaged', severity: 'error' }],
    });
  });

  test('an escrow with nothing sealed makes a kit that says so', async () => {
    const { code, out } = await holdfast(['kit', 'other.escrow', 'new-kit', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ packages: [], findings: [{ code: 'kit-without-package' }] });
  });

  test('a program whose name not every disk takes is refused', async () => {
    for (const name of ['con.exe', 'a b', 'README.txt']) {
      await writeFile(at(name), 'x');
      expect(await holdfast(['kit', ESCROW, 'kit', '--age', name])).toMatchObject({ code: 2 });
    }
    await writeFile(at('age'), 'x');
    const twice = ['--age', 'age', '--age', './age'];
    expect(await holdfast(['kit', ESCROW, 'kit', ...twice])).toMatchObject({ code: 2 });
  });

  /** Words that the page has others for: whoever reads both has to find the same. */
  const NOT_OF_THE_PAGE = {
    en: /\b(?:lines|PC|machine)\b/,
    es: /ordenador|tecle|depósito|renglón/i,
    de: /Kennw|Reihe|Computer|Hinterleg|sichern/i,
    fr: /rangée|PC\b|code secret/i,
  };

  test.each(['en', 'es', 'de', 'fr'] as const)(
    'README.txt in %s: what Notepad shows, within its width',
    async (language) => {
      expect((await holdfast(['kit', ESCROW, 'kit', '--language', language])).code).toBe(0);
      const bytes = await readFile(at('kit', 'README.txt'));
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(text.startsWith('\ufeff')).toBe(language !== 'en');
      expect(text.split('\r\n').filter((line) => line.length > 88)).toEqual([]);
      expect(text.indexOf('RECOVER.html')).toBeLessThan(120);
      expect(text).toMatch(/\b3 (?:\S+ ){1,2}5\b/);
      expect(text).not.toMatch(NOT_OF_THE_PAGE[language]);
    },
  );

  test('the commands in README.txt show the two numbers of the page', async (context) => {
    peer(context, 'perl');
    const shasum = peer(context, 'shasum');
    const text = await readFile(at('kit', 'README.txt'), 'utf8');
    const [whole = '', program = ''] = text
      .split('\r\n')
      .filter((line) => line.includes('RECOVER.html') && line.includes('shasum'))
      .map((line) => line.replace(/\(Mac.*/, '').replace('shasum', () => shasum));
    const shown = async (command: string): Promise<string> =>
      (await runOk('sh', ['-c', command], { folder: at('kit') })).toString().slice(0, 64);
    const sums = await readFile(at('kit', 'SHA256SUMS'), 'utf8');
    expect(sums).toContain(`${await shown(whole)}  RECOVER.html\n`);
    const { page } = JSON.parse(await readFile(at('kit', 'kit.json'), 'utf8')) as { page: string };
    expect(await shown(program)).toBe(page);
    expect(text).toContain(page);
  });
});

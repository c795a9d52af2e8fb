// What people in a hurry get wrong: a file in the place of another, a name mistyped, an option that is not
// enough. The program says what is wrong before it does anything, and never calls half of it a success.

import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { runHere, type Ended } from '../support/in-process.ts';
import { makeSample, removeSample } from '../support/transcript-sample.ts';
import { MAKERS } from '../support/transcript-makers.ts';

const ESCROW = 'northwind.escrow';
const CARDS = ['card-1.txt', 'card-2.txt', 'card-3.txt'];
const EXPORT = {
  encrypted: false,
  folders: [{ id: '1', name: 'North Clinic' }],
  items: ['1', null].map((folderId) => ({
    type: 1,
    name: `entry ${folderId}`,
    folderId,
    login: { username: 'admin', password: `secret ${folderId}` },
  })),
};
const CLIENTS = `- name: North Clinic
  tier: 1
- name: Ghost Client
  tier: 2
- name: Bare Tier
  tier: 3
`;

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => makeSample(main));
afterAll(removeSample);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-slips-'));
  await cp(await makeSample(main), folder, { recursive: true });
  await writeFile(at('clients.json'), JSON.stringify(EXPORT));
  await writeFile(at('clients.yaml'), CLIENTS);
  await writeFile(at('good.password'), 'correct horse battery\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const holdfast = (...args: string[]): Promise<Ended> =>
  runHere(args, { folder, now: new Date(Date.UTC(2026, 10, 24, 9)) });

/** Runs a verb of the transcripts: it makes an input. */
const make = (verb: string, ...args: string[]): unknown =>
  MAKERS[verb]?.({ folder, program: main, environment: {}, time: 0 }, args);

describe('the password of a new vault', () => {
  test.each([
    ['a whole table', 'name,password\nrouter,secret words\n', /password\.txt has more than one line/],
    ['an old line end within', 'correct horse\rbattery staple', /password\.txt has more than one line/],
    ['one letter', 'x\n', /password in password\.txt is too short: a new vault's has 12 characters or more/],
    ['few characters of many bytes', 'пароль密码🗝🗝\n', /too short/],
  ])('%s is refused, and nothing is written', async (_what, text, told) => {
    await writeFile(at('password.txt'), text);
    const convert = ['convert', 'vault-export.json', '--to', 'kdbx', '--out', 'out.kdbx'];
    const recover = ['recover', ESCROW, ...CARDS, '--to', 'kdbx', '--out', 'out'];
    for (const args of [convert, recover]) {
      const { code, err } = await holdfast(...args, '--password-file', 'password.txt');
      expect(code, err).toBe(2);
      expect(err).toMatch(told);
      expect(err).not.toMatch(/router|battery|пароль/);
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('out'))).toEqual([]);
  });
});

describe('a mapping that leaves columns out', () => {
  beforeEach(() => writeFile(at('own.csv'), 'Name;User;Secret;Seed\nwifi;ana;pw-1;JBSWY3DPEHPK3PXP\n'));

  test('without the password it is a warning, and the columns are named', async () => {
    await writeFile(at('columns.yaml'), 'columns:\n  title: Name\n  username: User\n');
    const { code, out } = await holdfast('inspect', 'own.csv', '--columns', 'columns.yaml');
    expect(code).toBe(3);
    expect(out).toContain('warning: the mapping names no password column');
    expect(out).toContain('info: the mapping names none of these columns: Secret, Seed');
    expect(out).not.toContain('the file has no column for one-time-code seeds');
    expect(out).not.toMatch(/pw-1|JBSW/);
  });

  test('one that names all says nothing of columns', async () => {
    const mapping = 'columns:\n  title: Name\n  username: User\n  password: Secret\n  totp: Seed\n';
    await writeFile(at('columns.yaml'), mapping);
    const { out } = await holdfast('inspect', 'own.csv', '--columns', 'columns.yaml');
    expect(out).not.toContain('the mapping names');
  });
});

describe('recover', () => {
  test.each([[CARDS], [['vault-export.json']]])('%s without the escrow folder', async (given) => {
    const { code, err } = await holdfast('recover', ...given, '--out', 'out');
    expect(code).toBe(2);
    expect(err).toContain(`${given[0]} is no package`);
    expect(err).toContain('name the escrow folder, or a package of it, before the cards');
    expect(existsSync(at('out'))).toBe(false);
  });

  test('the headline and the exit code say that the vault that was asked for is not there', async () => {
    await holdfast('seal', ESCROW, 'clients.json', '--accept-drop');
    for (const filter of [
      ['--client', 'Nobody'],
      ['--tier', '5'],
    ]) {
      const out = `out-${filter[1] ?? ''}`;
      const ended = await holdfast('recover', ESCROW, ...CARDS, '--out', out, '--to', 'csv', ...filter);
      expect(ended.code, ended.err).toBe(3);
      expect(ended.err).toMatch(/warning: vault\.csv is not there: there is no (?:client "Nobody"|tier 5)/);
      if (filter[0] === '--client') expect(ended.err).toContain('there are North Clinic, (no folder)');
      expect(ended.err).not.toContain('writing vault.csv');
      expect(ended.out).toMatch(/^The exports are there, vault\.csv is NOT\. Rebuilt in [\d.]+ s: 2 entries/);
      expect(existsSync(at(out, 'exports', 'clients', 'clients.json'))).toBe(true);
    }
  });
});

describe('a vault of nothing is no success', () => {
  const convert = (...more: string[]): Promise<Ended> =>
    holdfast(
      'convert',
      'clients.json',
      '--to',
      'csv',
      '--out',
      'out.csv',
      '--clients',
      'clients.yaml',
      ...more,
    );

  test.each([
    [['--client', 'Ghost Client'], /client "Ghost Client" has no entries/],
    [['--tier', '3'], /tier 3 has no entries/],
    [['--tier', '2', '--client', 'North Clinic'], /client "North Clinic" in tier 2 has no entries/],
  ])('%s', async (filter, told) => {
    const { code, err } = await convert(...filter);
    expect(code, err).toBe(10);
    expect(err).toMatch(told);
    expect(err).toContain('hint: these have some: North Clinic (tier 1), (no folder)');
    expect(existsSync(at('out.csv'))).toBe(false);
  });

  test('an export without entries', async () => {
    await writeFile(at('empty.json'), JSON.stringify({ encrypted: false, folders: [], items: [] }));
    const { code, err } = await holdfast('convert', 'empty.json', '--to', 'csv', '--out', 'out.csv');
    expect(code, err).toBe(19);
    expect(err).toContain('empty.json holds no entries');
  });
});

describe('inspect and the list of clients', () => {
  test('a source goes by the name that seal gives it', async () => {
    await cp(at('clients.json'), at('Acme 2026-11-23.json'));
    await writeFile(at('rules.yaml'), '- name: Acme\n  tier: 0\n  match: { source: acme }\n');
    const { code, out } = await holdfast('inspect', 'Acme 2026-11-23.json', '--clients', 'rules.yaml');
    expect(out).toContain('tier 0: Acme, 2 entries');
    expect(out).not.toContain('rule is wrong');
    expect(code).toBe(0);
  });
});

describe('seal against the last package', () => {
  beforeEach(async () => {
    await cp(at('clients.json'), at('one.json'));
    await cp(at('clients.json'), at('two.json'));
    await make('kdbx', 'locked.kdbx', '9', 'correct horse battery');
  });

  test('exports that are not named now are named by the refusal', async () => {
    await holdfast('seal', ESCROW, 'one.json', 'two.json', 'vault-export.json');
    const { code, err } = await holdfast('seal', ESCROW, 'one.json');
    expect(code, err).toBe(19);
    expect(err).toContain(
      'not named now, and in the last package: two (2 entries), vault-export (60 entries)',
    );
    expect(err).toContain('name every export in one command');
  });

  test('entries of a locked export are unknown, and not zero', async () => {
    const locked = ['seal', ESCROW, 'locked.kdbx'];
    await holdfast(...locked, '--accept-drop', '--export-password-file', 'good.password');
    const sealed = await holdfast(...locked, '--no-unlock');
    expect(sealed.code, sealed.err).toBe(3);
    expect(sealed.out).toMatch(/sealed and read back: 1 source, not counted, /);
    expect(sealed.out).toContain('one that needs a hardware key');
    // What was counted once is not forgotten: less than that is a drop again.
    await make('kdbx', 'locked.kdbx', '1', 'correct horse battery');
    const again = await holdfast(...locked, '--export-password-file', 'good.password');
    expect(again.code).toBe(19);
    expect(again.err).toContain('locked had 9 entries');
  });
});

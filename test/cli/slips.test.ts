// What people in a hurry get wrong: a file in the place of another, a name mistyped, an option that is not
// enough. The program says what is wrong before it does anything, and never calls half of it a success.

import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Prompter } from '../../src/adapters/prompts.ts';
import { worldOf, type Ended } from '../support/in-process.ts';
import { CARDS, ESCROW, MORNING, useSampleFolder } from '../support/sample-folder.ts';
import { MAKERS } from '../support/transcript-makers.ts';

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

const { at, holdfast } = useSampleFolder(MORNING);
beforeEach(async () => {
  await writeFile(at('clients.json'), JSON.stringify(EXPORT));
  await writeFile(at('clients.yaml'), CLIENTS);
  await writeFile(at('good.password'), 'correct horse battery\n');
});

/** Runs a verb of the transcripts: it makes an input. */
const make = (verb: string, ...args: string[]): unknown =>
  MAKERS[verb]?.({ folder: at(), program: main, environment: {}, time: 0 }, args);

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
    expect((await readdir(at())).filter((name) => name.startsWith('out'))).toEqual([]);
  });
});

describe('a mapping that leaves columns out', () => {
  beforeEach(() => writeFile(at('own.csv'), 'Name;User;Secret;Seed\nwifi;ana;pw-1;JBSWY3DPEHPK3PXP\n'));

  test('without the password it is a warning, and the columns are named', async () => {
    await writeFile(at('columns.yaml'), 'columns:\n  title: Name\n  username: User\n');
    const { code, out } = await holdfast('inspect', 'own.csv', '--columns', 'columns.yaml');
    expect(code).toBe(3);
    expect(out).toContain('warning: the mapping names no password column');
    expect(out).toContain('info: the mapping does not name columns 3, 4 of the file');
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

describe('an export that is locked', () => {
  /** Runs at a terminal where every question is answered with this. */
  async function atTerminal(
    answers: readonly string[],
    ...args: string[]
  ): Promise<Ended & { asked: string[] }> {
    const asked: string[] = [];
    const left = [...answers];
    const prompter = {
      secret: (question: string) => {
        asked.push(question);
        return Promise.resolve(left.shift() ?? '');
      },
    } as unknown as Prompter;
    const world = worldOf({ folder: at(), now: MORNING });
    const io = { ...world, isTerminal: true, prompter: () => Promise.resolve(prompter) };
    const code = await main(args, io);
    return { code, ...world.said(), asked };
  }

  beforeEach(async () => {
    await make('kdbx', 'locked.kdbx', '9', 'correct horse battery');
    await make('kdbx', 'bare.kdbx', '9', '');
  });

  test('at a terminal its password is asked for, and sealed with it', async () => {
    const inspected = await atTerminal(['correct horse battery'], 'inspect', 'locked.kdbx');
    expect(inspected.asked).toEqual(['Password of locked.kdbx (shown as stars):']);
    expect(inspected.out).toContain('9 entries');
    const sealed = await atTerminal(
      ['correct horse battery'],
      'seal',
      ESCROW,
      'locked.kdbx',
      '--accept-drop',
    );
    expect(sealed.code, sealed.err).toBe(3);
    expect(sealed.out).toContain('9 entries from 1 source');
    const back = await holdfast('recover', ESCROW, ...CARDS, '--out', 'back', '--to', 'csv');
    expect(back.code, back.err).toBe(0);
    expect(await readFile(at('back', 'unlock', 'locked', 'passphrase'), 'utf8')).toBe(
      'correct horse battery',
    );
  });

  test('nobody is asked with --no-input, nor for what was given', async () => {
    expect((await atTerminal([], 'inspect', 'locked.kdbx', '--no-input')).code).toBe(14);
    const args = ['inspect', 'locked.kdbx', '--export-password-file', 'good.password'];
    expect((await atTerminal([], ...args)).asked).toEqual([]);
  });

  test('- at a terminal is typed unseen; a password for a new vault is typed twice', async () => {
    const given = await atTerminal(
      ['correct horse battery'],
      ...['inspect', 'locked.kdbx', '--export-password-file', '-'],
    );
    expect([given.code, given.asked.length]).toEqual([0, 1]);
    const to = ['convert', 'clients.json', '--to', 'kdbx', '--out', 'new.kdbx', '--password-file', '-'];
    const differing = await atTerminal(['a long password', 'a long passwort'], ...to);
    expect(differing.code).toBe(2);
    expect(differing.err).toContain('the two passwords differ');
    const same = await atTerminal(['a long password', 'a long password'], ...to);
    expect(same.code, same.err).toBe(0);
  });

  test.each(['', '\n'])('by an empty password: the file may be %j', async (text) => {
    await writeFile(at('empty.password'), text);
    const given = ['--export-password-file', 'empty.password'];
    const { code, err, out } = await holdfast('inspect', 'bare.kdbx', ...given);
    expect(code, err).toBe(0);
    expect(out).toContain('9 entries');
    expect((await holdfast('seal', ESCROW, 'bare.kdbx', '--accept-drop', ...given)).code).toBe(3);
    const back = await holdfast('recover', ESCROW, ...CARDS, '--out', 'back', '--to', 'csv');
    expect(back.code, back.err).toBe(0);
    const fresh = ['convert', 'clients.json', '--to', 'kdbx', '--out', 'new.kdbx'];
    expect((await holdfast(...fresh, '--password-file', 'empty.password')).code).toBe(10);
  });

  test('by a key file alone: the sentence says what was given', async () => {
    await writeFile(at('some.key'), 'a key of some kind');
    const { code, err } = await holdfast('inspect', 'locked.kdbx', '--key-file', 'some.key');
    expect(code).toBe(14);
    expect(err).toContain('does not open with that key file alone');
    expect(err).toContain('it may also need a password (--export-password-file)');
  });

  test('by something else: the hint names what a password file may have too much', async () => {
    await writeFile(at('wrong.password'), 'correct horse battery \n\n');
    const { err } = await holdfast('inspect', 'locked.kdbx', '--export-password-file', 'wrong.password');
    expect(err).toContain('a space at its end or a second line counts as part of it');
    expect(err).not.toContain('battery');
  });

  test('a password for what is not locked is told', async () => {
    for (const args of [
      ['inspect', 'clients.json'],
      ['seal', ESCROW, 'clients.json', '--accept-drop'],
    ]) {
      const { err } = await holdfast(...args, '--export-password-file', 'good.password');
      expect(err).toContain('warning: clients.json is not locked: --export-password-file is not used for it');
    }
  });
});

describe('what is written', () => {
  test.each([
    ['convert', 'clients.json', '--to', 'sheet', '--out', '-'],
    ['recover', ESCROW, ...CARDS, '--out', '-'],
  ])('%s … --out - is refused: no secret goes to the screen', async (...args) => {
    const { code, err, out } = await holdfast(...args);
    expect(code).toBe(2);
    expect(err).toContain('--out - is refused');
    expect(out).toBe('');
    expect(existsSync(at('-'))).toBe(false);
  });

  test('an export named twice is refused, as seal does', async () => {
    const twice = ['clients.json', './clients.json'];
    const { code, err } = await holdfast('convert', ...twice, '--to', 'csv', '--out', 'out.csv');
    expect(code, err).toBe(2);
    expect(err).toContain('./clients.json is named twice');
  });

  test('one that exists can be written over, and the hint says how', async () => {
    await writeFile(at('out.csv'), 'older');
    const { code, err } = await holdfast('convert', 'clients.json', '--to', 'csv', '--out', 'out.csv');
    expect(code).toBe(15);
    expect(err).toContain('--force');
  });

  test('entries in the trash are counted apart', async () => {
    const items = [
      ...EXPORT.items,
      { ...EXPORT.items[0], name: 'old', deletedDate: '2026-01-01T00:00:00.000Z' },
    ];
    await writeFile(at('trash.json'), JSON.stringify({ ...EXPORT, items }));
    const { out } = await holdfast('convert', 'trash.json', '--to', 'json', '--out', 'out.json');
    expect(out).toMatch(/^out\.json: 3 entries, 1 of them from the trash; /);
    await holdfast('seal', ESCROW, 'trash.json', '--accept-drop');
    const back = await holdfast('recover', ESCROW, ...CARDS, '--out', 'back', '--to', 'json');
    expect(back.out).toContain('back/vault.json (3 entries, 1 of them from the trash; ');
  });
});

describe('the plan folder', () => {
  test('enrol makes it and says where it is; seal names the list in it', async () => {
    await rm(at('home'), { recursive: true });
    const words = (await readFile(at('words.txt'), 'utf8')).trim();
    const enrolled = await holdfast('enrol', ESCROW, '--words', words);
    const plan = /plan folder: (\S+)/.exec(enrolled.out)?.[1] ?? '';
    expect(existsSync(plan), enrolled.out).toBe(true);
    expect(await readdir(plan)).toEqual([]);
  });

  test('what the list lacks is said by day, with its path, and not at night', async () => {
    const { escrow } = JSON.parse(await readFile(at(ESCROW, 'charter.json'), 'utf8')) as { escrow: string };
    const plan = at('home', escrow, 'plan');
    await mkdir(plan, { recursive: true });
    await writeFile(join(plan, 'clients.yaml'), CLIENTS);
    const { out } = await holdfast('seal', ESCROW, 'clients.json', '--accept-drop');
    expect(out).toContain(join(plan, 'clients.yaml'));
    const filter = ['--to', 'csv', '--client', 'North Clinic'];
    const back = await holdfast('recover', ESCROW, ...CARDS, '--out', 'back', ...filter);
    expect(back.code, back.err).toBe(0);
    expect(back.err).not.toMatch(/add their folder|somebody who sees all/);
    expect(back.err).toContain('1 entry that no client in the list of clients takes');
  });
});

describe('a word that is nearly right', () => {
  test.each([
    [['inspect', 'clients.json', '--as', 'lastpass'], 'did you mean lastpass-csv?'],
    [['convert', 'clients.json', '--out', 'x', '--to', 'KDBX'], 'did you mean kdbx?'],
    [['convert', 'clients.json', '--out', 'x', '--to', 'keepass'], 'did you mean kdbx?'],
    [['convert', 'clients.json', '--out', 'x', '--to', 'pdf'], 'did you mean book?'],
    [['inspect', 'clients.json', '--password-file', 'x'], 'for a locked export it is --export-password-file'],
  ])('%s', async (args, told) => {
    const { code, err } = await holdfast(...args);
    expect(code, err).toBe(2);
    expect(err).toContain(told);
  });
});

test('a mapping for a file without a header: perhaps that is it, and its first entry is not shown', async () => {
  await writeFile(at('bare.csv'), 'router,ana,pw-secret-1\nswitch,ana,pw-secret-2\n');
  await writeFile(at('columns.yaml'), 'columns:\n  title: Name\n  password: Secret\n');
  const { code, err } = await holdfast('inspect', 'bare.csv', '--columns', 'columns.yaml');
  expect(code).toBe(19);
  expect(err).toContain('perhaps the file has no header row');
  expect(err).not.toContain('pw-secret');
});

test('a folder of photos is its files; recover names the columns that convert will want again', async () => {
  await mkdir(at('photos'));
  for (const card of CARDS) await cp(at(card), at('photos', card));
  await writeFile(at('own.csv'), 'Name;Secret\nwifi;pw-1\n');
  await writeFile(at('columns.yaml'), 'columns:\n  title: Name\n  password: Secret\n');
  await holdfast('seal', ESCROW, 'own.csv', '--columns', 'columns.yaml', '--accept-drop');
  const { code, err, out } = await holdfast('recover', ESCROW, 'photos', '--out', 'back');
  expect(code, err).toBe(0);
  expect(out).toContain('back/unlock/own/columns.yaml (what its columns are: for --columns)');
});

test('convert tells what may be wrong in a CSV', async () => {
  await writeFile(at('latin.csv'), Buffer.from('Name;Secret\nB\xfcro;pw-1\n', 'latin1'));
  await writeFile(at('columns.yaml'), 'columns:\n  title: Name\n  password: Secret\n');
  const given = ['latin.csv', '--columns', 'columns.yaml', '--to', 'json', '--out', 'out.json'];
  expect((await holdfast('convert', ...given)).err).toContain('warning: latin.csv: the text is not UTF-8');
});

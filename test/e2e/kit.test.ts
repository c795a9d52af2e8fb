// A kit on a stick, on a machine that has Node and nothing else of this project: the one-file program gives
// the vault back, and changes nothing on the stick; and so do other people's tools, by what the kit says.

import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Decrypter } from 'age-encryption';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { peer, run, runOk, type Ended } from '../support/peers.ts';
import { openTerminal } from '../support/pty.ts';
import { ESCROW, planOf, rowsOf, Stage } from './stage.ts';

const CARDS = [1, 3] as const;

let stage: Stage;
/** A folder of another machine: the kit alone, and beside it the cards that were brought. */
let elsewhere = '';
const there = (...names: string[]): string => join(elsewhere, ...names);

let before: readonly string[] = [];

/** Every name below a folder, with the hash and the time of what lies there. */
async function everythingIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const told = names.sort().map(async (name) => {
    const found = await stat(join(folder, name));
    if (!found.isFile()) return `${name} (no file)`;
    const sha256 = createHash('sha256').update(await readFile(join(folder, name)));
    return `${name} ${sha256.digest('hex')} ${found.mtimeMs}`;
  });
  return Promise.all(told);
}

beforeAll(async () => {
  stage = await Stage.open();
  await stage.holdCeremony(planOf(2, 3));
  await stage.write('emergency-kit.pdf', 'the way back into the vault itself');
  await stage.sealSample(40);
  await stage.json('seal', ESCROW, 'vault-export.json', '--attach', 'emergency-kit.pdf');
  await stage.json('kit', ESCROW, 'kit');
  elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  await cp(stage.at('kit'), there('kit'), { recursive: true });
  for (const card of CARDS) await copyFile(stage.card(card), there(`card-${card}.pdf`));
  before = await everythingIn(there('kit'));
});
// A stick may be read-only. Modes are nothing to whoever runs this as root, so the folder is compared instead.
afterEach(async () => {
  expect(await everythingIn(there('kit'))).toEqual(before);
});
afterAll(async () => {
  await rm(elsewhere, { recursive: true, force: true });
  await stage.close();
});

/** What that machine knows: nothing of ours, and no way to find it. */
const environment = (): Record<string, string> => ({
  HOLDFAST_HOME: there('home'),
  NODE_PATH: '',
  NO_COLOR: '1',
});

const oneFile = (...args: readonly string[]): Promise<Ended> =>
  run(process.execPath, ['holdfast.cjs', ...args], { folder: there('kit'), environment: environment() });

const shares = CARDS.flatMap((card) => ['--share', `../card-${card}.pdf`]);

test('the one-file program gives the vault back, byte for byte, with what was attached', async () => {
  await writeFile(there('vault.password'), 'a passphrase for the new vault');
  const to = ['--to', 'kdbx', '--password-file', '../vault.password'];
  const { code, out, err } = await oneFile(
    'recover',
    '.',
    ...shares,
    '--out',
    '../vault',
    ...to,
    '--no-input',
  );
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out.toString()).toContain('attachments/emergency-kit.pdf');
  const rebuilt = await readFile(there('vault', 'exports', 'vault-export', 'vault-export.json'));
  expect(rebuilt).toEqual(await readFile(stage.at('vault-export.json')));
  expect(await readFile(there('vault', 'attachments', 'emergency-kit.pdf'), 'utf8')).toContain(
    'the way back',
  );
  expect(await readdir(there('vault'))).toContain('vault.kdbx');
});

test('it judges the kit and the cards, and says what it lacks', async () => {
  // Nobody taught that machine the escrow: the one finding.
  expect(await oneFile('kit', '--verify', '.')).toMatchObject({ code: 3 });
  expect(await oneFile('check-card', '../card-1.pdf', '--escrow', '.')).toMatchObject({ code: 0 });
  // Not first that nobody taught the machine the escrow: no teaching would help.
  const made = await oneFile('kit', '.', '../kit-of-kit');
  expect(made.code).toBe(10);
  expect(made.err).toContain('makes no kits');
  const { code, err } = await oneFile('demo', '../demo');
  expect(code).toBe(10);
  expect(err).toContain('this copy of the program lacks its fonts');
  const book = await oneFile('recover', '.', ...shares, '--out', '../book', '--to', 'book', '--no-input');
  // The exports are out; what was asked for is not.
  expect(book.code).toBe(3);
  expect(book.err).toContain('the exports themselves were recovered');
});

test('the page opens what it carries, from the stick, and asks nobody for anything', async (context) => {
  const { browser } = await startBrowser();
  if (!browser) return context.skip('no Chromium starts here');
  try {
    const page = await (await browser.newContext({ offline: true, locale: 'en' })).newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url().slice(0, 5)));
    await page.goto(pathToFileURL(there('kit', 'RECOVER.html')).href);
    const rows = await Promise.all(CARDS.map((card) => rowsOf(there(`card-${card}.pdf`))));
    const buffer = Buffer.from(rows.map((four) => four.join('\n')).join('\n\n'));
    const cards = { name: 'cards.txt', mimeType: 'text/plain', buffer };
    await page.locator('input[type=file]').first().setInputFiles([cards]);
    await page.locator('[data-screen=opened]').waitFor({ timeout: 15_000 });
    expect(requests.filter((kind) => !['file:', 'blob:', 'data:'].includes(kind))).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('it asks for cards at a terminal', async (context) => {
  const terminal = await openTerminal(
    context,
    [process.execPath, 'holdfast.cjs', 'recover', '.', '--out', '../asked'],
    { folder: there('kit'), environment: environment() },
  );
  for (const [index, card] of CARDS.entries()) {
    await terminal.choose(index === 0 ? 'How does it come?' : 'The next card:', 'a photo, scan or file');
    await terminal.answer('The photo, scan or file', `../card-${card}.pdf`);
  }
  expect(await terminal.end()).toBe(0);
  expect(await readdir(there('asked'))).toContain('exports');
});

test('the formats in the kit and age are enough', async (context) => {
  const python = peer(context, 'python');
  const rows = (await Promise.all(CARDS.map((card) => rowsOf(there(`card-${card}.pdf`))))).flat();
  const key = await runOk(python, ['spec/combine.py'], {
    folder: there('kit'),
    input: `${rows.join('\n')}\n`,
  });
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.toString().trim());
  const [newest = ''] = (await readdir(there('kit', 'packages'))).filter((name) =>
    /^000002.*age$/.test(name),
  );
  const tar = await decrypter.decrypt(await readFile(there('kit', 'packages', newest)));
  expect(tar.length).toBeGreaterThan(1000);
});

test('minisign takes the signature by the key beside it', async (context) => {
  const minisign = peer(context, 'minisign');
  const folder = there('kit');
  await runOk(minisign, ['-V', '-p', 'sealer.pub', '-m', 'SHA256SUMS'], { folder });
});

test('sha256sum finds every file as listed', async (context) => {
  const sha256sum = peer(context, 'sha256sum');
  const { code, err } = await run(sha256sum, ['-c', '--strict', '--quiet', 'SHA256SUMS'], {
    folder: there('kit'),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

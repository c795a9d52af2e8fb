// What is printed about the cards of a ceremony that was held by the program: locked ones, and ones without a bag.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPdfRasteriser } from '../../src/adapters/pdf-raster.ts';
import { rowsOf } from '../e2e/stage.ts';
import { type Ended, runHere } from '../support/in-process.ts';

const PLAN = `organisation: Northwind IT
threshold: 2
trustees:
  - name: Ana Ruiz
  - name: Mei Chen
    lock: passphrase
  - name: Tom Baker
`;

let folder: string;
const at = (name: string): string => join(folder, name);
const run = (...args: readonly string[]): Promise<Ended> => runHere(args, { folder });

async function ran(...args: readonly string[]): Promise<Ended> {
  const ended = await run(...args);
  expect([args.join(' '), ended.err, ended.code]).toEqual([args.join(' '), ended.err, 0]);
  return ended;
}

/** The pages of a paper, as text. */
async function printed(what: string, escrow: string): Promise<readonly string[]> {
  await ran('print', what, escrow, '--out', `${what}.pdf`, '--force');
  const pages = await (await loadPdfRasteriser()).texts(await readFile(at(`${what}.pdf`)), what);
  return pages.map((page) => page.replaceAll(/\s+/g, ' '));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-papers-'));
  await writeFile(at('plan.yaml'), PLAN);
  await writeFile(at('open.yaml'), PLAN.replace('    lock: passphrase\n', ''));
  await writeFile(at('mei.txt'), 'orchid vessel tunnel drama');
  const cards = (name: string): string[] => ['--plan', `${name}.yaml`, '--cards', `${name}-cards`];
  await ran('ceremony', 'new', 'plan.escrow', ...cards('plan'), '--passphrase-file', 'mei.txt');
  await ran('ceremony', 'new', 'open.escrow', ...cards('open'));
});
afterAll(() => rm(folder, { recursive: true }));

test('of a set with a locked card every paper of its holder and of the keeper says so', async () => {
  expect(
    (await printed('acknowledgement', 'plan.escrow')).map((page) => page.includes('only I know')),
  ).toEqual([false, true, false]);
  // Whose is locked, and whose is not, no letter tells.
  for (const page of await printed('letters', 'plan.escrow'))
    expect(page).toMatch(/If you chose a passphrase: do you still know it\?/);
  expect((await printed('contact-sheet', 'plan.escrow')).join(' ')).toMatch(/Tell it to nobody/);
  expect((await printed('register', 'plan.escrow')).join(' ')).toMatch(/Mei Chen .*?good locked/);
  const [sheet = ''] = await printed('emergency-sheet', 'plan.escrow');
  expect(sheet).toMatch(/Mei Chen, _+ \*/);
  expect(sheet).toMatch(/\* comes in person/);
  expect(sheet).not.toMatch(/(Ruiz|Baker) \*(?! comes)/);
});

test('where no card is locked no paper speaks of passphrases', async () => {
  for (const what of ['acknowledgement', 'letters', 'contact-sheet', 'emergency-sheet', 'register'])
    expect((await printed(what, 'open.escrow')).join(' ')).not.toMatch(/passphrase|locked|\*/);
});

test('a card that no bag was noted of gets words that are true all the same', async () => {
  const papers = ['acknowledgement', 'letters', 'contact-sheet'] as const;
  for (const what of papers) {
    const text = (await printed(what, 'open.escrow')).join(' ');
    expect(text).toMatch(/envelope or bag/);
    expect(text.replaceAll(/envelope or bag|Bag, if any/g, '')).not.toMatch(/\bbags?\b/i);
  }
  expect((await printed('envelope-sheet', 'open.escrow')).join(' ')).not.toMatch(/\bbag\b/i);
  // Nobody read these back, and none signs that somebody did.
  expect((await printed('acknowledgement', 'open.escrow')).join(' ')).not.toMatch(/read it back/);
  await ran('check-in', 'open.escrow', '--card', '1', '--bag', 'A104477');
  const [ana, mei] = await printed('letters', 'open.escrow');
  expect(ana).toMatch(/Please look at your bag by/);
  expect(mei).toMatch(/Please look at your envelope or bag by/);
  expect((await printed('acknowledgement', 'open.escrow'))[0]).toMatch(
    /in its closed bag.*report its number/,
  );
  // One sheet for all: it has to be true for each.
  expect((await printed('contact-sheet', 'open.escrow'))[0]).toMatch(/beside your envelope or bag/);
  await ran('check-in', 'open.escrow', '--card', '2', '--bag', 'A104478');
  await ran('check-in', 'open.escrow', '--card', '3', '--bag', 'A104479');
  expect((await printed('contact-sheet', 'open.escrow'))[0]).toMatch(/beside your bag, not in it/);
});

test('who answered a challenge signs for no read-back at a ceremony', async () => {
  await ran('ceremony', 'new', 'far.escrow', '--plan', 'open.yaml', '--cards', 'far-cards');
  await writeFile(at('far.txt'), (await rowsOf(at('far-cards/card-1.pdf'))).join('\n'));
  const { out } = await ran('check-in', 'far.escrow', '--card', '1', '--challenge');
  const prove = [
    'prove',
    'far.txt',
    '--escrow',
    'far.escrow',
    '--challenge',
    out.trim(),
    '--out',
    'far.json',
  ];
  expect(await runHere(prove, { folder, home: 'holder' })).toMatchObject({ code: 0 });
  await ran('check-in', 'far.escrow', '--card', '1', '--response', 'far.json');
  expect((await printed('register', 'far.escrow')).join(' ')).toMatch(/Ana Ruiz .*? \d{4}-\d\d-\d\d good/);
  expect((await printed('acknowledgement', 'far.escrow')).join(' ')).not.toMatch(/before my eyes/);
});

test('a card that is made again is in the language of its set, and so is a next set whose plan names none', async () => {
  await writeFile(
    at('german.yaml'),
    PLAN.replace('    lock: passphrase\n', '').replace('\n', '\nlanguage: de\n'),
  );
  const plan = ['--plan', 'german.yaml', '--cards', 'german-cards'];
  await ran('ceremony', 'new', 'german.escrow', ...plan);
  const quorum = ['--share', 'german-cards/card-1.pdf', '--share', 'german-cards/card-2.pdf'];
  await ran(
    'ceremony',
    'remake',
    'german.escrow',
    '--card',
    '3',
    '--unreadable',
    '--cards',
    'again',
    ...quorum,
  );
  expect(await readFile(at('again/card-3.pdf'))).toEqual(await readFile(at('german-cards/card-3.pdf')));
  const next = ['--plan', 'open.yaml', '--cards', 'next-cards', ...quorum];
  const { err } = await ran('ceremony', 'reissue', 'german.escrow', ...next);
  expect(err).toMatch(/the plan names no language: the cards are in the one of those before \(de\)/);
  const [card = ''] = await (
    await loadPdfRasteriser()
  ).texts(await readFile(at('next-cards/card-1.pdf')), 'card');
  expect(card).toMatch(/Notfallkarte, Satz 2/);
  const english = PLAN.replace('    lock: passphrase\n', '').replace('\n', '\nlanguage: en\n');
  await writeFile(at('english.yaml'), english);
  const last = ['--plan', 'english.yaml', '--cards', 'last-cards', ...quorum];
  expect((await ran('ceremony', 'reissue', 'german.escrow', ...last)).err).not.toMatch(/names no language/);
});

test('the register page names the files that cards are in too', async () => {
  const key = 'age1yd6egr6q9u8nx0vyal9pyat2xrpp2kt2fu4r6cwzmhc6a5hrvy4s5rlljt';
  const cards = ['--plan', 'open.yaml', '--cards', 'file-cards', '--encrypt-to', `3=${key}`];
  await ran('ceremony', 'new', 'file.escrow', ...cards);
  expect((await printed('register', 'file.escrow')).join(' ')).toMatch(
    /sealed to a key of a trustee 3 card-3-set-1-[0-9A-Z]{8}\.txt\.age/,
  );
  expect((await printed('register', 'open.escrow')).join(' ')).not.toMatch(/sealed/);
});

// A rekey and a remake as people meet them: in a terminal, the old cards asked for one by one, the new ones
// read back from paper. A card of the retired set at the read-back is named as what it is, scanned or typed, and so is
// its bag.

import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { decodeRegister } from '../../src/escrow/register.ts';
import type { Register } from '../../src/escrow/register.ts';
import { connectedNetworks } from '../../src/adapters/network.ts';
import { peer } from '../support/peers.ts';
import { scanOf } from '../support/photo.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { closeCeremony, openNextCeremony, WORDS, wordsOnScreen } from './guide-answers.ts';
import { ESCROW, expectNoRowOnScreen, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

const HOW = 'How is it read back from the paper?';
const BY_SCAN = 'a photo or scan';
const SCAN = 'The photo or scan, as a file';
const PRINT = 'Press Enter when it is on paper.';
const FILE = 'The photo, scan or file';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.holdCeremony(planOf(2, 3));
  await stage.sealSample(20);
  await stage.write('next.yaml', planOf(2, 2));
  await stage.json('check-in', ESCROW, '--card', '3', '--bag', 'OLD-3');
});
afterAll(() => stage.close());

const open = (context: TestContext, ...args: readonly string[]): Promise<Terminal> =>
  openTerminal(context, [process.execPath, PROGRAM, 'ceremony', ...args], stage);

async function register(): Promise<Register> {
  const [escrow = ''] = (await readdir(stage.at('home'))).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const path = stage.at('home', escrow, 'register.json');
  return decodeRegister(await readFile(path), path);
}

/** The two cards of the set in force, asked for one by one. */
async function giveOld(terminal: Terminal, ...files: readonly string[]): Promise<void> {
  for (const [at, file] of files.entries()) {
    await terminal.choose(at === 0 ? 'How does it come?' : 'The next card:', 'a photo, scan or file');
    await terminal.answer(FILE, file);
  }
}

async function readBack(
  context: TestContext,
  terminal: Terminal,
  path: string,
  card: number,
): Promise<string[]> {
  await terminal.see(new RegExp(`Card ${card} of[^]*\\? Press Enter when`));
  const scan = `new-${card}.png`;
  await scanOf(context, path, stage.at(scan), 150);
  const rows = await rowsOf(stage.at(scan));
  await terminal.answer(PRINT);
  if (card === 1) {
    const [old = ''] = await rowsOf(stage.at('old-1.png'));
    await terminal.choose(HOW, 'all its rows');
    await terminal.answerWrongly('Row 1, typed', old, /row 1 of a card of set 1, the gold circle; set 2/);
    await terminal.answer('Row 1, typed');
  }
  await terminal.choose(HOW, BY_SCAN);
  if (card === 1) {
    await terminal.answer(SCAN, 'old-1.png');
    await terminal.see(/that is a card of set 1, the gold circle; card 1 of the blue\s+square/);
  }
  await terminal.answer(SCAN, scan);
  const { 1: row } = await terminal.see(/\? Row (\d), typed from the paper/);
  await terminal.answer(`Row ${row}, typed`, rows[Number(row) - 1] ?? '');
  await terminal.see(new RegExp(`Card ${card} is good`));
  return rows;
}

test('a reissue that is stopped: the papers of it open like good cards, and it says so', async (context) => {
  const terminal = await open(context, 'reissue', ESCROW, '--plan', 'next.yaml', '--cards', 'new');
  await openNextCeremony(terminal);
  await giveOld(terminal, 'cards/card-1.pdf', 'cards/card-3.pdf');
  await terminal.answer(WORDS, (await wordsOnScreen(terminal)).join(' '));
  await terminal.answer(PRINT);
  await terminal.choose(HOW, 'stop the ceremony');
  await terminal.answer('Stop, and shred every paper made so far?', 'y');
  await terminal.see(/Each paper made so far opens like a good card/);
  expect(await terminal.end()).toBe(130);
  expect(await readdir(stage.folder)).not.toContain('new');
}, 60_000);

test('a rekey, guided: the old set is in force until the last card was read back', async (context) => {
  peer(context, 'pdftoppm');
  await scanOf(context, stage.card(1), stage.at('old-1.png'), 150);
  // Stopped at the last card: nothing happened.
  const before = await readFile(stage.at(ESCROW, 'charter.json'));
  const stopped = await open(context, 'rekey', ESCROW, '--plan', 'next.yaml', '--cards', 'new');
  await openNextCeremony(stopped);
  await stopped.see(/Cards of the gold circle set, which is in force/);
  await giveOld(stopped, 'cards/card-1.pdf', 'cards/card-3.pdf');
  await stopped.answer(WORDS, (await wordsOnScreen(stopped)).join(' '));
  await readBack(context, stopped, stage.at('new/card-1.pdf'), 1);
  await stopped.see(/Card 2 of 2, for/);
  stopped.interrupt();
  expect(await stopped.end()).toBe(130);
  expect(stopped.text).not.toContain('opens like a good card');
  expect(await readFile(stage.at(ESCROW, 'charter.json'))).toEqual(before);
  expect(await readdir(stage.at(ESCROW, 'packages'))).toHaveLength(3);
  expect(await readdir(stage.folder)).not.toContain('new');
  expect((await stage.holdfast('verify', ESCROW, '--read-data')).code).toBe(0);

  const terminal = await open(context, 'rekey', ESCROW, '--plan', 'next.yaml', '--cards', 'new');
  await openNextCeremony(terminal);
  await giveOld(terminal, 'cards/card-2.pdf', 'cards/card-3.pdf');
  const words = await wordsOnScreen(terminal);
  await terminal.answer(WORDS, 'exception');
  await terminal.answer('What happened?', 'The light went out.');
  await terminal.answer('What was done about it?', 'It was switched on again.');
  await terminal.answer('Who says so?');
  await terminal.answer(WORDS, words.join(' '));
  const cards = [
    await readBack(context, terminal, stage.at('new/card-1.pdf'), 1),
    await readBack(context, terminal, stage.at('new/card-2.pdf'), 2),
  ];
  await terminal.answer('Number of the bag of card 1 (', 'old 3');
  await terminal.answer('That is the number of the bag of card 3 of set 1, the gold circle.', 'n');
  await closeCeremony(terminal, 2);
  expect(await terminal.end()).toBe(0);
  expect(terminal.text).toContain(
    'Set 2 (blue square) is in force: 2 cards. Set 1 (gold circle) is retired.',
  );
  expectNoRowOnScreen(terminal.text, cards);
  const { cards: held, retired } = await register();
  expect(held.map(({ bag }) => bag)).toEqual(['A104471', 'A104472']);
  const told = await readFile(stage.at(ESCROW, 'ledger.jsonl'), 'utf8');
  // A machine that stays on a network is an exception of its own.
  const exceptions = connectedNetworks().length === 0 ? 1 : 2;
  expect(told).toContain(String.raw`\"exceptions\":${exceptions},`);
  expect(told).toMatch(/The light went out[^]*\\"event\\":\\"seal\\"/);
  expect(held.map(({ proof }) => proof?.at)).toEqual(['ceremony', 'ceremony']);
  expect(retired?.map(({ set, cards: old }) => [set.number, old.length])).toEqual([[1, 3]]);
  expect((await stage.holdfast('verify', ESCROW, '--read-data')).code).toBe(0);
  const opened = await stage.holdfast(
    ...['recover', ESCROW, '--share', 'new-1.png', '--share', 'new-2.png', '--out', 'vault'],
  );
  expect(opened.code).toBe(0);
}, 180_000);

test('what the old cards still open is decided at the terminal', async (context) => {
  const terminal = await open(context, 'retire', ESCROW);
  await terminal.see(/Package 1, sealed/);
  await terminal.choose('What becomes of it?', 'it is destroyed');
  await terminal.answer('Why?', 'sealed again');
  expect(await terminal.end()).toBe(0);
  expect((await readdir(stage.at(ESCROW, 'packages'))).filter((name) => name.endsWith('.age'))).toEqual([
    expect.stringMatching(/^000002-/),
  ]);
  expect((await stage.holdfast('verify', ESCROW, '--read-data')).code).toBe(0);
});

test('a card that cannot be read is made again, once its paper is here', async (context) => {
  peer(context, 'pdftoppm');
  const args = ['remake', ESCROW, '--card', '2', '--cards', 'again'];
  const refused = await open(context, ...args);
  await refused.answer('Is its paper here, cannot be read', 'n');
  expect(await refused.end()).toBe(130);

  const terminal = await open(context, ...args);
  await terminal.answer('Is its paper here, cannot be read', 'y');
  await giveOld(terminal, 'new-1.png', 'new-2.png');
  const before = await rowsOf(stage.at('new-2.png'));
  expect(await readBack(context, terminal, stage.at('again/card-2.pdf'), 2)).toEqual(before);
  expect(await terminal.end()).toBe(0);
  expect(await readdir(stage.folder)).not.toContain('again');
  expect((await stage.holdfast('verify', ESCROW)).code).toBe(0);
}, 120_000);

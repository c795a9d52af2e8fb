// A guided ceremony, killed at each of its steps in a terminal: nothing secret is left on the disk, there is no
// escrow, and the next run begins as if nothing had been. The last step is a question of instants: there the
// escrow stands or it does not, and either way somebody can go on.

import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodePublicKey } from '../../src/core/record/minisign.ts';
import { charterWords } from '../../src/core/record/words.ts';
import { FakeCups } from '../support/fake-cups.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { filesBelow } from '../support/transcript-verbs.ts';
import { OPENING, openCeremony, WHICH_BAG, WORDS, wordsOnScreen } from './guide-answers.ts';
import { ESCROW, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

let stage: Stage;
let bin: string;
let cups: FakeCups;
beforeAll(async () => {
  stage = await Stage.open();
  bin = await mkdtemp(join(tmpdir(), 'holdfast-cups-'));
  cups = await FakeCups.in(bin, { desk: 'usb://HP/LaserJet' });
  await stage.write('plan.yaml', planOf(2, 2));
});
afterAll(async () => {
  await stage.close();
  await rm(bin, { recursive: true });
});

const start = (context: TestContext): Promise<Terminal> =>
  openTerminal(
    context,
    [process.execPath, PROGRAM, 'ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--print', 'desk'],
    { folder: stage.folder, environment: { ...stage.environment, PATH: cups.path } },
  );

type Reach = (terminal: Terminal) => Promise<unknown>;

const rows: string[][] = [];

async function printCard(terminal: Terminal, card: number): Promise<void> {
  await terminal.answer(`Press Enter: card ${card} goes to the printer.`);
  await terminal.answer('Press Enter when it is on paper.');
  rows.push(await rowsOf((await cups.tray()).at(-1) ?? ''));
}

async function typeRow(terminal: Terminal, row: number): Promise<void> {
  await terminal.answer(`Row ${row}, typed`, rows.at(-1)?.[row - 1]);
}

async function readCards(terminal: Terminal): Promise<void> {
  await openCeremony(terminal);
  for (const card of [1, 2]) {
    await printCard(terminal, card);
    await terminal.choose('How is it read back from the paper?', 'all its rows');
    for (const row of [1, 2, 3, 4]) await typeRow(terminal, row);
  }
}

async function toEnd(terminal: Terminal): Promise<void> {
  await readCards(terminal);
  for (const card of [1, 2]) await terminal.answer(`Number of the bag of card ${card} (`, `A1${card}`);
  await terminal.answer(WHICH_BAG);
}

const STEPS: readonly (readonly [string, Reach])[] = [
  ...OPENING.map(([step, question], index): readonly [string, Reach] => [
    `${step}: ${question}`,
    async (terminal) => {
      for (const [, before, answer] of OPENING.slice(0, index)) await terminal.answer(before, answer);
      await terminal.see(new RegExp(`\\? [^\\n]*${question.replace('?', '')}`));
    },
  ]),
  [
    'while cards are drawn',
    async (terminal) => {
      for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
      await terminal.see(/card 1 of 2 drawn/);
    },
  ],
  [
    'the words',
    async (terminal) => {
      for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
      await wordsOnScreen(terminal);
      await terminal.see(new RegExp(`\\? ${WORDS}`));
    },
  ],
  [
    'a card on its way to the printer',
    async (terminal) => {
      await openCeremony(terminal);
      await terminal.answer('Press Enter: card 1 goes to the printer.');
    },
  ],
  [
    'a card taken, two of its rows typed',
    async (terminal) => {
      await openCeremony(terminal);
      await printCard(terminal, 1);
      await terminal.choose('How is it read back from the paper?', 'all its rows');
      for (const row of [1, 2]) await typeRow(terminal, row);
    },
  ],
  [
    'the bags',
    async (terminal) => {
      await readCards(terminal);
      await terminal.see(/\? Number of the bag of card 1/);
    },
  ],
  [
    'the last question',
    async (terminal) => {
      await toEnd(terminal);
      await terminal.see(/\? Press Enter: the charter/);
    },
  ],
];

/** No file of a card, no row of one, no charter. */
async function expectNothingSecret(): Promise<void> {
  const files = await filesBelow(stage.folder);
  expect(files.filter((name) => /\.pdf|part-card|charter/.test(name))).toEqual([]);
  for (const name of files) {
    const text = (await readFile(stage.at(name), 'latin1')).replaceAll(' ', '').toUpperCase();
    for (const row of rows.flat()) expect(text).not.toContain(row.replaceAll(' ', ''));
  }
}

describe.skipIf(process.platform === 'win32')('killed', () => {
  test.for(STEPS)('at "%s": nothing is left that counts', async ([, reach], context) => {
    // Each begins where the one before was killed: that a run can begin is tested with it.
    const terminal = await start(context);
    await reach(terminal);
    terminal.destroy();
    await terminal.end();
    await expectNothingSecret();
  });

  const there = (pattern: RegExp, ...folder: string[]): boolean =>
    existsSync(stage.at(ESCROW, ...folder)) &&
    readdirSync(stage.at(ESCROW, ...folder)).some((name) => pattern.test(name));

  test.for<readonly [string, () => boolean]>([
    ['between ledger and charter', () => there(/^ledger\.jsonl$/)],
    ['with half a charter', () => there(/^0001\.json$/, 'charters')],
    ['when the charter is there', () => there(/^charter\.json$/)],
  ])('while it becomes true, %s: it stands, or it can be held again', async ([, isTime], context) => {
    await rm(stage.at(ESCROW), { recursive: true, force: true });
    const terminal = await start(context);
    await toEnd(terminal);
    await terminal.type('Press Enter: the charter is signed and the key erased.', '');
    const deadline = Date.now() + 10_000;
    while (!isTime() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    terminal.destroy();
    await terminal.end();
    if (existsSync(stage.at(ESCROW, 'charter.json'))) return expectUsable();
    await expectBeginsAgain(context);
  });
});

/** A charter that stands is that of the cards that were printed: this machine can be taught it. */
async function expectUsable(): Promise<void> {
  const charter = JSON.parse(await readFile(stage.at(ESCROW, 'charter.json'), 'utf8')) as {
    charterKey: string;
    recipient: string;
  };
  const words = charterWords(await loadNodeCrypto(), decodePublicKey(charter.charterKey), charter.recipient);
  const enrolled = await stage.holdfast('enrol', ESCROW, '--words', words.join(' '));
  expect([enrolled.code, enrolled.err]).toEqual([0, expect.any(String)]);
  expect((await stage.holdfast('verify', ESCROW)).code).toBe(0);
  await stage.write(
    'cards.txt',
    rows
      .slice(-2)
      .map((card) => card.join('\n'))
      .join('\n\n'),
  );
  const judged = await stage.holdfast('check-card', 'cards.txt', '--escrow', ESCROW);
  expect(judged.out.toString().match(/is good/g)).toHaveLength(2);
}

async function expectBeginsAgain(context: TestContext): Promise<void> {
  const again = await start(context);
  const isLeft = (await readdir(stage.at(ESCROW))).some((name) => !name.startsWith('.'));
  if (isLeft) await again.answer('Remove that, and begin anew?', 'y');
  await again.see(/\? Which cards have their trustee here/);
  again.interrupt();
  expect(await again.end()).toBe(130);
}

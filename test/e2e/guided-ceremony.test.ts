// The guided ceremony as people meet it: in a terminal, with paper. The test is the printer (poppler draws
// the card's file), the scanner (it gives the picture) and the holder (it types rows from the card).

import { copyFile, readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { renderCard } from '../../src/adapters/card-press.ts';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { loadFonts } from '../../src/adapters/fonts.ts';
import { beginCeremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { decodeRegister } from '../../src/escrow/register.ts';
import { SAMPLE } from '../paper/sample-card.ts';
import { peer } from '../support/peers.ts';
import { scanOf } from '../support/photo.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { closeCeremony, OPENING, openCeremony } from './guide-answers.ts';
import { ESCROW, expectNoRowOnScreen, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

const HOW = 'How is it read back from the paper?';
const BY_SCAN = 'a photo or scan';
const SCAN = 'The photo or scan, as a file';
const PRINT = 'Press Enter when it is on paper.';
const NAMES = ['Ana Ruiz', 'Łukasz Nowak', 'Zoë Ng'] as const;

let stage: Stage;
const cards: string[][] = [];
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const rowOf = (card: number, row: number): string => cards[card - 1]?.[row - 1] ?? '';

/** A row with one symbol changed, by default in its second group. */
function misread(row: string, at = 5): string {
  return row.slice(0, at) + (row[at] === '7' ? '8' : '7') + row.slice(at + 1);
}

async function answerPlan(terminal: Terminal): Promise<void> {
  await terminal.answer('Organisation', 'Northwind IT');
  await terminal.answerWrongly('How many trustees', 'many', /a whole number from 2/);
  await terminal.answer('How many trustees', '3');
  await terminal.answer('How many of them', '2');
  await terminal.answer('Name on card 1:', NAMES[0]);
  await terminal.answerWrongly('Name on card 2:', 'ana ruiz', /that name is taken/);
  await terminal.answer('Name on card 2:', NAMES[1]);
  await terminal.answer('Name on card 3:', NAMES[2]);
  await terminal.choose('Paper:', 'A4');
  await terminal.see(/Northwind IT: any 2 of 3 cards open it, on A4 paper/);
  // A second thought: what was answered stands there again.
  await terminal.answer('Is this what was agreed?', 'n');
  for (const question of ['Organisation', 'How many trustees', 'How many of them']) {
    await terminal.answer(question);
  }
  for (const card of [1, 2, 3]) await terminal.answer(`Name on card ${card}:`);
  await terminal.choose('Paper:', 'A4');
  await terminal.answer('Is this what was agreed?', 'y');
}

/** Which row the program asks for: chance decides. */
async function askedRow(terminal: Terminal): Promise<number> {
  const { 1: row } = await terminal.see(/\? Row (\d), typed from the paper/);
  return Number(row);
}

/** A picture of a card that came out of the printer with other rows than it was given. */
async function misprint(context: TestContext, png: string, rows: readonly string[]): Promise<void> {
  const [one = '', two = '', three = '', four = ''] = rows.map((row) => row.replaceAll(' ', ''));
  const content = { ...SAMPLE, rows: [one, two, three, four] } as const;
  await stage.write('misprint.pdf', await renderCard(content, 'a4', await loadFonts()));
  await scanOf(context, stage.at('misprint.pdf'), stage.at(png), 150);
}

/** The rows of a card of another ceremony. */
async function otherCeremony(): Promise<readonly string[]> {
  const plan = decodePlan(planOf(2, 3));
  const input = {
    plan,
    escrow: '0123456789abcdef',
    setNumber: 1,
    sealers: [],
    created: '2026-11-24T01:02:03Z',
  };
  return beginCeremony(await loadNodeCrypto(), input).cards[0]!.rows;
}

/** Scans the card whose file is there: the only one. */
async function takeCard(context: TestContext, card: number): Promise<void> {
  expect(await readdir(stage.at('cards'))).toEqual([`card-${card}.pdf`]);
  await scanOf(context, stage.card(card), stage.at(`scan-${card}.png`), 150);
  cards.push(await rowsOf(stage.at(`scan-${card}.png`)));
}

/** What is no picture of card 1 is told, and the question comes again. */
async function refuseAllButCard1(context: TestContext, terminal: Terminal): Promise<void> {
  await copyFile(stage.card(1), stage.at('copy.pdf'));
  await stage.write('rows.txt', cards[0]!.join('\n'));
  await misprint(context, 'one-symbol.png', [misread(rowOf(1, 1)), ...cards[0]!.slice(1)]);
  await misprint(context, 'stranger.png', await otherCeremony());
  for (const [file, reason] of [
    ['cards/card-1.pdf', /Not accepted: the card is printed from that file/],
    ['copy.pdf', /Not accepted: the card is printed from that file/],
    ['rows.txt', /Not accepted: that is a text file/],
    ['none.png', /Not accepted: [^.]*none\.png/],
    ['one-symbol.png', /Not accepted: row 1 is not as it was printed \(symbol 5\)/],
    ['stranger.png', /Not accepted: that is no card of this ceremony/],
  ] as const) {
    await terminal.answer(SCAN, file);
    await terminal.see(reason);
  }
}

/** Card 1: every wrong picture, a misprint printed again, wrong rows; then as it should be. */
async function readBackFirst(context: TestContext, terminal: Terminal): Promise<void> {
  await terminal.see(/Card 1 of 3, for Ana Ruiz[^]*\? Press Enter when/);
  await takeCard(context, 1);
  await terminal.answer(PRINT);
  await terminal.choose(HOW, BY_SCAN);
  await refuseAllButCard1(context, terminal);
  await terminal.answer(SCAN);
  await terminal.choose(HOW, 'it is misprinted');
  await terminal.see(/Destroy the misprint/);
  await terminal.answer(PRINT);
  await terminal.choose(HOW, BY_SCAN);
  await terminal.answer(SCAN, 'scan-1.png');
  const row = await askedRow(terminal);
  const another = (row % 4) + 1;
  const question = `Row ${row}, typed`;
  await terminal.answerWrongly(question, rowOf(1, another), new RegExp(`that is row ${another}; row ${row}`));
  await terminal.answerWrongly(question, misread(rowOf(1, row)), /group 2 differs/);
  await terminal.answerWrongly(question, rowOf(1, row).slice(1), /has 23 symbols, 24 are on the card/);
  await terminal.answer(question, rowOf(1, row).toLowerCase());
  await terminal.see(/Card 1 is good\. Read back: 1 of 3/);
}

/** Card 2: not card 1, nor half of it; typed whole, after going back once. */
async function readBackSecond(context: TestContext, terminal: Terminal): Promise<void> {
  await terminal.see(/Card 2 of 3, for Łukasz Nowak[^]*\? Press Enter when/);
  await takeCard(context, 2);
  await misprint(context, 'two-cards.png', [...cards[0]!.slice(0, 3), rowOf(2, 4)]);
  await terminal.answer(PRINT);
  await terminal.choose(HOW, BY_SCAN);
  for (const [file, reason] of [
    ['scan-1.png', /Not accepted: that is card 1, for Ana Ruiz; card 2 is asked for/],
    ['two-cards.png', /Not accepted: the rows do not belong together/],
  ] as const) {
    await terminal.answer(SCAN, file);
    await terminal.see(reason);
  }
  await terminal.answer(SCAN);
  await terminal.choose(HOW, 'all its rows');
  await terminal.answer('Row 1, typed', rowOf(2, 1));
  await terminal.answer('Row 2, typed');
  await terminal.choose(HOW, 'all its rows');
  await terminal.answerWrongly('Row 1, typed', rowOf(1, 2), /is not on this card|that is row 2/);
  for (const row of [1, 2, 3, 4]) await terminal.answer(`Row ${row}, typed`, rowOf(2, row));
  await terminal.see(/Card 2 is good\. Read back: 2 of 3/);
}

/** Card 3: nearly stopped by a slip. */
async function readBackThird(context: TestContext, terminal: Terminal): Promise<void> {
  await terminal.see(/Card 3 of 3, for Zoë Ng[^]*\? Press Enter when/);
  await takeCard(context, 3);
  await terminal.answer(PRINT);
  await terminal.choose(HOW, 'stop the ceremony');
  await terminal.answer('Stop, and no card of this ceremony is worth anything?');
  await terminal.choose(HOW, BY_SCAN);
  await terminal.answer(SCAN, 'scan-3.png');
  const row = await askedRow(terminal);
  await terminal.answer(`Row ${row}, typed`, rowOf(3, row));
  await terminal.see(/Card 3 is good\. Read back: 3 of 3/);
}

test('a plan by questions, cards read back from paper, misprints caught', async (context) => {
  peer(context, 'pdftoppm');
  const terminal = await openTerminal(
    context,
    [process.execPath, PROGRAM, 'ceremony', 'new', ESCROW, '--cards', 'cards'],
    stage,
  );
  await answerPlan(terminal);
  await openCeremony(terminal);
  await terminal.see(/Each card is a file only while it is printed/);
  await readBackFirst(context, terminal);
  await readBackSecond(context, terminal);
  await readBackThird(context, terminal);
  await terminal.see(/These pictures show cards[^]*scan-1\.png[^]*scan-3\.png/);
  await closeCeremony(terminal, 3);
  expect(await terminal.end()).toBe(0);

  expect(terminal.text).toContain('every card was read back from paper; the key is erased');
  expectNoRowOnScreen(terminal.text, cards);
  expect(await readdir(stage.folder)).not.toContain('cards');
  await expectAllProven();
  await stage.sealSample(20);
  const { code, out } = await stage.holdfast('status', ESCROW);
  expect(out.toString()).toContain('opened by a quorum whose cards were all read back, and 1 card to spare');
  expect(code).toBe(0);
}, 120_000);

async function expectAllProven(): Promise<void> {
  const [escrow = ''] = (await readdir(stage.at('home'))).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const path = stage.at('home', escrow, 'register.json');
  const register = decodeRegister(await readFile(path), path);
  expect(register.cards.map(({ holder, state, proof }) => [holder, state, proof?.at])).toEqual(
    NAMES.map((name) => [name, 'good', 'ceremony']),
  );
}

describe('Ctrl-C', () => {
  interface Step {
    readonly name: string;
    readonly reach: (terminal: Terminal) => Promise<unknown>;
    /** Whether the file of a card is there. */
    readonly isWritten: boolean;
  }
  const steps: readonly Step[] = [
    {
      name: 'at the first card',
      isWritten: true,
      reach: async (terminal) => {
        await openCeremony(terminal);
        await terminal.see(/\? Press Enter when/);
      },
    },
    {
      name: 'while cards are drawn',
      isWritten: false,
      reach: async (terminal) => {
        for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
        await terminal.see(/card 1 of 2 drawn/);
      },
    },
    {
      name: 'in the middle of a row',
      isWritten: true,
      reach: async (terminal) => {
        await openCeremony(terminal);
        await terminal.answer(PRINT);
        await terminal.choose(HOW, 'all its rows');
        await terminal.see(/\? Row 1, typed/);
      },
    },
  ];

  test('at the first question leaves no folder', async (context) => {
    const away = await Stage.open();
    try {
      const args = ['ceremony', 'new', ESCROW, '--cards', 'cards'];
      const terminal = await openTerminal(context, [process.execPath, PROGRAM, ...args], away);
      await terminal.see(/\? Organisation/);
      terminal.interrupt();
      expect(await terminal.end()).toBe(130);
      expect(await readdir(away.folder)).toEqual([]);
    } finally {
      await away.close();
    }
  });

  test.for(steps)('$name leaves nothing behind', async ({ reach, isWritten }, context) => {
    const away = await Stage.open();
    try {
      await away.write('plan.yaml', planOf(2, 2));
      const before = await readdir(away.folder);
      const run = 'trap : INT; "$@"; code=$?; stty -a; exit $code';
      const args = ['ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--cards', 'cards'];
      const terminal = await openTerminal(
        context,
        ['/bin/sh', '-c', run, 'sh', process.execPath, PROGRAM, ...args],
        away,
      );
      await reach(terminal);
      expect(await readdir(away.folder)).toContain(ESCROW);
      expect((await readdir(away.folder)).includes('cards')).toBe(isWritten);
      terminal.interrupt();
      expect(await terminal.end()).toBe(130);
      expect((await readdir(away.folder)).filter((name) => name !== 'home')).toEqual(before);
      expect(terminal.isCursorShown).toBe(true);
      expect(terminal.text).toMatch(/ icanon .* echo /s);
    } finally {
      await away.close();
    }
  });
});

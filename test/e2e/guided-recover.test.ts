// The emergency at a terminal: three people, their cards, and somebody who types. Slips are caught row by
// row, and at the end there is a vault that KeePassXC opens with the passphrase that was shown.

import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import { decodeShareRows, encodeShareRows } from '../../src/core/share/share-text.ts';
import { peer, runOk } from '../support/peers.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { ESCROW, expectNoRowOnScreen, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

const ENTRIES = 30;
const FIRST = 'How does it come?';
const NEXT = 'The next card:';

let stage: Stage;
const cards: string[][] = [];
beforeAll(async () => {
  stage = await Stage.open();
  await stage.holdCeremony(planOf(3, 4));
  await stage.sealSample(ENTRIES);
  for (const card of [1, 2, 3, 4]) cards.push(await rowsOf(stage.card(card)));
});
afterAll(() => stage.close());

const rowOf = (card: number, row: number): string => cards[card - 1]?.[row - 1] ?? '';

/** A row with symbols replaced: `{ 3: '?' }` puts a ? for the third symbol. */
function changed(row: string, changes: Readonly<Record<number, string>>): string {
  const symbols = Array.from(row.replaceAll(' ', ''));
  for (const [position, symbol] of Object.entries(changes)) {
    const at = Number(position) - 1;
    symbols[at] = symbols[at] === symbol ? '9' : symbol;
  }
  return symbols.join('');
}

/** Card 1: a slip, a row out of its place, a row that nobody can have read so, a ? where toner is gone. */
async function typeFirst(terminal: Terminal): Promise<void> {
  await terminal.choose(FIRST, 'type its rows');
  await terminal.answer('Row 1', changed(rowOf(1, 1), { 7: '8' }));
  await terminal.see(/One slip repaired: symbol 7, in group 2\./);
  await terminal.answerWrongly('Row 2', rowOf(1, 3), /that is row 3; row 2 is asked for/);
  await terminal.answerWrongly('Row 2', 'hello', /row 2 has 5 symbols, 24 are on the card/);
  await terminal.answer('Row 2', changed(rowOf(1, 2), { 5: '?', 6: '?' }));
  await terminal.see(/the whole card will tell/);
  await terminal.answer('Row 3', rowOf(1, 3).toLowerCase().replaceAll(' ', '-'));
  await terminal.answer('Row 4', rowOf(1, 4));
  await terminal.see(/card 1 \(gold circle\) is good, repaired/);
}

/** Card 3: its last row is first taken from another card, which only the whole card can tell. */
async function typeThird(terminal: Terminal): Promise<void> {
  await terminal.choose(NEXT, 'type its rows');
  for (const row of [1, 2, 3]) await terminal.answer(`Row ${row}`, rowOf(3, row));
  await terminal.answer('Row 4', rowOf(2, 4));
  await terminal.see(/Not accepted: the rows do not belong together/);
  await terminal.choose('What now?', 'look at rows 1, 2, 3, 4 again');
  for (const row of [1, 2, 3]) await terminal.answer(`Row ${row}, to be corrected`);
  await terminal.retype('Row 4, to be corrected', rowOf(3, 4));
  await terminal.see(/card 3 \(gold circle\) is good\./);
}

test('rows typed with slips, a photo, a card twice; the passphrase opens the vault', async (context) => {
  const keepassxc = peer(context, 'keepassxc-cli');
  const terminal = await openTerminal(
    context,
    [process.execPath, PROGRAM, 'recover', ESCROW, '--to', 'kdbx'],
    stage,
  );
  await terminal.answer('Folder for the rebuilt vault:', 'rebuilt');
  await terminal.see(/The first card of the gold circle set; needed: any 3 of 4 cards/);
  await typeFirst(terminal);
  await terminal.see(/gold circle set: 1 in; still needed: 2 more of cards 2, 3, 4/);
  await terminal.choose(NEXT, 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', 'cards/card-1.pdf');
  await terminal.see(/was already given/);
  await typeThird(terminal);
  await terminal.see(/gold circle set: 2 in; still needed: 1 more of cards 2, 4/);
  await terminal.choose(NEXT, 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', 'none.jpg');
  await terminal.see(/none\.jpg/);
  await terminal.choose(NEXT, 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', 'cards/card-4.pdf');
  await terminal.see(/That is a quorum/);
  expect(await terminal.end()).toBe(0);

  expectNoRowOnScreen(terminal.text, cards);
  const { 1: passphrase = '' } = /shown only now:\n\n {4}([a-z]+(?: [a-z]+){6})\n/.exec(terminal.text) ?? [];
  expect(terminal.text.split(passphrase)).toHaveLength(2);
  const info = await runOk(keepassxc, ['db-info', '-q', stage.at('rebuilt', 'vault.kdbx')], {
    input: `${passphrase}\n`,
  });
  expect(info.toString()).toContain(`Number of entries: ${ENTRIES}\n`);
}, 120_000);

test('Ctrl-C in the middle of a row leaves nothing behind', async (context) => {
  const before = await readdir(stage.folder);
  const terminal = await openTerminal(
    context,
    [process.execPath, PROGRAM, 'recover', ESCROW, '--out', 'nothing'],
    stage,
  );
  await terminal.choose(FIRST, 'type its rows');
  await terminal.answer('Row 1', rowOf(2, 1));
  await terminal.begin('Row 2', rowOf(2, 2));
  terminal.interrupt();
  expect(await terminal.end()).toBe(130);
  expect(await readdir(stage.folder)).toEqual(before);
  expect(terminal.isCursorShown).toBe(true);
  // Not even the row that was not finished stays on the screen.
  expectNoRowOnScreen(terminal.text, cards);
});

test('a forged card makes up the number: the true one is asked for', async (context) => {
  const crypto = await loadNodeCrypto();
  const { record } = decodeShareRows(crypto, cards[2] ?? []);
  const forged = encodeShare(crypto, { ...decodeShare(crypto, record), value: crypto.randomBytes(32) });
  await writeFile(stage.at('forged.txt'), `${encodeShareRows(forged).join('\n')}\n`);
  const shares = [stage.card(1), 'forged.txt', stage.card(2)].flatMap((card) => ['--share', card]);
  const terminal = await openTerminal(
    context,
    [process.execPath, PROGRAM, 'recover', ESCROW, '--out', 'saved', ...shares],
    stage,
  );
  await terminal.see(/Not accepted: enough gold circle cards/);
  await terminal.choose('A further card of this set:', 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', "'cards/card-3.pdf'");
  expect(await terminal.end()).toBe(0);
  expect(terminal.text).toMatch(/cards used: card 1, card 2, card 3/);
});

test('going back, leaving a card, and having no further one ends in what is missing', async (context) => {
  await writeFile(stage.at('other.txt'), 'no card at all\n');
  const terminal = await openTerminal(
    context,
    [process.execPath, PROGRAM, 'recover', ESCROW, '--out', 'nothing', '--share', stage.card(2)],
    stage,
  );
  await terminal.choose(NEXT, 'type its rows');
  await terminal.answer('Row 1', rowOf(4, 1));
  await terminal.answer('Row 2');
  await terminal.choose(NEXT, 'type its rows');
  for (const row of [1, 2, 3]) await terminal.answer(`Row ${row}`, rowOf(4, row));
  await terminal.answer('Row 4', rowOf(1, 4));
  await terminal.choose('What now?', 'leave this card');
  await terminal.choose(NEXT, 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', 'other.txt');
  await terminal.see(/other.txt holds not a single row of a card/);
  // Enter alone keeps what a quorum of people has typed.
  await terminal.choose(NEXT, 'there is no further card');
  await terminal.answer('Stop here?');
  await terminal.choose(NEXT, 'there is no further card');
  await terminal.answer('Stop here?', 'y');
  expect(await terminal.end()).toBe(11);
  expect(terminal.text).toMatch(/2 more of cards 1, 3, 4/);
});

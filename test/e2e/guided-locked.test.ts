// A locked card from the ceremony to the emergency, as people meet it: at a terminal.

import { copyFile, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeRegister } from '../../src/escrow/register.ts';
import { openTerminal } from '../support/pty.ts';
import { closeCeremony, OPENING, WORDS, wordsOnScreen } from './guide-answers.ts';
import { ESCROW, expectNoRowOnScreen, PROGRAM, rowsOf, Stage } from './stage.ts';

const PASSPHRASE = 'orchid vessel tunnel drama';
const ASKED = 'Passphrase of card 2, empty: leave it (shown as stars):';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.write(
    'plan.yaml',
    'organisation: Northwind IT\nthreshold: 2\ntrustees:\n  - name: Ana Ruiz\n  - name: Łukasz Nowak\n    lock: passphrase\n',
  );
});
afterAll(() => stage.close());

async function register(): Promise<ReturnType<typeof decodeRegister>> {
  const charter = await readFile(stage.at(ESCROW, 'charter.json'), 'utf8');
  const { escrow } = JSON.parse(charter) as { escrow: string };
  const path = stage.at('home', escrow, 'register.json');
  return decodeRegister(await readFile(path), path);
}

test('the passphrase is chosen, forgotten about, and typed again at the read-back', async (context) => {
  const args = ['ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--cards', 'cards'];
  const terminal = await openTerminal(context, [process.execPath, PROGRAM, ...args], stage);
  for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
  expect(terminal.text).toContain('card 2: Łukasz Nowak (locked by a passphrase)');
  await terminal.see(/Card 2, for Łukasz Nowak, is to be locked/);
  await terminal.see(/whoever forgets it has lost the card/);
  const question = 'Passphrase of card 2 (shown as stars):';
  await terminal.answer(question, 'orchid');
  await terminal.see(/it has fewer than 12 characters/);
  await terminal.answer(question, PASSPHRASE);
  await terminal.answer('The same again (shown as stars):', `${PASSPHRASE}s`);
  await terminal.see(/the two differ/);
  await terminal.answer(question, PASSPHRASE);
  await terminal.answer('The same again (shown as stars):', ` ${PASSPHRASE} `.trim());
  await terminal.answer(WORDS, (await wordsOnScreen(terminal)).join(' '));
  const how = 'How is it read back from the paper?';
  const cards: string[][] = [];
  for (const card of [1, 2]) {
    await terminal.see(new RegExp(`Card ${card} of 2, for[^]*\\? Press Enter when`));
    // The file goes when the card was read back; the paper stays.
    await copyFile(stage.card(card), stage.at(`paper-${card}.pdf`));
    const rows = await rowsOf(stage.card(card));
    cards.push(rows);
    expect(rows).toHaveLength(card === 1 ? 4 : 5);
    await terminal.answer('Press Enter when it is on paper.');
    await terminal.choose(how, 'all its rows');
    for (const [at, row] of rows.entries()) await terminal.answer(`Row ${at + 1}, typed`, row);
  }
  await terminal.answer(ASKED, 'orchid vessel tunnel');
  await terminal.see(/that is not the passphrase of card 2/);
  await terminal.answer(ASKED, `  ${PASSPHRASE.replace(' ', '  ')}`);
  await terminal.see(/Card 2 is good/);
  await closeCeremony(terminal, 2);
  expect(await terminal.end()).toBe(0);
  expectNoRowOnScreen(terminal.text, cards);
  expect(terminal.text).not.toContain('vessel');
  expect((await register()).cards.map(({ lock }) => lock ?? null)).toEqual([null, 'passphrase']);
}, 120_000);

test('in the emergency its rows are typed, a slip in the passphrase is told, and the vault opens', async (context) => {
  await stage.sealSample(10);
  const rows = await rowsOf(stage.at('paper-2.pdf'));
  const args = ['recover', ESCROW, '--share', 'paper-1.pdf', '--out', 'vault'];
  const terminal = await openTerminal(context, [process.execPath, PROGRAM, ...args], stage);
  await terminal.choose('The next card:', 'type its rows');
  for (const [at, row] of rows.entries()) {
    if (at === 1) await terminal.answerWrongly('Row 2', rows[4] ?? '', /that is row 5; row 2 is asked for/);
    await terminal.answer(`Row ${at + 1}`, row);
  }
  await terminal.see(/card 2 \(gold circle\) is good; it is locked by a passphrase/);
  const asked = 'Passphrase of card 2 (gold circle), empty: leave it (shown as stars):';
  await terminal.answer(asked);
  await terminal.see(/card 2 \(gold circle\) stays locked and is not counted/);
  // Given again, it is asked for again.
  await terminal.choose('The next card:', 'a photo, scan or file');
  await terminal.answer('The photo, scan or file', 'paper-2.pdf');
  await terminal.answer(asked, 'Orchid vessel tunnel drama');
  await terminal.see(/that is not the passphrase of card 2/);
  await terminal.answer(asked, PASSPHRASE);
  await terminal.see(/That is a quorum/);
  expect(await terminal.end()).toBe(0);
  expect(terminal.text).not.toContain('vessel');
  expectNoRowOnScreen(terminal.text, [rows]);
}, 120_000);

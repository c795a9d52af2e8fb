// A plan by questions, as people meet it: in a terminal. What is written is what was said.

import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { decodePlan } from '../../src/escrow/plan.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { ESCROW, planOf, PROGRAM, Stage } from './stage.ts';

const REACHABLE = 'reachable on a holiday weekend';
const OUTSIDE = 'somebody from outside';
const LOCKED = 'Cards to be locked, by number';
const FILES = 'Cards that are a file too, by number';
/** Of the test vectors of age. */
const KEY = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const plan = (context: TestContext, ...args: readonly string[]): Promise<Terminal> =>
  openTerminal(context, [process.execPath, PROGRAM, 'ceremony', 'plan', ...args], stage);

async function answerFirst(terminal: Terminal): Promise<void> {
  await terminal.answer('Organisation', 'Northwind IT');
  await terminal.answer('How many trustees', '2');
  await terminal.answer('How many of them', '2');
  await terminal.answer('Name on card 1:', 'Ana Ruiz');
  await terminal.answer('Card 1, phone or address', '+1 260 555 0100');
  await terminal.answerWrongly('Card 1, building', 'x'.repeat(81), /one line of at most 80 characters/);
  await terminal.answer('Card 1, building', 'home');
  await terminal.answer('Card 1, household');
  await terminal.answer('Card 1, team', 'Desk "A"');
  await terminal.answer('Card 1, reports to', 'Zoë Ng');
  await terminal.answer(OUTSIDE, 'n');
  await terminal.answerWrongly(`Card 1, ${REACHABLE}`, '80', /a number from 0 to 1/);
  await terminal.answer(`Card 1, ${REACHABLE}`, '.75');
}

async function answerSecond(terminal: Terminal, locked = ''): Promise<void> {
  await terminal.answerWrongly('Name on card 2:', 'ANA  Ruiz', /that name is taken/);
  await terminal.answer('Name on card 2:', 'Zoë Ng');
  for (const question of ['phone or address', 'building', 'household', 'team', 'reports to'])
    await terminal.answer(`Card 2, ${question}`);
  await terminal.answer(OUTSIDE, 'y');
  await terminal.answer(`Card 2, ${REACHABLE}`);
  await terminal.see(/whoever\s+forgets\s+it\s+has\s+lost\s+the\s+card/);
  await terminal.answerWrongly(LOCKED, '3', /"3" is no card; give numbers from 1 to 2/);
  await terminal.answer(LOCKED, locked);
  await terminal.answer(FILES, locked);
  if (locked !== '') {
    await terminal.answerWrongly('Card 2, age recipient', 'age1abc', /that is no age recipient/);
    await terminal.answer('Card 2, age recipient', KEY);
  }
  await terminal.choose('Paper:', 'US Letter');
  await terminal.answer('Lead', 'Ana Ruiz');
  await terminal.answer('Witness');
}

test('a plan by questions: written as it was said, and its words are those of the file', async (context) => {
  const terminal = await plan(context, ESCROW);
  await answerFirst(terminal);
  await answerSecond(terminal, '2');
  await terminal.see(/Northwind IT: all 2 cards open it, on US Letter paper/);
  await terminal.answer('Is this what was agreed?', 'y');
  expect(await terminal.end()).toBe(3);
  expect(terminal.text).toMatch(/warning: there is no card to spare/);
  expect(terminal.text).toMatch(/Written to plan\.yaml/);

  const text = await readFile(stage.at('plan.yaml'), 'utf8');
  expect(text).toContain('# Cards are numbered in this order.');
  expect(decodePlan(text)).toMatchObject({ lead: 'Ana Ruiz', paper: 'letter' });
  expect(decodePlan(text).cards.map(({ trustee }) => trustee)).toEqual([
    {
      name: 'Ana Ruiz',
      contact: '+1 260 555 0100',
      place: 'home',
      team: 'Desk "A"',
      reportsTo: 'Zoë Ng',
      outside: false,
      reachable: 0.75,
    },
    { name: 'Zoë Ng', outside: true, lock: 'passphrase', encryptTo: KEY },
  ]);
  const told = (await stage.json('ceremony', 'plan', '--plan', 'plan.yaml')) as { words: string[] };
  expect(terminal.text).toContain(`The words of this plan: ${told.words.join(' ')}`);
}, 60_000);

test('a plan that is there is not asked for again, nor written over', async (context) => {
  await stage.write('plan.yaml', planOf(2, 3));
  const terminal = await plan(context);
  expect(await terminal.end()).toBe(15);
  expect(terminal.text).not.toContain('Organisation');
  expect(await readFile(stage.at('plan.yaml'), 'utf8')).toBe(planOf(2, 3));
});

test('with --force it is, once everything was answered', async (context) => {
  await stage.write('plan.yaml', planOf(2, 3));
  const terminal = await plan(context, '--force');
  await answerFirst(terminal);
  expect(await readFile(stage.at('plan.yaml'), 'utf8')).toBe(planOf(2, 3));
  await answerSecond(terminal);
  await terminal.answer('Is this what was agreed?', 'y');
  expect(await terminal.end()).toBe(3);
  const { cards } = decodePlan(await readFile(stage.at('plan.yaml'), 'utf8'));
  expect(cards.map(({ trustee }) => [trustee.lock, trustee.encryptTo])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
}, 60_000);

test('Ctrl-C leaves nothing', async (context) => {
  const terminal = await plan(context, '--out', 'mine.yaml');
  await answerFirst(terminal);
  await terminal.see(/Name on card 2:/);
  terminal.interrupt();
  expect(await terminal.end()).toBe(130);
  expect(await readdir(stage.folder)).toEqual([]);
}, 60_000);

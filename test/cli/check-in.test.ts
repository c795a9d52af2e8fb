// What is told of a card after its ceremony: who holds it now, and what its papers say then.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadPdfRasteriser } from '../../src/adapters/pdf-raster.ts';
import { main } from '../../src/cli/main.ts';
import { answering, type Answer } from '../support/answers.ts';
import { type Ended, runHere, worldOf } from '../support/in-process.ts';

const ESCROW = 'northwind.escrow';
const PLAN = `organisation: Northwind IT
threshold: 2
trustees:
  - name: Ana Ruiz
    contact: '+1 260 555 0101'
  - name: Mei Chen
    contact: '+1 260 555 0102'
  - name: Tom Baker
    contact: '+1 260 555 0103'
    place: home
`;

let folder: string;
const at = (name: string): string => join(folder, name);
const run = (...args: readonly string[]): Promise<Ended> => runHere(args, { folder });
const checkIn = (...args: readonly string[]): Promise<Ended> => run('check-in', ESCROW, ...args);

async function ran(...args: readonly string[]): Promise<Ended> {
  const ended = await run(...args);
  expect([args.join(' '), ended.err, ended.code]).toEqual([args.join(' '), ended.err, 0]);
  return ended;
}

/** A check-in by somebody at a terminal. */
async function asked(args: readonly string[], ...answers: readonly Answer[]): Promise<void> {
  const { prompter, assertAllAsked } = answering(...answers);
  const io = { ...worldOf({ folder }), isTerminal: true, prompter: () => Promise.resolve(prompter) };
  expect(await main(['check-in', ESCROW, ...args], io)).toBe(0);
  assertAllAsked();
}

/** A paper, as text. */
async function printed(what: string, ...more: readonly string[]): Promise<string> {
  await ran('print', what, ESCROW, '--out', `${what}.pdf`, '--force', ...more);
  const pages = await (await loadPdfRasteriser()).texts(await readFile(at(`${what}.pdf`)), what);
  return pages.join(' ').replaceAll(/\s+/g, ' ');
}

const registered = async (card: number): Promise<Record<string, unknown>> => {
  await ran('register', 'export', ESCROW, '--out', 'register.json', '--force');
  const { cards } = JSON.parse(await readFile(at('register.json'), 'utf8')) as {
    cards: Record<string, unknown>[];
  };
  return cards[card - 1]!;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-check-in-'));
  await writeFile(at('plan.yaml'), PLAN);
  await ran('ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--cards', 'cards');
});
afterEach(() => rm(folder, { recursive: true }));

test('a new holder is not rung at the number of the old one', async () => {
  expect(await printed('emergency-sheet')).toMatch(/Tom Baker, \+1 260 555 0103/);
  const { code, out } = await checkIn('--card', '3', '--holder', 'Ida Moe', '--bag', 'A1003', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([0, { cleared: ['contact', 'place'] }]);
  expect(await registered(3)).toMatchObject({ holder: 'Ida Moe', contact: null, place: null });
  const sheet = await printed('emergency-sheet');
  expect(sheet).toMatch(/Ida Moe, _{5}/);
  expect(sheet).not.toMatch(/555 0103/);
  // A number is told later, without a holder or a bag: nothing was heard of the card.
  const { heard } = await registered(3);
  const noted = await checkIn('--card', '3', '--contact', '+1 260 555 0177', '--place', 'Tower 2');
  expect(noted.out).toMatch(/^Card 3 is noted, contact \+1 260 555 0177, place Tower 2\.\n/);
  expect(await registered(3)).toMatchObject({ contact: '+1 260 555 0177', place: 'Tower 2', heard });
  expect(await printed('emergency-sheet')).toMatch(/Ida Moe, \+1 260 555 0177/);
  expect((await ran('verify', ESCROW)).out).toMatch(/Everything here/);
});

test('what is dropped and what is missing is told, and both may be given at once', async () => {
  const gone = await checkIn('--card', '3', '--holder', 'Ida Moe');
  expect(gone.out).toMatch(/\nThe contact and the place of Tom Baker are no longer noted\.\n/);
  expect(gone.out).toMatch(/no number for whoever holds card 3 now: --card 3 --contact TEXT/);
  const told = await checkIn('--card', '2', '--holder', 'Olu Ade', '--contact', '+1 260 555 0188');
  expect(told.out).toMatch(/^Card 2 is noted, held by Olu Ade, contact \+1 260 555 0188\./);
  expect(told.out).not.toMatch(/no longer noted|no number/);
  // The same person, spelt otherwise.
  const same = await checkIn('--card', '1', '--holder', 'ana  ruiz');
  expect(same.out).not.toMatch(/no longer noted/);
  expect(await registered(1)).toMatchObject({ contact: '+1 260 555 0101' });
  const refused = await checkIn('--card', '1', '--state', 'lost', '--contact', '1');
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/--state lost and --contact do not go/),
  ]);
});

test('a bag handed over with another number drops the old contact too', async () => {
  await checkIn('--card', '3', '--bag', 'A1003');
  expect((await checkIn('--card', '3', '--holder', 'Ida Moe', '--bag', 'A9')).code).toBe(3);
  expect(await registered(3)).toMatchObject({
    holder: 'Ida Moe',
    contact: null,
    bag: 'A1003',
    otherBag: 'A9',
  });
});

test('at a terminal the contact of a new holder is asked for', async () => {
  await asked(['--card', '3', '--holder', 'Ida Moe'], ['How is Ida Moe reached', ' +1 260 555 0177 ']);
  expect(await registered(3)).toMatchObject({ contact: '+1 260 555 0177', place: null });
  await asked(['--card', '3', '--holder', 'Olu Ade'], ['How is Olu Ade reached', '']);
  expect(await registered(3)).toMatchObject({ contact: null });
  await asked(['--card', '3', '--holder', 'Olu Ade', '--bag', 'A1']);
});

test.each(['lost', 'destroyed'])('of a card that is %s no bag and no holder is noted', async (state) => {
  const now = new Date('2026-11-24T01:02:03Z');
  await runHere(['check-in', ESCROW, '--card', '2', '--state', state], { folder, now });
  await checkIn('--card', '2', '--state', state);
  const before = await registered(2);
  for (const args of [
    ['--bag', 'B2'],
    ['--holder', 'Ida Moe'],
    ['--contact', '1'],
  ]) {
    const { code, err } = await checkIn('--card', '2', ...args);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(
        `card 2 counts as ${state} since 2026-11-24: no bag, holder or contact is noted`,
      ),
    ]);
    expect(err).toMatch(/counts as seen all the same.*--card 2 --state seen, with --bag and --holder/);
  }
  expect(await registered(2)).toEqual(before);
  // It was found.
  const found = await checkIn('--card', '2', '--state', 'seen', '--bag', 'B2', '--holder', 'Mei Chen');
  expect([found.code, found.out]).toEqual([0, expect.stringMatching(/^Card 2 is seen in bag B2/)]);
  const again = await checkIn('--card', '2', '--bag', 'B2');
  expect(again.out).toMatch(/^Card 2 is noted in bag B2, and stays seen: others may have a copy\.\n/);
});

const KEY = 'age1yd6egr6q9u8nx0vyal9pyat2xrpp2kt2fu4r6cwzmhc6a5hrvy4s5rlljt';

test('whoever takes a card over signs that it came closed, and not that it was printed before their eyes', async () => {
  await checkIn('--card', '3', '--bag', 'A1003');
  await checkIn('--card', '3', '--holder', 'Ida Moe', '--bag', 'A1003');
  expect(typeof (await registered(3))['handedOver']).toBe('string');
  const page = await printed('acknowledgement', '--card', '3');
  expect(page).toMatch(/Ida Moe/);
  expect(page).toMatch(/received it closed in its bag from the one who held it before; I have not opened it/);
  expect(page).not.toMatch(/before my eyes|read it back/);
  expect(await printed('acknowledgement', '--card', '1')).not.toMatch(/who held it before/);
  expect('handedOver' in (await registered(1))).toBe(false);
  // Whose bag differs was not handed over closed.
  await checkIn('--card', '3', '--holder', 'Olu Ade', '--bag', 'A9');
  expect(await printed('acknowledgement', '--card', '3')).not.toMatch(/not opened it|before my eyes/);
});

test('an acknowledgement names the file that the rows are in too', async () => {
  const escrow = ['--plan', 'plan.yaml', '--cards', 'more', '--encrypt-to', `3=${KEY}`];
  await rm(at(ESCROW), { recursive: true });
  await rm(at('home'), { recursive: true });
  await ran('ceremony', 'new', ESCROW, ...escrow);
  const page = await printed('acknowledgement', '--card', '3');
  expect(page).toMatch(/also in the file card-3-set-1-\S+\.txt\.age, which my own key opens/);
  expect(page).toMatch(/delete every copy of the file when the card is retired/);
  expect(await printed('acknowledgement', '--card', '1')).not.toMatch(/file/);
  await checkIn('--card', '3', '--holder', 'Ida Moe');
  const next = await printed('acknowledgement', '--card', '3');
  expect(next).toMatch(/a key of an earlier holder opens\. I do not have that file/);
  expect(next).not.toMatch(/my own key/);
});

test('while a seen card is in hand a rekey is the way, and only without it a first ceremony', async () => {
  await checkIn('--card', '2', '--state', 'lost');
  const { out } = await checkIn('--card', '3', '--state', 'seen');
  expect(out).toMatch(
    /\(holdfast ceremony rekey\) while these are in hand, for they still open: card 3 of this set/,
  );
  expect(out).toMatch(/Only without them: Hold a first ceremony/);
  expect(JSON.parse((await checkIn('--card', '3', '--state', 'seen', '--json')).out)).toMatchObject({
    action: 'rekey',
    spareCards: -1,
  });
  expect((await checkIn('--card', '3', '--state', 'lost')).out).toMatch(/^Hold a first ceremony/m);
});

test('cards of a retired set of the same key are the way too', async () => {
  const quorum = ['--share', 'cards/card-1.pdf', '--share', 'cards/card-2.pdf'];
  await ran('ceremony', 'reissue', ESCROW, '--plan', 'plan.yaml', '--cards', 'next', ...quorum);
  await checkIn('--card', '2', '--state', 'lost');
  const { out } = await checkIn('--card', '3', '--state', 'lost');
  expect(out).toMatch(/still open: the cards of the retired set 1 \(the same key\)\. Only without them/);
});

// The roads of a card onto paper, guided: from memory to a printer, past one that fails, to one on the network only
// after a yes, and by hand where there is none.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { connectedNetworks } from '../../src/adapters/network.ts';
import { FakeCups } from '../support/fake-cups.ts';
import { peer } from '../support/peers.ts';
import { scanOf } from '../support/photo.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { filesBelow } from '../support/transcript-verbs.ts';
import { closeCeremony, openCeremony } from './guide-answers.ts';
import { ESCROW, expectNoRowOnScreen, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

const HOW = 'How is it read back from the paper?';
const SCAN = 'The photo or scan, as a file';
const ON_PAPER = 'Press Enter when it is on paper.';

const PRINTERS = { hall: 'ipp://hall.local/ipp/print', desk: 'usb://HP/LaserJet?serial=1' };

interface Room {
  readonly stage: Stage;
  readonly cups: FakeCups;
  start(context: TestContext, ...options: readonly string[]): Promise<Terminal>;
}

async function inRoom(use: (room: Room) => Promise<void>): Promise<void> {
  const stage = await Stage.open();
  const bin = await mkdtemp(join(tmpdir(), 'holdfast-cups-'));
  try {
    await stage.write('plan.yaml', planOf(2, 2));
    const cups = await FakeCups.in(bin, PRINTERS);
    const where = { folder: stage.folder, environment: { ...stage.environment, PATH: cups.path } };
    const args = ['ceremony', 'new', ESCROW, '--plan', 'plan.yaml'];
    await use({
      stage,
      cups,
      start: (context, ...options) =>
        openTerminal(context, [process.execPath, PROGRAM, ...args, ...options], where),
    });
  } finally {
    await stage.close();
    await rm(bin, { recursive: true });
  }
}

/** What lies where the program was started, homes aside. */
async function expectNoCardFile({ stage }: Room): Promise<void> {
  const files = await filesBelow(stage.folder);
  expect(files.filter((name) => /\.pdf|part-/.test(name))).toEqual([]);
}

/** Scans what came out last, and reads it back. */
async function readBack(
  context: TestContext,
  room: Room,
  terminal: Terminal,
  card: number,
): Promise<string[]> {
  const printed = (await room.cups.tray()).at(-1) ?? '';
  const scan = `scan-${card}.png`;
  await scanOf(context, printed, room.stage.at(scan), 150);
  const rows = await rowsOf(room.stage.at(scan));
  await terminal.answer(ON_PAPER);
  await terminal.choose(HOW, 'a photo or scan');
  await terminal.answer(SCAN, scan);
  const { 1: row } = await terminal.see(/\? Row (\d), typed from the paper/);
  await terminal.answer(`Row ${row}, typed`, rows[Number(row) - 1] ?? '');
  await terminal.see(new RegExp(`Card ${card} is good`));
  return rows;
}

async function ledger({ stage }: Room): Promise<string> {
  return readFile(stage.at(ESCROW, 'ledger.jsonl'), 'utf8');
}

/** A network that stays connected is an exception of its own. */
const ON_NETWORK = connectedNetworks().length === 0 ? 0 : 1;

describe.skipIf(process.platform === 'win32')('a printer', () => {
  test('each card goes to it from memory, when the one before was read back', async (context) => {
    peer(context, 'pdftoppm');
    await inRoom(async (room) => {
      const { cups } = room;
      const terminal = await room.start(context);
      await terminal.choose('How do the cards come onto paper?', 'printer desk (cable)');
      await openCeremony(terminal);
      await terminal.see(/CUPS\s+keeps the file of a job[^]*cupsctl\s+PreserveJobFiles=No/);
      expect(await cups.tray()).toEqual([]);

      await cups.jam();
      await terminal.answer('Press Enter: card 1 goes to the printer.');
      await terminal.see(/desk did not take the card: lp: the paper is jammed\uFFFD\[2J/);
      await cups.mend();
      await terminal.choose('What now?', 'try again');
      await terminal.see(/Sent to desk/);
      await terminal.answer(ON_PAPER);
      await terminal.choose(HOW, 'it is misprinted');
      await terminal.see(/Job desk-1 could not be taken out of the queue/);
      await terminal.answer('Press Enter: card 1 goes to the printer.');
      await terminal.see(/\? Press Enter when/);
      expect(await cups.tray()).toHaveLength(2);
      const rows = [await readBack(context, room, terminal, 1)];
      await terminal.see(/\? Press Enter: card 2 goes/);
      expect(await cups.tray()).toHaveLength(2);
      await terminal.answer('Press Enter: card 2 goes to the printer.');
      await terminal.see(/\? Press Enter when/);
      await expectNoCardFile(room);
      rows.push(await readBack(context, room, terminal, 2));
      await closeCeremony(terminal, 2);
      expect(await terminal.end()).toBe(0);
      expectNoRowOnScreen(terminal.text, rows);
      const job = '-d desk -n 1 -o job-sheets=none -o number-up=1 -t document -';
      expect(await cups.asked()).toEqual(Array.from({ length: 3 }, () => job));
      // Not those that were read back.
      expect(await cups.cancelled()).toEqual(['desk-1']);
      const told = await ledger(room);
      expect(told).not.toContain('not on a cable');
      expect(told).toMatch(/the printer did not take card 1[^]*card 1 was printed again/);
      // Of this machine, whatever it is connected to.
      expect(told).toContain(`\\"exceptions\\":${2 + ON_NETWORK},`);
    });
  }, 60_000);

  test('on the network it is used only after a yes, which is an exception; past it, files', async (context) => {
    peer(context, 'pdftoppm');
    await inRoom(async (room) => {
      const refused = await room.start(context, '--print', 'hall');
      await refused.see(/Printer hall is on the network: what goes there may be kept/);
      await refused.answer('Print the cards there all the same?', 'n');
      expect(await refused.end()).toBe(130);
      expect((await readdir(room.stage.folder)).filter((name) => name !== 'home')).toEqual(['plan.yaml']);

      const terminal = await room.start(context, '--print', 'hall', '--cards', 'cards');
      await terminal.answer('Print the cards there all the same?', 'y');
      await openCeremony(terminal);
      await terminal.see(new RegExp(`Exception ${1 + ON_NETWORK} is kept, at step 6`));
      await room.cups.jam();
      await terminal.answer('Press Enter: card 1 goes to the printer.');
      await terminal.choose('What now?', 'print this card and those after it from files');
      for (const card of [1, 2]) {
        await terminal.see(new RegExp(`Print cards/card-${card}\\.pdf[^]*\\? Press Enter when`));
        const rows = await rowsOf(room.stage.card(card));
        await terminal.answer(ON_PAPER);
        await terminal.choose(HOW, 'all its rows');
        for (const row of [1, 2, 3, 4]) await terminal.answer(`Row ${row}, typed`, rows[row - 1]);
      }
      await closeCeremony(terminal, 2);
      expect(await terminal.end()).toBe(0);
      await expectNoCardFile(room);
      const told = await ledger(room);
      expect(told).toContain('the printer of the cards is not on a cable (network)');
      expect(told).toContain('it and the cards after it were printed from files');
    });
  }, 60_000);

  test('one that is not there is refused before anything is made', async (context) => {
    await inRoom(async (room) => {
      const terminal = await room.start(context, '--print', '-o');
      await terminal.see(/there is no printer -o; known here: hall, desk/);
      expect(await terminal.end()).toBe(2);
    });
  });
});

test('the card of a run that was killed is deleted only after a yes, and then the ceremony can be held', async (context) => {
  await inRoom(async (room) => {
    const { stage } = room;
    const card = /\? Press Enter when it is on paper/;
    const killed = await room.start(context, '--cards', 'cards');
    await openCeremony(killed);
    await killed.see(card);
    expect(await readdir(stage.at('cards'))).toEqual(['card-1.pdf']);
    killed.destroy();
    await killed.end();
    expect(await readdir(stage.at('cards'))).toEqual(['card-1.pdf']);

    const kept = await room.start(context, '--cards', 'cards');
    await kept.answer('cards/card-1.pdf is there already. Delete it?');
    expect(await kept.end()).toBe(15);
    expect(kept.text).toMatch(/It stays\. Whose card it is, holdfast check-card cards\/card-1\.pdf says/);
    const terminal = await room.start(context, '--cards', 'cards');
    await terminal.answer('cards/card-1.pdf is there already', 'y');
    await terminal.see(/\? Which cards have their trustee here/);
    expect(await readdir(stage.at('cards'))).toEqual([]);
    await openCeremony(terminal);
    await terminal.see(card);
    terminal.interrupt();
    expect(await terminal.end()).toBe(130);
    expect(await readdir(stage.at('cards'))).toEqual([]);
  });
}, 60_000);

test('a second run learns of the first before it offers to delete anything', async (context) => {
  await inRoom(async (room) => {
    const { stage } = room;
    const first = await room.start(context, '--cards', 'cards');
    await openCeremony(first);
    await first.see(/\? Press Enter when it is on paper/);
    const second = await room.start(context, '--cards', 'cards');
    expect(await second.end()).toBe(18);
    expect(second.text).not.toContain('Delete it?');
    expect(await readdir(stage.at('cards'))).toEqual(['card-1.pdf']);
    // The lock of another escrow says nothing here.
    const args = ['ceremony', 'new', 'other.escrow', '--plan', 'plan.yaml', '--cards', 'cards'];
    const other = await openTerminal(context, [process.execPath, PROGRAM, ...args], stage);
    await other.see(
      /which may be going on now or\s+did not\s+end[^?]*Yes destroys\s+that\s+card\.[^?]*\?.*Delete it\?/,
    );
    other.interrupt();
    await other.end();
    first.interrupt();
    expect(await first.end()).toBe(130);
  });
}, 60_000);

test.for(['reissue', 'rekey', 'remake'])(
  'a %s beside a run that goes on asks for nothing',
  { timeout: 60_000 },
  async (kind, context) => {
    await inRoom(async ({ stage }) => {
      await stage.holdCeremony(planOf(2, 2));
      const holder = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
      await stage.write(`${ESCROW}/.lock`, JSON.stringify(holder));
      const about = kind === 'remake' ? ['--card', '1'] : ['--plan', 'plan.yaml'];
      const args = ['ceremony', kind, ESCROW, ...about, '--cards', 'cards'];
      const terminal = await openTerminal(context, [process.execPath, PROGRAM, ...args], stage);
      expect(await terminal.end()).toBe(18);
      expect(terminal.text).not.toContain('Delete it?');
      expect(await readdir(stage.at('cards'))).toEqual(['card-1.pdf', 'card-2.pdf']);
    });
  },
);

test('a row that was refused is nowhere on the screen after Ctrl-C, nor one that was typed too early', async (context) => {
  await inRoom(async (room) => {
    const terminal = await room.start(context, '--cards', 'cards');
    await openCeremony(terminal);
    await terminal.see(/\? Press Enter when it is on paper/);
    const [one = '', two = ''] = await rowsOf(room.stage.card(1));
    await terminal.answerWrongly(ON_PAPER, one, /Enter alone, or the word exception/);
    await terminal.answer(ON_PAPER);
    await terminal.choose(HOW, 'a photo or scan');
    await terminal.answerWrongly(SCAN, one, /that is a row of a card, and none is asked for here/);
    await terminal.answer(SCAN);
    await terminal.choose(HOW, 'all its rows');
    await terminal.answer('Row 1, typed', one);
    const slip = `${two.slice(0, -1)}${two.endsWith('7') ? '8' : '7'}`;
    await terminal.type('Row 2, typed', slip);
    await terminal.see(/group 6 differs/);
    terminal.interrupt();
    expect(await terminal.end()).toBe(130);
    expectNoRowOnScreen(terminal.text, [[one, two, slip]]);
  });
}, 60_000);

test('a row that was typed where none is asked for goes off the screen with Ctrl-C, too', async (context) => {
  await inRoom(async (room) => {
    const terminal = await room.start(context, '--cards', 'cards');
    await openCeremony(terminal);
    await terminal.answer(ON_PAPER);
    const rows = await rowsOf(room.stage.card(1));
    await terminal.choose(HOW, 'a photo or scan');
    await terminal.type(SCAN, rows[0] ?? '');
    await terminal.see(/that is a row of a card, and none is asked for here/);
    terminal.interrupt();
    expect(await terminal.end()).toBe(130);
    expectNoRowOnScreen(terminal.text, [rows]);
  });
}, 60_000);

describe.skipIf(process.platform === 'win32')('a window that is closed', () => {
  test.for([
    ['at a question', (terminal: Terminal) => terminal.see(/\? Press Enter when it is on paper/)],
    [
      'in a row',
      async (terminal: Terminal) => {
        await terminal.answer(ON_PAPER);
        await terminal.choose(HOW, 'all its rows');
        await terminal.begin('Row 1, typed', 'ABCD');
      },
    ],
  ] as const)('%s leaves no card file', async ([, reach], context) => {
    await inRoom(async (room) => {
      const { stage } = room;
      const terminal = await room.start(context, '--cards', 'cards');
      await openCeremony(terminal);
      await reach(terminal);
      expect(await readdir(stage.at('cards'))).toEqual(['card-1.pdf']);
      terminal.hangUp();
      await expect
        .poll(async () => (await readdir(stage.folder)).sort(), { timeout: 10_000 })
        .toEqual(['home', 'plan.yaml']);
      // SIGKILL: Node would abort on the terminal that is gone, and an abort may write all memory into a file.
      await terminal.end();
      expect(terminal.signal).toBe(9);
    });
  });
});

test('by hand: each row is shown alone, copied, typed back, and nowhere to be seen afterwards', async (context) => {
  await inRoom(async (room) => {
    const terminal = await room.start(context, '--by-hand');
    await openCeremony(terminal);
    const cards: string[][] = [];
    for (const card of [1, 2]) {
      await terminal.type('Press Enter: the card is shown.', '');
      await terminal.see(new RegExp(`Card ${card} of 2, set 1, gold circle[^]*Escrow +[0-9a-f]{16}[^]*\\?`));
      await terminal.answer('Press Enter when it is written down.');
      const rows: string[] = [];
      for (const row of [1, 2, 3, 4]) {
        const shown = await terminal.see(new RegExp(`Row ${row} of 4\\n\\n([^a-z]+)\\n[^]*\\? Press`));
        rows.push((shown[1] ?? '').replaceAll(/\s/g, ''));
        expect(terminal.text).not.toContain(`Row ${row - 1} of 4`);
        await terminal.answer('Press Enter when it is written down.');
      }
      cards.push(rows);
      await terminal.see(/Now every row is typed back/);
      expect(terminal.text).not.toContain('of 4\n');
      if (card === 1) {
        await terminal.choose(HOW, 'it was copied wrongly');
        await terminal.type('Press Enter: the card is shown.', '');
        for (let page = 0; page < 5; page += 1) await terminal.answer('Press Enter when it is written down.');
      }
      await terminal.choose(HOW, 'all its rows');
      await terminal.answerWrongly('Row 1, typed', rows[1] ?? '', /that is row 2; row 1 is asked/);
      for (const row of [1, 2, 3, 4]) await terminal.answer(`Row ${row}, typed`, rows[row - 1]);
      await terminal.see(new RegExp(`Card ${card} is good`));
    }
    await closeCeremony(terminal, 2);
    expect(await terminal.end()).toBe(0);
    expectNoRowOnScreen(terminal.text, cards);
    await expectNoCardFile(room);
    expect(await ledger(room)).toContain('card 1 was copied again from the screen');
    await room.stage.sealSample(5);
    await room.stage.write('rows.txt', cards.map((rows) => rows.join('\n')).join('\n\n'));
    const opened = await room.stage.holdfast('recover', ESCROW, '--share', 'rows.txt', '--out', 'vault');
    expect([opened.code, opened.err]).toEqual([0, expect.any(String)]);
  });
}, 60_000);

// The guided ceremony by its script: every step under its number with what the script promises on the screen,
// exceptions that end up signed in the ledger, bags in the register, and a stop at each step.

import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { ceremonyScript, stepHeading } from '../../src/escrow/ceremony-script.ts';
import { connectedNetworks } from '../../src/adapters/network.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { decodeRegister } from '../../src/escrow/register.ts';
import { peer } from '../support/peers.ts';
import { scanOf } from '../support/photo.ts';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { closeCeremony, openCeremony, OPENING, WHICH_BAG, WORDS, wordsOnScreen } from './guide-answers.ts';
import { ESCROW, expectNoRowOnScreen, planOf, PROGRAM, rowsOf, Stage } from './stage.ts';

const HOW = 'How is it read back from the paper?';
const PRINT = 'Press Enter when it is on paper.';
const FINISH = 'Press Enter: the charter is signed and the key erased.';

const start = (context: TestContext, stage: Stage): Promise<Terminal> =>
  openTerminal(
    context,
    [process.execPath, PROGRAM, 'ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--cards', 'cards'],
    stage,
  );

async function withStage(run: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await Stage.open();
  try {
    await stage.write('plan.yaml', planOf(2, 2));
    await run(stage);
  } finally {
    await stage.close();
  }
}

async function typeCard(
  context: TestContext,
  stage: Stage,
  terminal: Terminal,
  card: number,
): Promise<string[]> {
  await terminal.see(/\? Press Enter when it is on paper/);
  const scan = stage.at(`scan-${card}.png`);
  await scanOf(context, stage.card(card), scan, 150);
  const rows = await rowsOf(scan);
  await terminal.answer(PRINT);
  await terminal.choose(HOW, 'all its rows');
  for (const row of [1, 2, 3, 4]) await terminal.answer(`Row ${row}, typed`, rows[row - 1]);
  return rows;
}

/** Enters one, where the program asks for it. */
async function enter(terminal: Terminal, what: string, who: string): Promise<void> {
  await terminal.answer('What happened?', what);
  await terminal.answer('What was done about it?', 'Done again, and it was right.');
  await terminal.retype('Who says so?', who);
}

test('step by step as on the script, with exceptions, a misprint, and bags that were mistyped', async (context) => {
  peer(context, 'pdftoppm');
  await withStage(async (stage) => {
    const printed = await stage.holdfast(
      'print',
      'script',
      '--plan',
      'plan.yaml',
      '--out',
      's.pdf',
      '--json',
    );
    const { program } = JSON.parse(printed.out.toString()) as { program: { name: string; hash: string } };
    const terminal = await start(context, stage);

    await terminal.answer('Which cards have their trustee here?', 'exception');
    await terminal.see(/Exception at step 1/);
    await terminal.answerWrongly(
      'What happened?',
      'ana ruiz was late',
      /write\s+"card\s+3",\s+not\s+a\s+name/,
    );
    await terminal.answerWrongly(
      'What happened?',
      'it says 7Q2F 9KZD 0ABC 1DEF',
      /looks like a row of a card/,
    );
    await enter(terminal, 'The trustee of card 1 came ten minutes late.', 'card 1');
    await terminal.answer('Which cards have their trustee here?', 'all');
    // One Enter too many is a no, and ends nothing.
    await terminal.answer('Is that what stands on page 1');
    await terminal.answer('Stop here? Nothing of this run is kept.');
    for (const [, question, answer] of OPENING.slice(1)) await terminal.answer(question, answer);
    const words = await wordsOnScreen(terminal);
    await terminal.answerWrongly(WORDS, words.toReversed().join(' '), /not the six words above/);
    await terminal.answer(WORDS, words.join(' '));

    await terminal.answer(PRINT);
    await terminal.choose(HOW, 'something went otherwise');
    await enter(terminal, 'The paper of card 1 was creased.', 'lead');
    await terminal.choose(HOW, 'it is misprinted');
    const rows = [await typeCard(context, stage, terminal, 1), await typeCard(context, stage, terminal, 2)];
    await terminal.answer('Number of the bag of card 1 (', 'A104471');
    // The number of card 1 was that of card 2; then that of card 2 has a slip in it.
    await terminal.answer('Number of the bag of card 2 (', 'A104471');
    await terminal.choose('That number was typed for card 1.', 'it is on the bag of card 2');
    await terminal.answer('Number of the bag of card 1 (', 'A104470');
    await terminal.see(/The bags, to be compared[^]*Card 1 is in bag A104470/);
    await terminal.answer(WHICH_BAG, '2');
    await terminal.retype('Number of the bag of card 2 (', 'A104472');
    await terminal.answer(WHICH_BAG);
    await terminal.see(/step 1, by card 1: The trustee of card 1 came ten minutes late/);
    await terminal.answer(FINISH, 'exception');
    await enter(terminal, 'The witness went for tea.', 'lead');
    // With one more, all are read again before the last Enter.
    await terminal.answer(FINISH);
    await terminal.answer(FINISH);
    expect(await terminal.end()).toBe(0);

    const plan = decodePlan(planOf(2, 2));
    const script = ceremonyScript(plan, 'small', { program });
    const screen = terminal.text.replaceAll(/\s+/g, ' ');
    let at = 0;
    for (const step of script.steps) {
      const found = screen.indexOf(stepHeading(script, step), at);
      expect([step.number, found >= at]).toEqual([step.number, true]);
      at = found;
      for (const line of step.screen?.split('\n') ?? []) {
        // "…" is what only the day knows.
        const pattern = line
          .split('…')
          .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
        expect([step.number, screen.slice(at)]).toEqual([
          step.number,
          expect.stringMatching(new RegExp(pattern.join('.+?'))) as unknown,
        ]);
      }
    }
    expectNoRowOnScreen(terminal.text, rows);
    await expectRecorded(stage, program.hash);
  });
}, 120_000);

async function expectRecorded(stage: Stage, program: string): Promise<void> {
  const lines = (await readFile(stage.at(ESCROW, 'ledger.jsonl'), 'utf8')).trimEnd().split('\n');
  const bodies = lines.map(
    (line) => JSON.parse((JSON.parse(line) as { body: string }).body) as { event: string; facts: object },
  );
  // Of this machine, whatever it is connected to.
  const ofNetwork =
    connectedNetworks().length === 0
      ? []
      : [{ kind: 'exception', step: 2, who: 'lead', text: 'the machine was on a network' }];
  const exceptions = [
    { kind: 'exception', step: 1, who: 'card 1', text: 'The trustee of card 1 came ten minutes late.' },
    ...ofNetwork,
    { kind: 'exception', step: 6, who: 'lead', fix: 'Done again, and it was right.' },
    // Kept by the program itself.
    { kind: 'exception', step: 6, who: 'card 1', text: 'card 1 was printed again' },
    { kind: 'exception', step: 9, who: 'lead' },
  ];
  expect(bodies.map(({ event }) => event)).toEqual(['ceremony', ...exceptions.map(() => 'note')]);
  expect(bodies[0]?.facts).toMatchObject({
    kind: 'new',
    exceptions: exceptions.length,
    script: 'small',
    program,
  });
  expect(bodies.slice(1).map(({ facts }) => facts)).toMatchObject(exceptions);
  expect((await stage.holdfast('verify', ESCROW)).code).toBe(0);
  // Cut off behind the ceremony, they are missed, even by somebody who never saw this escrow.
  await stage.write(`${ESCROW}/ledger.jsonl`, `${lines.slice(0, 2).join('\n')}\n`);
  const { code, out } = await stage.holdfast('verify', ESCROW, '--json');
  expect(code).toBe(13);
  expect(out.toString()).toContain('"exceptions-missing"');

  const [escrow = ''] = (await readdir(stage.at('home'))).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const path = stage.at('home', escrow, 'register.json');
  const { cards } = decodeRegister(await readFile(path), path);
  expect(cards.map(({ bag }) => bag)).toEqual(['A104470', 'A104472']);
}

test('a trustee who is not there is an exception, and only on a yes', async (context) => {
  await withStage(async (stage) => {
    const terminal = await start(context, stage);
    await terminal.retype('Which cards have their trustee here?', '1');
    await terminal.see(/Present: 1 of 2/);
    await terminal.answer('Go on without the trustee of card 2?', 'y');
    await terminal.see(/Exception 1 is kept, at step 1/);
    for (const [, question, answer] of OPENING.slice(1, 4)) await terminal.answer(question, answer);
    const [agreed] = await terminal.see(/Agreed by \d of \d/);
    expect(agreed).toBe('Agreed by 1 of 2');
    terminal.interrupt();
    expect(await terminal.end()).toBe(130);
    expect((await readdir(stage.folder)).sort()).toEqual(['home', 'plan.yaml']);
  });
});

/** Up to a step, and what is asked there. */
const STOPS: readonly [name: string, reach: (terminal: Terminal) => Promise<unknown>][] = [
  ...OPENING.map(
    ([, question], index) =>
      [
        question,
        async (terminal: Terminal) => {
          for (const [, before, answer] of OPENING.slice(0, index)) await terminal.answer(before, answer);
          await terminal.see(new RegExp(`\\? [^\\n]*${question.replace('?', '')}`));
        },
      ] as [string, (terminal: Terminal) => Promise<unknown>],
  ),
  [
    'the words',
    async (terminal) => {
      for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
      await terminal.see(/\? The six words/);
    },
  ],
  [
    'a card',
    async (terminal) => {
      await openCeremony(terminal);
      await terminal.see(/\? Press Enter when/);
    },
  ],
];

async function expectNothingLeft(stage: Stage): Promise<void> {
  expect((await readdir(stage.folder)).filter((name) => !name.startsWith('scan-')).sort()).toEqual([
    'home',
    'plan.yaml',
  ]);
  expect((await readdir(stage.at('home'))).filter((name) => /^[0-9a-f]{16}$/.test(name))).toEqual([]);
}

test.for(STOPS)('stopped at "%s", nothing is left', async ([, reach], context) => {
  await withStage(async (stage) => {
    const terminal = await start(context, stage);
    await reach(terminal);
    terminal.interrupt();
    expect(await terminal.end()).toBe(130);
    await expectNothingLeft(stage);
  });
});

test.for(['bags', 'the end'])(
  'stopped at %s, with every card read back, nothing is left',
  async (step, context) => {
    peer(context, 'pdftoppm');
    await withStage(async (stage) => {
      const terminal = await start(context, stage);
      await openCeremony(terminal);
      for (const card of [1, 2]) await typeCard(context, stage, terminal, card);
      if (step === 'bags') await terminal.see(/\? Number of the bag/);
      else {
        await terminal.answer('Number of the bag of card 1 (', 'none');
        await terminal.answer('Number of the bag of card 2 (', 'none');
        await terminal.answer(WHICH_BAG);
        await terminal.see(/\? Press Enter: the charter/);
      }
      terminal.interrupt();
      expect(await terminal.end()).toBe(130);
      await expectNothingLeft(stage);
    });
  },
);

test('the full script: a quorum drawn by lot opens the test package on a second machine', async (context) => {
  peer(context, 'pdftoppm');
  await withStage(async (stage) => {
    const terminal = await openTerminal(
      context,
      [
        process.execPath,
        PROGRAM,
        'ceremony',
        'new',
        ESCROW,
        '--plan',
        'plan.yaml',
        '--cards',
        'cards',
        '--full',
      ],
      stage,
    );
    for (const [, question, answer] of OPENING.slice(0, 4)) await terminal.answer(question, answer);
    await terminal.answer('Is no quorum of cards in one place', 'y');
    const dice = 'Rolls of the dice, digits from 1 to 6';
    await terminal.answerWrongly(dice, '1273', /digits from 1 to 6, and at most 1000/);
    await terminal.answer(dice, '61253 46142 5');
    await terminal.see(/Rolls of the dice so far: 11/);
    await terminal.answerWrongly(dice, '', /11 rolls so far, 50 are needed/);
    await terminal.answer(dice, '416253'.repeat(7));
    await terminal.see(/Rolls of the dice so far: 53/);
    await terminal.answer(dice);
    expect(terminal.text).not.toMatch(/61253|416253/);
    await terminal.answer('Press Enter to make the key.');
    await terminal.answer(WORDS, (await wordsOnScreen(terminal)).join(' '));
    for (const card of [1, 2]) await typeCard(context, stage, terminal, card);
    await terminal.see(/Step 10 of 16: Drawn by lot[^]*Drawn by lot: cards 1, 2/);

    const shares = [1, 2].flatMap((card) => ['--share', `scan-${card}.png`]);
    const elsewhere = await stage.holdfast('recover', 'ceremony-test.tar.age', ...shares, '--out', 'test');
    expect([elsewhere.code, elsewhere.err]).toEqual([0, expect.any(String)]);
    const words = await readFile(stage.at('test', 'attachments', 'six-words.txt'), 'utf8');
    const question = 'The six words in test/attachments/six-words.txt there:';
    await terminal.answerWrongly(question, 'abandon '.repeat(6), /not the words in that package/);
    await terminal.answer(question, words.trim());
    await terminal.see(/Step 11 of 16/);
    expect(await readdir(stage.folder)).not.toContain('ceremony-test.tar.age');
    await closeCeremony(terminal, 2);
    await terminal.see(/Steps 13 to 16 follow by the paper/);
    expect(await terminal.end()).toBe(0);
  });
}, 120_000);

test.for(['reissue', 'rekey'] as const)(
  'the full script of a %s: its steps on screen and paper',
  { timeout: 120_000 },
  async (kind, context) => {
    peer(context, 'pdftoppm');
    await withStage(async (stage) => {
      await stage.holdCeremony(planOf(2, 2));
      const paper = ['--plan', 'plan.yaml', '--out', 's.pdf', '--full'];
      const printed = await stage.json('print', 'script', ESCROW, ...paper);
      const args = ['--plan', 'plan.yaml', '--cards', 'new', '--full', '--share', 'cards'];
      const terminal = await openTerminal(
        context,
        [process.execPath, PROGRAM, 'ceremony', kind, ESCROW, ...args],
        stage,
      );
      for (const [, question, answer] of OPENING.slice(0, 4)) await terminal.answer(question, answer);
      await terminal.answer('Is no quorum of cards in one place', 'y');
      if (kind === 'rekey') await terminal.answer('Rolls of the dice', '416253'.repeat(9));
      if (kind === 'rekey') await terminal.answer('Rolls of the dice');
      await terminal.answer('Press Enter: the cards in force are asked for.');
      await terminal.answer(WORDS, (await wordsOnScreen(terminal)).join(' '));
      for (const card of [1, 2]) {
        await terminal.see(/\? Press Enter when it is on paper/);
        const rows = await rowsOf(stage.at('new', `card-${card}.pdf`));
        await stage.write(`new-${card}.txt`, rows.join('\n'));
        await terminal.answer(PRINT);
        await terminal.choose(HOW, 'all its rows');
        for (const row of [1, 2, 3, 4]) await terminal.answer(`Row ${row}, typed`, rows[row - 1]);
      }
      await terminal.see(/Drawn by lot: cards 1, 2/);
      const shares = [1, 2].flatMap((card) => ['--share', `new-${card}.txt`]);
      const elsewhere = await stage.holdfast('recover', 'ceremony-test.tar.age', ...shares, '--out', 'test');
      expect([elsewhere.code, elsewhere.err]).toEqual([0, expect.any(String)]);
      const words = await readFile(stage.at('test', 'attachments', 'six-words.txt'), 'utf8');
      await terminal.answer('The six words in test/attachments/six-words.txt there:', words.trim());
      await closeCeremony(terminal, 2);
      expect(await terminal.end()).toBe(0);

      const script = ceremonyScript(decodePlan(planOf(2, 2)), 'full', { isNext: true });
      expect(printed).toMatchObject({ steps: script.steps.length });
      const screen = terminal.text.replaceAll(/\s+/g, ' ');
      const heads = script.steps.slice(0, -4).map((step) => stepHeading(script, step));
      expect(heads.filter((head) => !screen.includes(head))).toEqual([]);
      expect(screen).toContain('Steps 13 to 16 follow by the paper');
      expect(await readFile(stage.at(ESCROW, 'ledger.jsonl'), 'utf8')).toMatch(
        new RegExp(`"kind\\\\":\\\\"${kind}[^\n]*script\\\\":\\\\"full`),
      );
      expect((await stage.holdfast('verify', ESCROW)).code).toBe(0);
    });
  },
);

test('--full without people is refused', async () => {
  await withStage(async (stage) => {
    const args = ['--plan', 'plan.yaml', '--cards', 'cards', '--full', '--no-input'];
    const { code, err } = await stage.holdfast('ceremony', 'new', ESCROW, ...args);
    expect(err).toContain('--full');
    expect(code).toBe(16);
  });
});

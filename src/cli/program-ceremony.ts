// The ceremonies as commands: names, flags and help.

import type { Command } from 'commander';
import type { CommandSpec } from './program.ts';
import { PASSPHRASE_FILE } from './passphrase-flag.ts';
import { wholeNumber } from './whole-number.ts';

/** Of cards that are to be locked. */
const NEW_PASSPHRASE = [
  '--passphrase-file <file>',
  'passphrase for a card that the plan wants locked, instead of being asked; N=FILE for card N; repeatable',
] as const;

/** Of shares as files. */
const ENCRYPT_TO = [
  '--encrypt-to <n=recipient>',
  'card N also as a file sealed to the age key of its trustee (3=age1…); repeatable; or in the plan',
] as const;

const FULL = [
  '--full',
  'in a terminal: by the full script, with a witness, dice for a new key, lots and a second machine',
] as const;

/** The help of --agreed, the same for every ceremony. */
const AGREED = 'refuse any other plan than the one with these six words, or this hash (ceremony plan)';

type List = (value: string, before: string[] | undefined) => string[];

/** How the cards come onto paper, the same for every ceremony. */
const paperOptions = (command: Command): Command =>
  command
    .option(
      '--cards <out>',
      'folder for the card PDFs, best one held in memory; in a terminal one file at a time',
    )
    .option('--print <printer>', 'in a terminal: send each card to this printer from memory, without a file')
    .option('--by-hand', 'in a terminal: no printer, each trustee copies the card from the screen');

/**
 * @param add - Adds a command to `ceremony`.
 * @param list - Reads a flag that may be repeated.
 */
export function addCeremonies(add: (spec: CommandSpec) => Command, list: List): void {
  add({
    usage: 'plan [dir]',
    summary: 'write the plan of a ceremony by questions; or check one, and say its six words',
    example: 'holdfast ceremony plan northwind.escrow --plan plan.yaml',
    load: async () => (await import('./commands/ceremony-plan.ts')).ceremonyPlan,
  })
    .option('--plan <file>', 'the plan to check (YAML or JSON); without it, it is asked for')
    .option('--out <file>', 'where the plan that was asked for is written (plan.yaml)');
  paperOptions(
    add({
      usage: 'new <dir>',
      summary: 'hold a first ceremony: make the escrow key, print a card for each trustee, read each back',
      example: 'holdfast ceremony new northwind.escrow --plan plan.yaml --cards /dev/shm/cards',
      load: async () => (await import('./commands/ceremony-new.ts')).ceremonyNew,
    }).option('--plan <file>', 'the plan: who gets a card and how many open it (YAML or JSON)'),
  )
    .option('--sealer <pub>', 'public key file of a machine that may seal; repeat for several', list)
    .option(...NEW_PASSPHRASE, list)
    .option(...ENCRYPT_TO, list)
    .option(...FULL)
    .option('--agreed <words>', AGREED);
  add({
    usage: 'preflight [dir]',
    summary: 'the day before: look at plan, program, clock, printer and the rest; makes nothing',
    example: 'holdfast ceremony preflight --plan plan.yaml --cards /dev/shm/cards',
    load: async () => (await import('./commands/ceremony-preflight.ts')).ceremonyPreflight,
  })
    .option('--plan <file>', 'the plan')
    .option('--cards <out>', 'the folder that the card files would go to')
    .option(
      '--confirm <check>',
      'a person has seen it: program, clock, printer, camera or media; repeatable',
      list,
    )
    .option('--attending <cards>', 'the cards whose trustees have said that they come: 1,2,5 or all');
  const next = (kind: 'reissue' | 'rekey', summary: string): Command =>
    paperOptions(
      add({
        usage: `${kind} <dir>`,
        summary,
        example: `holdfast ceremony ${kind} northwind.escrow --plan plan.yaml --cards /dev/shm/cards --share card-1.jpg --share card-4.jpg --share card-5.jpg`,
        load: async () => {
          const { ceremonyReissue, ceremonyRekey } = await import('./commands/ceremony-next.ts');
          return kind === 'reissue' ? ceremonyReissue : ceremonyRekey;
        },
      }).option('--plan <file>', 'the plan of the new set (YAML or JSON)'),
    )
      .option('--agreed <words>', AGREED)
      .option('--share <s>', 'a card of the set in force; repeat for each of a quorum', list)
      .option(
        '--share-passphrase-file <file>',
        'passphrase of a locked card of the set in force; N=FILE for card N; repeatable',
        list,
      )
      .option(...NEW_PASSPHRASE, list)
      .option(...ENCRYPT_TO, list)
      .option(
        '--sealer <pub>',
        'public key file of a machine that may seal (otherwise those of today); repeat for several',
        list,
      )
      .option(...FULL);
  next('reissue', 'give new cards for the same key; the old set stays in force until each was read back');
  next('rekey', 'make a new key and new cards, and seal the newest package again').option(
    '--packages <n>',
    'how many packages are sealed again, the newest first (1)',
    wholeNumber(1),
  );
  add({
    usage: 'retire <dir>',
    summary:
      'decide what becomes of packages that retired cards still open, and note what became of the cards',
    example:
      'holdfast ceremony retire northwind.escrow --accept all --reason "passwords were changed in May"',
    load: async () => (await import('./commands/ceremony-retire.ts')).ceremonyRetire,
  })
    .option('--accept <n>', 'this package stays, or "all" that are undecided; repeat for several', list)
    .option(
      '--destroy <n>',
      'this package is deleted here, or "all" that are undecided; repeat for several',
      list,
    )
    .option('--reason <text>', 'why, for the ledger: no names, no secrets')
    .option('--set <n>', 'the retired set that --card is about (the one retired last)', wholeNumber(1))
    .option('--card <n>', 'which card of it', wholeNumber(1))
    .option('--state <state>', 'lost, seen or destroyed');
  paperOptions(
    add({
      usage: 'remake <dir>',
      summary: 'make a destroyed or unreadable card again, the same one, with a quorum of the others',
      example:
        'holdfast ceremony remake northwind.escrow --card 3 --cards /dev/shm/cards --share card-1.jpg --share card-4.jpg --share card-5.jpg',
      load: async () => (await import('./commands/ceremony-remake.ts')).ceremonyRemake,
    }).option('--card <n>', 'which card is made again', wholeNumber(1)),
  )
    .option('--share <s>', 'another card of the set; repeat for each of a quorum', list)
    .option(...PASSPHRASE_FILE, list)
    .option(
      '--encrypt-to <recipient>',
      'an age key of its holder (age1…): its rows also as a file sealed to it',
    )
    .option('--unreadable', 'its paper is here, cannot be read, and will be destroyed')
    .option('--paper <size>', 'a4 or letter (a4)');
}

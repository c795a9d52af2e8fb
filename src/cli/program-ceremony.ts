// The ceremonies of an escrow that stands, as commands: names, flags and help.

import type { Command } from 'commander';
import type { CommandSpec } from './program.ts';

/** The help of --agreed, the same for every ceremony. */
export const AGREED = 'refuse any other plan than the one with these six words, or this hash (ceremony plan)';

/** How flags are read. */
interface Readers {
  readonly list: (value: string, before: string[] | undefined) => string[];
  readonly wholeNumber: (least: number) => (value: string) => number;
}

/** @param add - Adds a command to `ceremony`. */
export function addNextCeremonies(add: (spec: CommandSpec) => Command, { list, wholeNumber }: Readers): void {
  const next = (kind: 'reissue' | 'rekey', summary: string): Command =>
    add({
      usage: `${kind} <dir>`,
      summary,
      example: `holdfast ceremony ${kind} northwind.escrow --plan plan.yaml --cards /dev/shm/cards --share card-1.jpg --share card-4.jpg --share card-5.jpg`,
      load: async () => {
        const { ceremonyReissue, ceremonyRekey } = await import('./commands/ceremony-next.ts');
        return kind === 'reissue' ? ceremonyReissue : ceremonyRekey;
      },
    })
      .option('--plan <file>', 'the plan of the new set (YAML or JSON)')
      .option('--cards <out>', 'folder for the new card PDFs, best one held in memory')
      .option('--agreed <words>', AGREED)
      .option('--share <s>', 'a card of the set in force; repeat for each of a quorum', list)
      .option(
        '--sealer <pub>',
        'public key file of a machine that may seal (otherwise those of today); repeat for several',
        list,
      );
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
    .option('--destroy <n>', 'this package is deleted here; repeat for several', list)
    .option('--reason <text>', 'why, for the ledger: no names, no secrets')
    .option('--set <n>', 'the retired set that --card is about (the one retired last)', wholeNumber(1))
    .option('--card <n>', 'which card of it', wholeNumber(1))
    .option('--state <state>', 'lost, seen or destroyed');
  add({
    usage: 'remake <dir>',
    summary: 'make a destroyed or unreadable card again, the same one, with a quorum of the others',
    example:
      'holdfast ceremony remake northwind.escrow --card 3 --cards /dev/shm/cards --share card-1.jpg --share card-4.jpg --share card-5.jpg',
    load: async () => (await import('./commands/ceremony-remake.ts')).ceremonyRemake,
  })
    .option('--card <n>', 'which card is made again', wholeNumber(1))
    .option('--cards <out>', 'folder for its PDF, best one held in memory')
    .option('--share <s>', 'another card of the set; repeat for each of a quorum', list)
    .option('--unreadable', 'its paper is here, cannot be read, and will be destroyed')
    .option('--paper <size>', 'a4 or letter (a4)');
}

// The part of the command tree about papers, dates and the register. Like program.ts it knows names, flags
// and help only.

import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';
import type { CommandSpec } from './program.ts';

/** @param add - Adds a command below another. */
export function addPaperCommands(
  program: Command,
  add: (parent: Command, spec: CommandSpec) => Command,
): void {
  add(program, {
    usage: 'print <what> [dir]',
    summary: 'print a paper for custody or an emergency; none holds a secret',
    example: 'holdfast print letters northwind.escrow --out letters.pdf',
    load: async () => (await import('./commands/print.ts')).print,
  })
    .addHelpText(
      'after',
      '\nWhat: script and blank-card (before there is an escrow), acknowledgement, contact-sheet, envelope-sheet, letters, emergency-sheet, register',
    )
    .option('--out <file>', 'the PDF to write')
    .option('--plan <file>', 'script: the plan of the ceremony')
    .option('--full', 'script: with a witness, lots and a second machine')
    .option('--paper <size>', 'a4 or letter (a4)')
    .option('--card <n>', 'for this card alone: acknowledgement, envelope-sheet, letters', wholeNumber(1));
  add(program, {
    usage: 'reminders <dir>',
    summary: 'write a calendar file of the days on which cards are due; no name and no secret in it',
    example: 'holdfast reminders northwind.escrow --out cards.ics',
    load: async () => (await import('./commands/reminders.ts')).reminders,
  })
    .option('--out <file>', 'the calendar file to write')
    .option('--card <n>', 'for this card alone', wholeNumber(1));
  const register = program
    .command('register')
    .summary('who holds which card')
    .description('who holds which card');
  add(register, {
    usage: 'export <dir>',
    summary: 'copy the register of this machine into a file, for a safe or another machine',
    example: 'holdfast register export northwind.escrow --out /media/stick/register.json',
    load: async () => (await import('./commands/register.ts')).registerExport,
  }).option('--out <file>', 'the file to write');
  add(register, {
    usage: 'import <dir> <file>',
    summary: 'keep the register on this machine from now on',
    example: 'holdfast register import northwind.escrow /media/stick/register.json',
    load: async () => (await import('./commands/register.ts')).registerImport,
  });
}

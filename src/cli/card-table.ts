// Cards into a table, one verdict at a time: from files named on the command line, or asked for at the
// terminal row by row, each row and each card judged at once (E2).

import type { CardText } from '../adapters/card-input.ts';
import type { Prompter } from '../adapters/prompts.ts';
import type { Scanner } from '../adapters/scan.ts';
import { isEscrowError } from '../core/errors.ts';
import { formatRow, judgeRow } from '../core/share/share-text.ts';
import type { Repair } from '../core/share/share-text.ts';
import { markName } from '../escrow/quorum.ts';
import type { CardTable, CardVerdict } from '../escrow/quorum.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/**
 * Reads what one --share names. A file that holds no card is told and passed over, never an end.
 *
 * @returns whether it held any card.
 */
export async function addShare(session: Session, table: CardTable, named: string): Promise<boolean> {
  const { cardsInFile, cardsInStream } = await import('../adapters/card-input.ts');
  let cards: CardText[];
  try {
    cards =
      named === '-'
        ? await cardsInStream(session.io.stdin, 'standard input', loadScanner)
        : await cardsInFile(session.path(named), named, loadScanner);
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    const { message, hint } = reportOf(error);
    session.warn(`${message}; ${hint}`);
    return false;
  }
  for (const { from, rows } of cards) tellVerdict(session, table.add(from, rows));
  return cards.length > 0;
}

let scanner: Promise<Scanner> | undefined;

/** The scanner, loaded once and only when a picture comes. */
export function loadScanner(): Promise<Scanner> {
  scanner ??= import('../adapters/scan.ts').then((module) => module.loadScanner());
  return scanner;
}

function describeRepairs(repairs: readonly Repair[]): string {
  return repairs
    .map(({ row, position, from, to }) => `row ${row}, symbol ${position}: ${from} read as ${to}`)
    .join('; ');
}

/** One card's verdict as a sentence. */
export function describeVerdict(verdict: CardVerdict): string {
  const { state, label, mark, repairs, problem } = verdict;
  const name = mark ? `${label} (${markName(mark)})` : label;
  const repaired = repairs.length > 0 ? `, repaired (${describeRepairs(repairs)})` : '';
  switch (state) {
    case 'good':
      return `${name} is good${repaired}`;
    case 'readable':
      return `${name} is readable${repaired}`;
    case 'already-given':
      return `${name} was already given`;
    case 'other-set':
      return `${name} belongs to another set than the charter's; kept, in case the charter is wrong`;
    case 'not-listed':
      return `${name} is not one of the cards the charter lists: forged, or the charter is; kept aside`;
    case 'unreadable':
      return problem
        ? `not readable: ${reportOf(problem).message}; ${reportOf(problem).hint}`
        : 'not readable';
  }
}

export function tellVerdict(session: Session, verdict: CardVerdict): void {
  const text = `${verdict.from}: ${describeVerdict(verdict)}`;
  if (verdict.state === 'good' || verdict.state === 'readable') session.say(text);
  else session.warn(text);
}

/** Asks for cards until some set is complete. */
export async function askForCards(session: Session, table: CardTable, prompter: Prompter): Promise<void> {
  while (!table.hasQuorum()) {
    const progress = table.progress();
    if (progress)
      session.say(
        `${progress.have} of the ${markName(progress.mark)} set; still needed: ${progress.missing}`,
      );
    const way = await prompter.choose('The next card:', [
      { name: 'a photo, scan or file of it', value: 'file' },
      { name: 'type its four rows', value: 'rows' },
      { name: 'there are no more cards', value: 'none' },
    ]);
    if (way === 'none') return;
    if (way === 'file') {
      await addShare(session, table, await prompter.text('Path of the photo, scan or file:'));
    } else {
      const rows: string[] = [];
      for (let row = 1; row <= 4; row += 1) rows.push(await askForRow(session, prompter, row));
      tellVerdict(session, table.add('typed', rows));
    }
  }
}

/** One row from the keyboard, judged before the next is asked for. */
export async function askForRow(session: Session, prompter: Prompter, row: number): Promise<string> {
  const typed = await prompter.text(`Row ${row} (type ? for a symbol you cannot read):`, {
    check: (answer) => {
      const verdict = judgeRow(row, answer);
      if (verdict.state === 'swapped') return `that is row ${verdict.belongs}; row ${row} is asked for`;
      return verdict.state === 'unreadable' ? reportOf(verdict.problem).message : undefined;
    },
  });
  const verdict = judgeRow(row, typed);
  if (verdict.state === 'repaired') {
    session.say(
      `row ${row}: symbol ${verdict.position} read as ${verdict.to} instead of ${verdict.from}: ${formatRow(verdict.symbols)}`,
    );
  }
  if (verdict.state === 'provisional') session.say(`row ${row}: kept; the whole card will tell`);
  return typed;
}

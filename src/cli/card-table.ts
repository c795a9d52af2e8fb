// Cards into a table, one verdict at a time: from files named on the command line, or asked for at the
// terminal row by row, each row and each card judged at once.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CardText } from '../adapters/card-input.ts';
import { isFolder } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import type { Scanner } from '../adapters/scan.ts';
import { isEscrowError } from '../core/errors.ts';
import type { EscrowError } from '../core/errors.ts';
import { ROWS } from '../core/share/row.ts';
import { judgeRow, rowCountOf } from '../core/share/share-text.ts';
import type { Repair, RowVerdict } from '../core/share/share-text.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardVerdict } from '../escrow/card-verdict.ts';
import { policyWords } from '../escrow/policy-words.ts';
import type { CardTable } from '../escrow/quorum.ts';
import type { CardPassphrases, LockedPlace } from './card-passphrases.ts';
import { decline, groupOf, heading, noRow, pathTyped, tell } from './dialogue.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/** Cards as they come in, and what opens the locked ones among them. */
interface CardIntake {
  readonly table: CardTable;
  readonly keys: CardPassphrases;
}

/**
 * Reads what one --share names. A file that holds no card is told and passed over, never an end.
 */
export async function addShare(session: Session, intake: CardIntake, named: string): Promise<void> {
  for (const file of await filesNamed(session, named)) await addFile(session, intake, file);
}

/** A folder of photos is the files in it; an empty one stays what it is, and is told. */
async function filesNamed(session: Session, named: string): Promise<readonly string[]> {
  if (named === '-' || !(await isFolder(session.path(named)))) return [named];
  const entries = await readdir(session.path(named), { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.length === 0 ? [named] : files.map(({ name }) => join(named, name)).sort();
}

async function addFile(session: Session, intake: CardIntake, named: string): Promise<void> {
  for (const { from, rows } of await readShare(session, named)) {
    const verdict = intake.table.add(from, rows);
    tellVerdict(session, verdict);
    await unlock(session, intake, verdict);
  }
}

/** What a person calls a locked card, and by which number its passphrase may be named. */
export function lockedPlace({ label, mark, card, place, state, isRetired }: CardVerdict): LockedPlace {
  return {
    label: mark ? `${label} (${markName(mark)})` : label,
    card: card ?? place?.member,
    isListed: state === 'good' || isRetired === true,
  };
}

/**
 * Opens a card that is locked: the one just given, and of one that was left, itself when it is given again. Others
 * are not tried anew: each try takes long, and a file may hold many forged cards of one number.
 */
async function unlock(session: Session, { table, keys }: CardIntake, given: CardVerdict): Promise<void> {
  const locked = table.lockedAs(given);
  if (!locked) return;
  const open = await keys.open(lockedPlace(locked), (passphrase) => table.unlock(locked, passphrase));
  if (open) session.say(`${open.from}: ${describeVerdict(open)}`);
}

/** The cards in what one --share names: none when it holds no card, which is told. */
export async function readShare(session: Session, named: string): Promise<readonly CardText[]> {
  const { cardsInFile, cardsInStream } = await import('../adapters/card-input.ts');
  const scan = (): Promise<Scanner> => scannerOf(session);
  try {
    return named === '-'
      ? await cardsInStream(session.io.stdin, 'standard input', scan)
      : await cardsInFile(session.path(named), named, scan);
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    const { message, hint } = reportOf(error);
    session.warn(`${message}; ${hint}`);
    return [];
  }
}

let scanner: Promise<Scanner> | undefined;

/** The scanner, loaded once and only when a picture comes; what it does not look at is told. */
export async function scannerOf(session: Session): Promise<Scanner> {
  scanner ??= import('../adapters/scan.ts').then((module) => module.loadScanner());
  const loaded = await scanner;
  const readCodes: Scanner['readCodes'] = (bytes, name) =>
    loaded.readCodes(bytes, name, (page) => {
      session.warn(
        `${name}: page ${page} and those behind it were not looked at, the pages before are too large; give them as a file of their own`,
      );
    });
  return { ...loaded, readCodes };
}

function describeRepairs(repairs: readonly Repair[]): string {
  // Where, and not what: these sentences land in terminals and logs, and a symbol is a piece of the share.
  return repairs.map(({ row, position }) => `row ${row}, symbol ${position}`).join('; ');
}

/** What is said of the lock of a card that is in. */
const LOCK_WORDS = { none: '', closed: '; it is locked by a passphrase', open: ', and unlocked' } as const;

/** One card's verdict as a sentence. */
export function describeVerdict(verdict: CardVerdict): string {
  const { state, label, mark, repairs, problem } = verdict;
  const name = mark ? `${label} (${markName(mark)})` : label;
  const repaired =
    (repairs.length > 0 ? `, repaired (${describeRepairs(repairs)})` : '') +
    LOCK_WORDS[verdict.lock ?? 'none'];
  switch (state) {
    case 'good':
      return `${name} is good${repaired}`;
    case 'readable':
      return `${name} is readable${repaired}`;
    case 'already-given':
      return `${name} was already given`;
    case 'other-set':
      return verdict.isRetired === true && verdict.wanted
        ? `${name} is of a set that was retired: ask for the ${markName(verdict.wanted)}; kept, since it opens what was sealed for it`
        : `${name} belongs to another set than the charter's${otherMark(verdict)}; kept, in case the charter is wrong`;
    case 'not-listed':
      return `${name} is not one of the cards the charter lists: forged, or the charter is; kept aside`;
    case 'unreadable':
      return problem
        ? `not readable: ${reportOf(problem).message}; ${reportOf(problem).hint}`
        : 'not readable';
  }
}

/** Which card to ask for, where the mark tells the two apart. */
function otherMark({ mark, wanted }: CardVerdict): string {
  const asked = wanted && markName(wanted);
  return asked === undefined || (mark && markName(mark) === asked) ? '' : ` (ask for the ${asked})`;
}

function tellVerdict(session: Session, verdict: CardVerdict): void {
  const text = `${verdict.from}: ${describeVerdict(verdict)}`;
  if (verdict.state === 'good' || verdict.state === 'readable') session.say(text);
  else session.warn(text);
}

type NextCard = 'rows' | 'file' | 'none';

const NEXT_CARD: readonly { name: string; value: NextCard }[] = [
  { name: 'a photo, scan or file of it', value: 'file' },
  { name: 'type its rows', value: 'rows' },
  { name: 'there is no further card', value: 'none' },
];

const STOP = 'Stop here? The cards that are in would have to be given again.';

function firstCard({ asked }: CardTable): string {
  if (!asked) return 'The first card';
  return `The first card of the ${markName(asked.mark)} set; needed: ${policyWords({ policy: asked.policy, cards: [] })}`;
}

/** Asks for cards until some set is complete. */
export async function askForCards(session: Session, intake: CardIntake, prompter: Prompter): Promise<void> {
  const { table } = intake;
  let way: NextCard = 'file';
  while (!table.hasQuorum()) {
    const progress = table.progress();
    heading(
      session,
      progress
        ? `${markName(progress.mark)} set: ${progress.have} in; still needed: ${progress.missing}`
        : firstCard(table),
    );
    way = await askForCard(session, intake, prompter, progress ? 'The next card:' : 'How does it come?', way);
    if (way === 'none') return;
  }
  tell(session, 'That is a quorum.');
}

/** Asks for one card more. @returns false when there is none. */
export async function askForFurtherCard(
  session: Session,
  intake: CardIntake,
  prompter: Prompter,
): Promise<boolean> {
  return (await askForCard(session, intake, prompter, 'A further card of this set:', 'file')) !== 'none';
}

async function askForCard(
  session: Session,
  intake: CardIntake,
  prompter: Prompter,
  question: string,
  initial: NextCard,
): Promise<NextCard> {
  const way: NextCard = await prompter.choose(question, NEXT_CARD, initial);
  // One key too many must not cost what a quorum of people has typed.
  if (way === 'none' && intake.table.progress() && !(await prompter.confirm(STOP, false))) return initial;
  if (way === 'file') {
    const question = 'The photo, scan or file (empty: go back):';
    const named = pathTyped(await prompter.text(question, { check: noRow }));
    if (named !== '') await addShare(session, intake, named);
  } else if (way === 'rows') {
    await typeCard(session, intake, prompter);
  }
  return way;
}

/** A whole card from the keyboard. Where it cannot be read, only its doubtful rows are asked for again. */
async function typeCard(session: Session, intake: CardIntake, prompter: Prompter): Promise<void> {
  const { table } = intake;
  tell(session, 'Type the rows as they stand on the card; ? for a symbol you cannot read.');
  const rows: string[] = [];
  let count = ROWS;
  let asked: readonly number[] = [];
  for (;;) {
    for (let row = 1; row <= count; row += 1) {
      if (rows[row - 1] !== undefined && !asked.includes(row)) continue;
      const typed = await askForRow(session, prompter, { row, count, before: rows[row - 1] ?? '' });
      if (typed === '') return;
      rows[row - 1] = typed;
      // A locked card has one row more, and its first tells.
      if (row === 1) count = rowCountOf(typed) ?? count;
    }
    rows.length = count;
    const problem = table.problemWith(rows);
    if (!problem) {
      const verdict = table.add('typed card', rows);
      tell(session, `${describeVerdict(verdict)}.`);
      await unlock(session, intake, verdict);
      return;
    }
    asked = rowsInDoubt(problem, count);
    decline(session, reportOf(problem).message);
    const names = asked.length === 1 ? `row ${asked.join()}` : `rows ${asked.join(', ')}`;
    const way = await prompter.choose('What now?', [
      { name: `look at ${names} again`, value: 'again' },
      { name: 'leave this card', value: 'leave' },
    ]);
    if (way === 'leave') return;
  }
}

function rowsInDoubt(problem: EscrowError, count: number): readonly number[] {
  if (isEscrowError(problem, 'share.row-unreadable')) return [problem.facts.row];
  if (isEscrowError(problem, 'share.rows-unreadable')) return problem.facts.rows;
  return Array.from({ length: count }, (_, at) => at + 1);
}

/**
 * One row from the keyboard, judged before the next is asked for, and not left on the screen.
 *
 * @param asked - The row, how many its card has, and what was typed the last time, to be corrected.
 * @returns empty when the person goes back.
 */
async function askForRow(
  session: Session,
  prompter: Prompter,
  { row, count, before }: { row: number; count: number; before: string },
): Promise<string> {
  const typed = await prompter.text(
    before === '' ? `Row ${row} (empty: go back):` : `Row ${row}, to be corrected:`,
    {
      check: (answer) => {
        if (answer.trim() === '') return undefined;
        const verdict = judgeRow(row, answer, count);
        if (verdict.state === 'swapped') return `that is row ${verdict.belongs}; row ${row} is asked for`;
        if (verdict.state !== 'unreadable') return undefined;
        const { message } = reportOf(verdict.problem);
        return verdict.problem.code === 'share.row-unreadable'
          ? `${message}; compare each group, type ? where in doubt`
          : message;
      },
      ...(before === '' ? {} : { prefill: before }),
      shownAfter: 'taken',
    },
  );
  tellRow(session, judgeRow(row, typed, count));
  return typed.trim();
}

function tellRow(session: Session, verdict: RowVerdict): void {
  if (verdict.state === 'repaired') {
    const { position } = verdict;
    tell(session, `One slip repaired: symbol ${position}, in group ${groupOf(position)}.`);
  }
  if (verdict.state === 'provisional') tell(session, 'Something in it is open; the whole card will tell.');
}

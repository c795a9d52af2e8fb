// Reading a card back from paper: a scan and one typed row, or all its rows, and no repair accepted
//. Used when a card is handed out and when its holder proves it later.

import { cardsInFile } from '../adapters/card-input.ts';
import type { CardText } from '../adapters/card-input.ts';
import { readBounded } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import type { Bytes } from '../core/bytes.ts';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { symbolValue, typedSymbols } from '../core/share/base32.ts';
import { isRowAsPrinted } from '../core/share/row-check.ts';
import { setMark } from '../core/share/set.ts';
import { decodeShareRows, judgeRow, setInFirstRow } from '../core/share/share-text.ts';
import type { RowVerdict } from '../core/share/share-text.ts';
import { markName } from '../escrow/card-verdict.ts';
import { scannerOf } from './card-table.ts';
import { groupOf } from './dialogue.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/**
 * The record of exactly one card in a file, each row as printed.
 *
 * @throws {@link EscrowError} `scan.*`, `share.*`, `file.*`; `usage` when the file shows several
 * cards or none.
 */
export async function readOneCard(
  session: Session,
  named: string,
): Promise<{ record: Bytes; text: CardText }> {
  const cards = await cardsInFile(session.path(named), named, () => scannerOf(session));
  const [text] = cards;
  if (!text || cards.length > 1) {
    throw new EscrowError('usage', { reason: `${named} shows ${cards.length} cards, one is needed` });
  }
  const { record } = decodeShareRows(await session.crypto(), text.rows, { acceptRepair: false });
  return { record, text };
}

/** A row that is asked for, and the card it is on. */
interface AskedRow {
  readonly row: number;
  /** All rows of the card, as printed. */
  readonly rows: readonly string[];
  /** Says which card a whole row of 24 symbols is on, where cards are known: "card 3, for Ana Ruiz". */
  readonly whose?: (row: number, symbols: string) => string | undefined;
}

/** What is wrong with a row that was typed; it names the place and never the symbols. */
function rowProblem(typed: string, asked: AskedRow): string | undefined {
  const { row, rows } = asked;
  const printed = rows[row - 1] ?? '';
  // As values, since case and the look-alikes are forgiven.
  const [found, wanted] = [typedSymbols(typed).map(symbolValue), typedSymbols(printed).map(symbolValue)];
  if (found.length !== wanted.length) {
    return reportOf(new EscrowError('share.row-length', { row, symbols: found.length })).message;
  }
  const groups = wanted.flatMap((value, at) => (value === found[at] ? [] : [groupOf(at + 1)]));
  if (groups.length === 0) return undefined;
  const verdict = judgeRow(row, typed, rows.length);
  if (verdict.state === 'swapped') return `that is row ${verdict.belongs}; row ${row} is asked for`;
  const strange = strangeRow(verdict, asked);
  if (strange !== undefined) return strange;
  const distinct = [...new Set(groups)];
  return distinct.length > 3
    ? 'that row is not on this card'
    : `group ${distinct.join(' and ')} differs; compare it with the paper`;
}

/** A whole row of another card: one of the set before has most of its first row in common with this one. */
function strangeRow(verdict: RowVerdict, { row, rows, whose }: AskedRow): string | undefined {
  if (verdict.state !== 'good' && verdict.state !== 'repaired') return undefined;
  const { symbols } = verdict;
  const printed = typedSymbols(rows[row - 1] ?? '').join('');
  // A slip in this very row.
  if (symbols === printed) return undefined;
  const other = whose?.(row, symbols);
  if (other !== undefined) return `that is row ${row} of ${other}`;
  const [set, wanted] = row === 1 ? [setInFirstRow(symbols), setInFirstRow(printed)] : [];
  if (!set || !wanted || set.id === wanted.id)
    return `that is row ${row} of another card; compare number and mark at its head`;
  // Numbers begin anew with each escrow.
  return set.number === wanted.number
    ? 'that is row 1 of a card of another escrow, or of a run that was stopped'
    : `that is row 1 of a card of ${setWords(set.number)}; ${setWords(wanted.number)} is asked for`;
}

const setWords = (number: number): string => `set ${number}, the ${markName(setMark(number))}`;

/**
 * Asks for one row until it is as printed. It is seen while it is typed and not after.
 *
 * @returns false when the person goes back, which is the way out where the paper is wrong.
 */
export async function typeRow(prompter: Prompter, asked: AskedRow): Promise<boolean> {
  const typed = await prompter.text(`Row ${asked.row}, typed from the paper (empty: go back):`, {
    check: (answer) => (answer.trim() === '' ? undefined : rowProblem(answer, asked)),
    shownAfter: 'as printed',
  });
  return typed.trim() !== '';
}

/**
 * One row from a file, for devices without a terminal.
 *
 * @param card - The rows of the card that was scanned, and its number for the refusal.
 * @throws {@link EscrowError} `proof.refused`, `file.*`.
 */
export async function rowFromFile(
  session: Session,
  named: string,
  { number, rows }: { number: number; rows: readonly string[] },
): Promise<void> {
  const typed = decodeUtf8(await readBounded(session.path(named), LIMITS.shareFileBytes));
  if (!rows.some((printed) => isRowAsPrinted(typed, printed))) {
    throw new EscrowError('proof.refused', {
      card: number,
      reason: 'row-of-other-card',
    });
  }
}

// The read-back at a ceremony: each card is printed, taken, and read from paper before the key is
// erased, a scan and one typed row, or all four rows, no repair accepted (C4). A misprint is caught here
// and printed again.

import { wipe } from '../core/bytes.ts';
import { equalBytes } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { Prompter } from '../adapters/prompts.ts';
import type { CardSecret, Ceremony } from '../escrow/ceremony.ts';
import { removeCards } from './card-output.ts';
import type { PrintedCard } from './card-output.ts';
import { isRowAsPrinted, readOneCard, rowToType, typeRow } from './read-back.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

type Way = 'scan' | 'rows' | 'again' | 'stop';

/**
 * Leads through the read-back of every card.
 *
 * @returns the numbers of the cards that were read back: all of them.
 * @throws {@link EscrowError} `input.aborted` when somebody stops; nothing is kept then.
 */
export async function readBackAll(
  session: Session,
  ceremony: Ceremony,
  cards: readonly PrintedCard[],
): Promise<number[]> {
  const prompter = await session.prompter('--no-input');
  const proven: number[] = [];
  for (const printed of cards) {
    const secret = ceremony.cards[printed.card - 1];
    if (!secret) throw new Error(`no card ${printed.card}`);
    await readBackCard(session, prompter, secret, printed);
    proven.push(printed.card);
    session.say(`card ${printed.card} is good: code and rows (${proven.length} of ${cards.length})`);
  }
  if (await prompter.confirm('Every card was read back. Delete the card files now?', true))
    await removeCards(cards);
  return proven;
}

async function readBackCard(
  session: Session,
  prompter: Prompter,
  secret: CardSecret,
  printed: PrintedCard,
): Promise<void> {
  session.say(
    `card ${secret.card} is for ${secret.trustee.name}: print ${printed.path} and hand it over face down`,
  );
  for (;;) {
    const way = await prompter.choose<Way>(`Card ${secret.card}, read back from the paper:`, [
      { name: 'a scan or photo of it, then one typed row', value: 'scan' },
      { name: 'type all four rows', value: 'rows' },
      { name: 'it is misprinted: write the file again', value: 'again' },
      { name: 'stop the ceremony and keep nothing', value: 'stop' },
    ]);
    if (way === 'stop') throw new EscrowError('input.aborted', {});
    if (way === 'again') {
      await printed.print();
      session.say(`written again: ${printed.path}; destroy the misprint`);
    } else if (await attempt(session, prompter, secret, way)) {
      return;
    }
  }
}

/** One attempt; what was wrong is told, and the person chooses again. */
async function attempt(
  session: Session,
  prompter: Prompter,
  secret: CardSecret,
  way: 'scan' | 'rows',
): Promise<boolean> {
  try {
    if (way === 'scan') await scanAndRow(session, prompter, secret);
    else await fourRows(prompter, secret);
    return true;
  } catch (error) {
    if (!isEscrowError(error) || error.code === 'input.aborted') throw error;
    const { message, hint } = reportOf(error);
    session.warn(`${message}; ${hint}`);
    return false;
  }
}

async function scanAndRow(session: Session, prompter: Prompter, secret: CardSecret): Promise<void> {
  const { record } = await readOneCard(session, await prompter.text('Path of the scan or photo:'));
  const isThisCard = equalBytes(record, secret.record);
  wipe(record);
  if (!isThisCard)
    throw new EscrowError('ceremony.card-differs', { card: secret.card, reason: 'it is another card' });
  const row = rowToType(await session.crypto());
  await typeRow(prompter, row, secret.rows[row - 1] ?? '');
}

async function fourRows(prompter: Prompter, secret: CardSecret): Promise<void> {
  for (const [index, printed] of secret.rows.entries()) {
    const row = index + 1;
    const typed = await prompter.text(`Row ${row} from the paper:`);
    if (!isRowAsPrinted(row, typed, printed)) {
      throw new EscrowError('ceremony.card-differs', {
        card: secret.card,
        reason: `row ${row} was typed otherwise than it was made`,
      });
    }
  }
}

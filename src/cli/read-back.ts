// Reading a card back from paper: a scan and one typed row, or all four rows, and no repair accepted
// (C4). Used when a card is handed out and when its holder proves it later.

import { cardsInFile } from '../adapters/card-input.ts';
import type { CardText } from '../adapters/card-input.ts';
import { readBounded } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import type { Bytes } from '../core/bytes.ts';
import { decodeUtf8 } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { typedSymbols } from '../core/share/base32.ts';
import { decodeShareRows, judgeRow } from '../core/share/share-text.ts';
import { loadScanner } from './card-table.ts';
import type { Session } from './session.ts';

/** Which row a person is asked to type: not always the same one, and not theirs to choose. */
export function rowToType(crypto: CryptoPort): number {
  return 1 + ((crypto.randomBytes(1)[0] ?? 0) & 3);
}

/**
 * The record of exactly one card in a file, each row as printed.
 *
 * @throws {@link EscrowError} `scan.*`, `share.*`, `file.*`; `ceremony.card-differs` when the file holds
 * several cards.
 */
export async function readOneCard(
  session: Session,
  named: string,
): Promise<{ record: Bytes; text: CardText }> {
  const cards = await cardsInFile(session.path(named), named, loadScanner);
  const [text] = cards;
  if (!text || cards.length > 1) {
    throw new EscrowError('check-in.refused', {
      reason: `${named} shows ${cards.length} cards, one is needed`,
    });
  }
  const { record } = decodeShareRows(await session.crypto(), text.rows, { acceptRepair: false });
  return { record, text };
}

/** Whether what was typed is that row of the card, symbol for symbol. */
export function isRowAsPrinted(rowNumber: number, typed: string, printed: string): boolean {
  const verdict = judgeRow(rowNumber, typed);
  return verdict.state === 'good' && verdict.symbols === typedSymbols(printed).join('');
}

/** Asks for one row until it is as printed; Ctrl-C leaves. */
export async function typeRow(prompter: Prompter, rowNumber: number, printed: string): Promise<void> {
  await prompter.text(`Read row ${rowNumber} from the paper and type it:`, {
    check: (answer) =>
      isRowAsPrinted(rowNumber, answer, printed)
        ? undefined
        : `that is not row ${rowNumber} as it was scanned; compare each group of four with the paper`,
  });
}

/** One row from a file, for devices without a terminal. @throws {@link EscrowError} `ceremony.card-differs`. */
export async function rowFromFile(session: Session, named: string, rows: readonly string[]): Promise<void> {
  const typed = decodeUtf8(await readBounded(session.path(named), LIMITS.shareFileBytes));
  if (!rows.some((printed, index) => isRowAsPrinted(index + 1, typed, printed))) {
    throw new EscrowError('check-in.refused', {
      reason: `the row in ${named} is none of the rows of this card`,
    });
  }
}

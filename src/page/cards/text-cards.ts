// Cards in a text file, for people who choose a file by mistake: a letter whose lines are as long as rows is
// no card that was typed badly. What judges single rows is core/share/share-text.ts; this only keeps or drops.

import { EscrowError } from '../../core/errors.ts';
import { symbolValue, typedSymbols } from '../../core/share/base32.ts';
import { ROW_SYMBOLS } from '../../core/share/row.ts';
import { splitShareFile } from '../../core/share/share-file.ts';
import { judgeRow } from '../../core/share/share-text.ts';

/** 24 symbols, and every one of them on cards. */
const isRowLong = (row: string): boolean => {
  const symbols = typedSymbols(row);
  return symbols.length === ROW_SYMBOLS && symbols.every((symbol) => symbolValue(symbol) >= -1);
};

/** Whether one row can be read, or all have the form of rows: prose comes to neither but by a rare accident. */
function mayBeCard(rows: readonly string[]): boolean {
  const isRead = rows.some((row, at) => judgeRow(at + 1, row, rows.length).state !== 'unreadable');
  return isRead || rows.every(isRowLong);
}

/**
 * The rows of each card in a text file.
 *
 * @throws {@link EscrowError} `share.no-rows` where there is none; `limit.exceeded`.
 */
export function cardsInText(bytes: Uint8Array, name: string): readonly (readonly string[])[] {
  const cards = splitShareFile(bytes, name).filter(mayBeCard);
  if (cards.length === 0) throw new EscrowError('share.no-rows', { name });
  return cards;
}

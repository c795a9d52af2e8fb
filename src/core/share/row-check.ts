// A row typed from paper beside a code that was scanned: it shows that the rows can be read as well.

import type { CryptoPort } from '../crypto.ts';
import { symbolValue, typedSymbols } from './base32.ts';
import { LOCKED_ROWS, rowsOfSymbols } from './row.ts';
import { judgeRow } from './share-text.ts';

/** Which row of so many a person is asked to type: not always the same one, and not theirs to choose. */
export function rowToType(crypto: CryptoPort, rowCount: number): number {
  return 1 + ((crypto.randomBytes(1)[0] ?? 0) % rowCount);
}

/** Whether a typed row is that of the card, symbol for symbol; case and the look-alikes are forgiven. */
export function isRowAsPrinted(typed: string, printed: string): boolean {
  const values = (text: string): string => typedSymbols(text).map(symbolValue).join();
  return values(typed) === values(printed);
}

/** Whether a text that was typed where no row is asked for holds one: by its parity, so nothing else passes for it. */
export function holdsRow(typed: string): boolean {
  return rowsOfSymbols(typedSymbols(typed)).some((row) =>
    ROW_NUMBERS.some((number) => {
      const { state } = judgeRow(number, row, LOCKED_ROWS);
      return state === 'good' || state === 'repaired';
    }),
  );
}

const ROW_NUMBERS = Array.from({ length: LOCKED_ROWS }, (_, at) => at + 1);

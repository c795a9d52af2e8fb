// The symbols of a card: Crockford's base32 alphabet, and what a person may type for them.
// Spec: docs/spec/share.md, "Symbols". Knows neither rows nor parity.

import type { Bytes } from '../bytes.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A typed symbol that its reader could not make out (`?`, or U, which is in no code). */
export const ERASED = -1;
/** A typed character that stands for nothing. */
export const FOREIGN = -2;

const TYPED = new Map<string, number>();
for (const [value, symbol] of Array.from(ALPHABET).entries()) {
  TYPED.set(symbol, value).set(symbol.toLowerCase(), value);
}
for (const letter of ['O', 'o']) TYPED.set(letter, 0);
for (const letter of ['I', 'i', 'L', 'l']) TYPED.set(letter, 1);
for (const letter of ['?', 'U', 'u']) TYPED.set(letter, ERASED);

const SEPARATOR = /[\p{White_Space}\p{Pd}\p{Cf}]+/gu;

/** Typed text without spaces, dashes and invisible characters, one entry for each character that is left. */
export function typedSymbols(typed: string): string[] {
  return Array.from(typed.replace(SEPARATOR, ''));
}

/** The value of a typed character, 0 to 31, or {@link ERASED}, or {@link FOREIGN}. */
export function symbolValue(character: string): number {
  return TYPED.get(character) ?? FOREIGN;
}

/** Symbol values as upper-case text, `?` for {@link ERASED}. */
export function symbolText(values: readonly number[]): string {
  return values.map((value) => ALPHABET[value] ?? '?').join('');
}

/** Bytes as symbol values, most significant bit first; what is left of the last symbol is zero. */
export function bytesToSymbols(bytes: Uint8Array): number[] {
  const symbols: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      symbols.push((pending >>> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  if (bits > 0) symbols.push(pending << (5 - bits));
  return symbols;
}

/** Symbol values as bytes, the inverse of {@link bytesToSymbols}. Bits that make no whole byte are left out. */
export function symbolsToBytes(symbols: readonly number[]): Bytes {
  const bytes = new Uint8Array((symbols.length * 5) >>> 3);
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (const symbol of symbols) {
    pending = ((pending << 5) | symbol) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = pending >>> bits;
    at += 1;
  }
  return bytes;
}

/** Public bytes, a multiple of five, as text for people. */
export function encodeBase32(bytes: Uint8Array): string {
  return symbolText(bytesToSymbols(bytes));
}

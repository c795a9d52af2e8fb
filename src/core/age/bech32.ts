// Bech32 (BIP-173) as age uses it: the original checksum constant, and no limit of 90 characters, so
// that a post-quantum recipient fits. Spec: docs/spec/package.md, "Keys". The checksum finds slips, it
// does not authenticate. Without the length limit it corrects nothing, and nothing here tries to.

import type { Bytes } from '../bytes.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const CHECKSUM_SYMBOLS = 6;

const malformed = (reason: string): EscrowError => new EscrowError('age.key', { reason });

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((term, bit) => {
      if ((top >>> bit) & 1) check ^= term;
    });
  }
  return check;
}

/** The prefix as the checksum sees it: always in lower case, high bits, a zero, low bits. */
function expandPrefix(hrp: string): number[] {
  const codes = Array.from(hrp.toLowerCase(), (char) => char.charCodeAt(0));
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
}

/** Regroups bits, most significant first; `held` is the value of the `bits` that are left over. */
function regroup(
  values: Iterable<number>,
  from: number,
  to: number,
): { groups: number[]; held: number; bits: number } {
  const groups: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = (held << from) | value;
    bits += from;
    while (bits >= to) {
      bits -= to;
      groups.push(held >>> bits);
      held &= (1 << bits) - 1;
    }
  }
  return { groups, held, bits };
}

/**
 * Encodes bytes under a human-readable prefix; an upper-case prefix gives upper-case text.
 *
 * @param hrp - All upper or all lower case.
 */
export function encodeBech32(hrp: string, data: Uint8Array): string {
  const { groups, held, bits } = regroup(data, 8, 5);
  if (bits > 0) groups.push(held << (5 - bits));
  const check = polymod([...expandPrefix(hrp), ...groups, 0, 0, 0, 0, 0, 0]) ^ 1;
  for (let at = CHECKSUM_SYMBOLS - 1; at >= 0; at--) groups.push((check >>> (5 * at)) & 31);
  const text = `${hrp.toLowerCase()}1${groups.map((group) => ALPHABET.charAt(group)).join('')}`;
  return hrp === hrp.toLowerCase() ? text : text.toUpperCase();
}

/** Splits at the last `1` and turns symbols into numbers. */
function splitText(text: string): { hrp: string; symbols: number[] } {
  if (text.length > LIMITS.ageKeyCharacters) throw malformed('too long');
  if (!/^[\x21-\x7e]*$/.test(text)) throw malformed('a character that no key has');
  if (text !== text.toLowerCase() && text !== text.toUpperCase())
    throw malformed('upper and lower case mixed');
  const separator = text.lastIndexOf('1');
  if (separator < 1 || text.length - separator <= CHECKSUM_SYMBOLS) throw malformed('incomplete');
  const symbols = Array.from(text.slice(separator + 1).toLowerCase(), (char) => ALPHABET.indexOf(char));
  if (symbols.includes(-1)) throw malformed('a character that no key has');
  return { hrp: text.slice(0, separator), symbols };
}

/**
 * Decodes Bech32 of any length up to `LIMITS.ageKeyCharacters`.
 *
 * @returns the prefix in the case it was written in, and the data; the caller wipes it if it is secret.
 * @throws {@link EscrowError} `age.key`.
 */
export function decodeBech32(text: string): { hrp: string; data: Bytes } {
  const { hrp, symbols } = splitText(text);
  if (polymod([...expandPrefix(hrp), ...symbols]) !== 1) throw malformed('a mistyped character');
  const { groups, held, bits } = regroup(symbols.slice(0, -CHECKSUM_SYMBOLS), 5, 8);
  // Left-over bits must be fewer than a symbol and zero, or one key would have several spellings.
  if (bits >= 5 || held !== 0) throw malformed('left-over bits');
  return { hrp, data: Uint8Array.from(groups) };
}

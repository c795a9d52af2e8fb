import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBech32, encodeBech32 } from '../../../src/core/age/bech32.ts';
import { LIMITS } from '../../../src/core/limits.ts';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Bech32 texts of BIP-173 whose data is a whole number of bytes. */
const PUBLISHED = [
  'A12UEL5L',
  'a12uel5l',
  'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs',
  'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
];

describe('Bech32', () => {
  test.each(PUBLISHED)('reads and writes %s', (text) => {
    const { hrp, data } = decodeBech32(text);
    expect(encodeBech32(hrp, data)).toBe(text);
  });

  test.each([
    ['a space in the prefix', ' 1nwldj5'],
    ['a delete in the prefix', '\x7f1axkwrx'],
    ['not ASCII', '\x801eym55h'],
    ['no separator', 'pzry9x0s0muk'],
    ['an empty prefix', '1pzry9x0s0muk'],
    ['a symbol outside the alphabet', 'x1b4n0q5v'],
    ['a checksum too short', 'li1dgmt3'],
    ['a checksum character outside', 'de1lg7wt\xff'],
    ['a checksum over the upper-case prefix', 'A1G7SGD8'],
    ['an empty prefix and checksum', '10a06t8'],
    ['mixed case', 'A12uel5l'],
    ['a Bech32m checksum', 'a1lqfn3a'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => decodeBech32(text)).toThrow('age.key');
  });

  test('refuses left-over bits: a whole symbol, or bits that are not zero', () => {
    // One byte is two symbols, 8 bits and two left over; three symbols carry a whole symbol too many.
    const good = encodeBech32('a', Uint8Array.of(0));
    expect(good.slice(2, 4)).toBe('qq');
    expect(() => decodeBech32(withChecksum('a1qp'))).toThrow('age.key');
    expect(() => decodeBech32(withChecksum('a1qqq'))).toThrow('age.key');
    expect(decodeBech32(withChecksum('a1qq')).data).toEqual(Uint8Array.of(0));
  });

  test('has no limit of 90 characters, but one', () => {
    const long = encodeBech32('age1pq', new Uint8Array(1216).fill(7));
    expect(long).toHaveLength(1959);
    expect(decodeBech32(long).data).toEqual(new Uint8Array(1216).fill(7));
    expect(() => decodeBech32(`a1${'q'.repeat(LIMITS.ageKeyCharacters)}`)).toThrow('age.key');
  });

  test('gives back what it was given', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('age', 'AGE-SECRET-KEY-'),
        (bytes, hrp) => {
          const text = encodeBech32(hrp, bytes);
          expect(text === text.toLowerCase()).toBe(hrp === 'age');
          expect(decodeBech32(text)).toEqual({ hrp, data: Uint8Array.from(bytes) });
        },
      ),
    );
  });

  test('finds every single wrong symbol, and every swap of neighbours', () => {
    const text = encodeBech32(
      'k',
      Uint8Array.from({ length: 32 }, (_, at) => at * 37),
    );
    for (let at = 2; at < text.length; at++) {
      for (const symbol of ALPHABET) {
        if (symbol === text[at]) continue;
        expect(() => decodeBech32(text.slice(0, at) + symbol + text.slice(at + 1))).toThrow('age.key');
      }
      const swapped = text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2);
      if (swapped !== text) expect(() => decodeBech32(swapped)).toThrow('age.key');
    }
  });

  test('gives a value or a typed error for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        try {
          decodeBech32(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'EscrowError', code: 'age.key' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Finds the six symbols that make a text pass, by the linearity of the code. */
function withChecksum(text: string): string {
  const hrp = text.slice(0, text.indexOf('1'));
  const symbols = Array.from(text.slice(hrp.length + 1), (char) => ALPHABET.indexOf(char));
  const expanded = [...Array.from(hrp, (c) => c.charCodeAt(0) >> 5), 0];
  expanded.push(...Array.from(hrp, (c) => c.charCodeAt(0) & 31), ...symbols, 0, 0, 0, 0, 0, 0);
  // The definition of BIP-173, as a division of polynomials over GF(32) bit by bit.
  const generator = [0x3b6a57b2n, 0x26508e6dn, 0x1ea119fan, 0x3d4233ddn, 0x2a1462b3n];
  let check = 1n;
  for (const value of expanded) {
    const top = check >> 25n;
    check = ((check & 0x1ffffffn) << 5n) ^ BigInt(value);
    for (let bit = 0n; bit < 5n; bit++) if ((top >> bit) & 1n) check ^= generator[Number(bit)]!;
  }
  check ^= 1n;
  return text + [5n, 4n, 3n, 2n, 1n, 0n].map((at) => ALPHABET[Number((check >> (5n * at)) & 31n)]!).join('');
}

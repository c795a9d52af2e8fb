// Cards and damage for the tests of core/share.

import fc from 'fast-check';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import type { Policy } from '../../../src/core/share/policy.ts';
import { encodeShare } from '../../../src/core/share/share-record.ts';
import type { Share } from '../../../src/core/share/share-record.ts';
import { encodeShareRows } from '../../../src/core/share/share-text.ts';

export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const RECIPIENT = 'age1pq1sample';

/** "k of n" in one group. */
export const flat = (threshold: number, members: number): Policy => ({
  groupThreshold: 1,
  groups: [{ threshold, members }],
});

/** A share of a set of its own, as random as the port. */
export function randomShare(crypto: CryptoPort, fields: Partial<Share> = {}): Share {
  return {
    setNumber: 4,
    recipientTag: crypto.randomBytes(5),
    splitNonce: crypto.randomBytes(3),
    group: 1,
    groupThreshold: 1,
    member: 3,
    memberThreshold: 3,
    value: crypto.randomBytes(32),
    ...fields,
  };
}

export function randomCard(crypto: CryptoPort): { record: Uint8Array; rows: string[] } {
  const record = encodeShare(crypto, randomShare(crypto));
  return { record, rows: [...encodeShareRows(record)] };
}

/** A row with `symbol` at `position`, from 1. */
function withSymbol(row: string, position: number, symbol: string): string {
  return row.slice(0, position - 1) + symbol + row.slice(position);
}

/** The symbol `by` places further in the alphabet, 1 to 31: never the same one. */
function otherSymbol(symbol: string, by: number): string {
  return ALPHABET.charAt((ALPHABET.indexOf(symbol) + by) % 32);
}

/** A row with errors: a place (from 1) and how far off, for each. */
export function spoil(row: string, errors: readonly (readonly [number, number])[]): string {
  return errors.reduce(
    (spoilt, [position, by]) => withSymbol(spoilt, position, otherSymbol(row.charAt(position - 1), by)),
    row,
  );
}

export function erase(row: string, positions: readonly number[]): string {
  return positions.reduce((erased, position) => withSymbol(erased, position, '?'), row);
}

export function replaceRow(rows: readonly string[], number: number, row: string): string[] {
  return rows.with(number - 1, row);
}

/** `count` different places of a row, from 1. */
export const places = (count: number | { min: number; max: number }): fc.Arbitrary<number[]> => {
  const { min, max } = typeof count === 'number' ? { min: count, max: count } : count;
  return fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { minLength: min, maxLength: max });
};

/** Policies of at most three groups with at most four members, none that one card opens. */
export const policies: fc.Arbitrary<Policy> = fc
  .array(
    fc
      .integer({ min: 1, max: 4 })
      .chain((members) =>
        fc.record({ threshold: fc.integer({ min: 1, max: members }), members: fc.constant(members) }),
      ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((groups) =>
    fc.record({ groupThreshold: fc.integer({ min: 1, max: groups.length }), groups: fc.constant(groups) }),
  )
  .filter(
    ({ groupThreshold, groups }) => groupThreshold > 1 || groups.every(({ threshold }) => threshold > 1),
  );

/** Every subset of the numbers 1…count. */
export function* subsetsOf(count: number): Generator<number[]> {
  for (let mask = 0; mask < 2 ** count; mask += 1)
    yield Array.from({ length: count }, (_, i) => i + 1).filter((number) => (mask >> (number - 1)) & 1);
}

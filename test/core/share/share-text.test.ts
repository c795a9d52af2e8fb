import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { EscrowError } from '../../../src/core/errors.ts';
import { ERASED, symbolText } from '../../../src/core/share/base32.ts';
import { rowCandidates, rowSymbols } from '../../../src/core/share/row.ts';
import { cardCommitment } from '../../../src/core/share/set.ts';
import { decodeShare, encodeShare } from '../../../src/core/share/share-record.ts';
import {
  decodeShareRows,
  decodeShareText,
  encodeShareRows,
  formatRow,
  judgeRow,
} from '../../../src/core/share/share-text.ts';
import { ALPHABET, erase, places, randomCard, randomShare, replaceRow, spoil } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const rowNumbers = fc.integer({ min: 1, max: 4 });
const offsets = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 31 }), { minLength: count, maxLength: count });

/** Some errors and unreadable symbols at different places, exactly so many of each. */
const damage = (errors: number, erasures: number): fc.Arbitrary<(row: string) => string> =>
  fc.tuple(places(errors + erasures), offsets(errors)).map(
    ([at, by]) =>
      (row) =>
        erase(
          spoil(
            row,
            by.map((offset, i) => [at[i]!, offset] as const),
          ),
          at.slice(errors),
        ),
  );

/** Any amount of damage to any of the four rows. */
const ruin = fc.array(fc.tuple(places({ min: 0, max: 24 }), offsets(24), places({ min: 0, max: 4 })), {
  minLength: 4,
  maxLength: 4,
});

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'ok';
  } catch (error) {
    if (error instanceof EscrowError) return (error as EscrowError).code;
    throw error;
  }
}

describe('a card as printed', () => {
  test('gives back every share that was written on it', () => {
    const byte = fc.integer({ min: 2, max: 255 });
    const numbers = fc.record({
      setNumber: byte,
      group: byte,
      groupThreshold: byte,
      member: byte,
      memberThreshold: byte,
    });
    fc.assert(
      fc.property(numbers, (fields) => {
        const share = randomShare(crypto, fields);
        const { record, repairs } = decodeShareRows(crypto, encodeShareRows(encodeShare(crypto, share)));
        expect(decodeShare(crypto, record)).toEqual(share);
        expect(repairs).toEqual([]);
      }),
    );
  });

  test('may be typed in any case, with any spaces and dashes, and with o, i and l for digits', () => {
    const style = fc.array(fc.constantFrom('', ' ', '  ', '-', '\t', '\u2013', '\u00a0'), {
      minLength: 24,
      maxLength: 24,
    });
    const letters = fc.constantFrom(['O', 'I'], ['o', 'l'], ['0', 'L'], ['o', 'i'], ['0', '1']);
    fc.assert(
      fc.property(style, letters, fc.boolean(), (separators, [zero, one], isLower) => {
        const { record, rows } = randomCard(crypto);
        const typed = rows.map((row) => {
          const text = (isLower ? row.toLowerCase() : row).replaceAll('0', zero).replaceAll('1', one);
          return Array.from(text, (symbol, i) => separators[i]! + symbol).join('');
        });
        expect(decodeShareRows(crypto, typed, { acceptRepair: false }).record).toEqual(record);
        expect(decodeShareText(crypto, typed.join('\n')).record).toEqual(record);
      }),
    );
  });

  test('is printed in groups of four', () => {
    expect(formatRow('042ENAZARCXA3CP3040GM3ZA')).toBe('042E NAZA RCXA 3CP3 040G M3ZA');
  });
});

describe('one error', () => {
  test('at every place, for every symbol, in every row is repaired and named', () => {
    const { record, rows } = randomCard(crypto);
    for (const [index, row] of rows.entries()) {
      for (let position = 1; position <= 24; position += 1) {
        for (let by = 1; by <= 31; by += 1) {
          const typed = spoil(row, [[position, by]]);
          const repair = { position, from: typed.charAt(position - 1), to: row.charAt(position - 1) };
          expect(judgeRow(index + 1, typed)).toEqual({ state: 'repaired', symbols: row, ...repair });
          const card = decodeShareRows(crypto, replaceRow(rows, index + 1, typed));
          expect(card).toEqual({ record, repairs: [{ row: index + 1, ...repair }] });
        }
      }
    }
  });
});

describe('two errors', () => {
  /** Judges a doubly wrong row and reads its card: provisional, then right. */
  function expectRepaired(card: ReturnType<typeof randomCard>, number: number, typed: string): void {
    const row = card.rows[number - 1]!;
    const verdict = judgeRow(number, typed);
    expect(verdict.state === 'provisional' && verdict.candidates.map(({ symbols }) => symbols)).toEqual([
      row,
    ]);
    const read = decodeShareRows(crypto, replaceRow(card.rows, number, typed));
    expect(read.record).toEqual(card.record);
    expect(read.repairs).toHaveLength(2);
  }

  test('at every pair of places in every row stay provisional and are repaired with the card', () => {
    for (const number of [1, 2, 3, 4]) {
      const card = randomCard(crypto);
      for (let first = 1; first < 24; first += 1) {
        for (let second = first + 1; second <= 24; second += 1) {
          const [a = 0, b = 0] = crypto.randomBytes(2);
          const errors = [
            [first, 1 + (a % 31)],
            [second, 1 + (b % 31)],
          ] as const;
          expectRepaired(card, number, spoil(card.rows[number - 1]!, errors));
        }
      }
    }
  });

  test('of a large random sample are repaired, and not one becomes another card', () => {
    fc.assert(
      fc.property(rowNumbers, damage(2, 0), (number, damaged) => {
        const card = randomCard(crypto);
        expectRepaired(card, number, damaged(card.rows[number - 1]!));
      }),
      { numRuns: 5_000 },
    );
  });

  test('in all four rows at once are repaired', () => {
    fc.assert(
      fc.property(fc.tuple(damage(2, 0), damage(2, 0), damage(2, 0), damage(2, 0)), (damaged) => {
        const { record, rows } = randomCard(crypto);
        const typed = rows.map((row, i) => damaged[i]!(row));
        expect(decodeShareRows(crypto, typed).record).toEqual(record);
      }),
    );
  });
});

describe('unreadable symbols', () => {
  test.each([
    [0, 1, 1],
    [0, 2, 1],
    [0, 3, 1],
    [0, 4, 1],
    [1, 1, 1],
    [1, 2, 1],
    [0, 5, 32],
    [0, 6, 1_024],
  ])(
    '%i errors and %i unreadable leave %i candidates, the right one among them',
    (errors, erasures, count) => {
      fc.assert(
        fc.property(rowNumbers, damage(errors, erasures), (number, damaged) => {
          const { record, rows } = randomCard(crypto);
          const typed = damaged(rows[number - 1]!);
          const verdict = judgeRow(number, typed);
          const texts =
            verdict.state === 'provisional' ? verdict.candidates.map(({ symbols }) => symbols) : [];
          expect(new Set(texts).size).toBe(count);
          expect(texts).toContain(rows[number - 1]);
          const commitments = [cardCommitment(crypto, record)];
          const read = decodeShareRows(crypto, replaceRow(rows, number, typed), { commitments });
          expect(read.record).toEqual(record);
          expect(read.repairs).toHaveLength(errors + erasures);
        }),
        { numRuns: count === 1 ? 300 : 20 },
      );
    },
  );

  test('a repair that makes another card is refused when the commitments are known', () => {
    const { rows } = randomCard(crypto);
    const commitments = [cardCommitment(crypto, randomCard(crypto).record)];
    const typed = replaceRow(rows, 2, erase(rows[1]!, [3]));
    expect(codeOf(() => decodeShareRows(crypto, typed, { commitments }))).toBe('share.row-unreadable');
    expect(codeOf(() => decodeShareRows(crypto, typed))).toBe('ok');
  });
});

test('whatever is typed, a candidate is a codeword, and as near as the rule wants', () => {
  const symbols = fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(rowNumbers, symbols, places({ min: 0, max: 5 }), (number, row, gone) => {
      const typed = erase(row, gone);
      const values = Array.from(typed, (symbol) => (symbol === '?' ? ERASED : ALPHABET.indexOf(symbol)));
      for (const { symbols: candidate, repairs } of rowCandidates(number, values)) {
        const data = Array.from(candidate.slice(0, 20), (symbol) => ALPHABET.indexOf(symbol));
        expect(symbolText(rowSymbols(number, data))).toBe(candidate);
        const differing = Array.from(candidate).flatMap((symbol, i) => (symbol === typed[i] ? [] : [i + 1]));
        expect(repairs.map(({ position }) => position)).toEqual(differing);
        const errors = differing.length - gone.length;
        expect(2 * errors + Math.min(gone.length, 4)).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 3_000 },
  );
});

describe('more damage than can be repaired', () => {
  test('never gives another card: the right one, or an error that names a row', () => {
    fc.assert(
      fc.property(ruin, (damages) => {
        const { record, rows } = randomCard(crypto);
        const typed = rows.map((row, i) => {
          const [wrong, by, gone] = damages[i]!;
          return erase(
            spoil(
              row,
              wrong.map((position, j) => [position, by[j]!] as const),
            ),
            gone,
          );
        });
        const seen: Uint8Array[] = [];
        const code = codeOf(() => seen.push(decodeShareRows(crypto, typed).record));
        expect(seen).toEqual(code === 'ok' ? [record] : []);
        if (code !== 'ok')
          expect(code).toMatch(/^share\.(row-unreadable|rows-unreadable|rows-swapped|check)$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('of three errors in one row is laid to that row', () => {
    fc.assert(
      fc.property(rowNumbers, damage(3, 0), (number, damaged) => {
        const { rows } = randomCard(crypto);
        const typed = replaceRow(rows, number, damaged(rows[number - 1]!));
        // In about 1 of 500 the row is by chance within one error of what another row could be.
        expect(() => decodeShareRows(crypto, typed)).toThrow(
          expect.objectContaining({
            code: expect.stringMatching(/^share\.(row-unreadable|rows-swapped)$/) as string,
            facts: expect.objectContaining({ row: number }) as object,
          }),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('rows in the wrong place', () => {
  const orders = [0, 1, 2, 3].flatMap((a) =>
    [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].flatMap((c) => [0, 1, 2, 3].map((d) => [a, b, c, d] as const))),
  );

  /** What is said of each row when row `order[i]` stands in place i. */
  const judged = (
    rows: readonly string[],
    order: readonly number[],
    damaged: (row: string) => string,
  ): unknown[] =>
    order.map((from, i) => {
      const verdict = judgeRow(i + 1, damaged(rows[from]!));
      return verdict.state === 'swapped' ? verdict.belongs : verdict.state;
    });

  test('are named in every order there is, doubles included', () => {
    for (const order of orders) {
      const { rows } = randomCard(crypto);
      const misplaced = order.findIndex((from, i) => from !== i);
      const wanted = order.map((from, i) => (from === i ? 'good' : from + 1));
      expect(judged(rows, order, (row) => row)).toEqual(wanted);
      const read = (): unknown =>
        decodeShareRows(
          crypto,
          order.map((from) => rows[from]!),
        );
      if (misplaced === -1) read();
      else
        expect(read).toThrow(
          expect.objectContaining({
            code: 'share.rows-swapped',
            facts: { row: misplaced + 1, belongs: order[misplaced]! + 1 },
          }),
        );
    }
  });

  test.each([
    [1, 0],
    [0, 1],
    [0, 2],
  ])('are named with %i errors and %i unreadable in them', (errors, erasures) => {
    fc.assert(
      fc.property(fc.constantFrom(...orders), damage(errors, erasures), (order, damaged) => {
        const { rows } = randomCard(crypto);
        const own = errors === 1 ? 'repaired' : 'provisional';
        const wanted = order.map((from, i) => (from === i ? own : from + 1));
        expect(judged(rows, order, damaged)).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});

describe('read-back', () => {
  test('takes a card exactly as printed and nothing else', () => {
    const faults = fc.oneof(
      damage(1, 0),
      damage(2, 0),
      damage(0, 1),
      damage(1, 1),
      damage(0, 4),
      damage(0, 6),
    );
    fc.assert(
      fc.property(rowNumbers, faults, (number, damaged) => {
        const { record, rows } = randomCard(crypto);
        expect(decodeShareRows(crypto, rows, { acceptRepair: false }).record).toEqual(record);
        const typed = damaged(rows[number - 1]!);
        const positions = Array.from(typed).flatMap((symbol, i) =>
          symbol === rows[number - 1]![i] ? [] : [i + 1],
        );
        expect(() =>
          decodeShareRows(crypto, replaceRow(rows, number, typed), { acceptRepair: false }),
        ).toThrow(
          expect.objectContaining({ code: 'share.row-not-exact', facts: { row: number, positions } }),
        );
      }),
    );
  });
});

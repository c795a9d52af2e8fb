import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { EscrowError } from '../../../src/core/errors.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { setMark } from '../../../src/core/share/set.ts';
import { splitShareFile } from '../../../src/core/share/share-file.ts';
import { decodeShare } from '../../../src/core/share/share-record.ts';
import {
  decodeShareRows,
  decodeShareText,
  isShareText,
  judgeRow,
} from '../../../src/core/share/share-text.ts';
import { ALPHABET, randomCard } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const SYMBOLS = Array.from(ALPHABET);
const ROW_STATES = ['good', 'repaired', 'provisional', 'swapped', 'unreadable'];

/** Runs a decoder; anything but a value or one of our codes fails the test. */
function decode<T>(read: () => T): T | EscrowError {
  try {
    return read();
  } catch (error) {
    if (error instanceof EscrowError) return error;
    throw error;
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(...SYMBOLS, '?', 'u', ' ', '-', 'o', 'l'), maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(...SYMBOLS, '?'), minLength: 24, maxLength: 24 }),
);
const rowOfSymbols = fc.string({ unit: fc.constantFrom(...SYMBOLS), minLength: 24, maxLength: 24 });

describe('whatever comes in', () => {
  test('as a record', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ minLength: 50, maxLength: 50 })),
        (bytes) => {
          // A right check by chance: once in four billion.
          expect(decode(() => decodeShare(crypto, bytes))).toBeInstanceOf(EscrowError);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('as a record with any bit flipped', () => {
    const { record } = randomCard(crypto);
    for (let bit = 0; bit < 400; bit += 1) {
      const flipped = new Uint8Array(record);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const code = bit < 8 ? 'share.version' : 'share.check';
      expect(() => decodeShare(crypto, flipped)).toThrow(code);
    }
  });

  test('as a row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyText, (number, typed) => {
        expect(ROW_STATES).toContain(judgeRow(number, typed).state);
      }),
      { numRuns: 2_000 },
    );
  });

  test('as the rows of a card, none of which is one', () => {
    const rows = fc.array(fc.oneof(anyText, rowOfSymbols), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.boolean(), (typed, acceptRepair) => {
        expect(decode(() => decodeShareRows(crypto, typed, { acceptRepair }))).toBeInstanceOf(EscrowError);
      }),
      { numRuns: 2_000 },
    );
  });

  test('as a code', () => {
    const anyCode = fc.oneof(
      anyText,
      fc.string({ unit: fc.constantFrom(...SYMBOLS), minLength: 96, maxLength: 96 }),
    );
    fc.assert(
      fc.property(anyCode, (text) => {
        const isCode = isShareText(text);
        const found = decode(() => decodeShareText(crypto, text));
        expect(found).toBeInstanceOf(EscrowError);
        if (!isCode && found instanceof EscrowError)
          expect(found.code).toMatch(/^share\.(text-length|row-symbol|rows-unreadable|rows-swapped)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('as a share file: four rows to a card, or five', () => {
    const anyLines = fc.array(anyText, { maxLength: 20 }).map((lines) => encodeUtf8(lines.join('\n')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 500 }), anyLines), (bytes) => {
        const found = decode(() => splitShareFile(bytes));
        if (found instanceof EscrowError) expect(found.code).toBe('share.no-rows');
        else for (const { length } of found) expect([4, 5]).toContain(length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('as a set number', () => {
    for (const number of [0, -1, 1.5, 256, Number.NaN, Infinity])
      expect(() => setMark(number)).toThrow('share.malformed');
    for (let number = 1; number < 255; number += 1) {
      const [mark, next] = [setMark(number), setMark(number + 1)];
      expect(mark.colour).not.toBe(next.colour);
      expect(mark.hex).not.toBe(next.hex);
      expect(mark.shape).not.toBe(next.shape);
    }
  });
});

describe('a file with a card in it', () => {
  test('gives the card whatever stands around it in comments, in any encoding and with any line ends', () => {
    const encodings: ((text: string) => Uint8Array)[] = [
      (text) => Buffer.from(text, 'utf8'),
      (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
      (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      (text) => Buffer.from(text, 'utf16le'),
      (text) => Buffer.from(text, 'utf16le').swap16(),
    ];
    const comment = fc.string({ maxLength: 40 }).map((text) => `# ${text.replaceAll(/[\r\n]/g, '')}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
        fc.array(fc.oneof(comment, fc.constant('')), { maxLength: 3 }),
        (encode, lineEnd, around) => {
          const { record, rows } = randomCard(crypto);
          const text = [...around, ...rows, ...around].join(lineEnd);
          const cards = splitShareFile(new Uint8Array(encode(text)));
          expect(cards.map((card) => decodeShareRows(crypto, card).record)).toEqual([record]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('loses no other card to one that is damaged', () => {
    const [first, second, third] = [1, 2, 3].map(() => randomCard(crypto));
    const file = [first!.rows, second!.rows.slice(0, 3), third!.rows]
      .map((rows) => rows.join('\n'))
      .join('\n\n');
    const cards = splitShareFile(encodeUtf8(file)).map((rows) => decode(() => decodeShareRows(crypto, rows)));
    expect(cards).toMatchObject([
      { record: first!.record },
      { code: 'share.row-length', facts: { row: 4, symbols: 0 } },
      { record: third!.record },
    ]);
  });
});

describe('limits', () => {
  const file = (length: number): Uint8Array => new Uint8Array(length).fill('\n'.charCodeAt(0));

  test('a share file of 1 MiB is read, a byte more is refused unread', () => {
    expect(() => splitShareFile(file(LIMITS.shareFileBytes))).toThrow('share.no-rows');
    expect(() => splitShareFile(file(LIMITS.shareFileBytes + 1))).toThrow('limit.exceeded');
  });

  test('1,020 cards are read, one more is refused', () => {
    const row = 'A'.repeat(24);
    const lines = `${row}\n`.repeat(4 * LIMITS.shareFileCards);
    expect(splitShareFile(encodeUtf8(lines))).toHaveLength(LIMITS.shareFileCards);
    expect(() => splitShareFile(encodeUtf8(`${lines}${row}`))).toThrow('limit.exceeded');
  });

  test('a row of a million symbols is one that is too long', () => {
    const verdict = judgeRow(1, 'A'.repeat(1_000_000));
    expect(verdict).toMatchObject({
      state: 'unreadable',
      problem: { facts: { row: 1, symbols: 1_000_000 } },
    });
  });

  test('a card with more candidates than may be tried is refused before trying', () => {
    const { rows } = randomCard(crypto);
    const blurred = rows.map((row) => `??????${row.slice(6)}`);
    expect(() => decodeShareRows(crypto, blurred)).toThrow(
      expect.objectContaining({ code: 'share.rows-unreadable', facts: { rows: [1, 2, 3, 4] } }),
    );
  });
});

test('no refusal carries what was typed', () => {
  fc.assert(
    fc.property(
      fc.array(rowOfSymbols, { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      (rows, acceptRepair) => {
        const refusals = [
          decode(() => decodeShareRows(crypto, rows, { acceptRepair })),
          decode(() => decodeShareText(crypto, rows.join(''))),
        ];
        for (const refusal of refusals) {
          const { message, facts } = refusal as EscrowError;
          const told = JSON.stringify([message, facts]);
          for (const row of rows) expect(told).not.toContain(row.slice(0, 4));
        }
      },
    ),
  );
});

// Where a seed comes from: the system alone, or the system and dice. The vectors are of another implementation.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodeHex, encodeHex } from '../../src/core/bytes.ts';
import type { Bytes } from '../../src/core/bytes.ts';
import { FEWEST_ROLLS, newSeed, rollsTyped } from '../../src/core/seed.ts';
import vectors from '../vectors/seed.json' with { type: 'json' };

const crypto = await loadNodeCrypto();

/** A system whose next random bytes are these; they are given away. */
const giving = (bytes: Bytes): typeof crypto => ({ ...crypto, randomBytes: () => bytes });

test.each(vectors.seeds)('$name', ({ system, rolls, seed }) => {
  const bytes = decodeHex(system);
  expect(encodeHex(newSeed(giving(bytes), rolls))).toBe(seed);
  // What the system gave is not left in memory.
  expect(encodeHex(bytes)).toBe('00'.repeat(32));
});

test.each(vectors.typed)('typed: $typed', ({ typed, rolls }) => {
  expect(rollsTyped(typed) ?? null).toBe(rolls);
});

test('the example of the page is the first vector', () => {
  const page = readFileSync(new URL('../../docs/spec/seed.md', import.meta.url), 'utf8');
  expect(page).toContain(vectors.seeds[0]?.seed);
});

test('without dice the seed is what the system gave', () => {
  const bytes = decodeHex('ab'.repeat(32));
  expect(newSeed(giving(bytes))).toBe(bytes);
});

test('the same rolls never give the same seed twice', () => {
  const rolls = '6'.repeat(FEWEST_ROLLS);
  const seeds = Array.from({ length: 100 }, () => encodeHex(newSeed(crypto, rolls)));
  expect(new Set(seeds).size).toBe(100);
});

test.each(['', '1'.repeat(FEWEST_ROLLS - 1), '7'.repeat(FEWEST_ROLLS)])('refused: %s', (rolls) => {
  expect(() => newSeed(crypto, rolls)).toThrow();
});

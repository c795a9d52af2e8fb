// A ceremony in memory: every quorum is tried, a wrong card is found, and nothing secret stays.

import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../src/core/bytes.ts';
import { charterKeyPair, verifyCharter } from '../../src/core/record/charter.ts';
import { cardCommitment, cardProofSeed } from '../../src/core/share/set.ts';
import { decodeShareRows } from '../../src/core/share/share-text.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { beginCeremony, checkSubsets, openTestPackage, wipeCeremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { ceremonyOf, crypto, flat, grouped, refusal } from './sample.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('the charter is signed by a key that only the seed gives, and lists each card', () => {
  const { charter, signed, charterKey, seed, cards } = ceremonyOf(grouped(2, [2, 3], [1, 2]));
  expect(charterKeyPair(crypto, seed).publicKey).toEqual(charterKey);
  expect(verifyCharter(crypto, signed.bytes, signed.signature, charterKey)).toEqual(charter);
  expect(charter.cards.map(({ card, group, member }) => [card, group, member])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
    [3, 1, 3],
    [4, 2, 1],
    [5, 2, 2],
  ]);
  for (const [index, { record, rows }] of cards.entries()) {
    const listed = charter.cards[index]!;
    expect(listed.commitment).toBe(hex(cardCommitment(crypto, record)));
    expect(listed.proofKey).toBe(hex(crypto.ed25519KeyPair(cardProofSeed(crypto, record)).publicKey));
    expect(decodeShareRows(crypto, rows, { acceptRepair: false }).record).toEqual(record);
  }
});

test('two ceremonies of one plan have nothing in common', () => {
  const [one, other] = [ceremonyOf(flat(2, 3)), ceremonyOf(flat(2, 3))];
  expect(one.recipient).not.toBe(other.recipient);
  expect(one.words).not.toEqual(other.words);
  expect(one.charter.set.id).not.toBe(other.charter.set.id);
  const rows = (row: number): number =>
    new Set([...one.cards, ...other.cards].map((card) => card.rows[row])).size;
  // The first row holds only what all cards of a set share.
  expect([0, 1, 2, 3].map(rows)).toEqual([2, 6, 6, 6]);
});

test('dice are mixed into the key, and the system is asked all the same', () => {
  const mixed: string[] = [];
  const watched: CryptoPort = {
    ...crypto,
    blake2b: (length, message, key) => {
      if (key?.length === 32) mixed.push(new TextDecoder().decode(message));
      return crypto.blake2b(length, message, key);
    },
  };
  const input = {
    plan: decodePlan(JSON.stringify(flat(2, 2))),
    escrow: '0123456789abcdef',
    setNumber: 1,
    sealers: [],
    created: '2026-11-24T01:02:03Z',
  };
  const rolls = '123456'.repeat(9);
  const seeds = [1, 2].map(() => hex(beginCeremony(watched, { ...input, rolls }).seed));
  expect(mixed).toEqual([rolls, rolls]);
  expect(seeds[0]).not.toBe(seeds[1]);
});

describe('quorums', () => {
  test.each([
    ['all of a small policy', flat(3, 5), 10],
    ['all over two levels', grouped(2, [2, 3], [1, 2], [3, 3]), 3 * 2 + 3 * 1 + 2 * 1],
  ])('%s are tried', (_name, plan, count) => {
    expect(checkSubsets(crypto, ceremonyOf(plan))).toBe(count);
  });

  test('two hundred of a large one, or more', () => {
    expect(checkSubsets(crypto, ceremonyOf(flat(4, 20)))).toBeGreaterThanOrEqual(200);
  });

  test('a card that was cut from another key is found, with the quorum it spoils', async () => {
    const good = ceremonyOf(flat(2, 3));
    const other = ceremonyOf(flat(2, 3));
    const cards = good.cards.map((card, index) =>
      index === 1 ? { ...card, record: other.cards[1]!.record } : card,
    );
    expect((await refusal(() => checkSubsets(crypto, { ...good, cards })))?.code).toMatch(
      /^(share\.mixed-sets|ceremony\.subset-fails)$/,
    );
    const seed = good.seed.map((byte) => byte ^ 1);
    expect(await refusal(() => checkSubsets(crypto, { ...good, seed }))).toEqual({
      code: 'ceremony.subset-fails',
      facts: { cards: [1, 2] },
    });
  });
});

describe('the test package', () => {
  const ceremony = ceremonyOf(flat(2, 3));
  const records = (...cards: number[]): { card: number; record: Uint8Array }[] =>
    cards.map((card) => ({ card, record: ceremony.cards[card - 1]!.record }));

  test('opens with a quorum', async () => {
    await openTestPackage(crypto, ceremony, records(1, 3));
    await openTestPackage(crypto, ceremony, records(3, 2));
  });

  test('does not open with cards of another ceremony, or with too few', async () => {
    const other = ceremonyOf(flat(2, 3));
    const wrong = [1, 2].map((card) => ({ card, record: other.cards[card - 1]!.record }));
    expect((await refusal(() => openTestPackage(crypto, ceremony, wrong)))?.code).toBe('age.no-match');
    expect((await refusal(() => openTestPackage(crypto, ceremony, records(1))))?.code).toBe('share.too-few');
  });
});

test('wiping leaves neither seed nor records', () => {
  const ceremony = ceremonyOf(flat(2, 3));
  const zero = (bytes: Uint8Array): boolean => equalBytes(bytes, new Uint8Array(bytes.length));
  expect(zero(ceremony.seed)).toBe(false);
  wipeCeremony(ceremony);
  expect([ceremony.seed, ...ceremony.cards.map(({ record }) => record)].every(zero)).toBe(true);
});

test('a ceremony that is refused leaves neither the seed nor a key', async () => {
  const secrets: Uint8Array[] = [];
  const keep = <T extends Uint8Array>(secret: T): T => {
    secrets.push(secret);
    return secret;
  };
  const watched: CryptoPort = {
    ...crypto,
    randomBytes: (length) =>
      secrets.length === 0 ? keep(crypto.randomBytes(length)) : crypto.randomBytes(length),
    ed25519KeyPair: (from) => {
      const pair = crypto.ed25519KeyPair(from);
      keep(pair.secretKey);
      return pair;
    },
  };
  const { charter } = ceremonyOf(flat(2, 3));
  const twice = [...charter.sealers, ...charter.sealers];
  const begin = (): unknown =>
    beginCeremony(watched, {
      plan: decodePlan(JSON.stringify(flat(2, 3))),
      escrow: charter.escrow,
      setNumber: 1,
      sealers: twice,
      created: charter.created,
    });
  expect((await refusal(begin))?.code).toBe('charter.format');
  expect(secrets[0]).toHaveLength(32);
  expect(secrets.filter((secret) => secret.some((byte) => byte !== 0))).toEqual([]);
});

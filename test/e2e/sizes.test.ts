// Ceremonies of every size: twenty cards on paper, in groups whose names and people come in many scripts,
// and as many cards as there can be, in memory only. And what the check of the quorums is worth: it must
// find one wrong share among many.

import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError, isEscrowError } from '../../src/core/errors.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import { beginCeremony, checkSubsets, openTestPackage, type Ceremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { codeIn, ESCROW, Stage } from './stage.ts';

const GROUPS = [
  {
    name: 'Geschäftsführung',
    threshold: 2,
    people: ['Łukasz Żółkiewski', 'Zoë Ångström', 'Đặng Thị Hồng', 'Þóra', 'Ştefan'],
  },
  {
    name: 'Партнёры',
    threshold: 3,
    people: [
      'Анна Иванова',
      'Юрій Шевченко',
      'Μαρία Παπαδοπούλου',
      'Ελένη',
      'Ђорђе',
      'Ana Ruiz',
      'Tom Baker',
    ],
  },
  {
    name: '合作伙伴',
    threshold: 4,
    people: ['陈美', '王小明', 'דוד כהן', 'أحمد الخطيب', 'สมชาย ใจดี', '김민준', 'Omar Haddad', 'Mei 陈'],
  },
];

const TWENTY = JSON.stringify({
  organisation: 'Northwind IT',
  groupThreshold: 2,
  groups: GROUPS.map(({ name, threshold, people }) => ({
    name,
    threshold,
    trustees: people.map((person) => ({ name: person })),
  })),
});

describe('twenty cards in three groups', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await stage.holdCeremony(TWENTY);
  });
  afterAll(() => stage.close());

  const identityFrom = async (cards: readonly number[]): Promise<{ code: number | null; line: string }> => {
    const shares = cards.flatMap((card) => ['--share', stage.card(card)]);
    const { code, out } = await stage.holdfast(
      'recover',
      ESCROW,
      ...shares,
      '--print-identity',
      '--no-input',
    );
    return { code, line: out.toString() };
  };

  test('every card is a file with a code of its own', async () => {
    expect((await readdir(stage.at('cards'))).length).toBe(20);
    const codes = await Promise.all(Array.from({ length: 20 }, (_, index) => codeIn(stage.card(index + 1))));
    expect(new Set(codes).size).toBe(20);
    expect(codes).not.toContain(undefined);
  });

  test('two groups open it, whichever; one group and a half does not', async () => {
    const [first, second] = [
      await identityFrom([2, 5, 6, 9, 12]),
      await identityFrom([1, 4, 13, 15, 16, 20]),
    ];
    expect(first).toEqual({ code: 0, line: expect.stringMatching(/^AGE-SECRET-KEY-PQ-1/) as string });
    expect(second).toEqual(first);
    expect((await identityFrom([1, 2, 3, 4, 5, 6, 7])).code).toBe(11);
  });
});

const people = (count: number): { name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `Trustee ${index + 1}` }));

function ceremonyOf(crypto: CryptoPort, policy: object): Ceremony {
  return beginCeremony(crypto, {
    plan: decodePlan(JSON.stringify({ organisation: 'Northwind IT', ...policy })),
    escrow: '0123456789abcdef',
    setNumber: 1,
    sealers: [],
    created: '2026-11-24T01:02:03Z',
  });
}

const five = Array.from({ length: 5 }, (_, group) => ({
  name: `Group ${group + 1}`,
  threshold: 20,
  trustees: people(51).map(({ name }) => ({ name: `${name} of ${group + 1}` })),
}));

const LARGE = [
  { name: '3 of 255', policy: { threshold: 3, trustees: people(255) } },
  { name: '128 of 255', policy: { threshold: 128, trustees: people(255) } },
  { name: '3 groups of 5, each 20 of 51', policy: { groupThreshold: 3, groups: five } },
];

/** Another share value in a record that is in every other way as it should be. */
function spoil(crypto: CryptoPort, ceremony: Ceremony, card: number): void {
  const { record } = ceremony.cards[card - 1]!;
  const share = decodeShare(crypto, record);
  share.value[card % 32]! ^= 1;
  record.set(encodeShare(crypto, share));
}

function errorOf(run: () => unknown): EscrowError {
  try {
    run();
  } catch (error) {
    if (isEscrowError(error)) return error;
    throw error;
  }
  return expect.fail('nothing was found');
}

describe('in memory', () => {
  let crypto: CryptoPort;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
  });

  test.each(LARGE)('$name: quorums give the key, and one wrong share of 255 is found', ({ policy }) => {
    const ceremony = ceremonyOf(crypto, policy);
    expect(ceremony.cards).toHaveLength(255);
    expect(checkSubsets(crypto, ceremony)).toBeGreaterThanOrEqual(200);
    const wrong = 1 + (crypto.randomBytes(1)[0]! % 255);
    spoil(crypto, ceremony, wrong);
    const { code, facts } = errorOf(() => checkSubsets(crypto, ceremony));
    expect(code).toBe('ceremony.subset-fails');
    expect((facts as { cards: number[] }).cards).toContain(wrong);
  });

  test('a wrong share of a small set is found, whichever card it is', () => {
    for (const card of [1, 2, 3, 4, 5]) {
      const ceremony = ceremonyOf(crypto, { threshold: 3, trustees: people(5) });
      expect(checkSubsets(crypto, ceremony)).toBe(10);
      spoil(crypto, ceremony, card);
      const { code, facts } = errorOf(() => checkSubsets(crypto, ceremony));
      expect(code).toBe('ceremony.subset-fails');
      expect((facts as { cards: number[] }).cards).toContain(card);
    }
  });

  test('cards that do not give the key do not open the test package either', async () => {
    const ceremony = ceremonyOf(crypto, { threshold: 2, trustees: people(3) });
    const given = (): { card: number; record: Uint8Array }[] => ceremony.cards.slice(0, 2);
    await openTestPackage(crypto, ceremony, given());
    spoil(crypto, ceremony, 2);
    await expect(openTestPackage(crypto, ceremony, given())).rejects.toThrow(EscrowError);
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { equalBytes } from '../../../src/core/bytes.ts';
import type { Bytes } from '../../../src/core/bytes.ts';
import { isEscrowError } from '../../../src/core/errors.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { assertPolicy, cardPositions, isQuorum } from '../../../src/core/share/policy.ts';
import type { Policy } from '../../../src/core/share/policy.ts';
import { combineShares } from '../../../src/core/share/shamir.ts';
import { recipientTag, setIdOf } from '../../../src/core/share/share-record.ts';
import type { Share } from '../../../src/core/share/share-record.ts';
import { combineSeed, splitSeed } from '../../../src/core/share/split.ts';
import { RECIPIENT, flat, policies, subsetsOf } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const SET = { setNumber: 4, recipient: RECIPIENT };

function splitRandom(policy: Policy): { seed: Bytes; shares: Share[] } {
  const seed = crypto.randomBytes(32);
  return { seed, shares: splitSeed(crypto, seed, policy, SET) };
}

/** What arithmetic makes of these shares when nobody asks whether they suffice. */
function interpolateAnyway(shares: readonly Share[]): Uint8Array {
  const level = (points: { x: number; value: Uint8Array }[]): Uint8Array =>
    points.length === 1 ? points[0]!.value : combineShares(points);
  const groups = [...new Set(shares.map(({ group }) => group))];
  return level(
    groups.map((x) => {
      const members = shares.filter(({ group }) => group === x);
      return { x, value: level(members.map(({ member, value }) => ({ x: member, value }))) };
    }),
  );
}

/** What is wrong with a policy's shares: tries every set of cards there is. */
function breaches(policy: Policy): string[] {
  const { seed, shares } = splitRandom(policy);
  const every = cardPositions(policy).map(({ card }) => card);
  return [...subsetsOf(shares.length)].flatMap((cards) => {
    const chosen = cards.map((card) => shares[card - 1]!);
    const wanted = wantedEnding(policy, cards);
    const found = [ending(() => combineSeed(chosen), seed)];
    const isOneShort = every.some((card) => isQuorum(policy, [...cards, card]));
    if (wanted === 'short' && isOneShort && cards.length > 0)
      found.push(ending(() => interpolateAnyway(chosen), seed) === 'seed' ? 'worth a quorum' : 'short');
    return found.every((end) => end === wanted) ? [] : [`${cards.join()}: ${found.join()} not ${wanted}`];
  });
}

type Ending = 'seed' | 'short' | 'surplus';

function wantedEnding(policy: Policy, cards: readonly number[]): Ending {
  if (!isQuorum(policy, cards)) return 'short';
  const isMinimal = cards.every(
    (left) =>
      !isQuorum(
        policy,
        cards.filter((card) => card !== left),
      ),
  );
  return isMinimal ? 'seed' : 'surplus';
}

function ending(combine: () => Uint8Array, seed: Uint8Array): string {
  try {
    return equalBytes(combine(), seed) ? 'seed' : 'another value';
  } catch (error) {
    if (isEscrowError(error, 'share.too-few')) return 'short';
    if (isEscrowError(error, 'share.surplus')) return 'surplus';
    throw error;
  }
}

describe('a policy', () => {
  const counts = Array.from({ length: 11 }, (_, i) => i + 2);

  test.each(counts)('k of %i opens with its quorums and nothing less, for every k', (members) => {
    for (let threshold = 2; threshold <= members; threshold += 1)
      expect(breaches(flat(threshold, members))).toEqual([]);
  });

  test('of random groups opens with its quorums and nothing less', () => {
    fc.assert(
      fc.property(
        policies.filter((policy) => cardPositions(policy).length <= 9),
        (policy) => {
          expect(breaches(policy)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of 255 cards in 51 groups', () => {
    const policy = {
      groupThreshold: 26,
      groups: Array.from({ length: 51 }, () => ({ threshold: 3, members: 5 })),
    };
    const { seed, shares } = splitRandom(policy);
    const quorum = shares.filter(({ group, member }) => group > 25 && member >= 3);
    expect(combineSeed(quorum)).toEqual(seed);
  });
});

describe('the shares of a split', () => {
  test('stand in the order of card numbers, with their places and one set id', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const { shares } = splitRandom(policy);
        const places = shares.map(({ group, member }, i) => ({ card: i + 1, group, member }));
        expect(places).toEqual(cardPositions(policy));
        for (const share of shares) {
          expect(share.setNumber).toBe(4);
          expect(share.groupThreshold).toBe(policy.groupThreshold);
          expect(share.memberThreshold).toBe(policy.groups[share.group - 1]!.threshold);
          expect(share.recipientTag).toEqual(recipientTag(crypto, RECIPIENT));
          expect(setIdOf(share)).toBe(setIdOf(shares[0]!));
        }
      }),
    );
  });

  test('own their values: wiping one leaves the others and the seed alone', () => {
    const policy = { groupThreshold: 2, groups: [flat(1, 2), flat(1, 2)].flatMap(({ groups }) => groups) };
    const { seed, shares } = splitRandom(policy);
    const before = new Uint8Array(seed);
    shares[0]!.value.fill(0);
    shares[2]!.value.fill(0);
    expect(combineSeed([shares[1]!, shares[3]!])).toEqual(before);
    expect(seed).toEqual(before);
  });

  test('are other ones in each split of the same seed, and do not mix', () => {
    const seed = crypto.randomBytes(32);
    const [first, second] = [1, 2].map(() => splitSeed(crypto, seed, flat(2, 3), SET));
    expect(setIdOf(first![0]!)).not.toBe(setIdOf(second![0]!));
    expect(first!.map(({ value }) => value)).not.toEqual(second!.map(({ value }) => value));
    expect(() => combineSeed([first![0]!, second![1]!])).toThrow('share.mixed-sets');
    expect(
      combineShares([first![0]!, second![1]!].map(({ member: x, value }) => ({ x, value }))),
    ).not.toEqual(seed);
  });

  test('rebuild a seed of its own: wiping it harms no share', () => {
    const { seed, shares } = splitRandom({
      groupThreshold: 2,
      groups: [flat(1, 1), flat(1, 1)].flatMap((p) => p.groups),
    });
    combineSeed(shares).fill(0);
    expect(combineSeed(shares)).toEqual(seed);
  });
});

describe('refusals', () => {
  test('say how many are there and how many it takes, of cards or of groups', () => {
    const groups = [flat(2, 3), flat(2, 3), flat(1, 1)].flatMap((policy) => policy.groups);
    const { shares } = splitRandom({ groupThreshold: 2, groups });
    const facts = (cards: number[]): unknown => {
      try {
        return combineSeed(cards.map((card) => shares[card - 1]!));
      } catch (error) {
        return isEscrowError(error, 'share.too-few') || isEscrowError(error, 'share.surplus')
          ? error.facts
          : error;
      }
    };
    expect(facts([1, 2])).toEqual({ have: 1, need: 2, unit: 'group' });
    expect(facts([1, 2, 4])).toEqual({ have: 1, need: 2, unit: 'card' });
    expect(facts([1, 2, 3, 7])).toEqual({ have: 3, need: 2, unit: 'card' });
    expect(facts([1, 2, 4, 5, 7])).toEqual({ have: 3, need: 2, unit: 'group' });
  });

  test('name the card that claims otherwise, or stands where another does', () => {
    const { shares } = splitRandom(flat(3, 5));
    const [first, second, third] = shares as [Share, Share, Share];
    const differing = { ...third, memberThreshold: 2 };
    expect(() => combineSeed([first, second, differing])).toThrow(
      expect.objectContaining({ code: 'share.thresholds-differ', facts: { label: 'card 3' } }),
    );
    expect(() => combineSeed([first, second, { ...second, value: third.value }])).toThrow(
      expect.objectContaining({ code: 'share.duplicate', facts: { label: 'card 2' } }),
    );
  });

  test('of a policy that cannot be, before anything is split', () => {
    fc.assert(
      fc.property(
        fc.record({
          groupThreshold: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.double()),
          groups: fc.array(
            fc.record({
              threshold: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.double()),
              members: fc.oneof(fc.integer({ min: -1, max: 300 }), fc.double()),
            }),
            { maxLength: 3 },
          ),
        }),
        (policy) => {
          let refused = false;
          try {
            assertPolicy(policy);
          } catch (error) {
            refused = isEscrowError(error, 'share.policy');
            expect(refused).toBe(true);
          }
          if (refused)
            expect(() => splitSeed(crypto, new Uint8Array(32), policy, SET)).toThrow('share.policy');
          else expect(splitSeed(crypto, new Uint8Array(32), policy, SET).length).toBeGreaterThanOrEqual(2);
        },
      ),
    );
  });

  test.each([0, 31, 33])('of a seed of %i bytes', (length) => {
    expect(() => splitSeed(crypto, new Uint8Array(length), flat(2, 3), SET)).toThrow('share.malformed');
  });
});

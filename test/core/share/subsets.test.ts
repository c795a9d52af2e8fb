import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { equalBytes } from '../../../src/core/bytes.ts';
import type { Bytes } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { countQuorums } from '../../../src/core/share/policy.ts';
import type { Policy } from '../../../src/core/share/policy.ts';
import type { Share } from '../../../src/core/share/share-record.ts';
import { combineSeed, splitSeed } from '../../../src/core/share/split.ts';
import { readableSubsets } from '../../../src/core/share/subsets.ts';
import { RECIPIENT, flat, policies } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

function split(policy: Policy): { seed: Bytes; shares: Share[] } {
  const seed = crypto.randomBytes(32);
  return { seed, shares: splitSeed(crypto, seed, policy, { setNumber: 4, recipient: RECIPIENT }) };
}

/** A card that reads well and says something else: in its value, or in what `fields` changes too. */
const forged = (share: Share, fields: Partial<Share> = {}): Share => ({
  ...share,
  value: crypto.randomBytes(32),
  ...fields,
});

/** How many subsets it takes to find the seed; undefined when it is not found. */
function attemptsTo(seed: Bytes, shares: readonly Share[]): number | undefined {
  let attempts = 0;
  for (const subset of readableSubsets(shares)) {
    attempts += 1;
    if (equalBytes(combineSeed(subset), seed)) return attempts;
  }
  return undefined;
}

const keyOf = (shares: readonly Share[], subset: readonly Share[]): string =>
  subset
    .map((share) => shares.indexOf(share))
    .sort((a, b) => a - b)
    .join();

describe('subsets of good cards', () => {
  test('are all the quorums there are, each once, and each gives the seed', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const { seed, shares } = split(policy);
        const subsets = [...readableSubsets(shares)];
        expect(BigInt(subsets.length)).toBe(countQuorums(policy));
        expect(new Set(subsets.map((subset) => keyOf(shares, subset))).size).toBe(subsets.length);
        for (const subset of subsets) expect(combineSeed(subset)).toEqual(seed);
      }),
      { numRuns: 60 },
    );
  });

  test('begin with the cards that were given first', () => {
    const { shares } = split(flat(3, 7));
    const given = [4, 1, 6, 0, 2].map((index) => shares[index]!);
    const [first] = [...readableSubsets(given)];
    expect(first).toEqual(given.slice(0, 3));
  });

  test('do not change with a card given twice', () => {
    const { seed, shares } = split(flat(3, 4));
    const copy = { ...shares[0]!, value: new Uint8Array(shares[0]!.value) };
    expect([...readableSubsets([...shares, copy, shares[1]!])]).toHaveLength(4);
    expect([...readableSubsets([shares[0]!, copy, shares[1]!])]).toEqual([]);
    expect(attemptsTo(seed, [copy, ...shares])).toBe(1);
  });

  test('are none when cards are missing, and none of nothing', () => {
    const { shares } = split({
      groupThreshold: 2,
      groups: [flat(2, 3), flat(2, 3)].flatMap((p) => p.groups),
    });
    expect([...readableSubsets(shares.slice(0, 4))]).toEqual([]);
    expect([...readableSubsets([])]).toEqual([]);
  });

  test('of two sets are refused', () => {
    const mixed = [...split(flat(2, 2)).shares, ...split(flat(2, 2)).shares];
    expect(() => [...readableSubsets(mixed)]).toThrow('share.mixed-sets');
  });
});

describe('with bad cards among them', () => {
  test('the seed is found whatever a bad card says, wherever it lies', () => {
    const lies: ((share: Share) => Share)[] = [
      (share) => forged(share),
      (share) => forged(share, { member: 200 }),
      (share) => forged(share, { memberThreshold: share.memberThreshold + 1 }),
      (share) => forged(share, { memberThreshold: 2, groupThreshold: 1 }),
      (share) => forged(share, { groupThreshold: share.groupThreshold + 1 }),
      (share) => forged(share, { group: 200 }),
      (share) => ({ ...share, memberThreshold: 255 }),
    ];
    fc.assert(
      fc.property(
        policies.filter(({ groups }) => groups.every(({ threshold, members }) => threshold < members)),
        fc.array(fc.record({ lie: fc.constantFrom(...lies), of: fc.nat(), at: fc.nat() }), {
          minLength: 1,
          maxLength: 3,
        }),
        (policy, bad) => {
          const { seed, shares } = split(policy);
          const given = [...shares];
          for (const { lie, of, at } of bad)
            given.splice(at % (given.length + 1), 0, lie(shares[of % shares.length]!));
          expect(attemptsTo(seed, given)).toBeDefined();
        },
      ),
    );
  });

  test('two values at one position are two candidates', () => {
    const { seed, shares } = split(flat(3, 3));
    expect([...readableSubsets([...shares, forged(shares[1]!)])]).toHaveLength(2);
    expect(attemptsTo(seed, [forged(shares[1]!), ...shares])).toBeLessThanOrEqual(2);
    const bothTwice = [...shares, forged(shares[1]!), forged(shares[2]!)];
    expect([...readableSubsets(bothTwice)]).toHaveLength(4);
  });

  test('what most cards say is tried first', () => {
    const { seed, shares } = split(flat(3, 6));
    const liars = [forged(shares[0]!, { memberThreshold: 2 }), forged(shares[1]!, { memberThreshold: 2 })];
    expect(attemptsTo(seed, [...liars, ...shares.slice(2)])).toBe(1);
    const others = [
      forged(shares[0]!, { groupThreshold: 2 }),
      forged(shares[1]!, { groupThreshold: 2, group: 2 }),
    ];
    expect(attemptsTo(seed, [...others, ...shares.slice(2)])).toBe(1);
  });

  test('positions with one value are tried before those with two', () => {
    const { seed, shares } = split(flat(3, 5));
    const doubtful = [forged(shares[0]!), shares[0]!, forged(shares[1]!), shares[1]!];
    expect(attemptsTo(seed, [...doubtful, ...shares.slice(2)])).toBe(1);
  });

  test('the fewer of the cards a subset contradicts, the earlier it comes', () => {
    const contradicts = (a: Share, b: Share): boolean =>
      a.groupThreshold !== b.groupThreshold ||
      (a.group === b.group && a.memberThreshold !== b.memberThreshold) ||
      (a.group === b.group && a.member === b.member && a !== b);
    const groups = [flat(2, 4), flat(1, 2), flat(3, 4)].flatMap((policy) => policy.groups);
    const { shares } = split({ groupThreshold: 2, groups });
    const given = [
      forged(shares[1]!),
      forged(shares[2]!, { memberThreshold: 1 }),
      forged(shares[4]!, { groupThreshold: 3 }),
      forged(shares[7]!, { memberThreshold: 2 }),
      forged(shares[8]!, { memberThreshold: 2 }),
      forged(shares[9]!, { memberThreshold: 9 }),
      ...shares,
    ];
    const doubts = [...readableSubsets(given)].map(
      (subset) => given.filter((card) => subset.some((member) => contradicts(card, member))).length,
    );
    expect(doubts.length).toBeGreaterThan(50);
    expect(doubts).toEqual(doubts.toSorted((a, b) => a - b));
    expect(new Set(doubts).size).toBeGreaterThan(2);
  });
});

describe('with more subsets than may be tried', () => {
  test('the limit holds, none comes twice, and all have the form of a quorum', () => {
    const { seed, shares } = split(flat(10, 30));
    const subsets = [...readableSubsets(shares)];
    expect(subsets).toHaveLength(LIMITS.recoverSubsets);
    expect(new Set(subsets.map((subset) => keyOf(shares, subset))).size).toBe(subsets.length);
    expect(subsets.slice(0, 20).every((subset) => equalBytes(combineSeed(subset), seed))).toBe(true);
  });

  test('a few bad cards given first do not spoil all that are tried', () => {
    for (let round = 0; round < 10; round += 1) {
      const { seed, shares } = split(flat(10, 24));
      const given = shares.map((share, index) => (index < 4 ? forged(share) : share));
      expect(attemptsTo(seed, given)).toBeDefined();
    }
  });

  test('groups that cannot be trusted are passed over', () => {
    const groups = Array.from({ length: 12 }, () => ({ threshold: 2, members: 5 }));
    const { seed, shares } = split({ groupThreshold: 4, groups });
    const given = shares.map((share) => (share.group <= 3 && share.member > 1 ? forged(share) : share));
    expect(attemptsTo(seed, given)).toBeDefined();
  });

  test('the order is the same each time', () => {
    const { shares } = split(flat(10, 30));
    const keys = (): string[] =>
      [...readableSubsets(shares)].slice(0, 50).map((subset) => keyOf(shares, subset));
    expect(keys()).toEqual(keys());
  });

  test('of 255 cards the first come at once', () => {
    const { shares } = split(flat(128, 255));
    const subsets = readableSubsets(shares);
    expect(subsets.next().value).toHaveLength(128);
    expect(subsets.next().value).toHaveLength(128);
  });
});

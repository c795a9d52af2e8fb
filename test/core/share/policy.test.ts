import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import {
  cardPositions,
  countQuorums,
  isQuorum,
  missingChoices,
  missingFor,
  quorumSubsets,
} from '../../../src/core/share/policy.ts';
import type { Policy } from '../../../src/core/share/policy.ts';
import { flat, policies, subsetsOf } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const GROUPS: Policy = {
  groupThreshold: 2,
  groups: [
    { threshold: 2, members: 3 },
    { threshold: 1, members: 1 },
    { threshold: 3, members: 4 },
  ],
};

/** The definition: enough members of enough groups. */
function opens(policy: Policy, cards: readonly number[]): boolean {
  const positions = cardPositions(policy);
  const complete = policy.groups.filter(({ threshold }, index) => {
    const members = positions.filter(({ card, group }) => group === index + 1 && cards.includes(card));
    return members.length >= threshold;
  });
  return complete.length >= policy.groupThreshold;
}

const opensWithoutSurplus = (policy: Policy, cards: readonly number[]): boolean =>
  opens(policy, cards) &&
  cards.every(
    (card) =>
      !opens(
        policy,
        cards.filter((other) => other !== card),
      ),
  );

/** The same for quorums of many cards: as many members as it takes, of as many groups. */
function isMinimalQuorum(policy: Policy, cards: readonly number[]): boolean {
  const groups = new Map<number, number>();
  const positions = cardPositions(policy);
  for (const card of cards) {
    const { group } = positions[card - 1]!;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const isExact = [...groups].every(([group, members]) => members === policy.groups[group - 1]!.threshold);
  return isExact && groups.size === policy.groupThreshold && new Set(cards).size === cards.length;
}

test('cards are numbered through all groups', () => {
  expect(cardPositions(GROUPS).map(({ card, group, member }) => [card, group, member])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
    [3, 1, 3],
    [4, 2, 1],
    [5, 3, 1],
    [6, 3, 2],
    [7, 3, 3],
    [8, 3, 4],
  ]);
});

describe('a quorum', () => {
  test('is what the policy says, for every set of cards, doubled and unknown ones aside', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const count = cardPositions(policy).length;
        const wrong = [...subsetsOf(count)].filter((cards) => {
          const wanted = opens(policy, cards);
          const doubled = [...cards, ...cards, 0, count + 1];
          return isQuorum(policy, cards) !== wanted || isQuorum(policy, doubled) !== wanted;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('lists are complete, and hold nothing but minimal ones', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const minimal = [...subsetsOf(cardPositions(policy).length)].filter((cards) =>
          opensWithoutSurplus(policy, cards),
        );
        expect(countQuorums(policy)).toBe(BigInt(minimal.length));
        const listed = quorumSubsets(crypto, policy, { limit: minimal.length });
        expect(listed.map(String).sort()).toEqual(minimal.map(String).sort());
      }),
    );
  });

  test('counts stay exact beyond what a number can hold', () => {
    expect(countQuorums(flat(128, 255)).toString()).toHaveLength(76);
    expect(countQuorums(flat(3, 255))).toBe(2_731_135n);
  });
});

describe('what is missing', () => {
  test('makes a quorum when it is added, and not when a card less is', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        for (const cards of subsetsOf(cardPositions(policy).length)) {
          const missing = missingFor(policy, cards);
          const added = missing.flatMap(({ from, more }) => from.slice(0, more));
          expect(opens(policy, [...cards, ...added])).toBe(true);
          expect(added.filter((card) => cards.includes(card))).toEqual([]);
          for (const left of added) {
            expect(opens(policy, [...cards, ...added.filter((card) => card !== left)])).toBe(false);
          }
        }
      }),
    );
  });

  test('is the shortest way', () => {
    expect(missingFor(GROUPS, [5])).toEqual([
      { group: 1, more: 2, from: [1, 2, 3] },
      { group: 2, more: 1, from: [4] },
    ]);
    expect(missingFor(GROUPS, [4, 5, 6, 7])).toEqual([]);
    expect(missingFor(flat(3, 5), [4, 2])).toEqual([{ group: 1, more: 1, from: [1, 3, 5] }]);
  });

  test('has the other ways beside it, least first', () => {
    expect(missingChoices(GROUPS, [1, 4])).toEqual({
      groups: 1,
      choices: [
        { group: 1, more: 1, from: [2, 3] },
        { group: 3, more: 3, from: [5, 6, 7, 8] },
      ],
    });
    expect(missingChoices(GROUPS, [1, 2, 4])).toEqual({ groups: 0, choices: [] });
  });
});

describe('quorums drawn for a ceremony', () => {
  const cases: [string, Policy][] = [
    ['3 of 20', flat(3, 20)],
    ['2 of 21, hardly more than 200', flat(2, 21)],
    ['2 of 255', flat(2, 255)],
    ['128 of 255', flat(128, 255)],
    [
      '2 of 3 groups',
      { groupThreshold: 2, groups: [flat(2, 9), flat(3, 12), flat(1, 1)].flatMap((p) => p.groups) },
    ],
    [
      'either of two groups',
      { groupThreshold: 1, groups: [flat(2, 3), flat(10, 20)].flatMap((p) => p.groups) },
    ],
    [
      'all of 100 groups',
      { groupThreshold: 100, groups: Array.from({ length: 100 }, () => flat(1, 2).groups[0]!) },
    ],
  ];

  /** In how many minimal quorums a card is, for the policies above where it matters. */
  const wantedUses = (policy: Policy, card: number): number =>
    // Cards 1 to 3 of the either-or policy are in two quorums each.
    policy.groupThreshold === 1 && policy.groups.length === 2 && card <= 3 ? 2 : 10;

  test.each(cases)('%s: at least 200, all different, all minimal, every card in ten', (_what, policy) => {
    const drawn = quorumSubsets(crypto, policy, { limit: 200 });
    expect(drawn.length).toBeGreaterThanOrEqual(200);
    expect(new Set(drawn.map(String)).size).toBe(drawn.length);
    const uses = new Map<number, number>();
    for (const quorum of drawn) {
      expect(quorum).toEqual(quorum.toSorted((a, b) => a - b));
      expect(isMinimalQuorum(policy, quorum)).toBe(true);
      for (const card of quorum) uses.set(card, (uses.get(card) ?? 0) + 1);
    }
    for (const { card } of cardPositions(policy)) {
      expect(uses.get(card)).toBeGreaterThanOrEqual(wantedUses(policy, card));
    }
  });

  test('are no more than 200 where that is enough, and not many more where it is not', () => {
    expect(quorumSubsets(crypto, flat(3, 20), { limit: 200 })).toHaveLength(200);
    // Ten uses of 255 cards in pairs take 1,275.
    expect(quorumSubsets(crypto, flat(2, 255), { limit: 200 }).length).toBeLessThan(1_400);
  });

  test('are others each time', () => {
    const draw = (): string => quorumSubsets(crypto, flat(10, 40), { limit: 200 }).join(';');
    expect(draw()).not.toBe(draw());
  });

  test('are drawn without favour', () => {
    // Every one of 20 cards is in 3/20 of 200 quorums: 30, of which 10 are too few and 60 too many by far.
    const uses = new Array<number>(21).fill(0);
    for (let round = 0; round < 20; round += 1) {
      for (const card of quorumSubsets(crypto, flat(3, 20), { limit: 200 }).flat()) uses[card]! += 1;
    }
    for (const count of uses.slice(1)) {
      expect(count).toBeGreaterThan(450);
      expect(count).toBeLessThan(750);
    }
  });
});

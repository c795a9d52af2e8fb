// The chance that a quorum is reached, against the slow way: every subset of the people, one by one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuorum } from '../../src/core/share/policy.ts';
import {
  alternatives,
  bestTrade,
  quorumChance,
  type Alternative,
  type Reach,
} from '../../src/escrow/reachability.ts';
import { countReady } from '../../src/escrow/readiness.ts';

/** Every way the weekend may go, with its chance. */
function bruteForce({ groups, groupThreshold }: Reach): number {
  const policy = {
    groupThreshold,
    groups: groups.map(({ threshold, chances }) => ({ threshold, members: chances.length })),
  };
  const chances = groups.flatMap((group) => group.chances);
  let sum = 0;
  for (let subset = 0; subset < 2 ** chances.length; subset += 1) {
    const isThere = (index: number): boolean => Math.floor(subset / 2 ** index) % 2 === 1;
    const cards = chances.flatMap((_, index) => (isThere(index) ? [index + 1] : []));
    if (!isQuorum(policy, cards)) continue;
    sum += chances.reduce((product, chance, index) => product * (isThere(index) ? chance : 1 - chance), 1);
  }
  return sum;
}

const chance = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const group = fc
  .array(chance, { minLength: 1, maxLength: 4 })
  .chain((chances) =>
    fc.integer({ min: 1, max: chances.length }).map((threshold) => ({ threshold, chances })),
  );
const reach: fc.Arbitrary<Reach> = fc
  .array(group, { minLength: 1, maxLength: 3 })
  .chain((groups) =>
    fc.integer({ min: 1, max: groups.length }).map((groupThreshold) => ({ groupThreshold, groups })),
  );

const flat = (threshold: number, ...chances: number[]): Reach => ({
  groupThreshold: 1,
  groups: [{ threshold, chances }],
});

test('as every subset, counted one by one', () => {
  fc.assert(
    fc.property(reach, (plan) => {
      expect(quorumChance(plan)).toBeCloseTo(bruteForce(plan), 12);
    }),
    { numRuns: 300 },
  );
});

test('by hand: any two of three who come with 1/2, 1/2 and 1', () => {
  expect(quorumChance(flat(2, 0.5, 0.5, 1))).toBeCloseTo(0.75, 15);
  expect(quorumChance(flat(2, 0, 1, 0))).toBe(0);
  expect(quorumChance(flat(3, 1, 1, 1))).toBe(1);
});

test('255 people are no more than a moment, and a chance stays a chance', () => {
  const value = quorumChance(flat(128, ...new Array<number>(255).fill(0.5)));
  expect(value).toBeCloseTo(0.5, 10);
});

describe('alternatives', () => {
  const sizes = (choices: readonly Alternative[]): string[] =>
    choices.map(({ change, policy }) => {
      const [only] = policy.groups;
      return `${change.what} ${change.by}: ${only?.threshold ?? 0} of ${only?.members ?? 0}`;
    });

  test('of 3 of 5', () => {
    expect(sizes(alternatives(flat(3, 0.7, 0.7, 0.9, 0.5, 0.8)))).toEqual([
      'none 0: 3 of 5',
      'threshold -1: 2 of 5',
      'trustee -1: 3 of 4',
      'threshold 1: 4 of 5',
      'trustee 1: 3 of 6',
    ]);
  });

  test('none that one card would open, or that nobody could', () => {
    expect(sizes(alternatives(flat(2, 0.5, 0.5)))).toEqual(['none 0: 2 of 2', 'trustee 1: 2 of 3']);
  });

  test('one less is without the hardest to reach; one more is like the others', () => {
    const [, , less, , more] = alternatives(flat(3, 0.7, 0.7, 0.9, 0.5, 0.8));
    expect(less?.chance).toBeCloseTo(bruteForce(flat(3, 0.7, 0.7, 0.9, 0.8)), 12);
    expect(more?.chance).toBeCloseTo(bruteForce(flat(3, 0.7, 0.7, 0.9, 0.5, 0.8, 0.72)), 12);
  });

  test('whatever the policy, each can be split and is judged by its own numbers', () => {
    fc.assert(
      fc.property(reach, (plan) => {
        for (const { policy, spare, fewest, chance: value } of alternatives(plan)) {
          const cards = policy.groups.reduce((sum, { members }) => sum + members, 0);
          const every = Array.from({ length: cards }, (_, index) => index + 1);
          expect(isQuorum(policy, every)).toBe(true);
          expect(every.some((card) => isQuorum(policy, [card]))).toBe(false);
          expect(spare).toBe(countReady(policy, every));
          expect(fewest).toBeGreaterThan(1);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the best trade', () => {
  const best = (plan: Reach): string | undefined => {
    const found = bestTrade(alternatives(plan));
    return found && `${found.change.what} ${found.change.by}`;
  };

  test('more people, where that is likely enough', () => {
    expect(best(flat(3, ...new Array<number>(7).fill(0.95)))).toBe('threshold 1');
  });

  test('the plan itself, where nothing safe needs more people', () => {
    expect(best(flat(3, ...new Array<number>(5).fill(0.9)))).toBe('none 0');
  });

  test('the likeliest, where none is good enough', () => {
    expect(best(flat(3, ...new Array<number>(5).fill(0.4)))).toBe('threshold -1');
  });

  test('none among none', () => {
    expect(bestTrade([])).toBeUndefined();
  });
});

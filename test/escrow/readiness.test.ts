// How many cards may fail: the closed formula against losing every choice of cards, over small policies.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '../../src/core/share/policy.ts';
import { countReady } from '../../src/escrow/readiness.ts';

/** Written here anew, from what the words say: enough members in enough groups. */
function opens({ groupThreshold, groups }: Policy, cards: ReadonlySet<number>): boolean {
  let card = 0;
  let complete = 0;
  for (const { threshold, members } of groups) {
    let have = 0;
    for (let member = 0; member < members; member++) if (cards.has(++card)) have++;
    if (have >= threshold) complete++;
  }
  return complete >= groupThreshold;
}

/** The largest number of cards of which every choice may be lost. */
function byTrying(policy: Policy, cards: readonly number[]): number {
  const losses: number[] = [];
  for (let choice = 0; choice < 1 << cards.length; choice++) {
    const left = cards.filter((_card, index) => (choice & (1 << index)) === 0);
    if (!opens(policy, new Set(left))) losses.push(cards.length - left.length);
  }
  return Math.min(...losses) - 1;
}

const policies: fc.Arbitrary<Policy> = fc
  .array(
    fc
      .integer({ min: 1, max: 4 })
      .chain((members) =>
        fc.record({ threshold: fc.integer({ min: 1, max: members }), members: fc.constant(members) }),
      ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((groups) =>
    fc.record({ groupThreshold: fc.integer({ min: 1, max: groups.length }), groups: fc.constant(groups) }),
  );

test('it is what trying every loss gives', () => {
  const cases = policies.chain((policy) => {
    const total = policy.groups.reduce((sum, { members }) => sum + members, 0);
    const all = Array.from({ length: total }, (_, index) => index + 1);
    return fc.tuple(fc.constant(policy), fc.shuffledSubarray(all));
  });
  fc.assert(
    fc.property(cases, ([policy, cards]) => {
      expect(countReady(policy, cards)).toBe(byTrying(policy, cards));
    }),
    { numRuns: 400 },
  );
});

test.each<[string, Policy, number[], number]>([
  [
    'three of five, all there',
    { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
    [1, 2, 3, 4, 5],
    2,
  ],
  ['three of five, three there', { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] }, [1, 3, 5], 0],
  ['three of five, two there', { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] }, [1, 3], -1],
  ['none there', { groupThreshold: 1, groups: [{ threshold: 2, members: 3 }] }, [], -1],
  [
    'the weakest group counts',
    {
      groupThreshold: 2,
      groups: [
        { threshold: 1, members: 5 },
        { threshold: 2, members: 2 },
      ],
    },
    [1, 2, 3, 4, 5, 6, 7],
    0,
  ],
  [
    'a spare group',
    {
      groupThreshold: 1,
      groups: [
        { threshold: 2, members: 2 },
        { threshold: 2, members: 3 },
      ],
    },
    [1, 2, 3, 4, 5],
    2,
  ],
  [
    'numbers twice, and numbers of no card',
    { groupThreshold: 1, groups: [{ threshold: 2, members: 3 }] },
    [1, 1, 2, 9],
    0,
  ],
])('%s', (_name, policy, cards, margin) => {
  expect(countReady(policy, cards)).toBe(margin);
});

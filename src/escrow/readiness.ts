// How many cards may fail before no quorum is left: the lose-two rule counts with this. Two-level
// policies lose their weakest groups first, so the margin is over the worst choice of cards.

import { isQuorum } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';

/**
 * The number of the given cards that may be lost, whichever they are, so that the rest still opens.
 *
 * @returns -1 when the cards given do not open it even together.
 */
export function countReady(policy: Policy, cards: readonly number[]): number {
  if (!isQuorum(policy, cards)) return -1;
  const held = cardsByGroup(policy, cards);
  // To break the escrow an adversary must leave fewer than groupThreshold groups complete. Breaking a
  // group costs its members minus its threshold plus one; the cheapest groups go first.
  const costs = held
    .map((count, index) => count - (policy.groups[index]?.threshold ?? 0) + 1)
    .filter((cost) => cost > 0)
    .sort((a, b) => a - b);
  const toBreak = costs.length - policy.groupThreshold + 1;
  return costs.slice(0, toBreak).reduce((sum, cost) => sum + cost, 0) - 1;
}

function cardsByGroup(policy: Policy, cards: readonly number[]): number[] {
  const given = new Set(cards);
  let card = 0;
  return policy.groups.map(({ members }) => {
    let count = 0;
    for (let member = 0; member < members; member += 1) {
      card += 1;
      if (given.has(card)) count += 1;
    }
    return count;
  });
}

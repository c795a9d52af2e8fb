// A policy as people say it: on the script, in the plan's summary, before a ceremony.

import { counted } from '../core/counted.ts';
import type { Policy } from '../core/share/policy.ts';
import type { Plan } from './plan.ts';

/** "any 3 of 5 cards"; "any 2 of 3 groups: Partners (any 2 of 3 cards), Staff (all 2 cards), …" */
export function policyWords({ policy, cards }: Pick<Plan, 'policy' | 'cards'>): string {
  const { groupThreshold, groups }: Policy = policy;
  const opens = groups.map(({ threshold, members }) =>
    threshold === members ? `all ${counted(members, 'card')}` : `any ${threshold} of ${members} cards`,
  );
  if (groups.length === 1) return opens.join('');
  const named = opens.map((words, index) => {
    const name = cards.find(({ group }) => group === index + 1)?.groupName;
    return name === undefined ? words : `${name} (${words})`;
  });
  const needed = groupThreshold === groups.length ? 'all' : `any ${groupThreshold} of`;
  return `${needed} ${groups.length} groups: ${named.join(', ')}`;
}

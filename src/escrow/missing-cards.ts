// What a set of cards still lacks, said to whoever has to find the next trustee. Empty when nothing is missing.

import { missingFor } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import type { Share } from '../core/share/share-record.ts';

/** What a set still lacks by the policy of its charter, as words. */
export function missingInPolicy(policy: Policy, cards: readonly number[]): string {
  const missing = missingFor(policy, cards);
  return missing.map(({ more, from }) => `${more} more of cards ${from.join(', ')}`).join(' and ');
}

/** The same from the shares' own bytes: how many groups are complete, how many members are there. */
export function missingInShares(shares: readonly Share[]): string {
  const groups = new Map<number, { members: Set<number>; threshold: number }>();
  for (const share of shares) {
    const group = groups.get(share.group) ?? { members: new Set<number>(), threshold: share.memberThreshold };
    group.members.add(share.member);
    groups.set(share.group, group);
  }
  const groupThreshold = shares[0]?.groupThreshold ?? 1;
  const complete = [...groups.values()].filter(({ members, threshold }) => members.size >= threshold).length;
  if (complete >= groupThreshold) return '';
  if (groupThreshold === 1 && groups.size === 1) {
    const [only] = groups.values();
    return `${(only?.threshold ?? 0) - (only?.members.size ?? 0)} more of this set`;
  }
  const partial = [...groups.entries()]
    .filter(([, { members, threshold }]) => members.size < threshold)
    .map(([group, { members, threshold }]) => `group ${group} needs ${threshold - members.size} more`);
  return [`${complete} of ${groupThreshold} groups complete`, ...partial].join('; ');
}

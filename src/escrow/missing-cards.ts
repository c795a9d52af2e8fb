// What a set of cards still lacks, said to whoever has to find the next trustee: as words for the command
// line, as numbers for a page that speaks other languages. Empty when nothing is missing.

import { missingFor } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import type { Share } from '../core/share/share-record.ts';

/** What a set still lacks by the policy of its charter, as words. */
export function missingInPolicy(policy: Policy, cards: readonly number[]): string {
  const missing = missingFor(policy, cards);
  return missing.map(({ more, from }) => `${more} more of cards ${from.join(', ')}`).join(' and ');
}

/** A group of which cards are missing; `group` is undefined where there are no groups, `from` empty where nothing tells. */
interface MissingOfGroup {
  readonly kind: 'cards';
  readonly group: number | undefined;
  readonly more: number;
  readonly from: readonly number[];
}

/** What a set still lacks, part by part: cards, or whole groups of which no card is there yet. */
export type Lack = MissingOfGroup | { readonly kind: 'groups'; readonly more: number };

/** {@link missingInPolicy} as numbers. */
export function lacksInPolicy(policy: Policy, cards: readonly number[]): Lack[] {
  const hasGroups = policy.groups.length > 1;
  return missingFor(policy, cards).map(({ group, more, from }) => ({
    kind: 'cards',
    group: hasGroups ? group : undefined,
    more,
    from,
  }));
}

/** {@link missingInShares} as numbers: the shortest way, by what the cards say of themselves. */
export function lacksInShares(shares: readonly Share[]): Lack[] {
  const { groups, groupThreshold, complete } = groupsOf(shares);
  const needed = groupThreshold - complete;
  if (needed <= 0) return [];
  const hasGroups = groupThreshold > 1 || groups.size > 1;
  const begun = [...groups.entries()]
    .map(([group, { members, threshold }]) => ({ group, more: threshold - members.size }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => a.more - b.more || a.group - b.group)
    .slice(0, needed)
    .map(({ group, more }): Lack => ({
      kind: 'cards',
      group: hasGroups ? group : undefined,
      more,
      from: [],
    }));
  const others = needed - begun.length;
  return others > 0 ? [...begun, { kind: 'groups', more: others }] : begun;
}

interface Groups {
  readonly groups: ReadonlyMap<number, { readonly members: ReadonlySet<number>; readonly threshold: number }>;
  readonly groupThreshold: number;
  readonly complete: number;
}

function groupsOf(shares: readonly Share[]): Groups {
  const groups = new Map<number, { members: Set<number>; threshold: number }>();
  for (const share of shares) {
    const group = groups.get(share.group) ?? { members: new Set<number>(), threshold: share.memberThreshold };
    group.members.add(share.member);
    groups.set(share.group, group);
  }
  const complete = [...groups.values()].filter(({ members, threshold }) => members.size >= threshold).length;
  return { groups, groupThreshold: shares[0]?.groupThreshold ?? 1, complete };
}

/** The same from the shares' own bytes: how many groups are complete, how many members are there. */
export function missingInShares(shares: readonly Share[]): string {
  const { groups, groupThreshold, complete } = groupsOf(shares);
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

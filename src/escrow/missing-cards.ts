// What a set of cards still lacks, said to whoever has to find the next trustee: as numbers, which a page puts
// into its own languages, and as words for the command line. Empty when nothing is missing.

import { counted } from '../core/counted.ts';
import { missingFor } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import type { Share } from '../core/share/share-record.ts';

/** A group of which cards are missing; `group` is undefined where there are no groups, `from` empty where nothing tells. */
interface MissingOfGroup {
  readonly kind: 'cards';
  readonly group: number | undefined;
  readonly more: number;
  readonly from: readonly number[];
}

/** What a set still lacks, part by part: cards, or whole groups of which no card is there yet. */
export type Lack = MissingOfGroup | { readonly kind: 'groups'; readonly more: number };

/** By the policy of a charter, of the cards that it lists. */
export function lacksInPolicy(policy: Policy, cards: readonly number[]): Lack[] {
  const hasGroups = policy.groups.length > 1;
  return missingFor(policy, cards).map(({ group, more, from }) => ({
    kind: 'cards',
    group: hasGroups ? group : undefined,
    more,
    from,
  }));
}

/** The shortest way, by what the cards say of themselves. */
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

/** "1 more of cards 2, 3 and the cards of 1 more group". */
export function lackText(lacks: readonly Lack[]): string {
  return lacks.map(textOf).join(' and ');
}

function textOf(lack: Lack): string {
  if (lack.kind === 'groups') return `the cards of ${counted(lack.more, 'more group')}`;
  const { more, from, group } = lack;
  if (from.length > 0) return `${more} more of cards ${from.join(', ')}`;
  return `${more} more of ${group === undefined ? 'this set' : `group ${group}`}`;
}

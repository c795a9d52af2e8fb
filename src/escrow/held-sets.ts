// The cards that are in, set by set: which set is complete, and what one still lacks. What cards say of themselves
// decides whether a set is complete, for a charter may be forged.

import type { Policy } from '../core/share/policy.ts';
import { setMark } from '../core/share/set.ts';
import type { SetMark } from '../core/share/set.ts';
import { setIdOf } from '../core/share/share-record.ts';
import { readableSubsets } from '../core/share/subsets.ts';
import type { HeldCard } from './card-verdict.ts';
import { lackText, lacksInPolicy, lacksInShares } from './missing-cards.ts';
import type { Lack } from './missing-cards.ts';

/** Readable cards of one set. */
interface HeldSet {
  readonly setId: string;
  readonly mark: SetMark;
  readonly cards: readonly HeldCard[];
}

/** The fullest set first. */
export function setsOf(held: readonly HeldCard[]): HeldSet[] {
  const sets = new Map<string, HeldCard[]>();
  for (const card of held) {
    const setId = setIdOf(card.share);
    sets.set(setId, [...(sets.get(setId) ?? []), card]);
  }
  return [...sets.entries()]
    .map(([setId, cards]) => ({ setId, cards, mark: setMark(cards[0]?.share.setNumber ?? 1) }))
    .sort((a, b) => b.cards.length - a.cards.length);
}

/** Whether a set's own thresholds are met. */
export function isComplete({ cards }: HeldSet): boolean {
  return readableSubsets(cards.map(({ share }) => share)).next().done !== true;
}

/** What a set still lacks; empty also where more cards of it may help and nothing tells which. */
export function lacksOf(set: HeldSet, policy: Policy | undefined): readonly Lack[] {
  if (isComplete(set)) return [];
  // Beside good cards, one that the charter does not list is likely false: it fills no gap.
  const listed = listedIn(set.cards);
  const needed = policy && listed.length > 0 ? lacksInPolicy(policy, listed) : [];
  return needed.length > 0 ? needed : lacksInShares(set.cards.map(({ share }) => share));
}

/** The same as words. */
export function missingOf(set: HeldSet, policy: Policy | undefined): string {
  return isComplete(set) ? '' : lackText(lacksOf(set, policy)) || 'more cards of this set';
}

/** The numbers of those cards that the charter lists. */
export const listedIn = (cards: readonly HeldCard[]): number[] =>
  cards.flatMap(({ verdict }) => (verdict.card === undefined ? [] : [verdict.card]));

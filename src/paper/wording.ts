// What all languages of a card need to build their sentences: how a policy is told, and small helps.

import type { PrintedPolicy } from './strings.ts';

/** Year, month and day of an ISO date, as numbers. */
export function partsOfDate(iso: string): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const [year = 0, month = 0, day = 0] = iso.slice(0, 10).split('-').map(Number);
  return { year, month, day };
}

/** The five ways in which a policy is told. */
export type ToldPolicy =
  /** One group: any of its cards, or every one. */
  | { readonly kind: 'any' | 'all'; readonly cards: number }
  /** `need` of `count` groups, with as many cards from each. */
  | { readonly kind: 'each'; readonly cards: number; readonly need: number; readonly count: number }
  /** Groups of unequal weight: the card says what its own group brings, the script says the rest. */
  | { readonly kind: 'unequal'; readonly own: number; readonly need: number; readonly count: number };

/** @param group - Number of the card's own group. */
export function toldPolicy({ groupThreshold: need, groups }: PrintedPolicy, group: number): ToldPolicy {
  const own = groups[group - 1]?.threshold ?? 0;
  const only = groups.length === 1 ? groups[0] : undefined;
  if (only !== undefined) {
    return { kind: only.threshold < only.members ? 'any' : 'all', cards: only.threshold };
  }
  const count = groups.length;
  const isEqual = groups.every(({ threshold }) => threshold === own);
  return isEqual ? { kind: 'each', cards: own, need, count } : { kind: 'unequal', own, need, count };
}

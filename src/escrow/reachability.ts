// How likely a quorum can be reached on a holiday weekend, by the trustees' own figures, and what another
// policy would make of them. Exact: people are taken one by one, and each chance of "so many are reached"
// is kept. It takes one person's absence to say nothing about another's; families and teams know better.

import { fewestCards } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import { countReady } from './readiness.ts';

/** Weekend chance that docs/ops/plan.md calls good, and the one below which it is bad. */
export const GOOD_CHANCE = 0.95;
export const BAD_CHANCE = 0.85;
/** Cards that may be gone: one trustee is away, one card cannot be got at. */
const GOOD_SPARE = 2;
/** Beyond so many groups a table of what could be changed in each helps nobody. */
const GROUPS_VARIED = 6;

interface Part {
  readonly threshold: number;
  readonly chances: readonly number[];
}

/** A policy with each trustee's chance in place of each member. */
export interface Reach {
  readonly groupThreshold: number;
  readonly groups: readonly Part[];
}

/** What differs from the plan; `group` counts from 1 and is 0 for a policy of one group. */
export interface Change {
  readonly what: 'none' | 'threshold' | 'trustee' | 'groupThreshold';
  readonly by: -1 | 0 | 1;
  readonly group: number;
}

export interface Alternative {
  readonly change: Change;
  readonly policy: Policy;
  readonly chance: number;
  /** How many cards may be gone, whichever they are, so that the rest still opens. */
  readonly spare: number;
  /** The fewest cards that open the escrow: so many people could do it in secret. */
  readonly fewest: number;
}

/** The chance of at least `least` successes, each with its own chance. */
function chanceOfAtLeast(chances: readonly number[], least: number): number {
  // at[i]: the chance that i of those taken so far are reached; the last stands for "least or more".
  const at = new Array<number>(least + 1).fill(0);
  at[0] = 1;
  for (const chance of chances) {
    for (let reached = least; reached > 0; reached -= 1) {
      const stays = reached === least ? 1 : 1 - chance;
      at[reached] = (at[reached] ?? 0) * stays + (at[reached - 1] ?? 0) * chance;
    }
    if (least > 0) at[0] *= 1 - chance;
  }
  return at[least] ?? 0;
}

/** The chance that those who are reached are a quorum. */
export function quorumChance({ groups, groupThreshold }: Reach): number {
  return chanceOfAtLeast(
    groups.map(({ chances, threshold }) => chanceOfAtLeast(chances, threshold)),
    groupThreshold,
  );
}

/** The plan as it is, first, and the policies one step away from it that can be split. */
export function alternatives(plan: Reach): Alternative[] {
  const none: Change = { what: 'none', by: 0, group: 0 };
  return [{ change: none, reach: plan }, ...changedBy(plan)]
    .filter(({ reach }) => canBeSplit(reach))
    .map(({ change, reach }) => judged(change, reach));
}

function changedBy(plan: Reach): { change: Change; reach: Reach }[] {
  const { groups, groupThreshold } = plan;
  const isOne = groups.length === 1;
  const steps = [-1, 1] as const;
  const ofGroups = steps.map((by) => ({
    change: { what: 'groupThreshold', by, group: 0 } as const,
    reach: { groups, groupThreshold: groupThreshold + by },
  }));
  const inGroups = groups.flatMap((part, index) => {
    const withPart = (changed: Part): Reach => ({
      groupThreshold,
      groups: groups.map((other, at) => (at === index ? changed : other)),
    });
    const group = isOne ? 0 : index + 1;
    return steps.flatMap((by) => [
      {
        change: { what: 'threshold', by, group } as const,
        reach: withPart({ ...part, threshold: part.threshold + by }),
      },
      {
        change: { what: 'trustee', by, group } as const,
        reach: withPart({
          ...part,
          chances: by < 0 ? withoutWorst(part.chances) : withAverage(part.chances),
        }),
      },
    ]);
  });
  return [...(isOne ? [] : ofGroups), ...(groups.length > GROUPS_VARIED ? [] : inGroups)];
}

/** Who would leave, if one did: the one who is hardest to reach. */
function withoutWorst(chances: readonly number[]): number[] {
  return [...chances].sort((a, b) => a - b).slice(1);
}

/** Who would come is not known yet: one as easily reached as the others are on average. */
function withAverage(chances: readonly number[]): number[] {
  return [...chances, chances.reduce((sum, chance) => sum + chance, 0) / chances.length];
}

function policyOf({ groups, groupThreshold }: Reach): Policy {
  const sizes = groups.map(({ threshold, chances }) => ({ threshold, members: chances.length }));
  return { groupThreshold, groups: sizes };
}

function canBeSplit(reach: Reach): boolean {
  const { groups, groupThreshold } = reach;
  const areGroups = groups.every(({ threshold, chances }) => threshold >= 1 && threshold <= chances.length);
  return areGroups && groupThreshold >= 1 && groupThreshold <= groups.length && fewestCards(reach) > 1;
}

function judged(change: Change, reach: Reach): Alternative {
  const policy = policyOf(reach);
  const cards = policy.groups.reduce((sum, { members }) => sum + members, 0);
  const every = Array.from({ length: cards }, (_, index) => index + 1);
  const spare = countReady(policy, every);
  return { change, policy, chance: quorumChance(reach), spare, fewest: fewestCards(reach) };
}

/** Whether a quorum is likely enough, with cards to spare. */
export function isGoodTrade({ chance, spare }: Alternative): boolean {
  return chance >= GOOD_CHANCE && spare >= GOOD_SPARE;
}

/**
 * The best trade: among those good enough, the one that needs most people; the plan itself where it needs
 * as many. Where none is good enough, the one most likely to open.
 */
export function bestTrade(choices: readonly Alternative[]): Alternative | undefined {
  const good = choices.filter(isGoodTrade);
  const isBetter = (a: Alternative, b: Alternative): boolean =>
    good.length > 0
      ? a.fewest > b.fewest || (a.fewest === b.fewest && b.change.what !== 'none' && a.chance > b.chance)
      : a.chance > b.chance;
  const [first, ...others] = good.length > 0 ? good : choices;
  return first && others.reduce((best, next) => (isBetter(next, best) ? next : best), first);
}

// Who opens the escrow together: one group, or g of G groups of some members each. Cards are numbered
// through all groups. Spec: docs/spec/share.md, "Policies". Knows numbers only, neither shares nor people.

import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { countMinimalQuorums, drawQuorums, listQuorums } from './quorum-subsets.ts';
import type { QuorumSpace } from './quorum-subsets.ts';

/** How many groups must be complete, and how many members complete each. */
export interface Policy {
  readonly groupThreshold: number;
  readonly groups: readonly { readonly threshold: number; readonly members: number }[];
}

/** Where a card stands: its number through all groups, its group, its number in the group, all from 1. */
interface CardPosition {
  readonly card: number;
  readonly group: number;
  readonly member: number;
}

/** So many more cards of one group, and the ones that would do. */
interface MissingCards {
  readonly group: number;
  readonly more: number;
  readonly from: readonly number[];
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;

/**
 * Refuses a policy that cannot be split, or that one card alone would satisfy.
 *
 * @throws {@link EscrowError} `share.policy`.
 */
export function assertPolicy(policy: Policy): void {
  const { groupThreshold, groups } = policy;
  const refuse = (reason: string): never => {
    throw new EscrowError('share.policy', { reason });
  };
  if (groups.length < 1 || groups.length > LIMITS.groups) refuse(`${groups.length} groups`);
  if (!isCount(groupThreshold) || groupThreshold > groups.length)
    refuse(`${groupThreshold} groups are needed and there are ${groups.length}`);
  for (const { threshold, members } of groups) {
    if (!isCount(threshold) || !isCount(members) || threshold > members)
      refuse(`${threshold} cards are needed and there are ${members}`);
  }
  const cards = groups.reduce((sum, { members }) => sum + members, 0);
  if (cards > LIMITS.cards) refuse(`${cards} cards, more than ${LIMITS.cards}`);
  if (groupThreshold === 1 && groups.some(({ threshold }) => threshold === 1))
    refuse('one card alone would open the escrow');
}

/** Every card of a policy in the order of card numbers. */
export function cardPositions(policy: Policy): CardPosition[] {
  return policy.groups
    .flatMap(({ members }, group) =>
      Array.from({ length: members }, (_, member) => ({ group: group + 1, member: member + 1 })),
    )
    .map((place, index) => ({ card: index + 1, ...place }));
}

/** The card numbers of each group. */
function cardsByGroup(policy: Policy): number[][] {
  const positions = cardPositions(policy);
  return policy.groups.map((_, index) =>
    positions.filter(({ group }) => group === index + 1).map(({ card }) => card),
  );
}

/** Whether these cards open the escrow. Numbers given twice count once, unknown ones not at all. */
export function isQuorum(policy: Policy, cards: readonly number[]): boolean {
  return missingFor(policy, cards).length === 0;
}

/**
 * The shortest way from these cards to a quorum: what every group in it still needs. Empty when it is
 * one. {@link missingChoices} has the other ways.
 */
export function missingFor(policy: Policy, cards: readonly number[]): MissingCards[] {
  const { groups, choices } = missingChoices(policy, cards);
  return choices.slice(0, groups).sort((a, b) => a.group - b.group);
}

/**
 * How many groups are still to be completed, and what each that is not complete would need, those with
 * least first. Any `groups` of the choices make a quorum.
 */
export function missingChoices(
  policy: Policy,
  cards: readonly number[],
): { readonly groups: number; readonly choices: readonly MissingCards[] } {
  const given = new Set(cards);
  const needs = cardsByGroup(policy).map((numbers, index): MissingCards => {
    const from = numbers.filter((card) => !given.has(card));
    const have = numbers.length - from.length;
    return { group: index + 1, more: Math.max(0, (policy.groups[index]?.threshold ?? 0) - have), from };
  });
  const choices = needs.filter(({ more }) => more > 0).sort((a, b) => a.more - b.more || a.group - b.group);
  const complete = needs.length - choices.length;
  return complete >= policy.groupThreshold
    ? { groups: 0, choices: [] }
    : { groups: policy.groupThreshold - complete, choices };
}

/** The number of minimal quorums: those with no card too many. */
export function countQuorums(policy: Policy): bigint {
  return countMinimalQuorums(quorumSpace(policy));
}

/**
 * The quorums a ceremony tries: every minimal one when there are at most `limit`, otherwise `limit`
 * random ones, or as many more as it takes for each card to be in ten of them.
 *
 * @returns lists of ascending card numbers.
 */
export function quorumSubsets(
  crypto: CryptoPort,
  policy: Policy,
  options: { readonly limit: number },
): number[][] {
  const space = quorumSpace(policy);
  if (countMinimalQuorums(space) <= options.limit) return [...listQuorums(space)];
  return drawQuorums(crypto, space, options.limit);
}

function quorumSpace(policy: Policy): QuorumSpace {
  const cards = cardsByGroup(policy);
  return {
    groupThreshold: policy.groupThreshold,
    groups: policy.groups.map(({ threshold }, index) => ({ threshold, cards: cards[index] ?? [] })),
  };
}

/** How many quorums a ceremony tries: all of them, or this many by chance. */
export const CHECKED_QUORUMS = 200;

/** The least number of cards that open it. */
export function fewestCards({
  groupThreshold,
  groups,
}: {
  readonly groupThreshold: number;
  readonly groups: readonly { readonly threshold: number }[];
}): number {
  const thresholds = groups.map(({ threshold }) => threshold).sort((a, b) => a - b);
  return thresholds.slice(0, groupThreshold).reduce((sum, threshold) => sum + threshold, 0);
}

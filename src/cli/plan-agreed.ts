// What is done with a plan before anything is made of it: it is held against what was agreed, its names are
// tried on the card, and what is wrong with it is said.

import type { CardPress } from '../adapters/card-press.ts';
import { checkPlan } from '../escrow/plan-check.ts';
import { assertPlanIs } from '../escrow/plan-hash.ts';
import type { Plan } from '../escrow/plan.ts';
import { needsAttention } from '../core/finding.ts';
import type { Session } from './session.ts';

/**
 * Refuses another plan than the agreed one. Without `--agreed` there is nothing to hold it against.
 *
 * @param agreed - What was given with `--agreed`: six words, or a hash.
 * @throws {@link EscrowError} `plan.not-agreed`, `words.format`.
 */
export async function assertAgreed(session: Session, plan: Plan, agreed: string | undefined): Promise<void> {
  if (agreed !== undefined) assertPlanIs(await session.crypto(), plan, agreed);
}

/** Warns, and never refuses: the people in the room know each other better than their plan does. */
export function warnOfPlan(session: Session, plan: Plan): void {
  const { findings } = checkPlan(plan);
  for (const finding of findings) {
    if (needsAttention([finding])) session.warn(`${finding.message}: ${finding.hint}`);
  }
}

/** Names that no font here has, or that are too long for a card. @throws {@link EscrowError} `paper.*`. */
export function assertPrintable(press: CardPress, plan: Plan): void {
  for (const { card, trustee, groupName } of plan.cards) {
    press.assertPrintable(trustee.name, 'holder', `the name on card ${card}`);
    if (groupName !== undefined) press.assertPrintable(groupName, 'group', `the group on card ${card}`);
  }
}

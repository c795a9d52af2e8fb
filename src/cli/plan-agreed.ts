// What a ceremony does with a plan before anything is made: it holds it against what was agreed, and says
// what is wrong with it.

import { checkPlan } from '../escrow/plan-check.ts';
import { assertPlanIs } from '../escrow/plan-hash.ts';
import type { Plan } from '../escrow/plan.ts';
import { needsAttention } from './findings.ts';
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

// The plan of a ceremony: from a file, or asked for at the terminal, name by name.

import { readBounded } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { decodeUtf8 } from '../core/bytes.ts';
import { LIMITS } from '../core/limits.ts';
import { decodePlan } from '../escrow/plan.ts';
import type { Plan } from '../escrow/plan.ts';
import type { Session } from './session.ts';

export async function readPlan(session: Session, named: string | undefined): Promise<Plan> {
  if (named !== undefined)
    return decodePlan(decodeUtf8(await readBounded(session.path(named), LIMITS.planBytes)));
  const prompter = await session.prompter('--plan');
  for (;;) {
    const plan = await askForPlan(prompter);
    session.say(describePlan(plan));
    if (await prompter.confirm('Is this what was agreed?', true)) return plan;
  }
}

function describePlan(plan: Plan): string {
  const people = plan.cards.map(({ card, trustee }) => `  card ${card}: ${trustee.name}`);
  const [group] = plan.policy.groups;
  return [
    `any ${group?.threshold ?? 0} of ${plan.cards.length} cards open it, on ${plan.paper} paper:`,
    ...people,
  ].join('\n');
}

const atLeast =
  (least: number, most: number) =>
  (answer: string): string | undefined => {
    const number = Number(answer);
    return Number.isInteger(number) && number >= least && number <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
  };

/** Group policies have more to decide than questions can hold: they are written as a plan file. */
async function askForPlan(prompter: Prompter): Promise<Plan> {
  const organisation = await prompter.text(
    'Name of the organisation (it stays in your register, not on the cards):',
    { check: notEmpty },
  );
  const count = Number(
    await prompter.text('How many trustees get a card?', { initial: '5', check: atLeast(2, LIMITS.cards) }),
  );
  const threshold = Number(
    await prompter.text('How many of them must come together?', {
      initial: String(Math.min(3, count)),
      check: atLeast(2, count),
    }),
  );
  const trustees: { name: string; contact?: string }[] = [];
  for (let card = 1; card <= count; card += 1) {
    const name = await prompter.text(`Name on card ${card}:`, {
      check: (answer) =>
        notEmpty(answer) ??
        (trustees.some((other) => sameName(other.name, answer))
          ? 'that name is taken; write it so that they differ'
          : undefined),
    });
    trustees.push({ name });
  }
  const paper = await prompter.choose('Paper:', [
    { name: 'A4', value: 'a4' },
    { name: 'US Letter', value: 'letter' },
  ]);
  return decodePlan(JSON.stringify({ organisation, threshold, trustees, paper }));
}

const notEmpty = (answer: string): string | undefined =>
  answer.trim() === '' ? 'please write something' : undefined;

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

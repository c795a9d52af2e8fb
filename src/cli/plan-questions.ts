// What `ceremony plan` asks beyond what a ceremony cannot do without. An empty answer leaves the field out; what is
// left out is not judged.

import type { Prompter, TextOptions } from '../adapters/prompts.ts';
import type { PlanFields } from '../escrow/plan-file.ts';
import { isPlanText } from '../escrow/plan.ts';
import type { Trustee } from '../escrow/plan.ts';
import type { FurtherQuestions } from './plan-input.ts';

/** Fields that are texts, and how they are asked for. */
const QUESTIONS = [
  ['contact', 'phone or address for an emergency'],
  ['place', 'building where the card is kept ("home": their own)'],
  ['household', 'household, if others in the plan live there too'],
  ['team', 'team'],
  ['reportsTo', 'reports to'],
] as const;

const textOrNothing = (answer: string): string | undefined =>
  answer.trim() === '' || isPlanText(answer) ? undefined : 'one line of at most 80 characters';

function chanceOrNothing(answer: string): string | undefined {
  const text = answer.trim();
  if (text === '') return undefined;
  const isChance = /^\d?\.?\d{1,3}$/.test(text) && Number(text) <= 1;
  return isChance ? undefined : 'a number from 0 to 1, such as 0.8; empty when it is not known';
}

/** An earlier answer stands there to be changed, or taken away again. */
const options = (check: NonNullable<TextOptions['check']>, before: string | undefined): TextOptions =>
  before === undefined ? { check } : { check, prefill: before };

async function askAboutTrustee(
  prompter: Prompter,
  card: number,
  before: Trustee | undefined,
): Promise<Omit<Trustee, 'name'>> {
  const told: { -readonly [Field in keyof Trustee]?: Trustee[Field] } = {};
  for (const [field, question] of QUESTIONS) {
    const answer = await prompter.text(`Card ${card}, ${question}:`, options(textOrNothing, before?.[field]));
    if (answer.trim() !== '') told[field] = answer.trim();
  }
  told.outside = await prompter.confirm(
    `Card ${card}: somebody from outside the company?`,
    before?.outside ?? false,
  );
  const chance = await prompter.text(
    `Card ${card}, reachable on a holiday weekend within two hours, 0 to 1:`,
    options(chanceOrNothing, before?.reachable?.toString()),
  );
  if (chance.trim() !== '') told.reachable = Number(chance);
  return told;
}

async function askForRoles(
  prompter: Prompter,
  before: Pick<PlanFields, 'lead' | 'witness'> | undefined,
): Promise<Pick<PlanFields, 'lead' | 'witness'>> {
  const lead = await prompter.text(
    'Lead, who runs the program at the ceremony:',
    options(textOrNothing, before?.lead),
  );
  const witness = await prompter.text(
    'Witness, who watches and writes down what happens:',
    options(textOrNothing, before?.witness),
  );
  return { lead: lead.trim() || undefined, witness: witness.trim() || undefined };
}

export const FURTHER_QUESTIONS: FurtherQuestions = { trustee: askAboutTrustee, roles: askForRoles };

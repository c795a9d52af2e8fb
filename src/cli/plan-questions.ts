// What `ceremony plan` asks beyond what a ceremony cannot do without. An empty answer leaves the field out; what is
// left out is not judged.

import type { Prompter, TextOptions } from '../adapters/prompts.ts';
import type { PlanFields } from '../escrow/plan-file.ts';
import { isPlanText, isRecipient } from '../escrow/plan.ts';
import type { Trustee } from '../escrow/plan.ts';
import { cardsProblem, cardsTyped } from './card-numbers.ts';
import { tell } from './dialogue.ts';
import type { FurtherQuestions } from './plan-input.ts';
import type { Session } from './session.ts';

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

interface Field {
  readonly check: NonNullable<TextOptions['check']>;
  /** An earlier answer: Enter alone means it, whatever is typed takes its place, and "none" takes it away. */
  readonly before: string | undefined;
}

/** @returns what was answered, empty for nothing. */
async function askField(prompter: Prompter, question: string, { check, before }: Field): Promise<string> {
  if (before === undefined) return (await prompter.text(`${question}:`, { check })).trim();
  const isNone = (answer: string): boolean => answer.trim().toLowerCase() === 'none';
  const answer = await prompter.text(`${question} ("none" takes it away):`, {
    initial: before,
    check: (typed) => (isNone(typed) ? undefined : check(typed)),
  });
  return isNone(answer) ? '' : answer.trim();
}

async function askAboutTrustee(
  prompter: Prompter,
  card: number,
  before: Trustee | undefined,
): Promise<Omit<Trustee, 'name'>> {
  const told: { -readonly [Field in keyof Trustee]?: Trustee[Field] } = {};
  for (const [field, question] of QUESTIONS) {
    const answer = await askField(prompter, `Card ${card}, ${question}`, {
      check: textOrNothing,
      before: before?.[field],
    });
    if (answer !== '') told[field] = answer;
  }
  told.outside = await prompter.confirm(
    `Card ${card}: somebody from outside the company?`,
    before?.outside ?? false,
  );
  const chance = await askField(
    prompter,
    `Card ${card}, reachable on a holiday weekend within two hours, 0 to 1`,
    { check: chanceOrNothing, before: before?.reachable?.toString() },
  );
  if (chance !== '') told.reachable = Number(chance);
  return told;
}

async function askForRoles(
  prompter: Prompter,
  before: Pick<PlanFields, 'lead' | 'witness'> | undefined,
): Promise<Pick<PlanFields, 'lead' | 'witness'>> {
  const ask = (question: string, said: string | undefined): Promise<string> =>
    askField(prompter, question, { check: textOrNothing, before: said });
  const lead = await ask('Lead, who runs the program at the ceremony', before?.lead);
  const witness = await ask('Witness, who watches and writes down what happens', before?.witness);
  return { lead: lead || undefined, witness: witness || undefined };
}

/** Cards by number; most plans name none. @param before - Those of an earlier answer. */
async function askWhichCards(
  prompter: Prompter,
  question: string,
  { count, before }: { count: number; before: readonly number[] },
): Promise<readonly number[]> {
  const check = (answer: string): string | undefined => cardsProblem(answer, count);
  const told = before.length === 0 ? undefined : before.join(', ');
  return cardsTyped(await askField(prompter, question, { check, before: told }), count);
}

const LOCK_WARNING =
  'A card may be locked by a passphrase that its holder chooses at the ceremony. It opens nothing without it, and ' +
  'nobody can reset it: whoever forgets it has lost the card.';
const FILE_WARNING =
  'Beside the paper, the rows of a card may go into a file sealed to an age key of its holder. Whoever has the file and ' +
  'that key has the card.';

/** What few cards have, asked once for all of them. */
async function askAboutCards(
  session: Session,
  prompter: Prompter,
  trustees: readonly Trustee[],
  before: readonly Trustee[],
): Promise<Trustee[]> {
  const count = trustees.length;
  const cardsWith = (field: 'lock' | 'encryptTo'): number[] =>
    before.slice(0, count).flatMap((trustee, at) => (trustee[field] === undefined ? [] : [at + 1]));
  tell(session, LOCK_WARNING);
  const locked = await askWhichCards(prompter, 'Cards to be locked, by number (empty: none)', {
    count,
    before: cardsWith('lock'),
  });
  tell(session, FILE_WARNING);
  const sealed = await askWhichCards(prompter, 'Cards that are a file too, by number (empty: none)', {
    count,
    before: cardsWith('encryptTo'),
  });
  const keys = new Map<number, string>();
  for (const card of sealed)
    keys.set(card, await askForKey(prompter, card, keys, before[card - 1]?.encryptTo));
  return trustees.map((trustee, at): Trustee => {
    const encryptTo = keys.get(at + 1);
    return {
      ...trustee,
      ...(locked.includes(at + 1) ? { lock: 'passphrase' } : {}),
      ...(encryptTo === undefined ? {} : { encryptTo }),
    };
  });
}

async function askForKey(
  prompter: Prompter,
  card: number,
  taken: ReadonlyMap<number, string>,
  before: string | undefined,
): Promise<string> {
  const check = (answer: string): string | undefined => {
    const key = answer.trim();
    if (!isRecipient(key)) return 'that is no age recipient (age1… or age1pq1…)';
    const other = [...taken].find(([, known]) => known.toLowerCase() === key.toLowerCase())?.[0];
    return other === undefined ? undefined : `that is the key of card ${other}: one key would open both`;
  };
  const question = `Card ${card}, age recipient of its holder:`;
  const initial = before === undefined ? {} : { initial: before };
  return (await prompter.text(question, { check, ...initial })).trim();
}

export const FURTHER_QUESTIONS: FurtherQuestions = {
  trustee: askAboutTrustee,
  roles: askForRoles,
  cards: askAboutCards,
};

// The script of a ceremony as data: who does and says what, in which order, and what the screen then shows.
// Paper and screen are both made from it, so that step 6 on the table is step 6 on the screen. Pure: built
// from a plan. Small by default: two roles and nine steps; `full` adds a witness and a second machine.
// docs/ops/ceremony.md walks through it.

import { CHECKED_QUORUMS, countQuorums, fewestCards } from '../core/share/policy.ts';
import type { Plan } from './plan.ts';
import { policyWords } from './policy-words.ts';
import { fullSteps, smallSteps } from './script-order.ts';

export type ScriptKind = 'small' | 'full';

type ScriptRole = 'Lead' | 'Witness' | 'Trustee' | 'Trustees' | 'All';

/** What a step is, whatever number it has. */
export type StepId =
  | 'people'
  | 'machine'
  | 'clock'
  | 'plan'
  | 'places'
  | 'key'
  | 'words'
  | 'cards'
  | 'test'
  | 'second'
  | 'bags'
  | 'finish'
  | 'package'
  | 'kits'
  | 'record'
  | 'leave';

export interface ScriptStep {
  readonly number: number;
  readonly id: StepId;
  readonly title: string;
  readonly role: ScriptRole;
  /** What is done, a sentence each, in this order. */
  readonly doing: readonly string[];
  /** What the role says aloud, word for word. */
  readonly say?: string;
  /** What stands on the screen when it went well; "…" where only the day knows. */
  readonly screen?: string;
  readonly initials: readonly ScriptRole[];
  /** Boxes to tick or fill for each card. */
  readonly perCard?: readonly string[];
  /** Lines to write on, with what goes there. */
  readonly blanks?: readonly string[];
  readonly minutes: number;
}

export interface CeremonyScript {
  readonly kind: ScriptKind;
  readonly steps: readonly ScriptStep[];
  readonly minutes: number;
  /** "any 3 of 5 cards" */
  readonly policy: string;
}

/** The program by name, and its hash as it is read aloud. */
export interface ScriptProgram {
  readonly name: string;
  readonly hash: string;
}

/** What a step needs to know of the plan. */
export interface ScriptFacts {
  readonly cards: number;
  readonly quorum: number;
  /** "any 3 of 5 cards" */
  readonly policy: string;
  readonly program: ScriptProgram | undefined;
  /** How many quorums the ceremony tries; undefined where chance has a say. */
  readonly quorums: number | undefined;
  /** Of an escrow that stands: the cards in force give the key. */
  readonly isNext: boolean;
  /** Cards that a passphrase locks. */
  readonly locked: readonly number[];
  /** Cards that are also a file, sealed to a key of their holder. */
  readonly asFile: readonly number[];
}

/** A step before it has its number. */
export type StepDraft = Omit<ScriptStep, 'number'>;

/** What a script is made of besides the plan. */
interface ScriptOccasion {
  readonly program?: ScriptProgram | undefined;
  /** A reissue or a rekey. */
  readonly isNext?: boolean;
}

/** The script that goes with a plan. */
export function ceremonyScript(
  plan: Pick<Plan, 'policy' | 'cards'>,
  kind: ScriptKind,
  { program, isNext = false }: ScriptOccasion = {},
): CeremonyScript {
  const quorums = countQuorums(plan.policy);
  const facts: ScriptFacts = {
    cards: plan.cards.length,
    quorum: fewestCards(plan.policy),
    policy: policyWords(plan),
    program,
    quorums: quorums <= BigInt(CHECKED_QUORUMS) ? Number(quorums) : undefined,
    isNext,
    locked: plan.cards.filter(({ trustee }) => trustee.lock !== undefined).map(({ card }) => card),
    asFile: plan.cards.filter(({ trustee }) => trustee.encryptTo !== undefined).map(({ card }) => card),
  };
  const drafts = kind === 'full' ? fullSteps(facts) : smallSteps(facts);
  const steps = drafts.map((draft, index) => ({ number: index + 1, ...draft }));
  return { kind, steps, minutes: steps.reduce((sum, { minutes }) => sum + minutes, 0), policy: facts.policy };
}

/** "Step 6 of 9: The cards, one at a time" */
export function stepHeading({ steps }: CeremonyScript, { number, title }: ScriptStep): string {
  return `Step ${number} of ${steps.length}: ${title}`;
}

/** The step with this meaning; undefined where the script has none. */
export function stepOf({ steps }: CeremonyScript, id: StepId): ScriptStep | undefined {
  return steps.find((step) => step.id === id);
}

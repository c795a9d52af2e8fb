// The plan of a ceremony: who holds a card, how many open it, on what paper. YAML or JSON, written
// by people, so every refusal names the field and its line. docs/ops/plan.md shows one.

import * as z from 'zod';
import { decodeRecipient } from '../core/age/keys.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LANGUAGES } from '../core/languages.ts';
import type { Language } from '../core/languages.ts';
import { LIMITS } from '../core/limits.ts';
import { assertPolicy } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import { folded } from './plan-names.ts';
import { parsePlanText } from './plan-text.ts';
import type { PlanText } from './plan-text.ts';
import { NAME_LENGTH, textOf, wrongField } from './written-fields.ts';

const text = textOf(NAME_LENGTH);

/** Whether a text may stand in a plan. */
export function isPlanText(value: string): boolean {
  return text.safeParse(value).success;
}

/** A finer figure would only pretend; a whole number of thousandths has one spelling (docs/spec/plan.md). */
const isThousandths = (value: number): boolean => value === Math.round(value * 1000) / 1000;

/** Whether a text is a key that a card's rows can be sealed to. */
export function isRecipient(value: string): boolean {
  try {
    decodeRecipient(value);
    return true;
  } catch (error) {
    if (isEscrowError(error)) return false;
    throw error;
  }
}

/** How a card is locked; left out, it is not. */
const LOCKS = ['passphrase'] as const;

const trustee = z.strictObject({
  name: text,
  contact: text.optional(),
  place: text.optional(),
  household: text.optional(),
  team: text.optional(),
  reportsTo: text.optional(),
  outside: z.boolean().optional(),
  lock: z.enum(LOCKS).optional(),
  encryptTo: z.string().trim().refine(isRecipient, 'is no age recipient (age1… or age1pq1…)').optional(),
  reachable: z.number().min(0).max(1).refine(isThousandths, 'has more than three decimals').optional(),
});

const threshold = z.number().int().min(1).max(LIMITS.cards);
const trustees = z.array(trustee).min(1).max(LIMITS.cards);

const common = {
  organisation: text,
  lead: text.optional(),
  witness: text.optional(),
  paper: z.enum(['a4', 'letter']).default('a4'),
  language: z.enum(LANGUAGES).optional(),
};

const flatPlan = z.strictObject({ ...common, threshold, trustees });
const groupPlan = z.strictObject({
  ...common,
  groupThreshold: threshold,
  groups: z
    .array(z.strictObject({ name: text, threshold, trustees }))
    .min(1)
    .max(LIMITS.groups),
});

export type PaperSize = 'a4' | 'letter';
export type Trustee = z.infer<typeof trustee>;

/** One place in the plan, in the order of card numbers. */
export interface PlannedCard {
  readonly card: number;
  readonly group: number;
  readonly member: number;
  readonly groupName?: string;
  readonly trustee: Trustee;
}

export interface Plan {
  readonly organisation: string;
  /** Who runs the program at the ceremony, and who watches. */
  readonly lead?: string | undefined;
  readonly witness?: string | undefined;
  readonly paper: PaperSize;
  readonly language: Language;
  /** English where it names none, and what the cards before were in where there are any. */
  readonly isLanguageNamed: boolean;
  readonly policy: Policy;
  readonly cards: readonly PlannedCard[];
}

interface PlanGroup {
  readonly name?: string;
  readonly threshold: number;
  readonly trustees: readonly Trustee[];
}

function fieldError(text: PlanText, error: z.ZodError): EscrowError {
  const reasonOf = (issue: z.core.$ZodIssue): string =>
    issue.code === 'custom' || issue.message.startsWith('is ') ? issue.message : describe(issue);
  return new EscrowError('plan.field', wrongField(text, error, 'a plan', reasonOf));
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a list of named fields',
  boolean: 'true or false',
};

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = KIND_NAMES[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `is missing (${expected} is expected)` : `is not ${expected}`;
    }
    case 'too_small':
      return issue.origin === 'array' ? 'is empty' : `is less than ${String(issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `has more than ${String(issue.maximum)} entries`
        : `is more than ${String(issue.maximum)}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `is none of ${issue.values.map(String).join(', ')}`;
    default:
      return 'is not as it should be';
  }
}

function assertDistinctNames(cards: readonly PlannedCard[]): void {
  const seen = new Map<string, number>();
  for (const { card, trustee: person } of cards) {
    const key = folded(person.name);
    const before = seen.get(key);
    if (before !== undefined) {
      throw new EscrowError('plan.format', {
        reason: `cards ${before} and ${card} both go to "${person.name}"; write the names so that they differ`,
      });
    }
    seen.set(key, card);
  }
}

/**
 * A quorum of shares under one key is no quorum.
 *
 * @throws {@link EscrowError} `plan.format`.
 */
export function assertDistinctRecipients(cards: readonly PlannedCard[]): void {
  const seen = new Map<string, number>();
  for (const { card, trustee: person } of cards) {
    if (person.encryptTo === undefined) continue;
    const key = person.encryptTo.trim().toLowerCase();
    const before = seen.get(key);
    if (before !== undefined) {
      throw new EscrowError('plan.format', {
        reason: `the files of cards ${before} and ${card} would be sealed to the same key: one key would open both`,
      });
    }
    seen.set(key, card);
  }
}

function planFrom(
  head: Omit<Plan, 'policy' | 'cards' | 'language' | 'isLanguageNamed'> & {
    readonly language?: Language | undefined;
  },
  groupThreshold: number,
  groups: readonly PlanGroup[],
): Plan {
  const policy: Policy = {
    groupThreshold,
    groups: groups.map((group) => ({ threshold: group.threshold, members: group.trustees.length })),
  };
  assertPolicy(policy);
  let card = 0;
  const cards = groups.flatMap((group, index) =>
    group.trustees.map((person, member): PlannedCard => {
      card += 1;
      const place = { card, group: index + 1, member: member + 1, trustee: person };
      return group.name === undefined ? place : { ...place, groupName: group.name };
    }),
  );
  assertDistinctNames(cards);
  assertDistinctRecipients(cards);
  const { language = 'en' } = head;
  return { ...head, language, isLanguageNamed: head.language !== undefined, policy, cards };
}

/**
 * Reads a plan file's text.
 *
 * @throws {@link EscrowError} `plan.format`, `plan.field` with its line, `share.policy` for a policy
 * that one card would satisfy or that no number of cards can.
 */
export function decodePlan(source: string): Plan {
  const text = parsePlanText(source);
  const { value } = text;
  if (typeof value === 'object' && value !== null && ('groups' in value || 'groupThreshold' in value)) {
    const parsed = groupPlan.safeParse(value, { reportInput: true });
    if (!parsed.success) throw fieldError(text, parsed.error);
    const { groupThreshold, groups, ...head } = parsed.data;
    return planFrom(head, groupThreshold, groups);
  }
  const parsed = flatPlan.safeParse(value, { reportInput: true });
  if (!parsed.success) throw fieldError(text, parsed.error);
  const { threshold: needed, trustees: people, ...head } = parsed.data;
  return planFrom(head, 1, [{ threshold: needed, trustees: people }]);
}

// The plan of a ceremony: who holds a card, how many open it, on what paper. YAML or JSON, written
// by people, so every refusal names the field and its line. docs/ops/plan.md shows one.

import { LineCounter, isMap, isNode, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import * as z from 'zod';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { assertPolicy } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';

const NAME_LENGTH = 80;

// Control and formatting characters could make one name look like another on paper or screen.
const text = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(NAME_LENGTH, `is longer than ${NAME_LENGTH} characters`)
  .refine((value) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u.test(value), 'has control characters');

const trustee = z.strictObject({
  name: text,
  contact: text.optional(),
  place: text.optional(),
  reachable: z.number().min(0).max(1).optional(),
});

const threshold = z.number().int().min(1).max(LIMITS.cards);
const trustees = z.array(trustee).min(1).max(LIMITS.cards);

const common = {
  organisation: text,
  paper: z.enum(['a4', 'letter']).default('a4'),
  language: z.enum(['en']).default('en'),
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
  readonly paper: PaperSize;
  readonly language: 'en';
  readonly policy: Policy;
  readonly cards: readonly PlannedCard[];
}

interface PlanGroup {
  readonly name?: string;
  readonly threshold: number;
  readonly trustees: readonly Trustee[];
}

function lineOf(document: Document, counter: LineCounter, path: readonly PropertyKey[]): number {
  // The deepest part of the path that is there: a missing field is told at the line of what lacks it.
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

function keyLine(
  document: Document,
  counter: LineCounter,
  path: readonly PropertyKey[],
  key: string,
): number {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === key);
    const start = (pair?.key as Node | undefined)?.range?.[0];
    if (start !== undefined) return counter.linePos(start).line;
  }
  return lineOf(document, counter, path);
}

function fieldError(document: Document, counter: LineCounter, error: z.ZodError): EscrowError {
  const [issue] = error.issues;
  if (!issue) throw error;
  const at = (name: PropertyKey[]): string => name.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const line = keyLine(document, counter, issue.path, key);
    return new EscrowError('plan.field', {
      field: at([...issue.path, key]),
      line,
      reason: 'is not a field of a plan',
    });
  }
  const line = lineOf(document, counter, issue.path);
  const reason = issue.code === 'custom' || issue.message.startsWith('is ') ? issue.message : describe(issue);
  return new EscrowError('plan.field', { field: at(issue.path) || 'plan', line, reason });
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing (a ${issue.expected} is expected)`
        : `is not a ${issue.expected}`;
    case 'too_small':
      return `is less than ${String(issue.minimum)}`;
    case 'too_big':
      return `is more than ${String(issue.maximum)}`;
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    default:
      return 'is not as it should be';
  }
}

function assertDistinctNames(cards: readonly PlannedCard[]): void {
  const seen = new Map<string, number>();
  for (const { card, trustee: person } of cards) {
    const folded = person.name.normalize('NFKC').toLowerCase();
    const before = seen.get(folded);
    if (before !== undefined) {
      throw new EscrowError('plan.format', {
        reason: `cards ${before} and ${card} both go to "${person.name}"; write the names so that they differ`,
      });
    }
    seen.set(folded, card);
  }
}

function planFrom(
  head: Omit<Plan, 'policy' | 'cards'>,
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
  return { ...head, policy, cards };
}

/**
 * Reads a plan file's text.
 *
 * @throws {@link EscrowError} `plan.format`, `plan.field` with its line, `share.policy` for a policy
 * that one card would satisfy or that no number of cards can.
 */
export function decodePlan(source: string): Plan {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) {
    const line = broken.linePos?.[0].line ?? 1;
    throw new EscrowError('plan.format', { reason: `line ${line} is not valid YAML or JSON` });
  }
  let value: unknown;
  try {
    // No aliases: a few lines of them can expand to gigabytes.
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new EscrowError('plan.format', { reason: 'aliases are not taken in a plan' }, { cause: error });
  }
  if (typeof value !== 'object' || value === null)
    throw new EscrowError('plan.format', { reason: 'it is not a list of fields' });
  if ('groups' in value || 'groupThreshold' in value) {
    const parsed = groupPlan.safeParse(value, { reportInput: true });
    if (!parsed.success) throw fieldError(document, counter, parsed.error);
    const { groupThreshold, groups, ...head } = parsed.data;
    return planFrom(head, groupThreshold, groups);
  }
  const parsed = flatPlan.safeParse(value, { reportInput: true });
  if (!parsed.success) throw fieldError(document, counter, parsed.error);
  const { threshold: needed, trustees: people, ...head } = parsed.data;
  return planFrom(head, 1, [{ threshold: needed, trustees: people }]);
}

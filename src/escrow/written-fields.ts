// What the files that people write have in common, the plan and the contacts: a text, and the name and the
// line of the field that is wrong.

import * as z from 'zod';
import { hasUnseen } from '../core/plain-text.ts';
import type { FieldPath, PlanText } from './plan-text.ts';

export const NAME_LENGTH = 80;

/** A text that people read, on paper too. @param base - Says itself what is no text. */
export const textOf = (length: number, base: z.ZodString = z.string()): z.ZodType<string> =>
  base
    .trim()
    .min(1, 'is empty')
    .max(length, `is longer than ${length} characters`)
    .refine((value) => !hasUnseen(value), 'has control characters');

interface WrongField {
  readonly field: string;
  readonly line: number;
  readonly reason: string;
}

/** The first field that is wrong. @param file - What has fields: "a plan". */
export function wrongField(
  text: PlanText,
  error: z.ZodError,
  file: string,
  reasonOf: (issue: z.core.$ZodIssue) => string,
): WrongField {
  const [issue] = error.issues;
  if (!issue) throw error;
  const { path } = issue;
  if (issue.code !== 'unrecognized_keys')
    return { field: nameOf(path), line: text.lineOf(path), reason: reasonOf(issue) };
  const key = issue.keys[0] ?? '';
  return {
    field: nameOf([...path, key]),
    line: text.lineOfKey(path, key),
    reason: `is not a field of ${file}`,
  };
}

/** People count from one: `trustees.2.name` is the second trustee's. */
const nameOf = (path: FieldPath): string =>
  path.map((step) => (typeof step === 'number' ? step + 1 : String(step))).join('.');

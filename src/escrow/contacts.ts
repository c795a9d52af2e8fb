// plan/contacts.yaml: who may ask for a card, whom to call, and what else stands on the sheets for an
// emergency (docs/ops/custody.md). Written by people, so every refusal names the field and its line.

import * as z from 'zod';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { parsePlanText } from './plan-text.ts';
import type { PlanText } from './plan-text.ts';
import { NAME_LENGTH, textOf, wrongField } from './written-fields.ts';

const TEXT_LENGTH = 160;
/** More would not go on a sheet. */
const PEOPLE = 8;

const written = (length: number): z.ZodType<string> =>
  textOf(length, z.string({ error: 'is not text; put quotes around a number' }));
const name = written(NAME_LENGTH);

const person = z.strictObject(
  { name, role: name.optional(), phone: name.optional() },
  { error: 'is not a person: name, role, phone' },
);
const people = z
  .array(person, { error: 'is not a list of people' })
  .max(PEOPLE, `has more than ${PEOPLE} people`);
const line = written(TEXT_LENGTH).optional();

const contacts = z.strictObject({
  lost: person.optional(),
  found: person.optional(),
  ask: people.optional(),
  commanders: people.optional(),
  channel: line,
  rmm: line,
  laptop: line,
  packages: line,
  insurer: line,
  lawyer: line,
  police: line,
  message: line,
});

export type Contacts = z.infer<typeof contacts>;

/**
 * Reads plan/contacts.yaml. Every field may be missing: the sheets have lines for a pen.
 *
 * @throws {@link EscrowError} `contacts.field` with the field and its line, or `limit.exceeded`.
 */
export function decodeContacts(bytes: Uint8Array): Contacts {
  const text = textOfFile(bytes);
  const parsed = contacts.safeParse(text.value);
  if (parsed.success) return parsed.data;
  const wrong = wrongField(text, parsed.error, 'contacts.yaml', ({ message }) => message);
  throw new EscrowError('contacts.field', wrong);
}

function textOfFile(bytes: Uint8Array): PlanText {
  const refuse = (reason: string): never => {
    throw new EscrowError('contacts.field', { field: 'the file', line: 1, reason });
  };
  try {
    return parsePlanText(decodeUtf8(bytes));
  } catch (error) {
    if (isEscrowError(error, 'bytes.bad-encoding')) return refuse('is not UTF-8 text');
    // It is the reader of plans that says so; a person must not look into the plan.
    if (isEscrowError(error, 'plan.format')) return refuse(error.facts.reason);
    throw error;
  }
}

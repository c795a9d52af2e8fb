// What an export is, by its content alone: names lie, and a wrong guess loses entries. Nothing is
// guessed: bytes that no format claims are unrecognised, and so are bytes that two would claim.

import { FORMATS } from './formats.ts';
import { outlineJson } from './json-outline.ts';
import type { FormatId } from './model.ts';

/** How much of an export is enough, in nearly every case. */
export const RECOGNITION_BYTES = 65_536;

function claimOf(head: Uint8Array): { id: FormatId | undefined; isWhole: boolean } {
  const json = outlineJson(head);
  const claims = FORMATS.filter((format) => format.recognise({ head, json }));
  return { id: claims.length === 1 ? claims[0]?.id : undefined, isWhole: json?.complete ?? true };
}

/**
 * Recognises an export.
 *
 * @param head - Its first `RECOGNITION_BYTES`, or all of it.
 * @param whole - All of it, where it is at hand: asked when the head leaves doubt, because what tells
 * the formats apart may come last.
 * @returns undefined when it is none we know; the caller says so (`vault.unrecognised`).
 */
export function recognise(head: Uint8Array, whole?: Uint8Array): FormatId | undefined {
  const { id, isWhole } = claimOf(head.subarray(0, RECOGNITION_BYTES));
  const isSure = id !== undefined && id !== 'bitwarden-account-restricted';
  if (isSure || isWhole || whole === undefined) return id;
  return claimOf(whole).id;
}

/** Whether the rest of an export could still tell what it is: JSON can, anything else shows it at once. */
export function isWorthReading(head: Uint8Array): boolean {
  return recognise(head) !== undefined || outlineJson(head.subarray(0, RECOGNITION_BYTES)) !== undefined;
}

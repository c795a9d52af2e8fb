// What an export is, by its content alone: names lie, and a wrong guess loses entries. Nothing is
// guessed: bytes that no format claims are unrecognised, and so are bytes that two claim, or that one
// only might be. Then the candidates are named, and a person says which it is.

import { outlineCsv } from './csv.ts';
import { FORMATS } from './formats.ts';
import type { Claim, Sample } from './format.ts';
import { outlineJson } from './json-outline.ts';
import type { FormatId } from './model.ts';
import { rootNameOf } from './xml-tree.ts';
import { outlineZip } from './zip.ts';

/** How much of an export is enough, in nearly every case. */
export const RECOGNITION_BYTES = 65_536;

interface Recognition {
  /** What it is for sure. */
  readonly id: FormatId | undefined;
  /** What it could be when that is not sure; empty when it is nothing we know. */
  readonly candidates: readonly FormatId[];
}

export function sampleOf(head: Uint8Array): Sample {
  const json = outlineJson(head);
  const xmlRoot = json === undefined ? rootNameOf(head) : undefined;
  const zip = outlineZip(head);
  const isOther = json !== undefined || xmlRoot !== undefined || zip !== undefined;
  return { head, json, xmlRoot, zip, csv: isOther ? undefined : outlineCsv(head) };
}

function judge(head: Uint8Array): { found: Recognition; isWhole: boolean } {
  const sample = sampleOf(head);
  const claimed = (wanted: Claim): FormatId[] =>
    FORMATS.filter((format) => format.recognise(sample) === wanted).map(({ id }) => id);
  const sure = claimed('yes');
  const [id] = sure;
  const isWhole = (sample.json?.complete ?? true) && sample.zip === undefined;
  if (sure.length === 1) return { found: { id, candidates: [] }, isWhole };
  return { found: { id: undefined, candidates: sure.length > 1 ? sure : claimed('maybe') }, isWhole };
}

/**
 * Recognises an export.
 *
 * @param head - Its first `RECOGNITION_BYTES`, or all of it.
 * @param whole - All of it, where it is at hand: asked when the head leaves doubt, because what tells
 * the formats apart may come last.
 */
export function recogniseExport(head: Uint8Array, whole?: Uint8Array): Recognition {
  const { found, isWhole } = judge(head.subarray(0, RECOGNITION_BYTES));
  const isSure = found.id !== undefined && found.id !== 'bitwarden-account-restricted';
  if (isSure || isWhole || whole === undefined) return found;
  return judge(whole).found;
}

/** The format of an export, when it is sure; see {@link recogniseExport}. */
export function recognise(head: Uint8Array, whole?: Uint8Array): FormatId | undefined {
  return recogniseExport(head, whole).id;
}

/** Whether the rest of an export could still tell what it is: JSON and ZIP can, others show it at once. */
export function isWorthReading(head: Uint8Array): boolean {
  const sample = head.subarray(0, RECOGNITION_BYTES);
  const { id, candidates } = judge(sample).found;
  if (id !== undefined || candidates.length > 0) return true;
  return outlineJson(sample) !== undefined || outlineZip(sample) !== undefined;
}

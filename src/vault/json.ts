// Foreign JSON: bounded in size and depth before it is parsed, strict UTF-8, byte order mark taken.
// What comes out is `unknown`; the small readers below turn it into what a model needs, leniently where
// a product leaves things out and strictly where a wrong shape would mean a wrong count.

import { OPEN_OBJECT, QUOTE, BACKSLASH } from './json-bytes.ts';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { skipToText } from './json-outline.ts';
import { parseJsonInPieces } from './json-pieces.ts';
import type { FormatId } from './model.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** How deep brackets nest, and whether each was closed; strings are stepped over. */
function measureNesting(bytes: Uint8Array): { deepest: number; isBalanced: boolean } {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return { deepest, isBalanced: depth === 0 && !isInString };
}

/**
 * The text of an export that is UTF-8, without its byte order mark.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export function decodeExportText(bytes: Uint8Array, format: FormatId): string {
  if (bytes.length > LIMITS.exportJsonChars)
    throw new EscrowError('limit.exceeded', {
      what: 'bytes of a JSON export',
      limit: LIMITS.exportJsonChars,
    });
  return decodeText(bytes.subarray(skipToText(bytes)), format);
}

function decodeText(bytes: Uint8Array, format: FormatId): string {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!isEscrowError(error, 'bytes.bad-encoding')) throw error;
    throw new EscrowError('vault.format', { format, reason: 'it is not UTF-8 text' });
  }
}

/**
 * Parses an export's JSON.
 *
 * The parser's own message is not passed on: it quotes the text around the fault, which may be a secret.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export function parseExportJson(bytes: Uint8Array, format: FormatId): unknown {
  const isObject = bytes[skipToText(bytes)] === OPEN_OBJECT;
  try {
    return isObject
      ? parseJsonInPieces(bytes, (part) => decodeText(part, format))
      : parseWhole(bytes, format);
  } catch (error) {
    if (isEscrowError(error)) throw error;
    const { isBalanced } = measureNesting(bytes);
    const reason = isBalanced ? 'it is not well-formed JSON' : 'the JSON is cut short or damaged';
    throw new EscrowError('vault.format', { format, reason });
  }
}

/** A list, or a value that is no export. */
function parseWhole(bytes: Uint8Array, format: FormatId): unknown {
  const text = decodeExportText(bytes, format);
  if (measureNesting(bytes).deepest > LIMITS.jsonDepth)
    throw new EscrowError('limit.exceeded', { what: 'depth of JSON', limit: LIMITS.jsonDepth });
  return JSON.parse(text);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a place that may be absent; anything else there counts as absent. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/**
 * The objects of a list that may be absent or null.
 *
 * @param place - Names the list in the error: an element that is no object would make a wrong count.
 * @throws {@link EscrowError} `vault.format`.
 */
export function objectsOf(value: unknown, place: string, format: FormatId): readonly JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new EscrowError('vault.format', { format, reason: `${place} is not a list` });
  const list: readonly unknown[] = value;
  const wrong = list.findIndex((element) => !isJsonObject(element));
  if (wrong >= 0)
    throw new EscrowError('vault.format', { format, reason: `${place}[${wrong}] is not an object` });
  return list.filter(isJsonObject);
}

/** Text, or a number or truth value as text; the empty string for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The strings of a list that may be absent. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

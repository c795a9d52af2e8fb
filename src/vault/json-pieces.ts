// JSON parsed in pieces: the elements of an object's own lists a few at a time, straight from the bytes.
// An export of a million entries is longer than the longest string there can be, and as one string it
// would stand in memory twice. What comes out is what JSON.parse would have made of the whole.

import {
  QUOTE,
  COMMA,
  COLON,
  OPEN_ARRAY,
  CLOSE_ARRAY,
  OPEN_OBJECT,
  CLOSE_OBJECT,
  closingQuote,
} from './json-bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { skipToText } from './json-outline.ts';

/** Elements are parsed together until they have this many bytes: fewer, longer strings cost less. */
const PIECE_BYTES = 65_536;

/** Where it cannot go on; the caller says what is wrong in its own words. */
function fail(): never {
  throw new SyntaxError('not JSON');
}

/** Index of the quote that closes the string opening at `at`. */
function endOfString(bytes: Uint8Array, at: number): number {
  const end = closingQuote(bytes, at);
  return end < bytes.length ? end : fail();
}

/**
 * Index behind the value that begins at `at`: behind its bracket, or at the comma or bracket that ends it.
 * Which brackets close which is not looked at: the parser does that.
 *
 * @param outer - How many brackets are open around it.
 * @throws {@link EscrowError} `limit.exceeded`.
 */
function endOfValue(bytes: Uint8Array, at: number, outer: number): number {
  let depth = outer;
  for (let end = at; end < bytes.length; end += 1) {
    const byte = bytes[end];
    if (byte === QUOTE) end = endOfString(bytes, end);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      if (depth > LIMITS.jsonDepth)
        throw new EscrowError('limit.exceeded', { what: 'depth of JSON', limit: LIMITS.jsonDepth });
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (depth === outer) return end;
      depth -= 1;
      if (depth === outer) return end + 1;
    } else if (byte === COMMA && depth === outer) return end;
  }
  return fail();
}

class PieceReader {
  readonly #bytes: Uint8Array;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(bytes: Uint8Array, decode: (bytes: Uint8Array) => string) {
    this.#bytes = bytes;
    this.#decode = decode;
  }

  object(start: number): unknown {
    const members: [string, unknown][] = [];
    let at = this.#skip(start + 1);
    let isOpen = this.#bytes[at] !== CLOSE_OBJECT;
    while (isOpen) {
      if (this.#bytes[at] !== QUOTE) fail();
      const keyEnd = endOfString(this.#bytes, at) + 1;
      const key = String(this.#parse(at, keyEnd));
      const colon = this.#skip(keyEnd);
      if (this.#bytes[colon] !== COLON) fail();
      const { value, end } = this.#value(this.#skip(colon + 1));
      members.push([key, value]);
      const behind = this.#skip(end);
      isOpen = this.#bytes[behind] === COMMA;
      if (!isOpen && this.#bytes[behind] !== CLOSE_OBJECT) fail();
      at = isOpen ? this.#skip(behind + 1) : behind;
    }
    if (this.#skip(at + 1) !== this.#bytes.length) fail();
    return Object.fromEntries(members);
  }

  #skip(at: number): number {
    return skipToText(this.#bytes, at);
  }

  #value(at: number): { value: unknown; end: number } {
    if (this.#bytes[at] === OPEN_ARRAY) return this.#list(at);
    const end = endOfValue(this.#bytes, at, 1);
    return { value: this.#parse(at, end), end };
  }

  #list(start: number): { value: unknown; end: number } {
    const value: unknown[] = [];
    let at = this.#skip(start + 1);
    if (this.#bytes[at] === CLOSE_ARRAY) return { value, end: at + 1 };
    let from = at;
    for (;;) {
      const end = endOfValue(this.#bytes, at, 2);
      // A comma with nothing behind it, which could be the first thing of a piece.
      if (end === at) fail();
      const behind = this.#skip(end);
      const hasMore = this.#bytes[behind] === COMMA;
      if (hasMore && behind - from < PIECE_BYTES) {
        at = this.#skip(behind + 1);
        continue;
      }
      for (const element of this.#elements(from, end)) value.push(element);
      if (this.#bytes[behind] === CLOSE_ARRAY) return { value, end: behind + 1 };
      if (!hasMore) fail();
      at = this.#skip(behind + 1);
      from = at;
    }
  }

  #elements(from: number, end: number): readonly unknown[] {
    return JSON.parse(`[${this.#text(from, end)}]`) as readonly unknown[];
  }

  #parse(from: number, end: number): unknown {
    return JSON.parse(this.#text(from, end));
  }

  #text(from: number, end: number): string {
    if (end - from > LIMITS.exportJsonChars)
      throw new EscrowError('limit.exceeded', {
        what: 'bytes of one value in a JSON export',
        limit: LIMITS.exportJsonChars,
      });
    return this.#decode(this.#bytes.subarray(from, end));
  }
}

/**
 * Parses JSON whose outermost value is an object.
 *
 * @param decode - Makes text of UTF-8; what it throws is passed on.
 * @returns what `JSON.parse` makes of it.
 * @throws SyntaxError, with nothing of the text, or with it in the parser's own message;
 * {@link EscrowError} `limit.exceeded`.
 */
export function parseJsonInPieces(bytes: Uint8Array, decode: (bytes: Uint8Array) => string): unknown {
  const start = skipToText(bytes);
  return bytes[start] === OPEN_OBJECT ? new PieceReader(bytes, decode).object(start) : fail();
}

// The outline of a JSON object from its first bytes: which keys occur where, and of what kind their
// values are. Enough to tell one product's export from another without reading hundreds of megabytes,
// and it works on a text that is cut off anywhere. It does not validate: json.ts does, when it is read.

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

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

export interface JsonOutline {
  /** First kind seen at each place: `items[].login` → `object`. Elements of an array share one place. */
  readonly kinds: ReadonlyMap<string, JsonKind>;
  /** The outermost object was closed within the sample. */
  readonly complete: boolean;
}

const MAX_PLACES = 4_096;
const MAX_KEY_BYTES = 128;
const MAX_DEPTH = 8;

const LITERALS: Readonly<Record<string, JsonKind>> = { t: 'true', f: 'false', n: 'null' };

interface Level {
  readonly isArray: boolean;
  /** Path of the values in it: `items[]`, or `items[].` before a key. */
  readonly prefix: string;
}

/** Skips a byte order mark and white space (RFC 8259 §2). */
export function skipToText(bytes: Uint8Array, from = 0): number {
  let at = from;
  if (at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0a || bytes[at] === 0x0d) at += 1;
  return at;
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, MAX_KEY_BYTES));
}

function kindAt(byte: number): JsonKind {
  if (byte === OPEN_OBJECT) return 'object';
  if (byte === OPEN_ARRAY) return 'array';
  if (byte === QUOTE) return 'string';
  return LITERALS[String.fromCharCode(byte)] ?? 'number';
}

/** Walks the sample once; `levels` is the chain of open brackets. */
class Walker {
  readonly kinds = new Map<string, JsonKind>();
  complete = false;
  private readonly levels: Level[] = [];
  private readonly bytes: Uint8Array;
  private key = '';
  private skipped = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  walk(start: number): void {
    let at = start;
    while (at < this.bytes.length && !this.complete) at = this.step(skipToText(this.bytes, at));
  }

  private step(at: number): number {
    const byte = this.bytes[at];
    if (byte === undefined) return at + 1;
    if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.close();
    else if (byte === QUOTE && this.expectsKey()) return this.readKey(at);
    else if (byte !== COMMA && byte !== COLON) return this.value(at, byte);
    else if (byte === COMMA) this.key = '';
    return at + 1;
  }

  private expectsKey(): boolean {
    return this.levels.at(-1)?.isArray === false && this.key === '';
  }

  private readKey(at: number): number {
    const end = closingQuote(this.bytes, at) + 1;
    // A name without letters still has to count as one.
    this.key = asciiOf(this.bytes.subarray(at + 1, end - 1)) || '""';
    return end;
  }

  private value(at: number, byte: number): number {
    const kind = kindAt(byte);
    const level = this.levels.at(-1);
    const place = level === undefined ? '' : level.prefix + this.key;
    const isKept = this.skipped === 0 && level !== undefined && this.kinds.size < MAX_PLACES;
    if (isKept && !this.kinds.has(place)) this.kinds.set(place, kind);
    if (kind === 'object' || kind === 'array') {
      this.open(kind === 'array', place);
      return at + 1;
    }
    return kind === 'string' ? closingQuote(this.bytes, at) + 1 : this.endOfWord(at);
  }

  private endOfWord(at: number): number {
    let end = at + 1;
    // Letters, digits, sign, point: whatever is no bracket, comma, quote or white space.
    while (end < this.bytes.length && /[\w.+-]/.test(String.fromCharCode(this.bytes[end] ?? 0))) end += 1;
    return end;
  }

  private open(isArray: boolean, place: string): void {
    this.key = '';
    if (this.levels.length >= MAX_DEPTH) {
      this.skipped += 1;
      return;
    }
    const suffix = isArray ? '[]' : place === '' ? '' : '.';
    this.levels.push({ isArray, prefix: place + suffix });
  }

  private close(): void {
    this.key = '';
    if (this.skipped > 0) this.skipped -= 1;
    else this.levels.pop();
    this.complete = this.levels.length === 0;
  }
}

/**
 * Reads the outline of a JSON object, whole or cut short.
 *
 * @returns undefined when the bytes do not begin as an object.
 */
export function outlineJson(head: Uint8Array): JsonOutline | undefined {
  const start = skipToText(head);
  if (head[start] !== OPEN_OBJECT) return undefined;
  const walker = new Walker(head);
  walker.walk(start);
  return { kinds: walker.kinds, complete: walker.complete };
}

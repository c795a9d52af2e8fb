// Signed documents as text (docs/spec/README.md, "Documents"): JSON with the keys in declared order,
// indented by two spaces, one newline at the end. People read them, and each value has one spelling,
// so a hash or signature over the bytes is one over the meaning. Reading goes: size, UTF-8, depth,
// parse, version, shape, spelling. Says nothing about who signed.

import { decodeUtf8, encodeUtf8, type Bytes } from '../bytes.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { isObject, type Refuse, type Shape } from './shape.ts';

/** One kind of signed document and version. */
export interface DocumentKind<T> {
  /** Word for people and for the type line: `charter`. */
  readonly what: string;
  /** Value of the `type` key: `holdfast charter v1`. */
  readonly type: string;
  readonly maxBytes: number;
  readonly refuse: Refuse;
  readonly shape: Shape<T>;
}

/** A document whose version is known and whose content is not yet checked. */
interface OpenedDocument {
  readonly text: string;
  readonly json: unknown;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Refuses text nested deeper than `LIMITS.jsonDepth` before a recursive parser sees it. */
function assertDepth(text: string, what: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === BACKSLASH) at++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPEN_LIST || char === OPEN_OBJECT) {
      if (++depth > LIMITS.jsonDepth) {
        throw new EscrowError('limit.exceeded', { what: `${what} nesting`, limit: LIMITS.jsonDepth });
      }
    } else if (char === CLOSE_LIST || char === CLOSE_OBJECT) depth--;
  }
}

/**
 * Parses bounded JSON. Duplicate keys pass here; the spelling check of a document catches them.
 *
 * @throws {@link EscrowError} `limit.exceeded` for size (bytes) or depth; otherwise through `refuse`.
 */
export function readJson(bytes: Uint8Array, maxBytes: number, what: string, refuse: Refuse): OpenedDocument {
  if (bytes.length > maxBytes) throw new EscrowError('limit.exceeded', { what, limit: maxBytes });
  let text: string;
  try {
    text = decodeUtf8(bytes);
  } catch {
    return refuse('it is not UTF-8 text');
  }
  return parseJson(text, what, refuse);
}

/** The same for text whose length is bounded already: JSON carried inside JSON. */
export function parseJson(text: string, what: string, refuse: Refuse): OpenedDocument {
  assertDepth(text, what);
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    return refuse('it is not JSON');
  }
}

/** Finds a version in a type line: `holdfast charter v2` among charters; anything else is not one. */
export function assertVersion(found: string, what: string, type: string, refuse: Refuse): void {
  if (found === type) return;
  const stem = type.slice(0, type.lastIndexOf('v') + 1);
  if (found.startsWith(stem) && /^[1-9][0-9]{0,8}$/.test(found.slice(stem.length))) {
    throw new EscrowError('record.version', { what, found });
  }
  refuse(`it is not a ${what}: its type is not "${type}"`);
}

/**
 * Reads a document as far as its version, so that a newer one is named as such before anything else
 * about it is judged.
 *
 * @throws {@link EscrowError} `limit.exceeded`, `record.version`, or the kind's own code.
 */
export function openDocument<T>(kind: DocumentKind<T>, bytes: Uint8Array): OpenedDocument {
  const opened = readJson(bytes, kind.maxBytes, kind.what, kind.refuse);
  const type = isObject(opened.json) ? opened.json['type'] : undefined;
  assertVersion(typeof type === 'string' ? type : '', kind.what, kind.type, kind.refuse);
  return opened;
}

/** Checks shape and spelling of an opened document. */
export function checkDocument<T>(kind: DocumentKind<T>, opened: OpenedDocument): T {
  const value = kind.shape(opened.json, { path: '', refuse: kind.refuse });
  // One comparison refuses duplicate keys, another key order, white space, escapes and number spellings.
  if (spell(value) !== opened.text) kind.refuse('it is not spelled canonically');
  return value;
}

/** Reads a whole document. Throws as {@link openDocument} does. */
export function decodeDocument<T>(kind: DocumentKind<T>, bytes: Uint8Array): T {
  return checkDocument(kind, openDocument(kind, bytes));
}

/**
 * Spells a document, refusing a value that {@link decodeDocument} would refuse.
 *
 * @throws {@link EscrowError} `limit.exceeded` or the kind's own code.
 */
export function encodeDocument<T>(kind: DocumentKind<T>, value: T): Bytes {
  const bytes = encodeUtf8(spell(kind.shape(value, { path: '', refuse: kind.refuse })));
  if (bytes.length > kind.maxBytes) {
    throw new EscrowError('limit.exceeded', { what: kind.what, limit: kind.maxBytes });
  }
  return bytes;
}

const spell = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

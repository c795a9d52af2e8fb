// One recipient stanza of an age header: `-> type arguments…` and a base64 body in lines of 64.
// Spec: docs/spec/package.md, "Header". What a type means stands in hybrid.ts and x25519.ts; unknown
// types are kept as they are and ignored (age writers add such "grease" on purpose).

import type { Bytes } from '../bytes.ts';
import { decodeBase64, encodeBase64 } from '../bytes.ts';
import { EscrowError, isEscrowError } from '../errors.ts';

/** A stanza; the first argument is its type. */
export interface Stanza {
  readonly args: readonly [string, ...string[]];
  readonly body: Bytes;
}

/** A file key is 16 bytes, and every known type wraps it with a 16-byte tag. */
const WRAPPED_FILE_KEY_BYTES = 32;
const LINE_COLUMNS = 64;

/** A refusal of the header for a reason that its reader can look up in the spec. */
export function headerError(reason: string): EscrowError<'age.header'> {
  return new EscrowError('age.header', { reason });
}

/** Standard base64 without padding (RFC 4648 §3.2). */
export function encodeUnpadded(bytes: Uint8Array): string {
  return encodeBase64(bytes).replace(/=+$/, '');
}

/**
 * Decodes unpadded base64; only the canonical spelling is taken.
 *
 * @throws {@link EscrowError} `age.header`.
 */
export function decodeUnpadded(text: string): Bytes {
  if (text.includes('=')) throw headerError('base64 with padding');
  try {
    return decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
  } catch (error) {
    if (isEscrowError(error, 'bytes.bad-encoding')) throw headerError('base64 that is not canonical');
    throw error;
  }
}

/** The stanza's lines, each ended by a line feed. */
export function encodeStanza({ args, body }: Stanza): string {
  const text = encodeUnpadded(body);
  const lines = [`-> ${args.join(' ')}`];
  // The last line is always shorter than a full one, even if that makes it empty: it ends the stanza.
  for (let at = 0; at <= text.length; at += LINE_COLUMNS) lines.push(text.slice(at, at + LINE_COLUMNS));
  return `${lines.join('\n')}\n`;
}

/**
 * Decodes the stanza that begins at `lines[at]`.
 *
 * @returns the stanza and the number of lines it took.
 * @throws {@link EscrowError} `age.header`.
 */
export function decodeStanza(lines: readonly string[], at: number): { stanza: Stanza; taken: number } {
  const [mark, type, ...rest] = lines[at]?.split(' ') ?? [];
  if (mark !== '->' || type === undefined) throw headerError('a line that begins no stanza');
  const args: Stanza['args'] = [type, ...rest];
  if (args.includes('')) throw headerError('an empty stanza argument');

  let text = '';
  for (let taken = 1; ; taken++) {
    const line = lines[at + taken];
    if (line === undefined) throw headerError('a stanza body without a last line');
    if (line.length > LINE_COLUMNS) throw headerError('a stanza line that is too long');
    text += line;
    if (line.length < LINE_COLUMNS) return { stanza: { args, body: decodeUnpadded(text) }, taken: taken + 1 };
  }
}

/**
 * What a stanza of the two public-key types carries: one argument of a fixed length, and a wrapped file
 * key. The body's length is checked before any key touches it: a longer one would let a sender make one
 * stanza that opens under several keys.
 *
 * @throws {@link EscrowError} `age.header`.
 */
export function decodeKeyArgument({ args, body }: Stanza, argumentBytes: number): Bytes {
  const [type, argument, ...surplus] = args;
  if (argument === undefined || surplus.length > 0) throw headerError(`${type} with other than one argument`);
  const value = decodeUnpadded(argument);
  if (value.length !== argumentBytes) throw headerError(`${type} with an argument of the wrong length`);
  if (body.length !== WRAPPED_FILE_KEY_BYTES) throw headerError(`${type} with a body of the wrong length`);
  return value;
}

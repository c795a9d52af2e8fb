// Byte strings and their spellings. Decoders here are strict: one text for each value, so that a
// signed or hashed text cannot be written in two ways. Nothing here is secret-aware but `wipe`.

import { EscrowError } from './errors.ts';

/** Bytes this process owns, never a view of shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Joins byte strings into a fresh buffer. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Compares public byte strings. Not constant time: never give it a secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Overwrites secret bytes with zeros; their owner calls it when they are done with. */
export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

export function encodeUtf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/**
 * Decodes UTF-8, refusing malformed input and keeping a byte order mark.
 *
 * @throws {@link EscrowError} `bytes.bad-encoding`.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new EscrowError('bytes.bad-encoding', { encoding: 'utf-8' });
  }
}

export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Decodes lower-case hexadecimal.
 *
 * @throws {@link EscrowError} `bytes.bad-encoding`.
 */
export function decodeHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new EscrowError('bytes.bad-encoding', { encoding: 'hex' });
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/** Standard base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Decodes standard base64 with padding; only the canonical spelling is taken (RFC 4648 §3.5).
 *
 * @throws {@link EscrowError} `bytes.bad-encoding`.
 */
export function decodeBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new EscrowError('bytes.bad-encoding', { encoding: 'base64' });
  }
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  // atob forgives white space, missing padding and stray low bits; a second spelling must not pass.
  if (encodeBase64(bytes) !== text) throw new EscrowError('bytes.bad-encoding', { encoding: 'base64' });
  return bytes;
}

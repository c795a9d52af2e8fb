// The textual header of an age file: version line, stanzas, MAC. Spec: docs/spec/package.md, "Header".
// The grammar is taken strictly, so that one header has one text: what the MAC covers is the bytes as
// they came, never a second encoding of what was understood. Unwrapping the file key is not done here.

import type { Bytes } from '../bytes.ts';
import { concatBytes, decodeUtf8, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { ByteSource } from './byte-source.ts';
import type { Stanza } from './stanza.ts';
import { decodeStanza, decodeUnpadded, encodeStanza, encodeUnpadded, headerError } from './stanza.ts';

/** A header that was read but not yet authenticated. */
export interface Header {
  readonly stanzas: readonly Stanza[];
  readonly mac: Bytes;
  /** What the MAC is over: everything up to and with the three dashes. */
  readonly macInput: Bytes;
}

/** How a version line begins, in every version of the format. */
export const VERSION_PREFIX = 'age-encryption.org/';

const VERSION = 'v1';
const MAC_MARK = '---';
const MAC_BYTES = 32;
const LINE_FEED = 0x0a;
const DASH = 0x2d;

/** HMAC-SHA-256 under a key that HKDF makes of the file key for this one use. */
async function headerMac(crypto: CryptoPort, fileKey: Uint8Array, macInput: Uint8Array): Promise<Bytes> {
  const key = await crypto.hkdfSha256(fileKey, new Uint8Array(0), encodeUtf8('header'), 32);
  try {
    return await crypto.hmacSha256(key, macInput);
  } finally {
    wipe(key);
  }
}

/** The whole header with its MAC, ready to be written. */
export async function encodeHeader(
  crypto: CryptoPort,
  fileKey: Uint8Array,
  stanzas: readonly Stanza[],
): Promise<Bytes> {
  const text = `${VERSION_PREFIX}${VERSION}\n${stanzas.map(encodeStanza).join('')}${MAC_MARK}`;
  const macInput = encodeUtf8(text);
  const mac = await headerMac(crypto, fileKey, macInput);
  return concatBytes(macInput, encodeUtf8(` ${encodeUnpadded(mac)}\n`));
}

/**
 * Checks the MAC with the file key that a stanza gave.
 *
 * @throws {@link EscrowError} `age.header-mac`: the header was altered after it was written.
 */
export async function assertHeaderMac(
  crypto: CryptoPort,
  fileKey: Uint8Array,
  header: Header,
): Promise<void> {
  const expected = await headerMac(crypto, fileKey, header.macInput);
  // No early end: the time must not tell how many bytes of a guessed MAC were right.
  const difference = expected.reduce((sum, byte, at) => sum | (byte ^ (header.mac[at] ?? 0)), 0);
  if (difference !== 0) throw new EscrowError('age.header-mac', {});
}

/** Where the line that begins with three dashes ends, if its line feed is at `from` or later. */
function findHeaderEnd(bytes: Uint8Array, from: number): number | undefined {
  let start = from === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, from - 1) + 1;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, Math.max(start, from));
    if (end === -1) return undefined;
    if (bytes.subarray(start, start + MAC_MARK.length).every((byte) => byte === DASH)) return end + 1;
    start = end + 1;
  }
}

/**
 * Reads a header and leaves the source where the payload begins.
 *
 * @throws {@link EscrowError} `age.header`, `age.version`, `limit.exceeded`.
 */
export async function readHeader(source: ByteSource): Promise<Header> {
  const buffer = new Uint8Array(LIMITS.ageHeaderBytes);
  let filled = 0;
  for (;;) {
    const { done, value } = await source.next();
    if (done) return decodeHeader(buffer.subarray(0, filled));
    const part = value.subarray(0, buffer.length - filled);
    buffer.set(part, filled);
    const end = findHeaderEnd(buffer.subarray(0, filled + part.length), filled);
    if (end !== undefined) {
      source.unread(value.subarray(end - filled));
      return decodeHeader(buffer.slice(0, end));
    }
    filled += part.length;
    if (filled === buffer.length) {
      assertVersion(buffer);
      throw new EscrowError('limit.exceeded', { what: 'age header bytes', limit: filled });
    }
  }
}

/** Judges the first line only: a later version may differ in everything after it. */
function assertVersion(bytes: Uint8Array): void {
  const end = bytes.indexOf(LINE_FEED);
  const line = String.fromCharCode(...bytes.subarray(0, Math.min(end === -1 ? bytes.length : end, 64)));
  if (!line.startsWith(VERSION_PREFIX)) throw headerError('not an age file');
  const version = line.slice(VERSION_PREFIX.length);
  if (end === -1 || !/^[\x21-\x7e]+$/.test(version)) throw headerError('a malformed version line');
  if (version !== VERSION) throw new EscrowError('age.version', { version });
}

/**
 * Decodes exactly one header, from the version line to the line feed after the MAC.
 *
 * @throws {@link EscrowError} `age.header`, `age.version`, `limit.exceeded`.
 */
export function decodeHeader(bytes: Uint8Array): Header {
  assertVersion(bytes);
  if (bytes.some((byte) => byte !== LINE_FEED && (byte < 0x20 || byte > 0x7e))) {
    throw headerError('a character that no header has');
  }
  const lines = decodeUtf8(bytes).split('\n');
  // A complete header ends in a line feed, and so leaves an empty piece behind it.
  if (lines.pop() !== '') throw headerError('an incomplete header');

  const stanzas: Stanza[] = [];
  let at = 1;
  while (at < lines.length && !lines[at]?.startsWith(MAC_MARK)) {
    const { stanza, taken } = decodeStanza(lines, at);
    if (stanzas.push(stanza) > LIMITS.ageHeaderStanzas) {
      throw new EscrowError('limit.exceeded', { what: 'age header stanzas', limit: LIMITS.ageHeaderStanzas });
    }
    at += taken;
  }
  if (stanzas.length === 0) throw headerError('no stanza');

  const macLine = lines[at];
  if (macLine === undefined || at !== lines.length - 1) throw headerError('an incomplete header');
  const mac = /^--- ([^ ]*)$/.exec(macLine)?.[1];
  if (mac === undefined) throw headerError('a malformed MAC line');
  const decoded = decodeUnpadded(mac);
  if (decoded.length !== MAC_BYTES) throw headerError('a MAC of the wrong length');
  const macLineBytes = macLine.length + 1;
  return { stanzas, mac: decoded, macInput: bytes.slice(0, bytes.length - macLineBytes + MAC_MARK.length) };
}

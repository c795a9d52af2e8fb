// The password in a file, whatever program saved it. A key is made from its UTF-8 bytes, so a byte order
// mark, or the UTF-16 that Windows writes, would give a key that nobody can type again. No strings are
// made here: they cannot be wiped.

import { isUtf8 } from 'node:buffer';
import { wipe } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const isSurrogate = (unit: number, first: number): boolean => unit >= first && unit < first + 0x400;

/** UTF-8 of UTF-16 code units, or undefined for text that is none: half a pair, half a unit. */
function utf8FromUtf16(bytes: Uint8Array, isLittleEndian: boolean): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = new Uint8Array(Math.ceil(bytes.length / 2) * 3);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    let point = at + 1 < bytes.length ? view.getUint16(at, isLittleEndian) : 0xdfff;
    if (isSurrogate(point, 0xd800) && at + 3 < bytes.length) {
      const low = view.getUint16(at + 2, isLittleEndian);
      if (isSurrogate(low, 0xdc00)) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    if (point >= 0xd800 && point < 0xe000) {
      wipe(text);
      return undefined;
    }
    length = putUtf8(text, length, point);
  }
  const exact = text.slice(0, length);
  wipe(text);
  return exact;
}

/** Writes one character and gives the place behind it. */
function putUtf8(into: Uint8Array, at: number, point: number): number {
  const tails = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const lead = [0x00, 0xc0, 0xe0, 0xf0][tails] ?? 0;
  into[at] = lead | (point >> (6 * tails));
  for (let tail = 1; tail <= tails; tail += 1) {
    into[at + tail] = 0x80 | ((point >> (6 * (tails - tail))) & 0x3f);
  }
  return at + 1 + tails;
}

/**
 * The secret as UTF-8, without byte order mark and last line end.
 *
 * @param bytes - The file; they are wiped. The caller wipes what it gets.
 * @param path - For the refusal.
 * @param mayBeEmpty - A KeePass database may have an empty password, which is another key than none.
 * @throws {@link EscrowError} `file.empty`, `input.not-text`.
 */
export function secretText(bytes: Uint8Array, path: string, mayBeEmpty = false): Uint8Array {
  try {
    const utf8 = decoded(bytes);
    if (!utf8 || !isUtf8(utf8)) throw new EscrowError('input.not-text', { path });
    try {
      // A zero byte is no character of a password: this is UTF-16 without its mark, or no text at all.
      if (utf8.includes(0)) throw new EscrowError('input.not-text', { path });
      let end = utf8.length;
      if (utf8[end - 1] === 0x0a) end -= 1;
      if (utf8[end - 1] === 0x0d) end -= 1;
      if (end === 0 && !mayBeEmpty) throw new EscrowError('file.empty', { path });
      return utf8.slice(0, end);
    } finally {
      wipe(utf8);
    }
  } finally {
    wipe(bytes);
  }
}

function decoded(bytes: Uint8Array): Uint8Array | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return utf8FromUtf16(bytes.subarray(2), true);
  if (startsWith(bytes, 0xfe, 0xff)) return utf8FromUtf16(bytes.subarray(2), false);
  return startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
}

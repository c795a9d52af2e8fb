// Reading the ASCII armor of an age file (strict PEM, RFC 7468 figure 3). Spec: docs/spec/package.md,
// "Armor". Taken to the letter but for white space around the block and CRLF line ends, so that nobody
// can hang a second text on a file. Packages are never written armored.

import type { Bytes } from '../bytes.ts';
import { concatBytes, decodeBase64 } from '../bytes.ts';
import { EscrowError, isEscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

/** The line that an armored file begins with. */
export const ARMOR_BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const ARMOR_END = '-----END AGE ENCRYPTED FILE-----';
const LINE_COLUMNS = 64;
const LINE_FEED = 0x0a;

/** Where the decoder is: at blanks before the block, in it, behind a short last line, or behind it. */
type Place = 'before' | 'begin' | 'lines' | 'end' | 'after';

const armorError = (reason: string): EscrowError => new EscrowError('age.armor', { reason });

/** White space: tab, line feed, carriage return, space. */
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Takes the text in pieces of any length. */
class ArmorDecoder {
  #place: Place = 'before';
  #line = '';
  #blanks = 0;

  /** @returns the bytes of the lines that the piece completes. */
  push(piece: Uint8Array): Bytes {
    const decoded: Bytes[] = [];
    for (const byte of piece) {
      if (this.#place === 'after' || this.#place === 'before') {
        if (this.#skipBlank(byte)) continue;
        if (this.#place === 'after') throw armorError('text behind the block');
        this.#place = 'begin';
      }
      if (byte === LINE_FEED) decoded.push(this.#endLine());
      else this.#line += String.fromCharCode(byte);
      if (this.#line.length > LINE_COLUMNS + 1) throw armorError('a line that is too long');
    }
    return concatBytes(...decoded);
  }

  /** Says that the text has ended; the line feed of the very last line may be missing. */
  finish(): void {
    if (this.#line !== '') this.#endLine();
    if (this.#place !== 'after') throw armorError('no end line');
  }

  #skipBlank(byte: number): boolean {
    if (!isBlank(byte)) return false;
    if (++this.#blanks > LIMITS.ageArmorBlankBytes) throw armorError('too much white space around the block');
    return true;
  }

  #endLine(): Bytes {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#line = '';
    if (this.#place === 'begin') {
      if (line !== ARMOR_BEGIN) throw armorError('no begin line');
      this.#place = 'lines';
      return new Uint8Array(0);
    }
    if (line === ARMOR_END) {
      this.#place = 'after';
      this.#blanks = 0;
      return new Uint8Array(0);
    }
    if (this.#place === 'end') throw armorError('a line that is too short');
    return this.#decodeLine(line);
  }

  #decodeLine(line: string): Bytes {
    if (line === '' || line.length > LINE_COLUMNS) throw armorError('a line of the wrong length');
    // Only the last line may be short or padded.
    if (line.length < LINE_COLUMNS || line.endsWith('=')) this.#place = 'end';
    try {
      return decodeBase64(line);
    } catch (error) {
      if (isEscrowError(error, 'bytes.bad-encoding')) throw armorError('base64 that is not canonical');
      throw error;
    }
  }
}

/**
 * Decodes an armored file to the binary one.
 *
 * @throws {@link EscrowError} `age.armor`, possibly after good lines were given out.
 */
export async function* decodeArmor(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  const decoder = new ArmorDecoder();
  for await (const piece of source) {
    const decoded = decoder.push(piece);
    if (decoded.length > 0) yield decoded;
  }
  decoder.finish();
}

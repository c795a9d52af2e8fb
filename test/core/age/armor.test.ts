import { armor } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeArmor } from '../../../src/core/age/armor.ts';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { FEEDS, gather, inLengths, pieces } from '../../support/pieces.ts';

const decode = (text: string): Promise<Uint8Array> => gather(decodeArmor(pieces(encodeUtf8(text), 'odd')));
const BODY = Uint8Array.from({ length: 100 }, (_, at) => at);
const ARMORED = armor.encode(BODY);

/** 47 bytes: a full line, but for the padding. */
const PADDED_LINE = btoa('x'.repeat(47));

function block(...lines: readonly string[]): string {
  const [begin, end] = ['-----BEGIN AGE ENCRYPTED FILE-----', '-----END AGE ENCRYPTED FILE-----'];
  return [begin, ...lines, end, ''].join('\n');
}

describe('armor', () => {
  test('of every length is read as age-encryption writes it, with LF and with CRLF', async () => {
    for (let length = 0; length <= 150; length++) {
      const bytes = BODY.slice(0, length % 101);
      const text = armor.encode(bytes);
      expect(await decode(text)).toEqual(bytes);
      expect(await decode(text.replaceAll('\n', '\r\n'))).toEqual(bytes);
    }
  });

  test('comes out the same however it comes in', async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      async (bytes, lengths) => {
        const text = encodeUtf8(armor.encode(Uint8Array.from(bytes)));
        expect(await gather(decodeArmor(inLengths(text, lengths)))).toEqual(Uint8Array.from(bytes));
      },
    );
    await fc.assert(property);
  });

  test('may end in a full line, padded or not, or in a short one', async () => {
    expect(await decode(block(PADDED_LINE))).toHaveLength(47);
    expect(await decode(block('A'.repeat(64)))).toHaveLength(48);
    expect(await decode(block('A'.repeat(64), 'AAAA'))).toHaveLength(51);
  });

  test.each(FEEDS)('is read without its last line feed, %s', async (feed) => {
    const text = encodeUtf8(ARMORED.trimEnd());
    expect(await gather(decodeArmor(pieces(text, feed)))).toEqual(BODY);
  });

  test('may have as much white space around it as the limit says, and no more', async () => {
    const blanks = ' \t\r\n'.repeat(LIMITS.ageArmorBlankBytes / 4);
    expect(await decode(blanks + ARMORED + blanks)).toEqual(BODY);
    await expect(decode(` ${blanks}${ARMORED}`)).rejects.toThrow('age.armor');
    await expect(decode(`${ARMORED}${blanks} `)).rejects.toThrow('age.armor');
  });

  test.each([
    ['nothing', ''],
    ['blanks only', ' \n'],
    ['a begin line only', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
    ['no body and no end', '-----BEGIN AGE ENCRYPTED FILE-----'],
    ['two blocks', ARMORED + ARMORED],
    ['a byte order mark', `\ufeff${ARMORED}`],
    ['a lone CR as line end', ARMORED.replaceAll('\n', '\r')],
    ['CR twice before LF', ARMORED.replaceAll('\n', '\r\r\n')],
    ['a space behind the end line', ARMORED.replace(/\n$/, ' \n')],
    ['an endless line', `-----BEGIN AGE ENCRYPTED FILE-----\n${'A'.repeat(100_000)}`],
    ['a padded line before the last', block(PADDED_LINE, 'AAAA')],
    ['a short line before the last', block('AAAA', 'AAAA')],
    ['an empty line at the end', block(PADDED_LINE, '')],
  ])('with %s is refused', async (_what, text) => {
    await expect(decode(text)).rejects.toMatchObject({ name: 'EscrowError', code: 'age.armor' });
  });

  test('cut or changed anywhere is refused, or says the same', async () => {
    for (let at = 0; at < ARMORED.length - 1; at++) {
      await expect(decode(ARMORED.slice(0, at))).rejects.toThrow('age.armor');
    }
    for (let at = 0; at < ARMORED.length; at++) {
      for (const char of ['=', ' ', '\n', '-', '\0']) {
        const text = ARMORED.slice(0, at) + char + ARMORED.slice(at + 1);
        // White space for the very last line feed, or what stood there anyway.
        const isSame = text === ARMORED || (at === ARMORED.length - 1 && char === '\n');
        if (isSame) expect(await decode(text)).toEqual(BODY);
        else await expect(decode(text)).rejects.toThrow('age.armor');
      }
    }
  });
});

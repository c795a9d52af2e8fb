// A password file gives the bytes that a person would type, whatever program saved it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretText } from '../../src/cli/secret-text.ts';

const PASSWORD = 'grüße 中 🗝 open';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.from(bytes).swap16());

const told = (bytes: Uint8Array): string => new TextDecoder().decode(secretText(bytes, 'a file'));

describe('the same password from every editor', () => {
  test.each([
    ['UTF-8', utf8(PASSWORD)],
    ['UTF-8 with a line end', utf8(`${PASSWORD}\n`)],
    ['UTF-8 with a mark and a Windows line end', utf8(`\ufeff${PASSWORD}\r\n`)],
    ['UTF-16 as PowerShell writes it', utf16(`\ufeff${PASSWORD}\r\n`)],
    ['UTF-16, the other order', swapped(utf16(`\ufeff${PASSWORD}`))],
  ])('%s', (_how, bytes) => {
    expect(told(bytes)).toBe(PASSWORD);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!/[\0\r\n]|^\ufeff/.test(text));
        expect(told(utf16(`\ufeff${text}`))).toBe(text);
        expect(told(utf8(text))).toBe(text);
      }),
    );
  });

  test('white space is part of a password, only one line end is not', () => {
    expect(told(utf8(' a \n\n'))).toBe(' a \n');
  });
});

describe('what is no text is refused, not made a key of', () => {
  test.each([
    ['UTF-16 without its mark', utf16('open')],
    ['Latin-1', Uint8Array.of(0x67, 0x72, 0xfc, 0xdf, 0x65)],
    ['half a character', Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x62)],
    ['half a pair at the end', Uint8Array.of(0xff, 0xfe, 0x3d, 0xd8)],
    ['half a pair before another character', Uint8Array.of(0xff, 0xfe, 0x3d, 0xd8, 0x61, 0x00)],
    ['a zero byte', utf8('a\0b')],
  ])('%s', (_what, bytes) => {
    expect(() => secretText(bytes, 'a file')).toThrow('input.not-text');
  });

  test.each([
    ['nothing', utf8('')],
    ['a mark', utf8('\ufeff')],
    ['a mark and a line end in UTF-16', utf16('\ufeff\r\n')],
  ])('%s is empty', (_what, bytes) => {
    expect(() => secretText(bytes, 'a file')).toThrow('file.empty');
  });
});

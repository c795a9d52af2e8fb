// What is said of a file that is no export: people take the wrong one, and look for the fault in it.

import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import type { OtherFile } from '../../src/core/errors.ts';
import { otherFile } from '../../src/vault/other-file.ts';
import { zipOfFiles } from '../support/zips.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('what a file is instead of an export', () => {
  test.each<[OtherFile, string, () => Uint8Array | Promise<Uint8Array>]>([
    ['picture', 'a PNG', () => bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)],
    ['picture', 'a JPEG', () => bytes(0xff, 0xd8, 0xff, 0xe0, 0)],
    ['pdf', 'a PDF', () => encodeUtf8('%PDF-1.7\n')],
    ['database', 'SQLite', () => encodeUtf8('SQLite format 3\0')],
    ['spreadsheet', 'an old workbook', () => bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['sealed-package', 'age', () => encodeUtf8('age-encryption.org/v1\n-> X25519 ')],
    ['archive', 'gzip', () => bytes(0x1f, 0x8b, 8, 0)],
    ['spreadsheet', 'a workbook', () => zipOfFiles({ 'xl/workbook.xml': '<workbook/>' })],
    ['archive', 'any other ZIP', () => zipOfFiles({ 'holiday.txt': 'sea' })],
  ])('%s: %s', async (is, _what, make) => {
    expect(otherFile(await make())).toBe(is);
  });

  test('text is nothing in particular', () => {
    expect(otherFile(encodeUtf8('hello'))).toBeUndefined();
  });
});

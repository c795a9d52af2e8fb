import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EscrowError } from '../../src/core/errors.ts';
import { assertImageSize, sniffScan } from '../../src/paper/image-kind.ts';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const PNG_START = [0x89, 'PNG', 0x0d, 0x0a, 0x1a, 0x0a].flatMap((part) =>
  typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : [part],
);

describe('told by content', () => {
  test('PDF, also behind a few foreign bytes', () => {
    expect(sniffScan(bytes('%PDF-1.7\n'))).toEqual({ kind: 'pdf' });
    expect(sniffScan(bytes('\u0000\u0000junk\n%PDF-1.4'))).toEqual({ kind: 'pdf' });
  });

  test('PNG with its declared size', () => {
    const png = bytes(PNG_START, [0, 0, 0, 13], 'IHDR', [0, 0, 4, 0, 0, 0, 3, 0]);
    expect(sniffScan(png)).toEqual({ kind: 'png', width: 1024, height: 768 });
    expect(sniffScan(png.subarray(0, 20))).toEqual({ kind: 'png' });
  });

  test('JPEG: the frame header is found behind other segments, fill bytes and restarts', () => {
    const app = [0xff, 0xe0, 0, 6, 1, 2, 3, 4];
    const frame = [0xff, 0xc2, 0, 17, 8, 0x0b, 0xb8, 0x0f, 0xa0, 3, 0, 0, 0];
    const jpeg = bytes([0xff, 0xd8], app, [0xff], [0xff, 0xc4, 0, 3, 0], frame);
    expect(sniffScan(jpeg)).toEqual({ kind: 'jpeg', width: 4000, height: 3000 });
    expect(sniffScan(bytes([0xff, 0xd8], app, [0x12]))).toEqual({ kind: 'jpeg' });
  });

  test.each([
    ['GIF', bytes('GIF89a...')],
    ['WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ')],
    ['TIFF', bytes('II', [0x2a, 0], '....')],
    ['TIFF', bytes('MM', [0, 0x2a], '....')],
    [
      'BMP',
      bytes(
        'BM',
        Array.from({ length: 40 }, () => 0),
      ),
    ],
    ['HEIC', bytes([0, 0, 0, 24], 'ftypheic....')],
    ['HEIC', bytes([0, 0, 0, 24], 'ftypmif1....')],
  ])('%s is named as what it is', (format, file) => {
    expect(sniffScan(file)).toEqual({ kind: 'other-image', format });
  });

  test('anything else is unknown, and nothing makes it throw', () => {
    expect(sniffScan(new Uint8Array())).toEqual({ kind: 'unknown' });
    expect(sniffScan(bytes('hello'))).toEqual({ kind: 'unknown' });
    const starts = fc.constantFrom(
      bytes(PNG_START),
      bytes([0xff, 0xd8, 0xff]),
      bytes('RIFF'),
      new Uint8Array(),
    );
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        expect(sniffScan(Uint8Array.from([...start, ...rest])).kind).toMatch(
          /^(pdf|png|jpeg|other-image|unknown)$/,
        );
      }),
    );
  });
});

describe('size', () => {
  test('a large photo passes, a bomb and an undeclared size do not', () => {
    expect(() => {
      assertImageSize({ width: 8000, height: 6000 }, 'a');
    }).not.toThrow();
    expect(() => {
      assertImageSize({ width: 60_000, height: 60_000 }, 'a');
    }).toThrow(expect.objectContaining({ code: 'limit.exceeded' }));
    for (const size of [{}, { width: 0, height: 9 }, { width: 9 }]) {
      expect(() => {
        assertImageSize(size, 'a');
      }).toThrow(EscrowError);
    }
  });
});

// The archive in a package: packed without copying, read back, and what it refuses.

import { describe, expect, test } from 'vitest';
import { concatBytes, encodeUtf8 } from '../../src/core/bytes.ts';
import { packTar, unpackTar } from '../../src/escrow/tar.ts';
import type { TarFile } from '../../src/escrow/tar.ts';

const TIME = new Date('2026-11-24T01:02:03Z');

/** Content that comes in one buffer used over and over, as from readStream. */
function fileOf(path: string, content: Uint8Array, size: number = content.length): TarFile {
  return {
    path,
    size,
    // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
    async *content() {
      const buffer = new Uint8Array(700);
      for (let from = 0; from < content.length; from += buffer.length) {
        const part = content.subarray(from, from + buffer.length);
        buffer.set(part);
        yield buffer.subarray(0, part.length);
        buffer.fill(0xee);
      }
    },
  };
}

async function packed(...files: TarFile[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of packTar(files, TIME)) parts.push(part.slice());
  return concatBytes(...parts);
}

async function unpacked(archive: Uint8Array, piece = 1_000): Promise<[string, Uint8Array][]> {
  // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < archive.length; from += piece) yield archive.subarray(from, from + piece);
  }
  const found: [string, Uint8Array][] = [];
  for await (const file of unpackTar(source())) {
    const parts: Uint8Array[] = [];
    for await (const part of file.content) parts.push(part);
    found.push([file.path, concatBytes(...parts)]);
  }
  return found;
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 251);

describe('packTar', () => {
  const PATHS = ['manifest.json', `exports/${'a'.repeat(120)}/${'b'.repeat(90)}.json`, 'plan/план 陈.txt'];

  test.each([0, 1, 511, 512, 513, 10_000])('gives back files of %d bytes, in whole blocks', async (size) => {
    const archive = await packed(...PATHS.map((path) => fileOf(path, bytes(size))));
    expect(archive.length % 512).toBe(0);
    expect(await unpacked(archive)).toEqual(PATHS.map((path) => [path, bytes(size)]));
  });

  test('gives the same bytes whatever the parts, and ends with two empty blocks', async () => {
    const archive = await packed(fileOf('a', bytes(2_000)));
    const whole: TarFile = {
      path: 'a',
      size: 2_000,
      // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
      async *content() {
        yield bytes(2_000);
      },
    };
    expect(await packed(whole)).toEqual(archive);
    expect(archive.subarray(-1_024).every((byte) => byte === 0)).toBe(true);
    // One header, four blocks of content, the end.
    expect(archive.length).toBe(512 + 2_048 + 1_024);
  });

  test.each([
    ['shorter', 2_001],
    ['longer', 1_999],
  ])('fails when the content is %s than was said', async (_, size) => {
    await expect(packed(fileOf('a', bytes(2_000), size))).rejects.toThrow('not as long as was said');
  });

  test('a failing content fails it with the same error', async () => {
    const failure = new Error('the stick was pulled');
    const failing: TarFile = {
      path: 'a',
      size: 2,
      // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
      async *content() {
        yield encodeUtf8('x');
        throw failure;
      },
    };
    await expect(packed(failing)).rejects.toBe(failure);
  });

  test('a reader that stops lets the content close what it holds', async () => {
    let isClosed = false;
    const held: TarFile = {
      path: 'a',
      size: 100,
      // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
      async *content() {
        try {
          yield bytes(50);
          yield bytes(50);
        } finally {
          isClosed = true;
        }
      },
    };
    for await (const part of packTar([held], TIME)) if (part.length === 50) break;
    expect(isClosed).toBe(true);
  });
});

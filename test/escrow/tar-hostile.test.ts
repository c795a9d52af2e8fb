// Archives that somebody made to do harm, and archives that were damaged: refused with a code, soon, and
// without anything being written outside.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, encodeUtf8 } from '../../src/core/bytes.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { streamOf } from '../../src/core/stream-of.ts';
import { packTar, unpackTar } from '../../src/escrow/tar.ts';
import { gather } from '../support/pieces.ts';
import { refusal } from './sample.ts';

const BLOCK = 512;

interface Entry {
  readonly name: string;
  readonly content?: Uint8Array;
  /** Type flag: `0` a file, `2` a symbolic link, `5` a folder, `x` a pax header. */
  readonly type?: string;
  readonly link?: string;
  /** The size field as it stands, where it is not that of the content. */
  readonly size?: string;
}

/** One entry, byte by byte as the ustar format has it: no library would write most of these. */
function entry({ name, content = new Uint8Array(), type = '0', link = '', size }: Entry): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => {
    header.set(encodeUtf8(text), at);
  };
  put(0, name);
  put(100, '0000600\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, size ?? `${content.length.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(148, '        ');
  put(156, type);
  put(157, link);
  put(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  const padding = new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK);
  return concatBytes(header, content, padding);
}

const END = new Uint8Array(2 * BLOCK);
const archive = (...entries: Entry[]): Uint8Array => concatBytes(...entries.map(entry), END);
const plain = (name: string): Entry => ({ name, content: encodeUtf8('content') });

function pax(fields: Record<string, string>): Entry {
  const records = Object.entries(fields).map(([key, value]) => {
    const body = ` ${key}=${value}\n`;
    let length = encodeUtf8(body).length;
    length += String(length + String(length).length).length;
    return `${length}${body}`;
  });
  return { name: 'pax', type: 'x', content: encodeUtf8(records.join('')) };
}

/** Every file in it, or what it is refused with. */
async function read(
  bytes: Uint8Array,
  piece = 777,
): Promise<{ files: [string, string][]; code: string; reason: string }> {
  // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const files: [string, string][] = [];
  const refused = await refusal(async () => {
    for await (const file of unpackTar(source())) {
      const content = await gather(file.content);
      expect(content).toHaveLength(file.size);
      files.push([file.path, new TextDecoder('latin1').decode(content)]);
    }
  });
  return {
    files,
    code: refused?.code ?? '',
    reason: (refused?.facts as { reason?: string } | undefined)?.reason ?? '',
  };
}

test('the builder here makes archives that are read', async () => {
  expect(await read(archive(plain('a'), plain('b/c.txt'), { name: 'empty' }))).toMatchObject({
    files: [
      ['a', 'content'],
      ['b/c.txt', 'content'],
      ['empty', ''],
    ],
    code: '',
  });
  const long = `${'d/'.repeat(100)}file`;
  expect(await read(archive(pax({ path: long }), plain('short')))).toMatchObject({
    files: [[long, 'content']],
    code: '',
  });
});

describe('paths that lead elsewhere', () => {
  test.each([
    '../x',
    'a/../../x',
    'a/..',
    '..',
    '.',
    './x',
    'a/./b',
    '/etc/passwd',
    '//server/share/x',
    'a//b',
    'a/',
    'C:/x',
    'c:x',
    'a\\..\\x',
    '\\\\server\\x',
    'a\u0007b',
    'a\nb',
  ])('%j', async (name) => {
    const { files, code, reason } = await read(archive(plain('before'), plain(name)));
    expect({ files, code }).toEqual({ files: [['before', 'content']], code: 'package.format' });
    expect(reason).toMatch(/leads outside it|control characters|holds a directory/);
    // What the name in front allows, the long name behind it must not.
    expect((await read(archive(pax({ path: name }), plain('innocent')))).code).toBe('package.format');
  });

  test('longer than any path of ours', async () => {
    const name = `${'d/'.repeat(LIMITS.payloadPathBytes / 2)}x`;
    expect(await read(archive(pax({ path: name }), plain('x')))).toMatchObject({
      code: 'package.format',
      reason: 'a path in the archive is too long',
    });
  });
});

describe('what is not a file', () => {
  test.each([
    ['a hard link', '1', 'link'],
    ['a symbolic link', '2', 'symlink'],
    ['a character device', '3', 'character-device'],
    ['a block device', '4', 'block-device'],
    ['a folder', '5', 'directory'],
    ['a pipe', '6', 'fifo'],
  ])('%s', async (_name, type, word) => {
    expect(await read(archive({ name: 'x', type, link: '/etc/passwd' }))).toMatchObject({
      files: [],
      code: 'package.format',
      reason: `the archive holds a ${word}, only files are taken`,
    });
  });

  test('of a type nobody knows', async () => {
    expect((await read(archive({ name: 'x', type: 'Q' }))).code).toBe('package.format');
  });
});

describe('one path twice', () => {
  test.each([
    ['the same', 'a/b', 'a/b'],
    ['in another case', 'a/Vault.json', 'A/vault.JSON'],
    ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
  ])('%s', async (_name, one, other) => {
    expect(await read(archive(plain(one), plain(other)))).toMatchObject({
      code: 'package.format',
      reason: 'the archive holds one path twice',
    });
  });
});

describe('a file and a folder of one name', () => {
  test.each([
    ['the file first', 'a/b', 'a/B/c'],
    ['the folder first', 'a/b/c', 'A/b'],
  ])('%s', async (_name, one, other) => {
    expect(await read(archive(plain(one), plain(other)))).toMatchObject({
      code: 'package.format',
      reason: 'the archive holds a file and a folder of one name',
    });
  });
});

test('a name longer than file systems take', async () => {
  const tar = await gather(
    packTar([{ path: `exports/${'n'.repeat(256)}`, size: 0, content: () => streamOf() }], new Date(0)),
  );
  expect(await read(tar)).toMatchObject({
    code: 'package.format',
    reason: 'a name in the archive is too long',
  });
});

describe('more than there is', () => {
  test('a size that goes beyond the end', async () => {
    expect((await read(archive({ ...plain('x'), size: '00000100000\0' }))).code).toBe('package.format');
  });

  test('a size of exabytes is refused before anything is read', async () => {
    // Base 256, as GNU tar writes what eleven octal digits cannot hold.
    const size = String.fromCharCode(0x80, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0);
    const bytes = entry({ name: 'x' });
    bytes.set(
      Uint8Array.from(size, (char) => char.charCodeAt(0)),
      124,
    );
    bytes.fill(0x20, 148, 156);
    const sum = bytes.reduce((total, byte) => total + byte, 0);
    bytes.set(encodeUtf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect((await read(concatBytes(bytes, END))).code).toMatch(/^(limit\.exceeded|package\.format)$/);
  });

  test('a size in a pax header', async () => {
    expect((await read(archive(pax({ size: '99999999999999' }), plain('x')))).code).toMatch(
      /^(limit\.exceeded|package\.format)$/,
    );
    expect((await read(archive(pax({ size: '-7' }), plain('x')))).code).toBe('package.format');
    expect((await read(archive(pax({ size: 'many' }), plain('x')))).code).toBe('package.format');
  });

  test('a pax header of many megabytes is not gathered in memory', async () => {
    const header = { name: 'pax', type: 'x', size: '07777777777\0' };
    const before = process.memoryUsage().arrayBuffers;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield entry(header);
      const part = new Uint8Array(1_048_576);
      for (let count = 0; count < 256; count++) yield await Promise.resolve(part);
    }
    const refused = await refusal(async () => {
      for await (const file of unpackTar(source())) await gather(file.content);
    });
    expect(refused?.code).toMatch(/^(limit\.exceeded|package\.format)$/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1_048_576);
  });

  test('more files than the limit', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count <= LIMITS.payloadEntries; count++) yield entry({ name: `f${count}` });
      yield END;
    }
    let files = 0;
    const refused = await refusal(async () => {
      for await (const file of unpackTar(source())) {
        await gather(file.content);
        files += 1;
      }
    });
    expect(refused).toEqual({
      code: 'limit.exceeded',
      facts: { what: 'files in the package', limit: LIMITS.payloadEntries },
    });
    expect(files).toBe(LIMITS.payloadEntries);
  });
});

describe('damage', () => {
  const whole = archive(plain('a'), { name: 'b', content: new Uint8Array(3_000).fill(7) });

  test('cut anywhere, it gives whole files or a code, never half a file', async () => {
    for (let length = 0; length < whole.length; length += 97) {
      const { files, code } = await read(whole.subarray(0, length));
      expect(['', 'package.format']).toContain(code);
      for (const [path, content] of files) expect(content).toHaveLength(path === 'a' ? 7 : 3_000);
      if (length > 0 && length < BLOCK) expect(code).toBe('package.format');
    }
  });

  test('a header with a bit turned', async () => {
    for (const at of [0, 101, 124, 130, 150, 156, 260]) {
      const changed = whole.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect((await read(changed)).code, `byte ${at}`).toBe('package.format');
    }
  });

  test('a source that fails gives its own error', async () => {
    const failure = new Error('the stick was pulled');
    // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
    async function* source(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, 700);
      throw failure;
    }
    const work = async (): Promise<void> => {
      for await (const file of unpackTar(source())) await gather(file.content);
    };
    await expect(work()).rejects.toBe(failure);
  });

  test('whatever bytes come, it ends, with files or a code', async () => {
    const parts: Uint8Array[] = [];
    const files = ['manifest.json', `exports/${'x'.repeat(150)}/v.json`, 'plan/ä.txt'].map((path) => ({
      path,
      size: 600,
      // eslint-disable-next-line @typescript-eslint/require-await -- bytes as a stream
      content: async function* () {
        yield new Uint8Array(600).fill(65);
      },
    }));
    for await (const part of packTar(files, new Date(0))) parts.push(part.slice());
    const good = concatBytes(...parts);
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 12,
      })
      .map((changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const bytes = fc.oneof(mutated, fc.uint8Array({ maxLength: 2_000 }));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 1_500 }), async (given, piece) => {
        expect((await read(given, piece)).code).toMatch(/^(|package\.format|limit\.exceeded)$/);
      }),
      { numRuns: 500 },
    );
  });
});

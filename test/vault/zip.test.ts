import { expect, test } from 'vitest';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, TextReader } from '@zip.js/zip.js';
import { LIMITS } from '../../src/core/limits.ts';
import { openZip, outlineZip } from '../../src/vault/zip.ts';
import { utf8 } from '../support/vaults.ts';
import { zipOf, zipOfFiles, type ZipPart } from '../support/zips.ts';

const FORMAT = '1pux';

const open = (parts: readonly ZipPart[]): ReturnType<typeof openZip> => openZip(zipOf(parts), FORMAT);
const refusal = (reason: string): object => ({ code: 'vault.format', facts: { format: FORMAT, reason } });

test('gives names and bytes, packed or stored, folders left out', async () => {
  const archive = await open([
    { name: 'a.txt', content: 'one' },
    { name: 'folder/', mode: 0o40755, isStored: true },
    { name: 'folder/ä € 🔑.bin', content: Uint8Array.of(0, 255, 10), isStored: true },
    { name: 'empty' },
  ]);
  expect(archive.names).toEqual(['a.txt', 'folder/ä € 🔑.bin', 'empty']);
  expect(await archive.read('a.txt')).toEqual(utf8('one'));
  expect(await archive.read('folder/ä € 🔑.bin')).toEqual(Uint8Array.of(0, 255, 10));
  expect(await archive.read('empty')).toEqual(new Uint8Array());
  expect(await archive.read('b.txt')).toBeUndefined();
});

test('reads what another writer packed, with sizes after the data', async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { dataDescriptor: true });
  await writer.add('x/y.json', new TextReader('{"a":1}'));
  await writer.add('z', new Uint8ArrayReader(new Uint8Array(100_000)));
  const archive = await openZip(await writer.close(), FORMAT);
  expect(await archive.read('x/y.json')).toEqual(utf8('{"a":1}'));
  expect((await archive.read('z'))?.length).toBe(100_000);
});

test.each([
  '../up',
  'a/../../up',
  '/etc/passwd',
  'C:/x',
  'c:x',
  'a\\b',
  'a//b',
  './a',
  'a/./b',
  'nul\0',
  '..',
  'a/..',
])('a file name that points outside: %j', async (name) => {
  await expect(open([{ name, content: 'x' }])).rejects.toMatchObject(
    refusal('a file name in it points outside of it'),
  );
});

test.each([
  ['a symbolic link', 0o120777],
  ['a device', 0o020666],
  ['a socket', 0o140755],
])('%s', async (_name, mode) => {
  await expect(open([{ name: 'x', content: '/etc/passwd', mode }])).rejects.toMatchObject(
    refusal('it holds a link or another special file'),
  );
});

test('two files of one name', async () => {
  const twice = [
    { name: 'export.data', content: '1' },
    { name: 'export.data', content: '2' },
  ];
  await expect(open(twice)).rejects.toMatchObject(refusal('it holds two files of the same name'));
});

test('a bomb that says how large it gets', async () => {
  const huge = { content: 'x', statedSize: 0x7fffffff };
  const attempt = open([
    { name: 'a', ...huge },
    { name: 'b', ...huge },
  ]);
  await expect(attempt).rejects.toMatchObject({
    code: 'limit.exceeded',
    facts: { what: 'bytes of an unpacked ZIP', limit: LIMITS.zipUnpackedBytes },
  });
});

test('a bomb that does not say so stops where its stated size ends', async () => {
  const archive = await open([{ name: 'a', content: new Uint8Array(50_000_000), statedSize: 100 }]);
  await expect(archive.read('a')).rejects.toMatchObject(refusal('a file in it is damaged'));
});

test('a file that is shorter than it says', async () => {
  const archive = await open([{ name: 'a', content: 'short', statedSize: 100 }]);
  await expect(archive.read('a')).rejects.toMatchObject({ code: 'vault.format' });
});

test('files that share their bytes', async () => {
  const archive = await open([
    { name: 'a', content: 'x'.repeat(1_000) },
    { name: 'b', content: 'x'.repeat(1_000), sameAs: 0 },
  ]);
  const attempt = (async () => [await archive.read('a'), await archive.read('b')])();
  await expect(attempt).rejects.toMatchObject({ code: 'vault.format' });
});

test('a file locked with a password', async () => {
  const archive = await open([{ name: 'a', content: 'x', isLocked: true }]);
  await expect(archive.read('a')).rejects.toMatchObject(
    refusal('a file in it is locked with a password of its own'),
  );
});

test('bytes changed inside a file', async () => {
  const bytes = zipOf([{ name: 'a', content: 'abcdefgh', isStored: true }]);
  bytes[bytes.indexOf(0x64, 31)] = 0x65;
  const archive = await openZip(bytes, FORMAT);
  await expect(archive.read('a')).rejects.toMatchObject(refusal('a file in it is damaged'));
});

test('cut short anywhere, it is refused', async () => {
  const whole = zipOfFiles({ 'a.json': '{}', 'files/b': 'x'.repeat(300) });
  for (let length = 0; length < whole.length; length += 7)
    await expect(openZip(whole.subarray(0, length), FORMAT)).rejects.toMatchObject(
      refusal('the ZIP is cut short or damaged'),
    );
});

test('the outline names what a cut archive begins with', () => {
  const whole = zipOfFiles({ 'data.json': '{}', 'attachments/id/ä.txt': 'x'.repeat(300) });
  expect(outlineZip(whole)).toEqual(['data.json', 'attachments/id/ä.txt']);
  expect(outlineZip(whole.subarray(0, 60))).toEqual(['data.json']);
  const inner = zipOfFiles({ 'export.data': '{}' });
  expect(outlineZip(zipOf([{ name: 'a.zip', content: inner, isStored: true }, { name: 'b' }]))).toEqual([
    'a.zip',
    'b',
  ]);
  expect(outlineZip(utf8('PK'))).toBeUndefined();
  expect(outlineZip(new Uint8Array())).toBeUndefined();
});

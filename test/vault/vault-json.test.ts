import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { Item, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recognise } from '../../src/vault/recognise.ts';
import type { WrittenVault } from '../../src/vault/target.ts';
import { isPlainJson, jsonTarget } from '../../src/vault/writers/json.ts';
import { attachment, entry, fullVault, lossesOf, vaultOf } from '../support/full-vault.ts';
import { HOLDFAST_DATA } from '../support/exports/holdfast.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';

const NOW = '2026-11-24T08:00:00.000Z';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const write = (vault: Vault): Promise<WrittenVault> =>
  jsonTarget.write(crypto, vault, { passphrase: new Uint8Array(), now: NOW, name: 'ours' });
const reopen = (bytes: Uint8Array): Promise<Vault> => openVault(crypto, bytes, { format: 'holdfast-json' });

type Raw = Record<string, unknown> & { items: Record<string, unknown>[] };
const jsonOf = (bytes: Uint8Array): Raw => JSON.parse(new TextDecoder().decode(bytes)) as Raw;

test('keeps everything', async () => {
  const source = fullVault();
  const written = await write(source);
  const read = await reopen(written.bytes);
  const withoutMap = source.items.map((item): Item =>
    item.raw instanceof Map ? { ...item, raw: undefined } : item,
  );
  expect(read.items).toEqual(withoutMap);
  expect(read.containers).toEqual(source.containers);
  expect(lossesOf(written)).toEqual({ "dropped the product's own object": 1 });
  expect(written.loss.after).toEqual(written.loss.before);
  expect(recognise(written.bytes)).toBe('holdfast-json');
});

test('is read as docs/vaults.md describes it', async () => {
  const { source, containers, items, findings } = await reopen(jsonBytes(HOLDFAST_DATA));
  expect(source).toMatchObject({ product: 'Keeper', format: 'holdfast-json', version: '1' });
  expect(containers).toEqual(HOLDFAST_DATA.containers);
  expect(findings).toEqual([]);
  const [raw] = HOLDFAST_DATA.items;
  const [file, missing] = raw!.attachments;
  const present = { ...file, base64: undefined, bytes: utf8('abc') };
  expect(items).toEqual([{ ...raw, attachments: [present, missing] }]);
});

test('says what it is and where it comes from', async () => {
  const source = {
    ...fullVault(),
    findings: [{ code: 'x', severity: 'info', message: 'm', hint: 'h' }],
  } as const;
  const { format, written, name, source: from, findings, items } = jsonOf((await write(source)).bytes);
  expect({ format, written, name, from, findings }).toEqual({
    format: 'holdfast vault v1',
    written: NOW,
    name: 'ours',
    from: source.source,
    findings: source.findings,
  });
  expect(items[0]!['attachments']).toContainEqual({
    name: 'a.txt',
    size: 3,
    sha256: attachment('', 'one').sha256,
    status: 'present',
    base64: 'b25l',
  });
});

test('broken Unicode and NUL come back as they were', async () => {
  const text = 'a\0b\ud800c\u2028';
  const { items } = await reopen((await write(vaultOf([entry({ password: text, notes: text })]))).bytes);
  expect(items[0]).toMatchObject({ password: text, notes: text });
});

test('a vault of many entries is one JSON text', async () => {
  const items = Array.from({ length: 3_000 }, (_, index) =>
    entry({ id: String(index), notes: 'x'.repeat(900) }),
  );
  const written = await write(vaultOf(items));
  expect(written.bytes.length).toBeGreaterThan(2_097_152);
  expect(jsonOf(written.bytes).items).toHaveLength(3_000);
});

test.each([
  ['texts, numbers and lists', { a: [1, -2.5, null, true, 'x', {}] }, true],
  ['an object without a prototype', Object.create(null), true],
  ['undefined', { a: undefined }, false],
  ['NaN', Number.NaN, false],
  ['minus zero', [-0], false],
  ['a map', new Map(), false],
  ['bytes', { a: new Uint8Array(1) }, false],
  ['a date', new Date(0), false],
])('%s: plain JSON?', (_name, value, isPlain) => {
  expect(isPlainJson(value)).toBe(isPlain);
});

test('what nests too deeply for readers is no plain JSON, and a circle is not followed', () => {
  const nest = (levels: number): unknown => (levels === 0 ? 1 : [nest(levels - 1)]);
  expect(isPlainJson(nest(61))).toBe(true);
  expect(isPlainJson(nest(62))).toBe(false);
  const circle: unknown[] = [];
  circle.push(circle);
  expect(isPlainJson(circle)).toBe(false);
});

test("an entry's own object at the deepest is read back", async () => {
  const nest = (levels: number): unknown => (levels === 0 ? 1 : [nest(levels - 1)]);
  const { items } = await reopen((await write(vaultOf([entry({ raw: nest(61) })]))).bytes);
  expect(items[0]!.raw).toEqual(nest(61));
});

describe('refused', () => {
  const broken = async (change: (raw: Raw) => void): Promise<Vault> => {
    const raw = jsonOf((await write(fullVault())).bytes);
    change(raw);
    return reopen(jsonBytes(raw));
  };
  const item = (change: (item: Record<string, unknown>) => void) => (raw: Raw) => {
    change(raw.items[0]!);
  };
  const first = (raw: Record<string, unknown>, key: string): Record<string, unknown> =>
    (raw[key] as Record<string, unknown>[])[0]!;

  test.each<[string, (raw: Raw) => void, string]>([
    [
      'another version',
      (raw) => (raw['format'] = 'holdfast vault v2'),
      'it is not a "holdfast vault v1" with entries',
    ],
    [
      'no entries',
      (raw) => delete (raw as Partial<Raw>).items,
      'it is not a "holdfast vault v1" with entries',
    ],
    ['no source', (raw) => delete raw['source'], 'source.product is not a text'],
    [
      'a folder of no kind',
      (raw) => (first(raw, 'containers')['kind'] = 'x'),
      'containers[0].kind is not folder or collection or group or vault or client or recycleBin or source',
    ],
    ['a title that is a number', item((raw) => (raw['title'] = 1)), 'items[0].title is not a text'],
    [
      'an unknown type',
      item((raw) => (raw['type'] = 'x')),
      'items[0].type is not login or note or card or identity or bank or sshKey or other',
    ],
    [
      'a flag that is a text',
      item((raw) => (raw['favourite'] = 'no')),
      'items[0].favourite is not true or false',
    ],
    ['tags that are none', item((raw) => (raw['tags'] = 'red')), 'items[0].tags is not a list'],
    ['a tag that is none', item((raw) => (raw['tags'] = [1])), 'items[0].tags is not a list of texts'],
    [
      'an address that is a text',
      item((raw) => (raw['urls'] = ['https://a.test'])),
      'items[0].urls[0] is not an object',
    ],
    [
      'a field without a name',
      item((raw) => delete first(raw, 'fields')['name']),
      'items[0].fields[0].name is not a text',
    ],
    [
      'a size that is none',
      item((raw) => (first(raw, 'attachments')['size'] = -1)),
      'items[0].attachments[0].size is not a whole number',
    ],
    [
      'a file cut short',
      item((raw) => (first(raw, 'attachments')['base64'] = 'b25')),
      'items[0].attachments[0].base64 is not base64',
    ],
    [
      'another file',
      item((raw) => (first(raw, 'attachments')['base64'] = 'b25l')),
      'items[0].attachments[0] is not the file that it says it is',
    ],
    [
      'a card with a number in it',
      (raw) => (raw.items[2]!['card'] = { number: 1 }),
      'items[2].card.number is not a text',
    ],
    [
      'half an SSH key',
      (raw) => (raw.items[4]!['ssh'] = { privateKey: 'x' }),
      'items[4].ssh.publicKey is not a text',
    ],
    ['a date that is a number', item((raw) => (raw['created'] = 0)), 'items[0].created is not a text'],
  ])('%s', async (_name, change, reason) => {
    await expect(broken(change)).rejects.toMatchObject({
      code: 'vault.format',
      facts: { format: 'holdfast-json', reason },
    });
  });

  test('a cut file', async () => {
    const { bytes } = await write(fullVault());
    await expect(reopen(bytes.subarray(0, -10))).rejects.toMatchObject({ code: 'vault.format' });
    await expect(reopen(utf8('[]'))).rejects.toMatchObject({ code: 'vault.format' });
  });
});

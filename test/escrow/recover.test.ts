// Opening a package with a rebuilt key: what comes out is what the manifest says, or nothing counts.

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gunzip } from '../../src/adapters/gzip.ts';
import { encryptAge } from '../../src/core/age/file.ts';
import { concatBytes, encodeHex, encodeUtf8 } from '../../src/core/bytes.ts';
import { encodeManifest } from '../../src/escrow/manifest.ts';
import type { Manifest, ManifestSource } from '../../src/escrow/manifest.ts';
import { judgeCharter, opensWith, unpackPayload } from '../../src/escrow/recover.ts';
import { hasDropped, packageFileName, sealPayload } from '../../src/escrow/seal.ts';
import type { ReadFile, SealInput } from '../../src/escrow/seal.ts';
import { packTar } from '../../src/escrow/tar.ts';
import { gather, pieces } from '../support/pieces.ts';
import { ceremonyOf, crypto, flat, refusal } from './sample.ts';

const ceremony = ceremonyOf(flat(2, 3));
const stranger = ceremonyOf(flat(2, 3));
const { seed, recipient } = ceremony;
const CREATED = new Date('2026-11-24T01:02:03Z');
const EXPORT = encodeUtf8('{"items": []}');

const sha256 = async (bytes: Uint8Array): Promise<string> => encodeHex(await crypto.sha256(bytes));

const source: ManifestSource = {
  path: 'exports/vault/vault.json',
  size: EXPORT.length,
  sha256: await sha256(EXPORT),
  name: 'vault',
  format: 'file',
  product: 'file',
  entries: null,
  folders: null,
  attachments: null,
  passphrase: null,
  keyFile: null,
};

const MANIFEST: Manifest = {
  type: 'holdfast manifest v1',
  escrow: '0123456789abcdef',
  sequence: 1,
  created: '2026-11-24T01:02:03Z',
  canary: { time: '2026-11-24T01:02:03Z', id: '00'.repeat(16) },
  sources: [source],
  attachments: [],
  plan: [],
};

/** An archive of these files, in this order. */
async function tarOf(files: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array> {
  return gather(
    packTar(
      files.map(([path, bytes]) => ({ path, size: bytes.length, content: () => pieces(bytes, 'whole') })),
      CREATED,
    ),
  );
}

const seal = (payload: Uint8Array, to = recipient): Promise<Uint8Array> =>
  gather(encryptAge(crypto, to, pieces(payload, 'whole')));

async function open(
  sealed: Uint8Array,
): Promise<{ files: Map<string, string>; manifest?: Manifest; code?: string; facts?: unknown }> {
  const files = new Map<string, string>();
  let current = '';
  const sink = {
    begin: (path: string): Promise<void> => {
      current = path;
      files.set(path, '');
      return Promise.resolve();
    },
    write: (part: Uint8Array): Promise<void> => {
      files.set(current, (files.get(current) ?? '') + new TextDecoder().decode(part));
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  };
  let manifest: Manifest | undefined;
  const refused = await refusal(async () => {
    manifest = await unpackPayload(crypto, seed, pieces(sealed, 'odd'), { gunzip, sink });
  });
  return { files, ...(manifest ? { manifest } : {}), ...refused };
}

describe('a payload', () => {
  const whole: [string, Uint8Array][] = [
    ['manifest.json', encodeManifest(MANIFEST)],
    [source.path, EXPORT],
  ];

  test('comes out as it went in, compressed or not; the content decides', async () => {
    const tar = await tarOf(whole);
    for (const payload of [tar, gzipSync(tar)]) {
      const opened = await open(await seal(payload));
      expect(opened.manifest).toEqual(MANIFEST);
      expect([...opened.files]).toEqual([[source.path, '{"items": []}']]);
    }
  });

  const withSource = (changes: Partial<ManifestSource>): Uint8Array =>
    encodeManifest({ ...MANIFEST, sources: [{ ...source, ...changes }] });

  test.each<[string, (readonly [string, Uint8Array])[], string, object?]>([
    ['without files', [], 'package.format', { reason: 'there is no manifest in it' }],
    [
      'without a manifest',
      whole.slice(1),
      'package.format',
      { reason: 'its first file is not the manifest' },
    ],
    ['with its manifest last', [...whole].reverse(), 'package.format'],
    ['with a manifest that is none', [['manifest.json', encodeUtf8('{}')]], 'package.format'],
    [
      'with a manifest of a later version',
      [['manifest.json', encodeUtf8(new TextDecoder().decode(encodeManifest(MANIFEST)).replace('v1', 'v2'))]],
      'record.version',
    ],
    ['with two manifests', [...whole, ['manifest.json', encodeManifest(MANIFEST)]], 'package.format'],
    ['without an export', whole.slice(0, 1), 'recover.damaged-export', { file: source.path }],
    [
      'with another export',
      [whole[0]!, [source.path, encodeUtf8('{"items": [1]}')]],
      'recover.damaged-export',
      { file: source.path },
    ],
    [
      'with an export that leads outside',
      [
        ['manifest.json', withSource({ path: '../x' })],
        ['../x', EXPORT],
      ],
      'package.format',
    ],
    [
      'with a password somewhere else on this machine',
      [['manifest.json', withSource({ passphrase: '../../etc/hostname' })], whole[1]!],
      'recover.damaged-export',
      { file: '../../etc/hostname' },
    ],
    [
      'with a key file that is not there',
      [['manifest.json', withSource({ keyFile: 'unlock/vault/key' })], whole[1]!],
      'recover.damaged-export',
    ],
  ])('%s: refused', async (_name, files, code, facts) => {
    const opened = await open(await seal(await tarOf(files)));
    expect(opened.code).toBe(code);
    if (facts) expect(opened.facts).toEqual(facts);
    expect(opened.manifest).toBeUndefined();
  });

  test.each<[string, (tar: Uint8Array) => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'package.format'],
    ['no archive', () => encodeUtf8('hello'), 'package.format'],
    ['half an archive', (tar) => tar.subarray(0, 1_100), 'package.format'],
    ['compression that breaks off', (tar) => gzipSync(tar).subarray(0, -20), 'package.format'],
    [
      'compression that is wrong',
      (tar) => gzipSync(tar).map((byte, at) => (at === 40 ? byte ^ 0xff : byte)),
      'package.format',
    ],
  ])('%s: refused', async (_name, payload, code) => {
    expect((await open(await seal(payload(await tarOf(whole))))).code).toBe(code);
  });

  test('sealed for another key is not opened', async () => {
    const sealed = await seal(await tarOf(whole), stranger.recipient);
    expect((await open(sealed)).code).toBe('age.no-match');
    expect(await opensWith(crypto, seed, pieces(sealed, 'odd'))).toBe(false);
    expect(await opensWith(crypto, stranger.seed, pieces(sealed, 'odd'))).toBe(true);
  });

  test('the copy of the key that only looked whether it opens is wiped', async () => {
    const copies: Uint8Array[] = [];
    const xwingKeyPair: typeof crypto.xwingKeyPair = (of) => {
      copies.push(of);
      return crypto.xwingKeyPair(of);
    };
    const sealed = await seal(await tarOf(whole));
    expect(await opensWith({ ...crypto, xwingKeyPair }, seed, pieces(sealed, 'odd'))).toBe(true);
    expect(copies).toHaveLength(1);
    expect(copies[0]).not.toBe(seed);
    expect(copies[0]).toEqual(new Uint8Array(32));
    expect(seed).not.toEqual(new Uint8Array(32));
  });

  test('cut off behind the end of its archive: everything came out, and still it does not count', async () => {
    // The archive ends in the first chunk; the second is cut away whole.
    const payload = concatBytes(await tarOf(whole), new Uint8Array(140 * 512));
    const sealed = await seal(payload);
    expect((await open(sealed)).code).toBeUndefined();
    const lastChunk = payload.length - 65_536 + 16;
    const opened = await open(sealed.subarray(0, sealed.length - lastChunk));
    expect(opened.files.get(source.path)).toBe('{"items": []}');
    expect(opened.code).toBe('age.payload');
  });

  test('with one bit turned anywhere is refused', async () => {
    const sealed = await seal(await tarOf(whole));
    for (let at = 0; at < sealed.length; at += 211) {
      const changed = sealed.map((byte, index) => (index === at ? byte ^ 4 : byte));
      expect((await open(changed)).code, `byte ${at}`).toMatch(/^age\./);
    }
  });
});

describe('sealing', () => {
  const fileOf = async (fileName: string, bytes: Uint8Array): Promise<ReadFile> => ({
    fileName,
    size: bytes.length,
    sha256: await sha256(bytes),
    open: () => pieces(bytes, 'whole'),
  });

  const inputOf = async (changes: Partial<SealInput> = {}): Promise<SealInput> => ({
    escrow: '0123456789abcdef',
    sequence: 42,
    created: CREATED,
    recipient,
    sources: [
      {
        ...(await fileOf('vault.json', EXPORT)),
        name: 'vault',
        unlock: { passphrase: encodeUtf8('sesame') },
      },
    ],
    attachments: [await fileOf('kit.pdf', encodeUtf8('codes'))],
    plan: [await fileOf('clients.yaml', encodeUtf8('clients'))],
    ...changes,
  });

  test('goes out and comes back, each thing in its place', async () => {
    const opened = await open(await gather(sealPayload(crypto, await inputOf())));
    expect(Object.fromEntries(opened.files)).toEqual({
      'exports/vault/vault.json': '{"items": []}',
      'unlock/vault/passphrase': 'sesame',
      'attachments/kit.pdf': 'codes',
      'plan/clients.yaml': 'clients',
    });
    expect(opened.manifest).toMatchObject({
      sequence: 42,
      sources: [{ passphrase: 'unlock/vault/passphrase', keyFile: null }],
    });
  });

  test.each<[string, Uint8Array]>([
    ['shorter', EXPORT.subarray(1)],
    ['longer', concatBytes(EXPORT, encodeUtf8(' '))],
    ['other bytes of the same length', EXPORT.map((byte) => byte ^ 1)],
  ])('an export that is %s the second time is refused', async (_name, second) => {
    const changed = {
      ...(await fileOf('vault.json', EXPORT)),
      open: () => pieces(second, 'odd'),
      name: 'vault',
    };
    const refused = await refusal(async () =>
      gather(sealPayload(crypto, await inputOf({ sources: [changed] }))),
    );
    expect(refused).toEqual({ code: 'seal.export-changed', facts: { name: 'vault.json' } });
  });

  test.each(['a\nb', 'con\u0000', '..', 'a\\b'])(
    'a name that could not be unpacked again is refused: %j',
    async (fileName) => {
      const attachments = [await fileOf(fileName, EXPORT)];
      const refused = await refusal(async () => gather(sealPayload(crypto, await inputOf({ attachments }))));
      expect(refused?.code).toBe('seal.bad-name');
    },
  );

  test('the file is named by number, time and kind', async () => {
    expect(packageFileName(await inputOf())).toBe('000042-20261124T010203Z.tar.age');
    expect(packageFileName(await inputOf({ compress: gunzip, sequence: 1_234_567 }))).toBe(
      '1234567-20261124T010203Z.tar.gz.age',
    );
  });

  test.each([
    [100, 90, false],
    [100, 89, true],
    [10, 9, false],
    [10, 8, true],
    [1, 0, true],
    [0, 0, false],
    [5, 500, false],
  ])('from %d to %d entries is a drop: %s', (before, after, dropped) => {
    expect(hasDropped(before, after)).toBe(dropped);
  });
});

describe('a charter beside a package', () => {
  const { signed, charter } = ceremony;
  test.each<[string, { bytes: Uint8Array; signature: string } | undefined, string]>([
    ['signed by the rebuilt key', signed, 'true'],
    ['signed by another key', stranger.signed, 'forged'],
    ['with another’s signature', { ...signed, signature: stranger.signed.signature }, 'forged'],
    [
      'changed in one place',
      { ...signed, bytes: signed.bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte)) },
      'forged',
    ],
    ['cut short', { ...signed, bytes: signed.bytes.subarray(0, 500) }, 'unreadable'],
    ['with half a signature', { ...signed, signature: signed.signature.slice(0, 100) }, 'unreadable'],
    [
      'of a later version',
      {
        ...signed,
        bytes: encodeUtf8(new TextDecoder().decode(signed.bytes).replace('charter v1', 'charter v2')),
      },
      'unreadable',
    ],
    ['not there', undefined, 'missing'],
  ])('%s', (_name, document, verdict) => {
    const judged = judgeCharter(crypto, seed, document);
    expect(judged.verdict).toBe(verdict);
    expect(judged.charter).toEqual(verdict === 'true' ? charter : undefined);
  });
});

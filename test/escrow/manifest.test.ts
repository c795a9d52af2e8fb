// The first file of a payload: what it says, and that it says it in one way only.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodeManifest, encodeManifest } from '../../src/escrow/manifest.ts';
import type { Manifest } from '../../src/escrow/manifest.ts';
import { refusal } from './sample.ts';

const file = (path: string): Manifest['plan'][number] => ({ path, size: 7, sha256: 'ab'.repeat(32) });

const MANIFEST: Manifest = {
  type: 'holdfast manifest v1',
  escrow: '0123456789abcdef',
  sequence: 42,
  created: '2026-11-24T01:02:03Z',
  canary: { time: '2026-11-24T01:02:03Z', id: '00'.repeat(16) },
  sources: [
    {
      ...file('exports/vault/vault 陈.json'),
      name: 'vault',
      format: 'bitwarden-json',
      product: 'Bitwarden',
      entries: 60,
      folders: 3,
      attachments: 0,
      passphrase: null,
      keyFile: 'unlock/vault/key-file',
    },
  ],
  attachments: [file('attachments/kit.pdf')],
  plan: [file('plan/clients.yaml')],
};

const text = new TextDecoder().decode(encodeManifest(MANIFEST));

test('it is read as it was written, and is text with one newline at its end', () => {
  expect(decodeManifest(encodeManifest(MANIFEST))).toEqual(MANIFEST);
  expect(text).toMatch(/^\{\n {2}"type": "holdfast manifest v1",\n[^]*\n\}\n$/);
});

test.each<[string, string, string]>([
  ['a later version', text.replace('manifest v1', 'manifest v2'), 'record.version'],
  ['another document', text.replace('manifest v1', 'charter v1'), 'package.format'],
  ['no JSON', text.slice(1), 'package.format'],
  [
    'a field too many',
    text.replace('"sequence": 42', '"sequence": 42,\n  "sealedBy": "x"'),
    'package.format',
  ],
  ['a field too few', text.replace('  "sequence": 42,\n', ''), 'package.format'],
  ['a key twice', text.replace('"sequence": 42', '"sequence": 41,\n  "sequence": 42'), 'package.format'],
  ['another spelling of the same', text.replace('"sequence": 42', '"sequence": 42.0'), 'package.format'],
  [
    'another order',
    text.replace(
      '"path": "plan/clients.yaml",\n      "size": 7',
      '"size": 7,\n      "path": "plan/clients.yaml"',
    ),
    'package.format',
  ],
  ['no end', text.trimEnd(), 'package.format'],
  ['number zero', text.replace('"sequence": 42', '"sequence": 0'), 'package.format'],
  ['a negative size', text.replace('"size": 7', '"size": -7'), 'package.format'],
  ['a hash too short', text.replace('ab'.repeat(32), 'ab'.repeat(31)), 'package.format'],
  ['a time that is none', text.replace('2026-11-24T01:02:03Z', '2026-13-24T01:02:03Z'), 'package.format'],
  ['a name over two lines', text.replace('"name": "vault"', '"name": "va\\nult"'), 'package.format'],
  [
    'a path without end',
    text.replace('plan/clients.yaml', 'x'.repeat(LIMITS.payloadPathBytes + 1)),
    'package.format',
  ],
  ['brackets without end', '['.repeat(1_000), 'limit.exceeded'],
  ['megabytes', ' '.repeat(LIMITS.manifestBytes + 1), 'limit.exceeded'],
])('refused: %s', async (_name, changed, code) => {
  expect(changed).not.toBe(text);
  expect((await refusal(() => decodeManifest(encodeUtf8(changed))))?.code).toBe(code);
});

test('whatever bytes come, it is a manifest or an error of ours', async () => {
  const mutated = fc
    .array(fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((changes) => {
      const bytes = encodeManifest(MANIFEST);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  const bytes = fc.oneof(mutated, fc.uint8Array({ maxLength: 400 }));
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      const refused = await refusal(() => decodeManifest(given));
      if (refused) expect(refused.code).toMatch(/^(package\.format|record\.version|limit\.exceeded)$/);
      else expect(encodeManifest(decodeManifest(given))).toEqual(given);
    }),
    { numRuns: 400 },
  );
});

// Every reader gives a vault or one of our codes, whatever the bytes: random ones, and whole exports with
// bytes changed, cut out, doubled or added. Costs are bounded by LIMITS, which the readers' tests prove.

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { inspectExport } from '../../src/vault/inspect.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { recognise } from '../../src/vault/recognise.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { encryptedExport, kdbxOf, organisationExport, utf8 } from '../support/vaults.ts';

const PASSPHRASE = utf8('p');

let crypto: CryptoPort;
const exports = new Map<string, { format: FormatId; bytes: Uint8Array }>();

beforeAll(async () => {
  crypto = await loadNodeCrypto();
  const fill = (db: Parameters<Parameters<typeof kdbxOf>[1]>[0]): void => {
    db.createEntry(db.createGroup(db.getDefaultGroup(), 'g')).fields.set('Notes', 'n\tn');
  };
  exports.set('personal', { format: 'bitwarden-json', bytes: sampleBitwardenExport(30) });
  exports.set('organisation', { format: 'bitwarden-json-org', bytes: organisationExport(5) });
  const locked = await encryptedExport(sampleBitwardenExport(2), 'p', { type: 'pbkdf2', iterations: 2 });
  exports.set('locked', { format: 'bitwarden-encrypted', bytes: locked });
  exports.set('KDBX 4', { format: 'kdbx', bytes: await kdbxOf('p', fill) });
  const v3 = await kdbxOf('p', (db) => {
    db.setVersion(3);
    db.header.keyEncryptionRounds = 10;
    fill(db);
  });
  exports.set('KDBX 3', { format: 'kdbx', bytes: v3 });
});

type Mutation = (bytes: Uint8Array) => Uint8Array;

const spot = fc.nat({ max: 1_000_000 });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(spot, fc.nat({ max: 255 })).map(
    ([at, value]): Mutation =>
      (bytes) =>
        bytes.with(at % bytes.length, value),
  ),
  spot.map(
    (at): Mutation =>
      (bytes) =>
        bytes.slice(0, at % bytes.length),
  ),
  fc.tuple(spot, fc.nat({ max: 200 })).map(([at, length]): Mutation => (bytes) => {
    const from = at % bytes.length;
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + length)]);
  }),
  fc.tuple(spot, fc.nat({ max: 200 })).map(([at, length]): Mutation => (bytes) => {
    const from = at % bytes.length;
    return Uint8Array.from([...bytes.subarray(0, from + length), ...bytes.subarray(from)]);
  }),
  fc.uint8Array({ maxLength: 50 }).map(
    (tail): Mutation =>
      (bytes) =>
        Uint8Array.from([...bytes, ...tail]),
  ),
);

async function assertValueOrCode(bytes: Uint8Array, as: FormatId | undefined): Promise<'value' | 'code'> {
  try {
    const report = await inspectExport(crypto, bytes, { name: 'x', as, passphrase: PASSPHRASE });
    expect(report.entries).toBeGreaterThanOrEqual(0);
    return 'value';
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
    return 'code';
  }
}

test.each(['personal', 'organisation', 'locked', 'KDBX 4', 'KDBX 3'])('%s, changed', async (name) => {
  const { bytes, format } = exports.get(name)!;
  expect(await assertValueOrCode(bytes, undefined)).toBe('value');
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const changed = mutations.reduce(
        (result, change) => (result.length === 0 ? result : change(result)),
        bytes,
      );
      recognise(changed, changed);
      seen.add(await assertValueOrCode(changed, format));
    }),
    { numRuns: 150 },
  );
  expect(seen).toContain('code');
});

test.each<FormatId>([
  'bitwarden-json',
  'bitwarden-json-org',
  'bitwarden-encrypted',
  'bitwarden-account-restricted',
  'kdbx',
])('any bytes as %s', async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await assertValueOrCode(bytes, format)).toBe('code');
    }),
    { numRuns: 50 },
  );
});

test('any JSON under the keys of an export', async () => {
  const item = fc.dictionary(
    fc.constantFrom(
      'name',
      'type',
      'login',
      'fields',
      'card',
      'identity',
      'sshKey',
      'passwordHistory',
      'collectionIds',
      'deletedDate',
      'x',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const whole = fc.record({
    encrypted: fc.constantFrom(false, null, undefined),
    folders: fc.oneof(
      fc.array(fc.record({ id: fc.jsonValue(), name: fc.jsonValue() }), { maxLength: 4 }),
      fc.jsonValue(),
    ),
    items: fc.oneof(fc.array(item, { maxLength: 5 }), fc.jsonValue()),
  });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(whole, async (json) => {
      seen.add(await assertValueOrCode(utf8(JSON.stringify(json)), 'bitwarden-json'));
    }),
    { numRuns: 200 },
  );
  expect([...seen].sort()).toEqual(['code', 'value']);
});

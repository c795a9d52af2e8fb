// Every reader gives a vault or one of our codes, whatever the bytes: random ones, and whole exports with
// bytes changed, cut out, doubled or added. Costs are bounded by LIMITS, which the readers' tests prove.

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { inspectExport } from '../support/inspect-export.ts';
import { FORMATS } from '../../src/vault/formats.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { recognise } from '../../src/vault/recognise.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { enpassJson } from '../support/exports/enpass.ts';
import { keeperJson } from '../support/exports/keeper.ts';
import { onePuxData } from '../support/exports/onepassword.ts';
import { protonData } from '../support/exports/proton.ts';
import { PSONO_DATA } from '../support/exports/psono.ts';
import { FOREIGN_EXPORTS } from '../support/foreign-exports.ts';
import { encryptedExport, kdbxOf, organisationExport, utf8 } from '../support/vaults.ts';

const PASSPHRASE = utf8('p');
const NAMES = ['personal', 'organisation', 'locked', 'KDBX 4', 'KDBX 3'];

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
  for (const [format, make] of FOREIGN_EXPORTS) exports.set(format, { format, bytes: make() });
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

test.each([...NAMES, ...FOREIGN_EXPORTS.map(([format]) => format)])('%s, changed', async (name) => {
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

/** A CSV may come without a header: then some bytes are an export of few entries. */
const outcomesOf = (format: FormatId): readonly string[] =>
  format.includes('csv') ? ['code', 'value'] : ['code'];

test.each(FORMATS.map(({ id }) => id))('any bytes as %s', async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(outcomesOf(format)).toContain(await assertValueOrCode(bytes, format));
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

/** Every place in a JSON value that can be replaced: an object or a list, and a key of it. */
function placesIn(value: unknown): { parent: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(parent[key])]);
}

const JSON_EXPORTS: readonly (readonly [FormatId, unknown])[] = [
  ['1pux', onePuxData()],
  ['keeper-json', JSON.parse(new TextDecoder().decode(keeperJson()))],
  ['proton-pass-json', protonData()],
  ['enpass-json', JSON.parse(new TextDecoder().decode(enpassJson()))],
  ['psono-json', PSONO_DATA],
];

test.each(JSON_EXPORTS)('%s with any JSON in any place', async (format, whole) => {
  const seen = new Set<string>();
  const changes = fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, async (replacements) => {
      const json = structuredClone(whole);
      for (const [number, value] of replacements) {
        const places = placesIn(json);
        const place = places[number % places.length];
        if (place) place.parent[place.key] = value;
      }
      seen.add(await assertValueOrCode(utf8(JSON.stringify(json)), format));
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(['code', 'value']);
});

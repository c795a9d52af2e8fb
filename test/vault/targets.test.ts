// What all targets promise alike.

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { Container, Item } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { assertReadBack, VERBATIM } from '../../src/vault/read-back.ts';
import { isTargetId, targetOf, TARGETS } from '../../src/vault/targets.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { attachment, entry, SECOND_SEED, SEED, vaultOf } from '../support/full-vault.ts';
import { utf8 } from '../support/vaults.ts';

const NOW = '2026-11-24T08:00:00.000Z';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

test('each is found by its id, and by no other word', () => {
  expect(TARGETS.map(({ id }) => targetOf(id))).toEqual(TARGETS);
  expect(TARGETS.map(({ id, ending, isLocked }) => [id, ending, isLocked])).toEqual([
    ['kdbx', 'kdbx', true],
    ['bitwarden-json', 'json', false],
    ['bitwarden-json-org', 'json', false],
    ['bitwarden-zip', 'zip', false],
    ['1password-csv', 'csv', false],
    ['csv', 'csv', false],
    ['json', 'json', false],
    ['sheet', 'txt', false],
  ]);
  expect(TARGETS.every(({ id }) => isTargetId(id))).toBe(true);
  expect([isTargetId('chrome-csv'), isTargetId('constructor')]).toEqual([false, false]);
});

test('a KDBX made as a target opens with its password', async () => {
  const passphrase = utf8('p');
  const vault = vaultOf([entry({ title: 'a', password: 'b' })]);
  const { bytes } = await targetOf('kdbx').write(crypto, vault, { passphrase, now: NOW, name: 'Ours' });
  const read = await openVault(crypto, bytes, { format: 'kdbx', passphrase });
  expect(read.items).toMatchObject([{ title: 'a', password: 'b' }]);
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\r',
    '\n',
    '"',
    ',',
    ';',
    '\0',
    '\ud800',
    '=1',
    '/',
    'a/b',
    '--',
    '\uFEFF',
    '{REF:x}',
  ),
);
const container: fc.Arbitrary<Container> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  parentId: fc.constantFrom('a', 'b', 'c', 'gone'),
  name: text,
  kind: fc.constantFrom('folder', 'collection', 'recycleBin', 'client'),
});
const item: fc.Arbitrary<Item> = fc
  .record({
    id: text,
    type: fc.constantFrom('login', 'note', 'card', 'identity', 'bank', 'sshKey', 'other'),
    state: fc.constantFrom('active', 'archived', 'trashed'),
    containerIds: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'gone'), { maxLength: 3 }),
    title: text,
    username: text,
    password: text,
    urls: fc.array(fc.record({ uri: text }), { maxLength: 3 }),
    notes: text,
    totp: fc.array(fc.oneof(text, fc.constantFrom(SEED, SECOND_SEED, 'steam://GEZDGNBV')).map(parseTotp), {
      maxLength: 3,
    }),
    fields: fc.array(
      fc.record({ name: text, value: text, kind: fc.constantFrom('text', 'hidden', 'boolean', 'linked') }),
      { maxLength: 3 },
    ),
    attachments: fc.array(
      fc.tuple(text, text).map(([name, content]) => attachment(name, content)),
      {
        maxLength: 2,
      },
    ),
    history: fc.array(fc.record({ value: text }), { maxLength: 2 }),
    tags: fc.array(text, { maxLength: 3 }),
    favourite: fc.boolean(),
  })
  .map((parts) => entry(parts as Partial<Item>));
const anyVault = fc
  .tuple(
    fc.array(item, { maxLength: 4 }),
    fc.uniqueArray(container, { selector: ({ id }) => id, maxLength: 4 }),
  )
  .map(([items, containers]) => vaultOf(items, containers));

// KDBX has a test of the same kind, at a cost that allows many runs.
describe.each(TARGETS.filter(({ isLocked }) => !isLocked))('$id', (target) => {
  test('whatever a vault holds, it is written and read back', async () => {
    await fc.assert(
      fc.asyncProperty(anyVault, async (vault) => {
        const { loss } = await target.write(crypto, vault, { passphrase: new Uint8Array(), now: NOW });
        expect(loss.after.items).toBe(vault.items.length);
        expect(loss.before.totp).toBeGreaterThanOrEqual(loss.after.totp);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the comparison', () => {
  const ITEM = entry({
    urls: [{ uri: 'a' }, { uri: 'b' }],
    notes: 'n',
    totp: [parseTotp(SEED), parseTotp(SECOND_SEED)],
  });
  const compare =
    (given: Partial<Item>, rules: Partial<typeof VERBATIM>): (() => void) =>
    () => {
      assertReadBack('t', vaultOf([ITEM]), ['x'], vaultOf([{ ...ITEM, ...given }]), {
        ...VERBATIM,
        ...rules,
      });
    };
  const differs = (aspect: string): unknown =>
    expect.objectContaining({ facts: { target: 't', reason: `entry 1 differs in its ${aspect}` } });

  test('below the notes, every text must be there', () => {
    const rules = { isInNotes: true, isOneSeed: true } as const;
    const [seed] = ITEM.totp;
    const given = { urls: [{ uri: 'a' }], totp: [seed!] };
    expect(compare({ ...given, notes: `n\n\nb ${SECOND_SEED}` }, rules)).not.toThrow();
    expect(compare({ ...given, notes: `n\n\n${SECOND_SEED}` }, rules)).toThrow(differs('notes'));
    expect(compare({ ...given, notes: 'n\n\nb' }, rules)).toThrow(differs('notes'));
    expect(compare({ ...given, notes: `b ${SECOND_SEED}` }, rules)).toThrow(differs('notes'));
    expect(compare({ ...given, urls: [{ uri: 'b' }], notes: `n b ${SECOND_SEED}` }, rules)).toThrow(
      differs('addresses'),
    );
  });

  test('with one seed, the others must be among the fields', () => {
    const totp = ITEM.totp.slice(0, 1);
    const field = { name: 's', value: SECOND_SEED, kind: 'hidden' } as const;
    expect(compare({ totp, fields: [field] }, { isOneSeed: true })).not.toThrow();
    expect(compare({ totp }, { isOneSeed: true })).toThrow(differs('custom fields'));
    expect(compare({ totp: ITEM.totp.slice(1), fields: [field] }, { isOneSeed: true })).toThrow(
      differs('one-time codes'),
    );
  });

  test('further texts that must be among the fields', () => {
    expect(compare({}, { inFields: () => ['red'] })).toThrow(differs('custom fields'));
  });
});

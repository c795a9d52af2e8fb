import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { LIMITS } from '../../src/core/limits.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import {
  accountRestrictedV2,
  encryptedExport,
  jsonBytes,
  logins,
  personalExport,
  utf8,
  type TestKdf,
} from '../support/vaults.ts';

const PASSPHRASE = 'Schlüssel "x" 🔑';
const PBKDF2: TestKdf = { type: 'pbkdf2', iterations: 5_000 };
const ARGON2: TestKdf = { type: 'argon2id', iterations: 2, memory: 16, parallelism: 3 };
const PLAIN = personalExport(logins(4));

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const open = (bytes: Uint8Array, passphrase?: string): Promise<Vault> =>
  openVault(crypto, bytes, {
    format: 'bitwarden-encrypted',
    name: 'e.json',
    ...(passphrase === undefined ? {} : { passphrase: utf8(passphrase) }),
  });

const refusal = (code: string, facts: object = {}): object =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) as object }) as object;

/** The export with one of its parts changed. */
function altered(bytes: Uint8Array, change: (json: Record<string, unknown>) => void): Uint8Array {
  const json = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  change(json);
  return jsonBytes(json);
}

describe.each([
  ['PBKDF2', PBKDF2],
  ['Argon2id', ARGON2],
])('locked with %s', (_name, kdf) => {
  test('opens with its passphrase to what went in', async () => {
    const locked = await encryptedExport(PLAIN, PASSPHRASE, kdf);
    const vault = await open(locked, PASSPHRASE);
    const plain = await openVault(crypto, PLAIN, { format: 'bitwarden-json' });
    expect(vault.items).toEqual(plain.items);
    expect(vault.source.format).toBe('bitwarden-encrypted');
    expect(vault.source.sha256).not.toBe(plain.source.sha256);
  });

  test.each(['', 'wrong', `${PASSPHRASE} `])('not with %j', async (passphrase) => {
    const locked = await encryptedExport(PLAIN, PASSPHRASE, kdf);
    await expect(open(locked, passphrase)).rejects.toEqual(
      refusal('vault.wrong-passphrase', { name: 'e.json', keyFileGiven: false }),
    );
  });
});

test('asks for a passphrase, and borrows it', async () => {
  const locked = await encryptedExport(PLAIN, PASSPHRASE, PBKDF2);
  await expect(open(locked)).rejects.toEqual(refusal('vault.passphrase-needed', { name: 'e.json' }));
  const passphrase = utf8(PASSPHRASE);
  await openVault(crypto, locked, { format: 'bitwarden-encrypted', passphrase });
  expect(passphrase).toEqual(utf8(PASSPHRASE));
});

test('a large export decrypts whole', async () => {
  const plain = personalExport(logins(3_000));
  const vault = await open(await encryptedExport(plain, 'p', PBKDF2), 'p');
  expect(vault.items).toHaveLength(3_000);
});

describe('data that was changed is refused before it is decrypted', () => {
  test.each([0, 10, -2])('at character %i of the ciphertext', async (at) => {
    const bytes = altered(await encryptedExport(PLAIN, 'p', PBKDF2), (json) => {
      const [iv, ciphertext = '', mac] = String(json['data']).split('|');
      const index = at < 0 ? ciphertext.replace(/=+$/, '').length + at : at;
      const other = ciphertext[index] === 'A' ? 'B' : 'A';
      json['data'] = [iv, ciphertext.slice(0, index) + other + ciphertext.slice(index + 1), mac].join('|');
    });
    await expect(open(bytes, 'p')).rejects.toEqual(
      refusal('vault.format', { reason: 'its data was changed or damaged' }),
    );
  });

  test.each([
    ['cut short', (data: string) => data.slice(0, -30)],
    ['without its MAC', (data: string) => data.split('|').slice(0, 2).join('|')],
    ['with a foreign letter', (data: string) => data.replace(/\|(.)/, '|é')],
    ['empty', () => ''],
    ['with ciphertext of half a block', (data: string) => data.replace(/\|.*\|/, '|AAAAAAAAAAAA|')],
  ])('%s', async (_name, change) => {
    const bytes = altered(await encryptedExport(PLAIN, 'p', PBKDF2), (json) => {
      json['data'] = change(String(json['data']));
    });
    await expect(open(bytes, 'p')).rejects.toEqual(
      refusal('vault.format', { reason: 'its data is cut short or damaged' }),
    );
  });

  test('and plaintext that is no export', async () => {
    const bytes = await encryptedExport(utf8('secret-not-json'), 'p', PBKDF2);
    await expect(open(bytes, 'p')).rejects.toEqual(
      refusal('vault.format', { reason: 'it is not well-formed JSON' }),
    );
  });
});

describe('refuses without computing', () => {
  test.each([
    [
      'a billion iterations',
      { kdfIterations: 1_000_000_000 },
      'limit.exceeded',
      { limit: LIMITS.pbkdf2Iterations },
    ],
    ['no iterations', { kdfIterations: 0 }, 'vault.format', {}],
    ['half an iteration', { kdfIterations: 1.5 }, 'vault.format', {}],
    [
      'a hundred GiB',
      { kdfType: 1, kdfMemory: 102_400, kdfParallelism: 1 },
      'limit.exceeded',
      { limit: LIMITS.argon2MemoryMiB },
    ],
    [
      'too many passes',
      { kdfType: 1, kdfMemory: 64, kdfIterations: 100_000, kdfParallelism: 1 },
      'limit.exceeded',
      { limit: LIMITS.argon2MemoryPasses },
    ],
    [
      'too many lanes',
      { kdfType: 1, kdfMemory: 64, kdfIterations: 3, kdfParallelism: 9_999 },
      'limit.exceeded',
      { limit: LIMITS.argon2Parallelism },
    ],
    [
      'more lanes than memory',
      { kdfType: 1, kdfMemory: 1, kdfIterations: 3, kdfParallelism: 200 },
      'vault.format',
      {},
    ],
    ['an unknown KDF', { kdfType: 2 }, 'vault.unsupported', { feature: 'kdf' }],
    ['another encryption', { data: '7.AAAA' }, 'vault.unsupported', { feature: 'encryption-type' }],
  ])('%s', async (_name, parts, code, facts) => {
    const bytes = await encryptedExport(PLAIN, 'p', PBKDF2, parts);
    await expect(open(bytes, 'p')).rejects.toEqual(refusal(code, facts));
  });

  test('an export locked to an account', async () => {
    await expect(open(jsonBytes(accountRestrictedV2), 'p')).rejects.toEqual(
      refusal('vault.account-restricted', { name: 'e.json' }),
    );
    const options = { format: 'bitwarden-account-restricted', name: 'e.json' } as const;
    await expect(openVault(crypto, jsonBytes(accountRestrictedV2), options)).rejects.toEqual(
      refusal('vault.account-restricted'),
    );
  });
});

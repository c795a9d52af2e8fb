import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { encodeBech32 } from '../../../src/core/age/bech32.ts';
import {
  decodeHybridRecipient,
  decodeIdentity,
  encodeHybridIdentity,
  encodeHybridRecipient,
  hybridRecipient,
} from '../../../src/core/age/keys.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { EscrowError } from '../../../src/core/errors.ts';

let crypto: CryptoPort;

beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

function refusal(run: () => unknown): EscrowError<'age.key'> {
  try {
    run();
  } catch (error) {
    if (error instanceof EscrowError && error.message === 'age.key') return error as EscrowError<'age.key'>;
    throw error;
  }
  throw new Error('not refused');
}

describe('identities', () => {
  test('the same seed makes the same key in age-encryption', async () => {
    for (let run = 0; run < 5; run++) {
      const text = await generateHybridIdentity();
      const identity = decodeIdentity(text);
      expect(identity.kind).toBe('hybrid');
      const seed = identity.kind === 'hybrid' ? identity.seed : new Uint8Array();
      expect(encodeHybridIdentity(seed)).toBe(text);
      expect(hybridRecipient(crypto, seed)).toBe(await identityToRecipient(text));
    }
  });

  test('an X25519 identity of age-encryption is read', async () => {
    const identity = decodeIdentity(await generateX25519Identity());
    expect(identity.kind === 'x25519' && identity.secretKey.length).toBe(32);
  });

  test.each([
    ['lower case', encodeHybridIdentity(new Uint8Array(32)).toLowerCase()],
    ['31 bytes', encodeBech32('AGE-SECRET-KEY-PQ-', new Uint8Array(31))],
    ['33 bytes', encodeBech32('AGE-SECRET-KEY-', new Uint8Array(33))],
    ['another prefix', encodeBech32('AGE-PLUGIN-X-', new Uint8Array(32))],
    ['a space behind', `${encodeHybridIdentity(new Uint8Array(32))} `],
  ])('refuses %s', (_what, text) => {
    expect(refusal(() => decodeIdentity(text)).code).toBe('age.key');
  });

  test('a refusal repeats nothing of the secret', () => {
    const text = encodeHybridIdentity(new Uint8Array(32).fill(0xa5));
    const error = refusal(() => decodeIdentity(text.replace(/.$/, 'Q')));
    const shown = JSON.stringify([error.message, error.facts, error.stack]);
    for (let at = 20; at + 8 <= text.length; at++) {
      expect(shown.toUpperCase()).not.toContain(text.slice(at, at + 8));
    }
  });
});

describe('recipients', () => {
  test('are read back', () => {
    const text = hybridRecipient(crypto, new Uint8Array(32).fill(9));
    expect(decodeHybridRecipient(text)).toHaveLength(1216);
    expect(encodeHybridRecipient(decodeHybridRecipient(text))).toBe(text);
  });

  test.each([
    ['upper case', () => hybridRecipient(crypto, new Uint8Array(32)).toUpperCase()],
    ['an X25519 recipient', () => encodeBech32('age', new Uint8Array(32))],
    ['1215 bytes', () => encodeBech32('age1pq', new Uint8Array(1215))],
    ['nothing', () => ''],
  ])('refuses %s', (_what, text) => {
    expect(refusal(() => decodeHybridRecipient(text())).code).toBe('age.key');
  });
});

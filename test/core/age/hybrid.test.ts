import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { hpkeOpen, hpkeSeal, unwrapHybrid, wrapHybrid } from '../../../src/core/age/hybrid.ts';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';

const SEED = new Uint8Array(32).fill(1);
const CONTEXT = { info: encodeUtf8('a purpose'), aad: encodeUtf8('a session') };
const PLAINTEXT = encodeUtf8('fifty bytes of a share, more or less');
let crypto: CryptoPort;
let publicKey: Uint8Array;

beforeAll(async () => {
  crypto = await loadNodeCrypto();
  publicKey = crypto.xwingKeyPair(SEED).publicKey;
});

const changed = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

describe('HPKE', () => {
  test('opens what it sealed, with any context and any length', async () => {
    for (const length of [0, 1, 16, 50, 5000]) {
      const plaintext = new Uint8Array(length).fill(length);
      const message = await hpkeSeal(crypto, publicKey, CONTEXT, plaintext);
      expect(message.encapsulatedKey).toHaveLength(1120);
      expect(message.ciphertext).toHaveLength(length + 16);
      expect(await hpkeOpen(crypto, SEED, CONTEXT, message)).toEqual(plaintext);
    }
  });

  test('opens nothing with another key, info or associated data, or after a change', async () => {
    const message = await hpkeSeal(crypto, publicKey, CONTEXT, PLAINTEXT);
    const other = encodeUtf8('another');
    expect(await hpkeOpen(crypto, new Uint8Array(32), CONTEXT, message)).toBeUndefined();
    expect(await hpkeOpen(crypto, SEED, { ...CONTEXT, info: other }, message)).toBeUndefined();
    expect(await hpkeOpen(crypto, SEED, { ...CONTEXT, aad: other }, message)).toBeUndefined();
    for (const at of [0, 1087, 1088, 1110]) {
      const encapsulatedKey = changed(message.encapsulatedKey, at);
      expect(await hpkeOpen(crypto, SEED, CONTEXT, { ...message, encapsulatedKey })).toBeUndefined();
    }
    for (let at = 0; at < message.ciphertext.length; at++) {
      const ciphertext = changed(message.ciphertext, at);
      expect(await hpkeOpen(crypto, SEED, CONTEXT, { ...message, ciphertext })).toBeUndefined();
    }
    const ciphertext = message.ciphertext.subarray(0, 15);
    expect(await hpkeOpen(crypto, SEED, CONTEXT, { ...message, ciphertext })).toBeUndefined();
  });

  test('calls an encapsulated key of another length, or of low order, malformed', async () => {
    const message = await hpkeSeal(crypto, publicKey, CONTEXT, PLAINTEXT);
    const short = message.encapsulatedKey.slice(0, 1119);
    const lowOrder = message.encapsulatedKey.slice().fill(0, 1088);
    for (const encapsulatedKey of [short, lowOrder]) {
      expect(await hpkeOpen(crypto, SEED, CONTEXT, { ...message, encapsulatedKey })).toBe('malformed');
    }
  });

  test('seals to no malformed public key', async () => {
    // ML-KEM's coefficients must be below 3329; twelve set bits are not. Then X25519's zero point.
    const coefficient = publicKey.slice().fill(0xff, 0, 3);
    const zeroPoint = publicKey.slice().fill(0, 1184);
    for (const bad of [publicKey.slice(0, 1215), coefficient, zeroPoint]) {
      await expect(hpkeSeal(crypto, bad, CONTEXT, PLAINTEXT)).rejects.toThrow('age.key');
    }
  });
});

describe('the stanza', () => {
  test('wraps a file key for one recipient, differently each time', async () => {
    const fileKey = new Uint8Array(16).fill(5);
    const [one, two] = [
      await wrapHybrid(crypto, publicKey, fileKey),
      await wrapHybrid(crypto, publicKey, fileKey),
    ];
    expect(one.args).toHaveLength(2);
    expect(one.args[0]).toBe('mlkem768x25519');
    expect(one.args[1]).not.toBe(two.args[1]);
    expect(await unwrapHybrid(crypto, SEED, one)).toEqual(fileKey);
    expect(await unwrapHybrid(crypto, new Uint8Array(32), one)).toBeUndefined();
    await expect(unwrapHybrid(crypto, SEED, { ...one, body: new Uint8Array(33) })).rejects.toThrow(
      'age.header',
    );
  });
});

// Runs test/vectors/age.json over a back end of the crypto port: keys, files with one fault each, HPKE.

import { decodeBase64, decodeHex, encodeHex, encodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { decryptAge, encryptAge } from '../../src/core/age/file.ts';
import { hpkeOpen } from '../../src/core/age/hybrid.ts';
import {
  decodeHybridRecipient,
  decodeIdentity,
  encodeHybridIdentity,
  encodeHybridRecipient,
  hybridRecipient,
} from '../../src/core/age/keys.ts';
import { Checks } from './checks.ts';
import { gather, pieces } from './pieces.ts';
import type { SuiteResult } from './vector-suites.ts';

interface KeyVector {
  seed: string;
  identity: string;
  recipientLength: number;
  recipientSha256: string;
}

interface AgeVectors {
  keys: KeyVector[];
  files: { seed: string; plaintext: string; list: { name: string; expect: string; file: string }[] };
  hpke: {
    seed: string;
    info: string;
    aad: string;
    plaintext: string;
    encapsulatedKey: string;
    ciphertext: string;
  };
}

/** Every vector of the file, and a file of our own for each key. */
export async function runAgeVectors(crypto: CryptoPort, vectors: AgeVectors): Promise<SuiteResult> {
  const checks = new Checks();
  for (const key of vectors.keys) await checks.attempt(key.seed, () => checkKey(crypto, key, checks));
  const { seed, plaintext, list } = vectors.files;
  for (const { name, expect, file } of list) {
    const outcome = await open(crypto, seed, decodeBase64(file));
    checks.same(name, outcome, expect === 'ok' ? `ok: ${plaintext}` : expect);
  }
  await checks.attempt('hpke', () => checkHpke(crypto, vectors.hpke, checks));
  return checks.result();
}

async function checkKey(crypto: CryptoPort, vector: KeyVector, checks: Checks): Promise<void> {
  const seed = decodeHex(vector.seed);
  const recipient = hybridRecipient(crypto, seed);
  checks.same(`identity of ${vector.seed}`, encodeHybridIdentity(seed), vector.identity);
  checks.same(`identity read`, decodeIdentity(vector.identity), { kind: 'hybrid', seed });
  checks.same(`recipient length`, recipient.length, vector.recipientLength);
  const hash = encodeHex(await crypto.sha256(encodeUtf8(recipient)));
  checks.same(`recipient of ${vector.seed}`, hash, vector.recipientSha256);
  checks.same(`recipient read`, encodeHybridRecipient(decodeHybridRecipient(recipient)), recipient);

  const file = await gather(encryptAge(crypto, recipient, pieces(encodeUtf8('round'), 'bytes')));
  checks.same(`file for ${vector.seed}`, await open(crypto, vector.seed, file), 'ok: round');
}

async function open(crypto: CryptoPort, seed: string, file: Uint8Array): Promise<string> {
  try {
    const identity = { kind: 'hybrid', seed: decodeHex(seed) } as const;
    return `ok: ${new TextDecoder().decode(await gather(decryptAge(crypto, [identity], pieces(file, 'odd'))))}`;
  } catch (error) {
    // The message of an EscrowError is its code.
    return error instanceof EscrowError ? error.message : `threw ${String(error)}`;
  }
}

async function checkHpke(crypto: CryptoPort, vector: AgeVectors['hpke'], checks: Checks): Promise<void> {
  const message = {
    encapsulatedKey: decodeBase64(vector.encapsulatedKey),
    ciphertext: decodeBase64(vector.ciphertext),
  };
  const context = { info: encodeUtf8(vector.info), aad: encodeUtf8(vector.aad) };
  const openWith = (changed: object): Promise<unknown> =>
    hpkeOpen(crypto, decodeHex(vector.seed), { ...context, ...changed }, message);
  checks.same('hpke', await openWith({}), encodeUtf8(vector.plaintext));
  checks.same('hpke, another info', await openWith({ info: encodeUtf8('holdfast') }), undefined);
  checks.same('hpke, another aad', await openWith({ aad: encodeUtf8('holdfast') }), undefined);
  checks.same('hpke, no aad', await openWith({ aad: new Uint8Array(0) }), undefined);
}

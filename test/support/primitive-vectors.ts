// Runs test/vectors/primitives.json over a back end of the crypto port. null stands for "refused".

import { concatBytes, decodeHex, encodeHex, type Bytes } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { Checks } from './checks.ts';
import type { SuiteResult } from './vector-suites.ts';

type Message = string | { repeat: string; times: number };

interface PrimitiveVectors {
  blake2b: { name: string; length: number; message: string; key?: string; expect: string }[];
  blake2bSelfTest: { name: string; lengths: number[]; messageLengths: number[]; expect: string };
  kdfDerive: { name: string; subkeyId: number; context: string; key: string; expect: string }[];
  sha256: { name: string; message: Message; expect: string }[];
  hmacSha256: { name: string; key: string; message: string; expect: string }[];
  hkdfSha256: {
    name: string;
    inputKey: string;
    salt: string;
    info: string;
    length: number;
    expect: string;
  }[];
  aead: AeadVector[];
  chunkCipher: ChunkVector[];
  xwing: { name: string; seed: string; publicKey: string; ciphertext: string; sharedSecret: string }[];
  xwingRefusals: {
    publicKeys: { name: string; publicKey: string }[];
    ciphertexts: { name: string; seed: string; ciphertext: string }[];
  };
  x25519: { name: string; secretKey: string; publicKey: string; expect: string | null }[];
  x25519PublicKey: { name: string; secretKey: string; expect: string }[];
  x25519Iterated: { name: string; times: number; expect: string };
  ed25519: { name: string; seed: string; publicKey: string; message: string; signature: string }[];
  ed25519Refusals: { name: string; publicKey: string; message: string; signature: string }[];
}

interface AeadVector {
  name: string;
  key: string;
  nonce: string;
  aad: string;
  plaintext: string;
  sealed: string;
}

interface ChunkVector {
  name: string;
  key: string;
  nonce: string;
  plaintext: Message;
  sealed?: string;
  sealedSha256?: string;
}

/** Every vector of the file, against one back end. */
export async function runPrimitiveVectors(
  crypto: CryptoPort,
  vectors: PrimitiveVectors,
): Promise<SuiteResult> {
  const checks = new Checks();
  const each = async <T extends { name: string }>(
    area: string,
    list: readonly T[],
    run: (vector: T, name: string) => void | Promise<void>,
  ): Promise<void> => {
    for (const vector of list) {
      const name = `${area}: ${vector.name}`;
      await checks.attempt(name, () => run(vector, name));
    }
  };
  await hashes(crypto, vectors, checks, each);
  await derivations(crypto, vectors, checks, each);
  await each('aead', vectors.aead, (v, name) => {
    aead(crypto, v, name, checks);
  });
  await each('chunkCipher', vectors.chunkCipher, (v, name) => chunk(crypto, v, name, checks));
  await xwing(crypto, vectors, checks, each);
  await curves(crypto, vectors, checks, each);
  checks.same('randomBytes: length', crypto.randomBytes(48).length, 48);
  checks.same('randomBytes: two draws', hex(crypto.randomBytes(32)) === hex(crypto.randomBytes(32)), false);
  return checks.result();
}

type Each = <T extends { name: string }>(
  area: string,
  list: readonly T[],
  run: (vector: T, name: string) => void | Promise<void>,
) => Promise<void>;

const hex = (bytes: Uint8Array | undefined): string | null => (bytes ? encodeHex(bytes) : null);

function bytesOf(message: Message): Bytes {
  if (typeof message === 'string') return decodeHex(message);
  const unit = decodeHex(message.repeat);
  const bytes = new Uint8Array(unit.length * message.times);
  for (let at = 0; at < bytes.length; at += unit.length) bytes.set(unit, at);
  return bytes;
}

async function hashes(
  crypto: CryptoPort,
  vectors: PrimitiveVectors,
  checks: Checks,
  each: Each,
): Promise<void> {
  await each('blake2b', vectors.blake2b, (v, name) => {
    const key = v.key === undefined ? undefined : decodeHex(v.key);
    checks.same(name, hex(crypto.blake2b(v.length, decodeHex(v.message), key)), v.expect);
  });
  await each('blake2b', [vectors.blake2bSelfTest], (v, name) => {
    checks.same(name, hex(grandHash(crypto, v.lengths, v.messageLengths)), v.expect);
  });
  await each('sha256', vectors.sha256, async (v, name) => {
    const message = bytesOf(v.message);
    checks.same(name, hex(await crypto.sha256(message)), v.expect);
    const stream = await crypto.sha256Stream();
    // Lengths that straddle the 64-byte block, an empty part, and one large part.
    let at = 0;
    for (const length of [1, 0, 62, 1, 1, 64, 130]) {
      await stream.update(message.subarray(at, (at += length)));
    }
    await stream.update(message.subarray(at));
    checks.same(`${name}, by parts`, hex(await stream.digest()), v.expect);
  });
}

/** RFC 7693 appendix E: hashes of 48 hashes, plain and keyed, over its own number sequence. */
function grandHash(crypto: CryptoPort, lengths: readonly number[], messageLengths: readonly number[]): Bytes {
  const sequence = (length: number, seed: number): Bytes => {
    let [a, b] = [Math.imul(0xdead4bad, seed) >>> 0, 1];
    return Uint8Array.from({ length }, () => {
      [a, b] = [b, (a + b) >>> 0];
      return b >>> 24;
    });
  };
  const digests = lengths.flatMap((length) =>
    messageLengths.flatMap((messageLength) => {
      const message = sequence(messageLength, messageLength);
      const key = sequence(length, length);
      return [crypto.blake2b(length, message), crypto.blake2b(length, message, key)];
    }),
  );
  return crypto.blake2b(32, concatBytes(...digests));
}

async function derivations(
  crypto: CryptoPort,
  vectors: PrimitiveVectors,
  checks: Checks,
  each: Each,
): Promise<void> {
  await each('kdfDerive', vectors.kdfDerive, (v, name) => {
    checks.same(name, hex(crypto.kdfDerive(v.subkeyId, v.context, decodeHex(v.key))), v.expect);
  });
  await each('hmacSha256', vectors.hmacSha256, async (v, name) => {
    checks.same(name, hex(await crypto.hmacSha256(decodeHex(v.key), decodeHex(v.message))), v.expect);
  });
  await each('hkdfSha256', vectors.hkdfSha256, async (v, name) => {
    const [inputKey, salt, info] = [decodeHex(v.inputKey), decodeHex(v.salt), decodeHex(v.info)];
    checks.same(name, hex(await crypto.hkdfSha256(inputKey, salt, info, v.length)), v.expect);
  });
}

function aead(crypto: CryptoPort, v: AeadVector, name: string, checks: Checks): void {
  const [key, nonce, aad] = [decodeHex(v.key), decodeHex(v.nonce), decodeHex(v.aad)];
  const [plaintext, sealed] = [decodeHex(v.plaintext), decodeHex(v.sealed)];
  checks.same(name, hex(crypto.aeadSeal(key, nonce, aad, plaintext)), v.sealed);
  checks.same(`${name}, opened`, hex(crypto.aeadOpen(key, nonce, aad, sealed)), v.plaintext);

  const refuses = (what: string, opened: Bytes | undefined): void => {
    checks.same(`${name}, ${what}`, hex(opened), null);
  };
  for (const at of new Set([0, sealed.length - 1])) {
    refuses(`byte ${at} changed`, crypto.aeadOpen(key, nonce, aad, changed(sealed, at)));
  }
  refuses('another key', crypto.aeadOpen(changed(key, 0), nonce, aad, sealed));
  refuses('another nonce', crypto.aeadOpen(key, changed(nonce, 11), aad, sealed));
  refuses('more associated data', crypto.aeadOpen(key, nonce, concatBytes(aad, Uint8Array.of(0)), sealed));
  refuses('without a tag', crypto.aeadOpen(key, nonce, aad, sealed.subarray(0, 15)));
}

async function chunk(crypto: CryptoPort, v: ChunkVector, name: string, checks: Checks): Promise<void> {
  const [nonce, plaintext] = [decodeHex(v.nonce), bytesOf(v.plaintext)];
  const cipher = crypto.chunkCipher(decodeHex(v.key));
  const sealed = new Uint8Array(plaintext.length + 16).fill(0xee);
  cipher.sealInto(sealed, nonce, plaintext);
  if (v.sealed !== undefined) checks.same(name, hex(sealed), v.sealed);
  if (v.sealedSha256 !== undefined) checks.same(name, hex(await crypto.sha256(sealed)), v.sealedSha256);
  const opened = new Uint8Array(plaintext.length).fill(0xee);
  checks.same(`${name}, opened`, cipher.openInto(opened, nonce, sealed), true);
  checks.same(`${name}, opened to`, hex(opened), hex(plaintext));

  const refuses = (what: string, otherNonce: Bytes, ciphertext: Bytes): void => {
    const target = new Uint8Array(Math.max(0, ciphertext.length - 16)).fill(0xee);
    checks.same(`${name}, ${what}`, cipher.openInto(target, otherNonce, ciphertext), false);
    checks.same(
      `${name}, ${what}: nothing left`,
      target.every((byte) => byte === 0),
      true,
    );
  };
  refuses('first byte changed', nonce, changed(sealed, 0));
  refuses('last byte changed', nonce, changed(sealed, sealed.length - 1));
  refuses('another nonce', changed(nonce, 11), sealed);
  refuses('without a tag', nonce, sealed.slice(0, 15));
}

function changed(bytes: Bytes, at: number): Bytes {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

async function xwing(
  crypto: CryptoPort,
  vectors: PrimitiveVectors,
  checks: Checks,
  each: Each,
): Promise<void> {
  await each('xwing', vectors.xwing, (v, name) => {
    const pair = crypto.xwingKeyPair(decodeHex(v.seed));
    checks.same(name, hex(pair.publicKey), v.publicKey);
    const shared = crypto.xwingDecapsulate(pair.secretKey, decodeHex(v.ciphertext));
    checks.same(`${name}, decapsulated`, hex(shared), v.sharedSecret);
    const fresh = crypto.xwingEncapsulate(pair.publicKey);
    checks.same(`${name}, a fresh ciphertext`, fresh?.ciphertext.length, 1120);
    const opened = fresh && crypto.xwingDecapsulate(pair.secretKey, fresh.ciphertext);
    checks.same(`${name}, there and back`, hex(opened), hex(fresh?.sharedSecret));
  });
  await each('xwing key refused', vectors.xwingRefusals.publicKeys, (v, name) => {
    checks.same(name, crypto.xwingEncapsulate(decodeHex(v.publicKey)), undefined);
  });
  await each('xwing ciphertext refused', vectors.xwingRefusals.ciphertexts, (v, name) => {
    const { secretKey } = crypto.xwingKeyPair(decodeHex(v.seed));
    checks.same(name, hex(crypto.xwingDecapsulate(secretKey, decodeHex(v.ciphertext))), null);
  });
}

async function curves(
  crypto: CryptoPort,
  vectors: PrimitiveVectors,
  checks: Checks,
  each: Each,
): Promise<void> {
  await each('x25519', vectors.x25519, (v, name) => {
    checks.same(name, hex(crypto.x25519(decodeHex(v.secretKey), decodeHex(v.publicKey))), v.expect);
  });
  await each('x25519PublicKey', vectors.x25519PublicKey, (v, name) => {
    checks.same(name, hex(crypto.x25519PublicKey(decodeHex(v.secretKey))), v.expect);
  });
  await each('x25519', [vectors.x25519Iterated], (v, name) => {
    const base = Uint8Array.of(9, ...new Uint8Array(31));
    let [scalar, point] = [base, base];
    for (let i = 0; i < v.times; i++) [scalar, point] = [crypto.x25519(scalar, point)!, scalar];
    checks.same(name, hex(scalar), v.expect);
  });
  await each('ed25519', vectors.ed25519, (v, name) => {
    const pair = crypto.ed25519KeyPair(decodeHex(v.seed));
    checks.same(`${name}, public key`, hex(pair.publicKey), v.publicKey);
    checks.same(`${name}, secret key`, hex(pair.secretKey), v.seed + v.publicKey);
    checks.same(name, hex(crypto.ed25519Sign(pair.secretKey, decodeHex(v.message))), v.signature);
    checks.same(`${name}, verified`, verify(crypto, v), true);
  });
  await each('ed25519 refused', vectors.ed25519Refusals, (v, name) => {
    checks.same(name, verify(crypto, v), false);
  });
}

function verify(crypto: CryptoPort, v: { publicKey: string; message: string; signature: string }): boolean {
  return crypto.ed25519Verify(decodeHex(v.publicKey), decodeHex(v.message), decodeHex(v.signature));
}

// The post-quantum stanza `mlkem768x25519`, and the HPKE under it. Spec: docs/spec/package.md,
// "Post-quantum stanza". HPKE (RFC 9180) is the base mode with one suite: KEM 0x647a (X-Wing, its shared
// secret used as it is), HKDF-SHA256, ChaCha20-Poly1305, and one message for each encapsulation.

import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import type { Stanza } from './stanza.ts';
import { decodeKeyArgument, encodeUnpadded, headerError } from './stanza.ts';

/** What both sides of an HPKE message must agree on; neither part is in the message. */
interface HpkeContext {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

/** What HPKE's sender hands over. */
interface HpkeMessage {
  /** 1120 bytes. */
  readonly encapsulatedKey: Bytes;
  /** 16 bytes longer than the plaintext. */
  readonly ciphertext: Bytes;
}

/** The first argument of the stanza. */
export const HYBRID_STANZA = 'mlkem768x25519';

const ENCAPSULATED_KEY_BYTES = 1120;
const STANZA_CONTEXT: HpkeContext = {
  info: encodeUtf8('age-encryption.org/mlkem768x25519'),
  aad: new Uint8Array(0),
};

/** KEM, KDF and AEAD identifiers (RFC 9180 §5.1); draft-ietf-hpke-pq for the KEM. */
const SUITE_ID = concatBytes(encodeUtf8('HPKE'), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const HPKE_VERSION = encodeUtf8('HPKE-v1');
const BASE_MODE = Uint8Array.of(0);
const EMPTY = new Uint8Array(0);
/** HMAC pads its key with zeros to a block, so this is the empty salt, which WebCrypto would refuse. */
const NO_SALT = new Uint8Array(32);

/** RFC 9180 §4, LabeledExtract; HKDF's extract is an HMAC under the salt. */
function labeledExtract(
  crypto: CryptoPort,
  salt: Uint8Array,
  label: string,
  input: Uint8Array,
): Promise<Bytes> {
  return crypto.hmacSha256(salt, concatBytes(HPKE_VERSION, SUITE_ID, encodeUtf8(label), input));
}

/** RFC 9180 §4, LabeledExpand, up to 32 bytes: one HMAC, the first block of HKDF's expand. */
async function labeledExpand(
  crypto: CryptoPort,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Bytes> {
  const labeled = concatBytes(
    Uint8Array.of(0, length),
    HPKE_VERSION,
    SUITE_ID,
    encodeUtf8(label),
    context,
    Uint8Array.of(1),
  );
  const block = await crypto.hmacSha256(secret, labeled);
  const output = block.slice(0, length);
  wipe(block);
  return output;
}

/** RFC 9180 §5.1, the key schedule of the base mode: no pre-shared key. The caller wipes the key. */
async function keySchedule(
  crypto: CryptoPort,
  sharedSecret: Uint8Array,
  info: Uint8Array,
): Promise<{ key: Bytes; nonce: Bytes }> {
  const context = concatBytes(
    BASE_MODE,
    await labeledExtract(crypto, NO_SALT, 'psk_id_hash', EMPTY),
    await labeledExtract(crypto, NO_SALT, 'info_hash', info),
  );
  const secret = await labeledExtract(crypto, sharedSecret, 'secret', EMPTY);
  try {
    return {
      key: await labeledExpand(crypto, secret, 'key', context, 32),
      nonce: await labeledExpand(crypto, secret, 'base_nonce', context, 12),
    };
  } finally {
    wipe(secret);
  }
}

/**
 * Seals one message to a 1216-byte X-Wing public key.
 *
 * @throws {@link EscrowError} `age.key`: the public key is malformed.
 */
export async function hpkeSeal(
  crypto: CryptoPort,
  publicKey: Uint8Array,
  { info, aad }: HpkeContext,
  plaintext: Uint8Array,
): Promise<HpkeMessage> {
  const encapsulation = crypto.xwingEncapsulate(publicKey);
  if (!encapsulation) throw new EscrowError('age.key', { reason: 'not a sound public key' });
  const { key, nonce } = await keySchedule(crypto, encapsulation.sharedSecret, info);
  try {
    const ciphertext = crypto.aeadSeal(key, nonce, aad, plaintext);
    return { encapsulatedKey: encapsulation.ciphertext, ciphertext };
  } finally {
    wipe(key, nonce, encapsulation.sharedSecret);
  }
}

/**
 * Opens one message with the 32-byte seed of an X-Wing key.
 *
 * @returns the plaintext, which the caller wipes; `'malformed'` when the encapsulated key is of the wrong
 * length or of low order; undefined when it was sealed to another key or context, or was altered.
 */
export async function hpkeOpen(
  crypto: CryptoPort,
  seed: Uint8Array,
  { info, aad }: HpkeContext,
  { encapsulatedKey, ciphertext }: HpkeMessage,
): Promise<Bytes | 'malformed' | undefined> {
  const pair = crypto.xwingKeyPair(seed);
  const sharedSecret = crypto.xwingDecapsulate(pair.secretKey, encapsulatedKey);
  wipe(pair.secretKey);
  if (!sharedSecret) return 'malformed';
  const { key, nonce } = await keySchedule(crypto, sharedSecret, info);
  try {
    return crypto.aeadOpen(key, nonce, aad, ciphertext);
  } finally {
    wipe(key, nonce, sharedSecret);
  }
}

/**
 * Wraps a 16-byte file key for a 1216-byte public key.
 *
 * @throws {@link EscrowError} `age.key`: the public key is malformed.
 */
export async function wrapHybrid(
  crypto: CryptoPort,
  publicKey: Uint8Array,
  fileKey: Uint8Array,
): Promise<Stanza> {
  const { encapsulatedKey, ciphertext } = await hpkeSeal(crypto, publicKey, STANZA_CONTEXT, fileKey);
  return { args: [HYBRID_STANZA, encodeUnpadded(encapsulatedKey)], body: ciphertext };
}

/**
 * The 1120-byte encapsulated key of a well-formed stanza of this type.
 *
 * @throws {@link EscrowError} `age.header`.
 */
export function decodeHybridArgument(stanza: Stanza): Bytes {
  return decodeKeyArgument(stanza, ENCAPSULATED_KEY_BYTES);
}

/**
 * Tries to unwrap the file key from one stanza of this type.
 *
 * @returns the 16-byte file key, which the caller wipes, or undefined when the stanza is for another key.
 * @throws {@link EscrowError} `age.header`: the stanza is malformed.
 */
export async function unwrapHybrid(
  crypto: CryptoPort,
  seed: Uint8Array,
  stanza: Stanza,
): Promise<Bytes | undefined> {
  const message = { encapsulatedKey: decodeHybridArgument(stanza), ciphertext: stanza.body };
  const fileKey = await hpkeOpen(crypto, seed, STANZA_CONTEXT, message);
  if (fileKey === 'malformed') throw headerError(`${HYBRID_STANZA} with a malformed key`);
  return fileKey;
}

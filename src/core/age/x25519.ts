// The classic stanza `X25519`. Packages are never written with it, because it does not resist a quantum
// computer; a file for one person may be, since it is the key that most people have. Spec: docs/spec/package.md,
// "X25519 stanza".

import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import type { Stanza } from './stanza.ts';
import { decodeKeyArgument, encodeUnpadded, headerError } from './stanza.ts';

/** The first argument of the stanza. */
export const X25519_STANZA = 'X25519';

const SHARE_BYTES = 32;
const INFO = encodeUtf8('age-encryption.org/v1/X25519');
const ZERO_NONCE = new Uint8Array(12);

/**
 * The 32-byte ephemeral share of a well-formed stanza of this type.
 *
 * @throws {@link EscrowError} `age.header`.
 */
export function decodeX25519Argument(stanza: Stanza): Bytes {
  return decodeKeyArgument(stanza, SHARE_BYTES);
}

function wrappingKey(
  crypto: CryptoPort,
  sharedSecret: Uint8Array,
  ephemeralShare: Uint8Array,
  publicKey: Uint8Array,
): Promise<Bytes> {
  return crypto.hkdfSha256(sharedSecret, concatBytes(ephemeralShare, publicKey), INFO, 32);
}

/**
 * Wraps a 16-byte file key for a 32-byte public key.
 *
 * @throws {@link EscrowError} `age.key`: the public key is of low order.
 */
export async function wrapX25519(
  crypto: CryptoPort,
  publicKey: Uint8Array,
  fileKey: Uint8Array,
): Promise<Stanza> {
  const ephemeral = crypto.randomBytes(SHARE_BYTES);
  const share = crypto.x25519PublicKey(ephemeral);
  const sharedSecret = crypto.x25519(ephemeral, publicKey);
  wipe(ephemeral);
  if (!sharedSecret) throw new EscrowError('age.key', { reason: 'not a sound public key' });
  const key = await wrappingKey(crypto, sharedSecret, share, publicKey);
  try {
    const body = crypto.aeadSeal(key, ZERO_NONCE, new Uint8Array(0), fileKey);
    return { args: [X25519_STANZA, encodeUnpadded(share)], body };
  } finally {
    wipe(key, sharedSecret);
  }
}

/**
 * Tries to unwrap the file key from one stanza of this type.
 *
 * @returns the 16-byte file key, which the caller wipes, or undefined when the stanza is for another key.
 * @throws {@link EscrowError} `age.header`: the stanza is malformed, or its share of low order.
 */
export async function unwrapX25519(
  crypto: CryptoPort,
  secretKey: Uint8Array,
  stanza: Stanza,
): Promise<Bytes | undefined> {
  const ephemeralShare = decodeX25519Argument(stanza);
  const sharedSecret = crypto.x25519(secretKey, ephemeralShare);
  if (!sharedSecret) throw headerError(`${X25519_STANZA} with a share of low order`);
  const key = await wrappingKey(crypto, sharedSecret, ephemeralShare, crypto.x25519PublicKey(secretKey));
  try {
    return crypto.aeadOpen(key, ZERO_NONCE, new Uint8Array(0), stanza.body);
  } finally {
    wipe(key, sharedSecret);
  }
}

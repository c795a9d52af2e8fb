// The classic stanza `X25519`, for reading only: packages are never written with it, because it does
// not resist a quantum computer. Spec: docs/spec/package.md, "X25519 stanza". It is here so that age's
// own files and test vectors can be read.

import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import type { Stanza } from './stanza.ts';
import { decodeKeyArgument, headerError } from './stanza.ts';

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
  const salt = concatBytes(ephemeralShare, crypto.x25519PublicKey(secretKey));
  const key = await crypto.hkdfSha256(sharedSecret, salt, INFO, 32);
  try {
    return crypto.aeadOpen(key, ZERO_NONCE, new Uint8Array(0), stanza.body);
  } finally {
    wipe(key, sharedSecret);
  }
}

// The keys of an age file as people and programs write them: identities (secret) and recipients
// (public). Spec: docs/spec/package.md, "Keys". Packages know only the post-quantum kind; people's own keys
// may be X25519 too. Texts are JavaScript strings, which nobody can wipe: make one only to show it.

import type { Bytes } from '../bytes.ts';
import { wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { decodeBech32, encodeBech32 } from './bech32.ts';

/** What opens an age file; 32 secret bytes either way, wiped by whoever holds it. */
export type Identity =
  { readonly kind: 'hybrid'; readonly seed: Bytes } | { readonly kind: 'x25519'; readonly secretKey: Bytes };

/** What an age file is written to. */
export interface Recipient {
  readonly kind: Identity['kind'];
  readonly publicKey: Bytes;
}

const HYBRID_IDENTITY = 'AGE-SECRET-KEY-PQ-';
const X25519_IDENTITY = 'AGE-SECRET-KEY-';
const HYBRID_RECIPIENT = 'age1pq';
const X25519_RECIPIENT = 'age';
const X25519_BYTES = 32;

const SEED_BYTES = 32;
const HYBRID_RECIPIENT_BYTES = 1216;

const malformed = (reason: string): EscrowError => new EscrowError('age.key', { reason });

/**
 * Decodes `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`, which are in upper case.
 *
 * @throws {@link EscrowError} `age.key`.
 */
export function decodeIdentity(text: string): Identity {
  const { hrp, data } = decodeBech32(text);
  if (hrp !== HYBRID_IDENTITY && hrp !== X25519_IDENTITY) {
    wipe(data);
    throw malformed('not an age identity');
  }
  if (data.length !== SEED_BYTES) {
    wipe(data);
    throw malformed('wrong length');
  }
  return hrp === HYBRID_IDENTITY ? { kind: 'hybrid', seed: data } : { kind: 'x25519', secretKey: data };
}

/** Encodes a 32-byte seed as the `AGE-SECRET-KEY-PQ-1…` line that age itself takes. */
export function encodeHybridIdentity(seed: Uint8Array): string {
  return encodeBech32(HYBRID_IDENTITY, seed);
}

/** The `age1pq1…` text of the public key that belongs to a 32-byte seed. */
export function hybridRecipient(crypto: CryptoPort, seed: Uint8Array): string {
  const { publicKey, secretKey } = crypto.xwingKeyPair(seed);
  wipe(secretKey);
  return encodeHybridRecipient(publicKey);
}

/** Encodes a 1216-byte X-Wing public key as `age1pq1…`. */
export function encodeHybridRecipient(publicKey: Uint8Array): string {
  return encodeBech32(HYBRID_RECIPIENT, publicKey);
}

/**
 * Decodes a person's own recipient, `age1…` or `age1pq1…`.
 *
 * @throws {@link EscrowError} `age.key`.
 */
export function decodeRecipient(text: string): Recipient {
  const { hrp, data } = decodeBech32(text);
  if (hrp !== X25519_RECIPIENT) return { kind: 'hybrid', publicKey: decodeHybridRecipient(text) };
  if (data.length !== X25519_BYTES) throw malformed('wrong length');
  return { kind: 'x25519', publicKey: data };
}

/**
 * Decodes `age1pq1…`, which is in lower case. Whether the 1216 bytes are a sound key shows when
 * something is encrypted to them.
 *
 * @throws {@link EscrowError} `age.key`.
 */
export function decodeHybridRecipient(text: string): Bytes {
  const { hrp, data } = decodeBech32(text);
  if (hrp !== HYBRID_RECIPIENT) throw malformed('not a post-quantum age recipient');
  if (data.length !== HYBRID_RECIPIENT_BYTES) throw malformed('wrong length');
  return data;
}

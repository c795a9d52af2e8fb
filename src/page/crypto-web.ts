// The crypto port in the page: libsodium for the curve and lattice work and the payload's
// ChaCha20-Poly1305 (which WebCrypto lacks), WebCrypto for one-shot SHA-256, HMAC and HKDF, and
// hash-wasm for SHA-256 by parts, which WebCrypto cannot do. WebCrypto exists on file:// pages, but
// not on plain http ones. Nothing here loads anything: every WebAssembly module is in the bundle.

import { createSHA256 } from 'hash-wasm';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort, Sha256Stream } from '../core/crypto.ts';
import { loadSodium } from '../core/sodium.ts';

/** WebCrypto refuses views of shared memory, which the page does not have. */
const own = (bytes: Uint8Array): Bytes => bytes as Bytes;

async function sha256Stream(): Promise<Sha256Stream> {
  const hash = await createSHA256();
  return {
    update: (part) => {
      hash.update(part);
    },
    digest: () => Promise.resolve(own(hash.digest('binary'))),
  };
}

async function hmacSha256(key: Uint8Array, message: Uint8Array): Promise<Bytes> {
  // WebCrypto refuses an empty key. HMAC pads a short key with zeros, so one zero byte is the same key.
  const padded = key.length === 0 ? new Uint8Array(1) : own(key);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const handle = await crypto.subtle.importKey('raw', padded, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', handle, own(message)));
}

async function hkdfSha256(
  inputKey: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Promise<Bytes> {
  const handle = await crypto.subtle.importKey('raw', own(inputKey), 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: own(salt), info: own(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, handle, 8 * length));
}

/** Loads the page's back end of the crypto port. */
export async function loadWebCrypto(): Promise<CryptoPort> {
  return {
    ...(await loadSodium()),
    sha256: async (message) => new Uint8Array(await crypto.subtle.digest('SHA-256', own(message))),
    sha256Stream,
    hmacSha256,
    hkdfSha256,
  };
}

// The crypto port: every primitive the house uses, and nothing else. Two back ends implement it,
// adapters/crypto-node and page/crypto-web, and pass the same vectors (test/vectors). What libsodium
// does in both stands once, in sodium.ts. Sizes are bytes throughout.

import type { Bytes } from './bytes.ts';

/** A key pair whose secret half its maker wipes. */
export interface KeyPair {
  readonly publicKey: Bytes;
  readonly secretKey: Bytes;
}

/** Incremental SHA-256, for files larger than memory. */
export interface Sha256Stream {
  /** The part may be reused once this is settled. */
  update(part: Uint8Array): void | Promise<void>;
  digest(): Promise<Bytes>;
}

/**
 * ChaCha20-Poly1305 (RFC 8439) under one 32-byte key, for the many chunks of an age payload. It writes
 * into the caller's buffer: a fresh one for each chunk costs a third of the speed.
 */
export interface ChunkCipher {
  /** Writes the ciphertext and its 16-byte tag; `target` is exactly 16 bytes longer than the plaintext. */
  sealInto(target: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): void;
  /**
   * Writes the plaintext; `target` is exactly 16 bytes shorter than the ciphertext.
   *
   * @returns false when the tag does not match; `target` then holds zeros.
   */
  openInto(target: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): boolean;
}

export interface CryptoPort {
  /** Bytes from the system's generator. */
  randomBytes(length: number): Bytes;

  /** BLAKE2b (RFC 7693), 16 to 64 bytes out, optional key of up to 64 bytes. */
  blake2b(length: number, message: Uint8Array, key?: Uint8Array): Bytes;
  /** libsodium `crypto_kdf_derive_from_key`: a 32-byte subkey of a 32-byte key; context of 8 ASCII characters. */
  kdfDerive(subkeyId: number, context: string, key: Uint8Array): Bytes;

  sha256(message: Uint8Array): Promise<Bytes>;
  /** @param expectedBytes - A large stream may be worth a thread; a wrong guess only costs time. */
  sha256Stream(expectedBytes?: number): Promise<Sha256Stream>;
  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  hmacSha256(key: Uint8Array, message: Uint8Array): Promise<Bytes>;
  /** HKDF-SHA-256 (RFC 5869), extract and expand. An empty salt means none. */
  hkdfSha256(inputKey: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Promise<Bytes>;

  /**
   * One message with ChaCha20-Poly1305 (RFC 8439): 32-byte key, 12-byte nonce, associated data or none.
   *
   * @returns ciphertext with its 16-byte tag behind it.
   */
  aeadSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes;
  /** @returns the plaintext, or undefined when the tag does not match or there is none. */
  aeadOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Bytes | undefined;

  /** Borrows the key, and reads it at each call: its owner wipes it after the last chunk. */
  chunkCipher(key: Uint8Array): ChunkCipher;

  /** X-Wing (draft-connolly-cfrg-xwing-kem): 32-byte seed, 1216-byte public key. */
  xwingKeyPair(seed: Uint8Array): KeyPair;
  /** @returns undefined when the public key is malformed. */
  xwingEncapsulate(publicKey: Uint8Array): { ciphertext: Bytes; sharedSecret: Bytes } | undefined;
  /** @returns the 32-byte shared secret, or undefined when the 1120-byte ciphertext is malformed or of low order. */
  xwingDecapsulate(secretKey: Uint8Array, ciphertext: Uint8Array): Bytes | undefined;

  /** X25519 (RFC 7748). @returns undefined when the result is all zero. */
  x25519(secretKey: Uint8Array, publicKey: Uint8Array): Bytes | undefined;
  x25519PublicKey(secretKey: Uint8Array): Bytes;

  /** Ed25519 (RFC 8032) from a 32-byte seed; the secret key is libsodium's 64-byte form. */
  ed25519KeyPair(seed: Uint8Array): KeyPair;
  ed25519Sign(secretKey: Uint8Array, message: Uint8Array): Bytes;
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

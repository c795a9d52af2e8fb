// The part of the crypto port that libsodium does in Node and in the page alike. Loading it costs
// about a tenth of a second (WebAssembly), so only back ends load it, and only when a command needs it.

import sodium from 'libsodium-wrappers';
import type { Bytes } from './bytes.ts';
import type { ChunkCipher, CryptoPort } from './crypto.ts';

type SodiumPrimitives = Pick<
  CryptoPort,
  | 'randomBytes'
  | 'blake2b'
  | 'kdfDerive'
  | 'aeadSeal'
  | 'aeadOpen'
  | 'chunkCipher'
  | 'xwingKeyPair'
  | 'xwingEncapsulate'
  | 'xwingDecapsulate'
  | 'x25519'
  | 'x25519PublicKey'
  | 'ed25519KeyPair'
  | 'ed25519Sign'
  | 'ed25519Verify'
>;

/** libsodium's own throw on malformed input, as the absence of a value. */
function attempt<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}

/** libsodium hands out copies from its heap; they are ours. */
const owned = (bytes: Uint8Array): Bytes => bytes as Bytes;

const NO_AAD = new Uint8Array(0);

function aeadSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes {
  return owned(sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key));
}

function aeadOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Bytes | undefined {
  const plaintext = attempt(() =>
    sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, ciphertext, aad, nonce, key),
  );
  return plaintext && owned(plaintext);
}

/** The payload cipher of the page; a back end with a faster one puts its own in this one's place. */
function chunkCipher(key: Uint8Array): ChunkCipher {
  return {
    sealInto(target, nonce, plaintext) {
      target.set(aeadSeal(key, nonce, NO_AAD, plaintext));
    },
    openInto(target, nonce, ciphertext) {
      const plaintext = aeadOpen(key, nonce, NO_AAD, ciphertext);
      if (plaintext) target.set(plaintext);
      else target.fill(0);
      return plaintext !== undefined;
    },
  };
}

/** Waits for libsodium and gives the primitives it carries. */
export async function loadSodium(): Promise<SodiumPrimitives> {
  await sodium.ready;
  return {
    randomBytes: (length) => owned(sodium.randombytes_buf(length)),
    blake2b: (length, message, key) => owned(sodium.crypto_generichash(length, message, key ?? null)),
    kdfDerive: (subkeyId, context, key) =>
      owned(sodium.crypto_kdf_derive_from_key(32, subkeyId, context, key)),
    chunkCipher,
    aeadSeal,
    aeadOpen,
    xwingKeyPair: (seed) => {
      const pair = sodium.crypto_kem_xwing_seed_keypair(seed);
      return { publicKey: owned(pair.publicKey), secretKey: owned(pair.privateKey) };
    },
    xwingEncapsulate: (publicKey) => {
      const result = attempt(() => sodium.crypto_kem_xwing_enc(publicKey));
      return result && { ciphertext: owned(result.ciphertext), sharedSecret: owned(result.sharedSecret) };
    },
    xwingDecapsulate: (secretKey, ciphertext) => {
      const secret = attempt(() => sodium.crypto_kem_xwing_dec(ciphertext, secretKey));
      return secret && owned(secret);
    },
    x25519: (secretKey, publicKey) => {
      const shared = attempt(() => sodium.crypto_scalarmult(secretKey, publicKey));
      return shared && owned(shared);
    },
    x25519PublicKey: (secretKey) => owned(sodium.crypto_scalarmult_base(secretKey)),
    ed25519KeyPair: (seed) => {
      const pair = sodium.crypto_sign_seed_keypair(seed);
      return { publicKey: owned(pair.publicKey), secretKey: owned(pair.privateKey) };
    },
    ed25519Sign: (secretKey, message) => owned(sodium.crypto_sign_detached(message, secretKey)),
    ed25519Verify: (publicKey, message, signature) =>
      attempt(() => sodium.crypto_sign_verify_detached(signature, message, publicKey)) ?? false,
  };
}

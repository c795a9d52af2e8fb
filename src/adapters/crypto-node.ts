// The crypto port on Node: libsodium for the curve and lattice work, node:crypto where it is several
// times faster (SHA-256, HKDF, the payload's ChaCha20-Poly1305). docs/performance.md has the ratios.

import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Bytes } from '../core/bytes.ts';
import type { ChunkCipher, CryptoPort } from '../core/crypto.ts';
import { loadSodium } from '../core/sodium.ts';

const ALGORITHM = 'chacha20-poly1305';
const TAG_BYTES = 16;

/** A plain copy: Node's buffers are often slices of a shared pool, which a wipe or transfer must not touch. */
const own = (buffer: Uint8Array): Bytes => new Uint8Array(buffer);

function chunkCipher(key: Uint8Array): ChunkCipher {
  const ownKey = own(key);
  return {
    seal(nonce, plaintext) {
      const cipher = createCipheriv(ALGORITHM, ownKey, nonce, { authTagLength: TAG_BYTES });
      const sealed = new Uint8Array(plaintext.length + TAG_BYTES);
      sealed.set(cipher.update(plaintext));
      cipher.final();
      sealed.set(cipher.getAuthTag(), plaintext.length);
      return sealed;
    },
    open(nonce, ciphertext) {
      if (ciphertext.length < TAG_BYTES) return undefined;
      const decipher = createDecipheriv(ALGORITHM, ownKey, nonce, { authTagLength: TAG_BYTES });
      const end = ciphertext.length - TAG_BYTES;
      decipher.setAuthTag(ciphertext.subarray(end));
      const plaintext = own(decipher.update(ciphertext.subarray(0, end)));
      try {
        decipher.final();
        return plaintext;
      } catch {
        plaintext.fill(0);
        return undefined;
      }
    },
  };
}

/** Loads the Node back end of the crypto port. */
export async function loadNodeCrypto(): Promise<CryptoPort> {
  return {
    ...(await loadSodium()),
    sha256: (message) => Promise.resolve(own(createHash('sha256').update(message).digest())),
    sha256Stream: () => {
      const hash = createHash('sha256');
      return Promise.resolve({ update: (part) => void hash.update(part), digest: () => own(hash.digest()) });
    },
    hmacSha256: (key, message) => Promise.resolve(own(createHmac('sha256', key).update(message).digest())),
    hkdfSha256: (inputKey, salt, info, length) =>
      Promise.resolve(new Uint8Array(hkdfSync('sha256', inputKey, salt, info, length))),
    chunkCipher,
  };
}

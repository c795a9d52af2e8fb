// The crypto port on Node: libsodium for the curve and lattice work, node:crypto where it is several
// times faster (SHA-256, HKDF, the payload's ChaCha20-Poly1305). docs/performance.md has the ratios.

import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Bytes } from '../core/bytes.ts';
import type { ChunkCipher, CryptoPort, Sha256Stream } from '../core/crypto.ts';
import { loadSodium } from '../core/sodium.ts';
import { sha256Thread } from './sha256-thread.ts';

/** From here on a thread earns more than it costs to start. */
const THREAD_BYTES = 33_554_432;

const ALGORITHM = 'chacha20-poly1305';
const TAG_BYTES = 16;

/** A plain copy: Node's buffers are often slices of a shared pool, which a wipe or transfer must not touch. */
const own = (buffer: Uint8Array): Bytes => new Uint8Array(buffer);

/** createCipheriv copies the key and wipes its copy when collected; nothing of it stays here. */
function chunkCipher(key: Uint8Array): ChunkCipher {
  return {
    sealInto(target, nonce, plaintext) {
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      target.set(cipher.update(plaintext));
      cipher.final();
      target.set(cipher.getAuthTag(), plaintext.length);
    },
    openInto(target, nonce, ciphertext) {
      if (ciphertext.length < TAG_BYTES) return false;
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      const end = ciphertext.length - TAG_BYTES;
      decipher.setAuthTag(ciphertext.subarray(end));
      target.set(decipher.update(ciphertext.subarray(0, end)));
      try {
        decipher.final();
        return true;
      } catch {
        target.fill(0);
        return false;
      }
    },
  };
}

function sha256Here(): Sha256Stream {
  const hash = createHash('sha256');
  return {
    update: (part) => {
      hash.update(part);
    },
    digest: () => Promise.resolve(own(hash.digest())),
  };
}

/** Loads the Node back end of the crypto port. */
export async function loadNodeCrypto(): Promise<CryptoPort> {
  return {
    ...(await loadSodium()),
    sha256: (message) => Promise.resolve(own(createHash('sha256').update(message).digest())),
    sha256Stream: (expectedBytes = 0) =>
      Promise.resolve(expectedBytes >= THREAD_BYTES ? sha256Thread() : sha256Here()),
    hmacSha256: (key, message) => Promise.resolve(own(createHmac('sha256', key).update(message).digest())),
    hkdfSha256: (inputKey, salt, info, length) =>
      Promise.resolve(new Uint8Array(hkdfSync('sha256', inputKey, salt, info, length))),
    chunkCipher,
  };
}

// A crypto port that remembers every secret it gave out, so that a test can see whether it was wiped.

import type { Bytes } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';

export interface SpyCrypto {
  readonly crypto: CryptoPort;
  /** Name of the primitive and what it gave, each still the very buffer. */
  readonly secrets: readonly { readonly source: string; readonly bytes: Bytes }[];
}

/**
 * Watches shared secrets, derived keys, unwrapped keys and random keys of 16 bytes. Public results (MACs,
 * public keys, ciphertexts) are left alone; random bytes count as secret only for the draw that `isKey` names.
 */
export function spyOnCrypto(crypto: CryptoPort, isKey: (draw: number) => boolean): SpyCrypto {
  const secrets: { source: string; bytes: Bytes }[] = [];
  let draws = 0;
  const keep = <T extends Bytes | undefined>(source: string, bytes: T): T => {
    if (bytes) secrets.push({ source, bytes });
    return bytes;
  };
  return {
    secrets,
    crypto: {
      ...crypto,
      randomBytes: (length) => {
        const bytes = crypto.randomBytes(length);
        return isKey(draws++) ? keep('randomBytes', bytes) : bytes;
      },
      hkdfSha256: async (...args) => keep('hkdfSha256', await crypto.hkdfSha256(...args)),
      aeadOpen: (...args) => keep('aeadOpen', crypto.aeadOpen(...args)),
      x25519: (...args) => keep('x25519', crypto.x25519(...args)),
      xwingDecapsulate: (...args) => keep('xwingDecapsulate', crypto.xwingDecapsulate(...args)),
      xwingEncapsulate: (publicKey) => {
        const result = crypto.xwingEncapsulate(publicKey);
        keep('xwingEncapsulate', result?.sharedSecret);
        return result;
      },
      xwingKeyPair: (seed) => {
        const pair = crypto.xwingKeyPair(seed);
        keep('xwingKeyPair', pair.secretKey);
        return pair;
      },
    },
  };
}

// Argon2 (RFC 9106, version 1.3) by WebAssembly: libsodium's is fixed to one lane and has no Argon2d,
// which KeePass uses. Loaded when first needed. Callers check the cost against LIMITS beforehand.

import { wipe, type Bytes } from './bytes.ts';

export interface Argon2Cost {
  readonly memoryMiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/**
 * Hashes a password to 32 bytes.
 *
 * @param salt - At least 8 bytes.
 * @returns A fresh buffer; the caller wipes it.
 */
export async function argon2Hash(
  variant: 'argon2d' | 'argon2id',
  password: Uint8Array,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<Bytes> {
  const { argon2d, argon2id } = await import('hash-wasm');
  const hash = await (variant === 'argon2d' ? argon2d : argon2id)({
    password,
    salt,
    memorySize: Math.round(cost.memoryMiB * 1024),
    iterations: cost.iterations,
    parallelism: cost.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  const own = new Uint8Array(hash);
  wipe(hash);
  return own;
}

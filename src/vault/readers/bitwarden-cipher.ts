// Bitwarden's ciphertext notation `2.iv|ciphertext|mac` (AES-256-CBC, then HMAC-SHA-256 over iv and
// ciphertext) and the keys of a password-protected export. Source: bitwarden/clients, EncString and
// KdfConfig; measured against an export (docs/vaults.md). The MAC is checked before anything is decrypted.

import { concatBytes, encodeUtf8, equalBytes, wipe, type Bytes } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { argon2Hash } from '../../core/argon2.ts';

const FORMAT = 'bitwarden-encrypted';

/** How an export says its key is derived; memory in MiB. */
export type BitwardenKdf =
  | { readonly kind: 'pbkdf2'; readonly iterations: number }
  | {
      readonly kind: 'argon2id';
      readonly iterations: number;
      readonly memoryMiB: number;
      readonly parallelism: number;
    };

/** 32 bytes each; wiped by who asked for them. */
interface BitwardenKeys {
  readonly encryption: Bytes;
  readonly mac: Bytes;
}

interface CipherString {
  readonly iv: Bytes;
  readonly ciphertext: Bytes;
  readonly mac: Bytes;
}

const BASE64_VALUES: Readonly<Uint8Array> = (() => {
  const values = new Uint8Array(256).fill(255);
  const symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < symbols.length; value += 1) values[symbols.charCodeAt(value)] = value;
  return values;
})();

/**
 * Decodes base64 of a hundred megabytes in a fraction of a second. Core's decoder proves the canonical
 * spelling, for keys and signatures; here the MAC proves the bytes, however they were spelt.
 */
function decodeLongBase64(text: string): Bytes | undefined {
  const length = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i += 1) {
    const value = BASE64_VALUES[text.charCodeAt(i) & 0xff] ?? 255;
    if (value === 255 || text.charCodeAt(i) > 0xff) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    const held = i % 4;
    if (held > 0) bytes[at++] = (bits >> (6 - 2 * held)) & 0xff;
  }
  return bytes;
}

/**
 * Parses the notation.
 *
 * @param what - Names the text in errors.
 * @throws {@link EscrowError} `vault.format`, or `vault.unsupported` for another encryption type.
 */
export function parseCipherString(text: string, what: string, name: string): CipherString {
  const dot = text.indexOf('.');
  if (dot === 1 && /^[013-9]$/.test(text.slice(0, 1)))
    throw new EscrowError('vault.unsupported', { name, format: FORMAT, feature: 'encryption-type' });
  const parts = text.slice(dot + 1).split('|', 4);
  const [iv, ciphertext, mac] = parts.map(decodeLongBase64);
  const isWhole = text.startsWith('2.') && parts.length === 3 && iv?.length === 16 && mac?.length === 32;
  if (!isWhole || ciphertext === undefined || ciphertext.length === 0 || ciphertext.length % 16 !== 0)
    throw new EscrowError('vault.format', { format: FORMAT, reason: `${what} is cut short or damaged` });
  return { iv, ciphertext, mac };
}

function assertWithin(count: number, what: string, limit: number): void {
  if (count > limit) throw new EscrowError('limit.exceeded', { what, limit });
}

/**
 * Refuses a derivation that would cost more than LIMITS allow, before it is begun.
 *
 * @throws {@link EscrowError} `limit.exceeded`.
 */
function assertAffordable(kdf: BitwardenKdf): void {
  if (kdf.kind === 'pbkdf2') {
    assertWithin(kdf.iterations, 'PBKDF2 iterations', LIMITS.pbkdf2Iterations);
    return;
  }
  assertWithin(kdf.memoryMiB, 'MiB of Argon2 memory', LIMITS.argon2MemoryMiB);
  assertWithin(
    kdf.memoryMiB * kdf.iterations,
    'MiB of Argon2 memory, times iterations',
    LIMITS.argon2MemoryPasses,
  );
  assertWithin(kdf.parallelism, 'Argon2 lanes', LIMITS.argon2Parallelism);
  if (kdf.memoryMiB * 1024 < kdf.parallelism * 8)
    throw new EscrowError('vault.format', {
      format: FORMAT,
      reason: 'its Argon2 memory is too small for its lanes',
    });
}

async function derivePbkdf2(passphrase: Uint8Array, salt: Bytes, iterations: number): Promise<Bytes> {
  const { subtle } = globalThis.crypto;
  const copy = new Uint8Array(passphrase);
  try {
    const key = await subtle.importKey('raw', copy, 'PBKDF2', false, ['deriveBits']);
    const bits = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256);
    return new Uint8Array(bits);
  } finally {
    wipe(copy);
  }
}

/**
 * Derives an export's two keys. The salt is the text as it stands in the file, not what its base64 means.
 *
 * @returns Fresh buffers; the caller wipes them.
 * @throws {@link EscrowError} `limit.exceeded`.
 */
export async function deriveBitwardenKeys(
  crypto: CryptoPort,
  passphrase: Uint8Array,
  salt: string,
  kdf: BitwardenKdf,
): Promise<BitwardenKeys> {
  assertAffordable(kdf);
  const saltBytes = encodeUtf8(salt);
  const master =
    kdf.kind === 'pbkdf2'
      ? await derivePbkdf2(passphrase, saltBytes, kdf.iterations)
      : await argon2Hash('argon2id', passphrase, await crypto.sha256(saltBytes), kdf);
  // HKDF-Expand alone (RFC 5869 §2.3), one block: HMAC(key, info ‖ 01).
  const expand = (info: string): Promise<Bytes> =>
    crypto.hmacSha256(master, concatBytes(encodeUtf8(info), Uint8Array.of(1)));
  try {
    return { encryption: await expand('enc'), mac: await expand('mac') };
  } finally {
    wipe(master);
  }
}

/** Whether the MAC is right: the keys are, and nobody changed the text. */
export async function isAuthentic(
  crypto: CryptoPort,
  keys: BitwardenKeys,
  text: CipherString,
): Promise<boolean> {
  const expected = await crypto.hmacSha256(keys.mac, concatBytes(text.iv, text.ciphertext));
  return equalBytes(expected, text.mac);
}

/**
 * Decrypts a text whose MAC was found right.
 *
 * @returns undefined when the padding is wrong all the same.
 */
export async function decryptAuthentic(keys: BitwardenKeys, text: CipherString): Promise<Bytes | undefined> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', keys.encryption, 'AES-CBC', false, ['decrypt']);
  try {
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: text.iv }, key, text.ciphertext));
  } catch {
    return undefined;
  }
}

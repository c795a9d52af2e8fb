// The lock on a card: its value under a passphrase that its holder chose, as a record of version 2.
// Spec: docs/spec/locked-share.md. A tag over the plain value is salt of the key and proof of the passphrase
// at once, so that the same share under the same passphrase is the same card again, and can be remade.

import { argon2Hash } from '../argon2.ts';
import { concatBytes, decodeUtf8, encodeUtf8, equalBytes, wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import {
  HEAD_BYTES,
  LOCKED_VERSION,
  closeRecord,
  decodeHead,
  decodeShare,
  encodeHead,
  isLockedRecord,
  shareLabel,
} from './share-record.ts';
import type { Share, ShareHead } from './share-record.ts';

const TAG_BYTES = 12;
const SALT_BYTES = HEAD_BYTES + TAG_BYTES;
const VALUE_BYTES = 32;

/** Fixed by the version: a card that named its own cost could make its reader work without end. */
export const LOCK_COST = { memoryMiB: 64, iterations: 3, parallelism: 1 } as const;

/** Characters that the passphrase of a card has at least. */
export const LEAST_LOCK_CHARS = 12;

/**
 * A passphrase as it is used: in NFKC, each run of white space one space, none at the ends. Keyboards of another
 * device differ in these, and nobody sees it.
 *
 * @param typed - UTF-8.
 * @returns the same as UTF-8, for the caller to wipe.
 * @throws {@link EscrowError} `bytes.bad-encoding`.
 */
export function normalisedPassphrase(typed: Uint8Array): Bytes {
  const text = decodeUtf8(typed).normalize('NFKC');
  // Not trim(): it takes more than White_Space away.
  return encodeUtf8(text.replace(/\p{White_Space}+/gu, ' ').replace(/^ | $/g, ''));
}

/** How many characters a passphrase has, as it is used. */
export function passphraseLength(typed: Uint8Array): number {
  const used = normalisedPassphrase(typed);
  const { length } = Array.from(decodeUtf8(used));
  wipe(used);
  return length;
}

/** Over the head too: a value moved to another place opens nothing there. */
function tagOf(crypto: CryptoPort, head: Uint8Array, value: Uint8Array): Bytes {
  const message = concatBytes(encodeUtf8('holdfast lock v2'), head, value);
  const digest = crypto.blake2b(32, message);
  wipe(message);
  return digest.slice(0, TAG_BYTES);
}

/** The value under the key, or from under it. */
async function crossed(used: Uint8Array, salt: Uint8Array, value: Uint8Array): Promise<Bytes> {
  const key = await argon2Hash('argon2id', used, salt, LOCK_COST);
  if (key.length !== value.length) throw new Error('the key has the length of the value');
  const result = value.slice();
  for (const [at, byte] of key.entries()) result[at] = (result[at] ?? 0) ^ byte;
  wipe(key);
  return result;
}

/**
 * The 62-byte record of a share under a passphrase. The caller wipes it.
 *
 * @param passphrase - UTF-8, as typed.
 * @throws {@link EscrowError} `share.malformed`, also for a passphrase that is empty as it is used.
 */
export async function lockShare(crypto: CryptoPort, share: Share, passphrase: Uint8Array): Promise<Bytes> {
  const head = encodeHead(LOCKED_VERSION, share);
  if (share.value.length !== VALUE_BYTES)
    throw new EscrowError('share.malformed', { reason: 'a value of another length' });
  const used = normalisedPassphrase(passphrase);
  if (used.length === 0) throw new EscrowError('share.malformed', { reason: 'an empty passphrase' });
  const salt = concatBytes(head, tagOf(crypto, head, share.value));
  const value = await crossed(used, salt, share.value);
  wipe(used);
  return closeRecord(crypto, salt, value);
}

/**
 * The share of a record, locked or not. The caller wipes its value.
 *
 * @param passphrase - UTF-8, as typed; read only when the record is locked.
 * @throws {@link EscrowError} `share.passphrase` for another passphrase, `share.locked` for none, and what
 * decodeShare throws.
 */
export async function openShare(
  crypto: CryptoPort,
  record: Uint8Array,
  passphrase: Uint8Array | undefined,
): Promise<Share> {
  if (!isLockedRecord(record) || passphrase === undefined) return decodeShare(crypto, record);
  const head: ShareHead = decodeHead(crypto, record);
  const used = normalisedPassphrase(passphrase);
  // No card is locked with nothing.
  if (used.length === 0) throw new EscrowError('share.passphrase', { label: shareLabel(head) });
  const salt = record.subarray(0, SALT_BYTES);
  const value = await crossed(used, salt, record.subarray(SALT_BYTES, SALT_BYTES + VALUE_BYTES));
  wipe(used);
  const tag = tagOf(crypto, record.subarray(0, HEAD_BYTES), value);
  if (equalBytes(tag, record.subarray(HEAD_BYTES, SALT_BYTES))) return { ...head, value };
  wipe(value);
  throw new EscrowError('share.passphrase', { label: shareLabel(head) });
}

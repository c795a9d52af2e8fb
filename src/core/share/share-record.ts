// The share record: 50 bytes that say which set a card is of, where in the policy it stands, and its value.
// Spec: docs/spec/share.md, "The record". The check catches accidents; it authenticates nothing.

import { concatBytes, decodeHex, encodeHex, encodeUtf8, equalBytes } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { encodeBase32 } from './base32.ts';

const RECORD_BYTES = 50;
const CHECK_BYTES = 4;
const CHECKED_BYTES = RECORD_BYTES - CHECK_BYTES;
const VERSION = 1;
const TAG_BYTES = 5;
const NONCE_BYTES = 3;
const VALUE_BYTES = 32;

/** One party's share, checked. The numbers are 1 to 255. Whoever holds it wipes `value`. */
export interface Share {
  readonly setNumber: number;
  /** 5 bytes; {@link recipientTag}. */
  readonly recipientTag: Bytes;
  /** 3 random bytes, new with each split. */
  readonly splitNonce: Bytes;
  readonly group: number;
  readonly groupThreshold: number;
  readonly member: number;
  readonly memberThreshold: number;
  /** 32 secret bytes. */
  readonly value: Bytes;
}

function blake2b256(crypto: CryptoPort, label: string, message: Uint8Array): Bytes {
  return crypto.blake2b(32, concatBytes(encodeUtf8(label), message));
}

/** The 5 bytes that tie a share to a recipient `age1pq1…`. They catch mix-ups and anchor no trust. */
export function recipientTag(crypto: CryptoPort, recipientText: string): Bytes {
  return blake2b256(crypto, 'holdfast recipient v1', encodeUtf8(recipientText)).slice(0, TAG_BYTES);
}

/** Whether the last four of 50 bytes agree with the rest. */
export function isCheckRight(crypto: CryptoPort, record: Uint8Array): boolean {
  return equalBytes(checkOf(crypto, record), record.subarray(CHECKED_BYTES));
}

function checkOf(crypto: CryptoPort, record: Uint8Array): Bytes {
  return blake2b256(crypto, 'holdfast check v1', record.subarray(0, CHECKED_BYTES)).slice(0, CHECK_BYTES);
}

/**
 * Writes a share as its 50-byte record. The caller wipes the record.
 *
 * @throws {@link EscrowError} `share.malformed`.
 */
export function encodeShare(crypto: CryptoPort, share: Share): Bytes {
  assertFields(share);
  const { recipientTag: tag, splitNonce, value } = share;
  if (tag.length !== TAG_BYTES || splitNonce.length !== NONCE_BYTES || value.length !== VALUE_BYTES)
    throw new EscrowError('share.malformed', { reason: 'tag, nonce or value of another length' });
  const record = new Uint8Array(RECORD_BYTES);
  record.set([VERSION, share.setNumber]);
  record.set(tag, 2);
  record.set(splitNonce, 7);
  record.set([share.group, share.groupThreshold, share.member, share.memberThreshold], 10);
  record.set(value, 14);
  record.set(checkOf(crypto, record), CHECKED_BYTES);
  return record;
}

/**
 * Reads and checks a 50-byte record. The share holds copies; the caller wipes its value.
 *
 * @throws {@link EscrowError} `share.malformed`, `share.version` or `share.check`, in the order of the spec.
 */
export function decodeShare(crypto: CryptoPort, record: Uint8Array): Share {
  if (record.length !== RECORD_BYTES)
    throw new EscrowError('share.malformed', { reason: `${record.length} bytes` });
  const [version = 0, setNumber = 0] = record;
  if (version !== VERSION) throw new EscrowError('share.version', { version });
  if (!isCheckRight(crypto, record)) throw new EscrowError('share.check', {});
  const [group = 0, groupThreshold = 0, member = 0, memberThreshold = 0] = record.subarray(10);
  assertFields({ setNumber, group, groupThreshold, member, memberThreshold });
  const recipientTag = new Uint8Array(record.subarray(2, 7));
  const splitNonce = new Uint8Array(record.subarray(7, 10));
  const value = new Uint8Array(record.subarray(14, CHECKED_BYTES));
  return { setNumber, recipientTag, splitNonce, group, groupThreshold, member, memberThreshold, value };
}

type Numbers = Pick<Share, 'setNumber' | 'group' | 'groupThreshold' | 'member' | 'memberThreshold'>;

function assertFields(share: Numbers): void {
  const named = [
    ['set number', share.setNumber],
    ['group', share.group],
    ['group threshold', share.groupThreshold],
    ['member', share.member],
    ['member threshold', share.memberThreshold],
  ] as const;
  for (const [name, value] of named) {
    // Coordinate zero is the secret itself; a threshold of zero would open with nothing.
    if (!Number.isInteger(value) || value < 1 || value > 255)
      throw new EscrowError('share.malformed', { reason: `${name} ${value}` });
  }
  if (share.groupThreshold === 1 && share.memberThreshold === 1)
    throw new EscrowError('share.malformed', { reason: 'a card that would open the escrow alone' });
}

/** Set number, recipient tag and split nonce as 18 hexadecimal characters: what shares of one set have in common. */
export function setIdOf(share: Share): string {
  return encodeHex(concatBytes(Uint8Array.of(share.setNumber), share.recipientTag, share.splitNonce));
}

/** Which key a set id belongs to: behind the set's number, the recipient's tag, 10 hex digits. */
export const keyTag = (setId: string): string => setId.slice(2, 12);

/** Bytes at the head of a record that say which set it is of: the version and the set id. */
export const SET_HEAD_BYTES = 1 + 1 + TAG_BYTES + NONCE_BYTES;

/** The set that a record's first ten bytes name; undefined for what no version here has. */
export function setOfHead(head: Uint8Array): { readonly id: string; readonly number: number } | undefined {
  const [version, number = 0] = head;
  if (version !== VERSION || number === 0) return undefined;
  return { id: encodeHex(head.subarray(1, SET_HEAD_BYTES)), number };
}

/** The last five of a set id's nine bytes as eight symbols, for people: "RCXA3CP3". */
export function shortSetId(setId: string): string {
  const bytes = decodeHex(setId);
  return encodeBase32(bytes.subarray(-5));
}

/** What to call a card where no charter tells its number: "card 3", or "group 2 card 1". */
export function shareLabel(share: Pick<Share, 'group' | 'groupThreshold' | 'member'>): string {
  const { group, member } = sharePlace(share);
  return group === undefined ? `card ${member}` : `group ${group} card ${member}`;
}

/** The same as numbers; no group where there seems to be only one. */
export function sharePlace(share: Pick<Share, 'group' | 'groupThreshold' | 'member'>): {
  group: number | undefined;
  member: number;
} {
  const isOnlyGroup = share.group === 1 && share.groupThreshold === 1;
  return { group: isOnlyGroup ? undefined : share.group, member: share.member };
}

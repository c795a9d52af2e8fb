// The share record: 50 bytes that say which set a card is of, where in the policy it stands, and its value.
// A locked card has 62: what is locked, and how, is lock.ts's. Specs: docs/spec/share.md, "The record", and
// locked-share.md. The check catches accidents; it authenticates nothing.

import { concatBytes, decodeHex, encodeHex, encodeUtf8, equalBytes } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { encodeBase32 } from './base32.ts';

const VERSION = 1;
/** The version of a record whose value is locked by a passphrase. */
export const LOCKED_VERSION = 2;
const RECORD_BYTES: Readonly<Record<number, number>> = { [VERSION]: 50, [LOCKED_VERSION]: 62 };
const CHECK_BYTES = 4;
const TAG_BYTES = 5;
const NONCE_BYTES = 3;
const VALUE_BYTES = 32;
/** What both versions begin with: version, set, tag, nonce, group, member and their thresholds. */
export const HEAD_BYTES = 14;

/** Which set a card is of, and where in the policy it stands. The numbers are 1 to 255. */
export interface ShareHead {
  readonly setNumber: number;
  /** 5 bytes; {@link recipientTag}. */
  readonly recipientTag: Bytes;
  /** 3 random bytes, new with each split. */
  readonly splitNonce: Bytes;
  readonly group: number;
  readonly groupThreshold: number;
  readonly member: number;
  readonly memberThreshold: number;
}

/** One party's share, checked. Whoever holds it wipes `value`. */
export interface Share extends ShareHead {
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

/** Whether the last four bytes of a record agree with the rest. */
export function isCheckRight(crypto: CryptoPort, record: Uint8Array): boolean {
  return equalBytes(checkOf(crypto, withoutCheck(record)), record.subarray(-CHECK_BYTES));
}

const withoutCheck = (record: Uint8Array): Uint8Array => record.subarray(0, -CHECK_BYTES);

function checkOf(crypto: CryptoPort, checked: Uint8Array): Bytes {
  return blake2b256(crypto, 'holdfast check v1', checked).slice(0, CHECK_BYTES);
}

/** Whether a record is one whose value is locked. */
export const isLockedRecord = (record: Uint8Array): boolean => record[0] === LOCKED_VERSION;

/**
 * Writes a share as its 50-byte record. The caller wipes the record.
 *
 * @throws {@link EscrowError} `share.malformed`.
 */
export function encodeShare(crypto: CryptoPort, share: Share): Bytes {
  if (share.value.length !== VALUE_BYTES)
    throw new EscrowError('share.malformed', { reason: 'a value of another length' });
  return closeRecord(crypto, encodeHead(VERSION, share), share.value);
}

/** The 14 bytes that a record begins with. @throws {@link EscrowError} `share.malformed`. */
export function encodeHead(version: number, head: ShareHead): Bytes {
  assertFields(head);
  const { setNumber, recipientTag: tag, splitNonce, group, groupThreshold, member, memberThreshold } = head;
  if (tag.length !== TAG_BYTES || splitNonce.length !== NONCE_BYTES)
    throw new EscrowError('share.malformed', { reason: 'tag or nonce of another length' });
  const place = [group, groupThreshold, member, memberThreshold];
  return concatBytes(Uint8Array.of(version, setNumber), tag, splitNonce, Uint8Array.from(place));
}

/** Puts the check behind the parts of a record. */
export function closeRecord(crypto: CryptoPort, ...parts: readonly Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // Written in place: joined copies of a secret would be left over.
  const record = new Uint8Array(length + CHECK_BYTES);
  let at = 0;
  for (const part of parts) {
    record.set(part, at);
    at += part.length;
  }
  record.set(checkOf(crypto, withoutCheck(record)), length);
  return record;
}

/**
 * Checks a record, locked or not.
 *
 * @throws {@link EscrowError} `share.malformed`, `share.version` or `share.check`, in the order of the spec.
 */
export function assertRecord(crypto: CryptoPort, record: Uint8Array): void {
  decodeHead(crypto, record);
}

/** The head of a record that was checked as a whole. Throws as {@link assertRecord} does. */
export function decodeHead(crypto: CryptoPort, record: Uint8Array): ShareHead {
  if (!Object.values(RECORD_BYTES).includes(record.length))
    throw new EscrowError('share.malformed', { reason: `${record.length} bytes` });
  const [version = 0, setNumber = 0] = record;
  if (RECORD_BYTES[version] !== record.length) throw new EscrowError('share.version', { version });
  if (!isCheckRight(crypto, record)) throw new EscrowError('share.check', {});
  const [group = 0, groupThreshold = 0, member = 0, memberThreshold = 0] = record.subarray(10);
  const recipientTag = new Uint8Array(record.subarray(2, 7));
  const splitNonce = new Uint8Array(record.subarray(7, 10));
  const head = { setNumber, recipientTag, splitNonce, group, groupThreshold, member, memberThreshold };
  assertFields(head);
  return head;
}

/**
 * Reads and checks a 50-byte record. The share holds copies; the caller wipes its value.
 *
 * @throws {@link EscrowError} `share.malformed`, `share.version` or `share.check`, in the order of the spec;
 * `share.locked` for a record that only its passphrase opens.
 */
export function decodeShare(crypto: CryptoPort, record: Uint8Array): Share {
  const head = decodeHead(crypto, record);
  if (isLockedRecord(record)) throw new EscrowError('share.locked', { label: shareLabel(head) });
  return { ...head, value: new Uint8Array(record.subarray(HEAD_BYTES, HEAD_BYTES + VALUE_BYTES)) };
}

function assertFields(share: Omit<ShareHead, 'recipientTag' | 'splitNonce'>): void {
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
export function setIdOf(share: ShareHead): string {
  return encodeHex(concatBytes(Uint8Array.of(share.setNumber), share.recipientTag, share.splitNonce));
}

/** Which key a set id belongs to: behind the set's number, the recipient's tag, 10 hex digits. */
export const keyTag = (setId: string): string => setId.slice(2, 12);

/** Bytes at the head of a record that say which set it is of: the version and the set id. */
export const SET_HEAD_BYTES = 1 + 1 + TAG_BYTES + NONCE_BYTES;

/** The set that a record's first ten bytes name; undefined for what no version here has. */
export function setOfHead(head: Uint8Array): { readonly id: string; readonly number: number } | undefined {
  const [version, number = 0] = head;
  if (version === undefined || RECORD_BYTES[version] === undefined || number === 0) return undefined;
  return { id: encodeHex(head.subarray(1, SET_HEAD_BYTES)), number };
}

/** The last five of a set id's nine bytes as eight symbols, for people: "RCXA3CP3". */
export function shortSetId(setId: string): string {
  const bytes = decodeHex(setId);
  return encodeBase32(bytes.subarray(-5));
}

/** What to call a card where no charter tells its number: "card 3", or "group 2 card 1". */
export function shareLabel(share: Pick<ShareHead, 'group' | 'groupThreshold' | 'member'>): string {
  const { group, member } = sharePlace(share);
  return group === undefined ? `card ${member}` : `group ${group} card ${member}`;
}

/** The same as numbers; no group where there seems to be only one. */
export function sharePlace(share: Pick<ShareHead, 'group' | 'groupThreshold' | 'member'>): {
  group: number | undefined;
  member: number;
} {
  const isOnlyGroup = share.group === 1 && share.groupThreshold === 1;
  return { group: isOnlyGroup ? undefined : share.group, member: share.member };
}

// The charter: the signed public statement of an escrow (docs/spec/charter.md): to whom packages are
// sealed, which cards exist and what each commits to, who may seal. What its text must look like stands
// in charter-shape.ts, the chain of charters in charter-chain.ts. A charter is evidence, not a gate:
// nothing here decides whether cards may open a package.

import { encodeHex, equalBytes, wipe, type Bytes } from '../bytes.ts';
import type { CryptoPort, KeyPair } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { CHARTER_KIND } from './charter-shape.ts';
import { checkDocument, decodeDocument, encodeDocument, openDocument } from './json.ts';
import { decodePublicKey, signDetached, verifyDetached } from './minisign.ts';
import { keyTag, recipientTag } from '../share/share-record.ts';

/** What the charter says of one card. */
export interface CharterCard {
  /** 1…N across all groups. */
  readonly card: number;
  readonly group: number;
  readonly member: number;
  /** BLAKE2b-256("holdfast commitment v1" ‖ share record), 64 hex digits. */
  readonly commitment: string;
  /** Ed25519 public key with which the card answers challenges (docs/spec/proof.md), 64 hex digits. */
  readonly proofKey: string;
}

/** Charter, version 1; the fields in the order of the text. */
export interface Charter {
  readonly type: 'holdfast charter v1';
  /** 16 hex digits, random at the first ceremony, constant afterwards. */
  readonly escrow: string;
  /** 1… in the chain. */
  readonly number: number;
  /** UTC to the second. */
  readonly created: string;
  /**
   * The minisign line of the key that signs this charter. It stands inside so that the old key's
   * signature over a rekey charter vouches for the new key, and not only for the new recipient.
   */
  readonly charterKey: string;
  /** `age1pq1…`. */
  readonly recipient: string;
  /** Set number 1…255 and set id, 18 hex digits (docs/spec/share.md). */
  readonly set: { readonly number: number; readonly id: string };
  readonly policy: {
    readonly groupThreshold: number;
    readonly groups: readonly { readonly threshold: number; readonly members: number }[];
  };
  readonly cards: readonly CharterCard[];
  /** Minisign lines of the keys that may sign records. */
  readonly sealers: readonly string[];
  /** SHA-256 of the charter before as 64 hex digits; null in the first. */
  readonly previous: string | null;
}

/** A charter's bytes and the text of the signature beside it. */
export interface SignedDocument {
  readonly bytes: Bytes;
  readonly signature: string;
}

/**
 * Spells a charter.
 *
 * @throws {@link EscrowError} `charter.format` for anything {@link decodeCharter} would refuse.
 */
export function encodeCharter(charter: Charter): Bytes {
  return encodeDocument(CHARTER_KIND, charter);
}

/**
 * Reads a charter without judging who signed it.
 *
 * @throws {@link EscrowError} `limit.exceeded`, `record.version`, `charter.format`.
 */
export function decodeCharter(bytes: Uint8Array): Charter {
  return decodeDocument(CHARTER_KIND, bytes);
}

/** SHA-256 of a charter's bytes as 64 hex digits: its name in records, pins and the next charter. */
export async function charterHash(crypto: CryptoPort, bytes: Uint8Array): Promise<string> {
  return encodeHex(await crypto.sha256(bytes));
}

/**
 * Derives the key that signs charters from the 32-byte escrow seed. Only a quorum, or whoever ever
 * held the seed, has it. The caller wipes the secret half.
 */
export function charterKeyPair(crypto: CryptoPort, seed: Uint8Array): KeyPair {
  const derived = crypto.kdfDerive(1, 'charter_', seed);
  const keyPair = crypto.ed25519KeyPair(derived);
  wipe(derived);
  return keyPair;
}

/**
 * Spells and signs a charter with the key it names.
 *
 * @throws {@link EscrowError} `charter.format`, also when the charter names another key or its set id
 * belongs to another recipient.
 */
export function signCharter(crypto: CryptoPort, charter: Charter, keyPair: KeyPair): SignedDocument {
  const bytes = encodeCharter(charter);
  assertBound(crypto, charter, keyPair.publicKey);
  return { bytes, signature: signDetached(crypto, keyPair, bytes, trustedComment(charter)) };
}

/**
 * Signs a rekey charter with the key it replaces (`charter.json.old.minisig`).
 *
 * @returns the signature file's text.
 */
export function signRekey(crypto: CryptoPort, charterBytes: Uint8Array, oldKeyPair: KeyPair): string {
  return signDetached(crypto, oldKeyPair, charterBytes, trustedComment(decodeCharter(charterBytes)));
}

/**
 * Checks a charter against the key this reader trusts: version, signature, content, in that order.
 *
 * @param charterKey - 32-byte Ed25519 public key from a pin, from the words, or derived from the seed.
 * @throws {@link EscrowError} `record.version`, `minisign.format`, `minisign.signature`, `charter.format`,
 * `limit.exceeded`.
 */
export function verifyCharter(
  crypto: CryptoPort,
  bytes: Uint8Array,
  signature: string,
  charterKey: Uint8Array,
): Charter {
  const opened = openDocument(CHARTER_KIND, bytes);
  verifyDetached(crypto, charterKey, bytes, signature, CHARTER_KIND.type);
  const charter = checkDocument(CHARTER_KIND, opened);
  assertBound(crypto, charter, charterKey);
  return charter;
}

/** What ties a charter's parts to each other and needs a digest or a key to check. */
function assertBound(crypto: CryptoPort, charter: Charter, charterKey: Uint8Array): void {
  if (!equalBytes(decodePublicKey(charter.charterKey), charterKey)) {
    throw new EscrowError('charter.format', { reason: 'charterKey is not the key that signs it' });
  }
  // Set id: set number (1 byte), recipient tag (5), split nonce (3).
  if (keyTag(charter.set.id) !== encodeHex(recipientTag(crypto, charter.recipient))) {
    throw new EscrowError('charter.format', { reason: 'set.id belongs to another recipient' });
  }
}

const trustedComment = (charter: Charter): string =>
  `${charter.type} escrow ${charter.escrow} number ${charter.number}`;

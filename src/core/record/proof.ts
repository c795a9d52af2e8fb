// Proof without disclosure (docs/spec/proof.md): a card answers a challenge on its holder's own device,
// and nothing of the share leaves it. The challenge is one word for a chat or a mail; the response is a
// small file. A good response shows that the share's 50 bytes were at hand, not on which paper.

import { decodeBech32, encodeBech32 } from '../age/bech32.ts';
import { concatBytes, decodeBase64, decodeHex, encodeBase64, encodeHex, encodeUtf8, wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import type { ProofFault } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { cardProofSeed } from '../share/set.ts';
import type { Charter } from './charter.ts';
import { decodeDocument, encodeDocument, type DocumentKind } from './json.ts';
import { hex, integer, literal, object, pattern } from './shape.ts';

/** What one card is asked to sign. */
export interface Challenge {
  /** Escrow id, 16 hex digits. */
  readonly escrow: string;
  /** SHA-256 of the charter the card is proved against, 64 hex digits. */
  readonly charter: string;
  readonly card: number;
  /** 32 random bytes, 64 hex digits; used once. */
  readonly challenge: string;
}

/** A card's answer, version 1; the fields in the order of the text. */
export interface ProofResponse {
  readonly type: 'holdfast response v1';
  readonly escrow: string;
  readonly card: number;
  /** The challenge it answers, 64 hex digits. */
  readonly challenge: string;
  /** Ed25519 signature of 64 bytes, base64. */
  readonly signature: string;
}

const CHALLENGE_PREFIX = 'holdfast';
const CHALLENGE_VERSION = 1;
const CARD_AT = 1 + 8 + 32;
const CHALLENGE_BYTES: number = CARD_AT + 1 + 32;

const RESPONSE_KIND: DocumentKind<ProofResponse> = {
  what: 'response',
  type: 'holdfast response v1',
  maxBytes: LIMITS.proofResponseBytes,
  refuse: (reason) => {
    throw new EscrowError('proof.format', { what: 'response', reason });
  },
  shape: object<ProofResponse>({
    type: literal('holdfast response v1'),
    escrow: hex(8),
    card: integer(1, LIMITS.cards),
    challenge: hex(32),
    signature: pattern('a signature', /^[A-Za-z0-9+/]{85}[AQgw]==$/),
  }),
};

/** Makes a fresh challenge for one card. */
export function makeChallenge(crypto: CryptoPort, about: Omit<Challenge, 'challenge'>): Challenge {
  return { ...about, challenge: encodeHex(crypto.randomBytes(32)) };
}

/** A charter the reader trusts, with the SHA-256 of its bytes (64 hex digits). */
interface KnownCharter {
  readonly charter: Charter;
  readonly hash: string;
}

/** Spells a challenge as one word of 134 letters and digits with a checksum: `holdfast1…`. */
export function encodeChallenge(challenge: Challenge): string {
  return encodeBech32(
    CHALLENGE_PREFIX,
    concatBytes(
      Uint8Array.of(CHALLENGE_VERSION),
      decodeHex(challenge.escrow),
      decodeHex(challenge.charter),
      Uint8Array.of(challenge.card),
      decodeHex(challenge.challenge),
    ),
  );
}

/**
 * Reads a challenge as it arrives in a chat: white space, line breaks and upper case do not matter.
 *
 * @throws {@link EscrowError} `proof.format`, or `record.version` for a challenge of a later version.
 */
export function decodeChallenge(text: string): Challenge {
  const refuse = (reason: string): never => {
    throw new EscrowError('proof.format', { what: 'challenge', reason });
  };
  if (text.length > LIMITS.typedChars) refuse('it is too long');
  let decoded: { hrp: string; data: Bytes };
  try {
    decoded = decodeBech32(text.replace(/\s/g, '').toLowerCase());
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
    return refuse('it is mistyped or incomplete');
  }
  const { hrp, data } = decoded;
  const [version = 0] = data;
  if (hrp !== CHALLENGE_PREFIX || version === 0) return refuse('it is not a challenge');
  if (version !== CHALLENGE_VERSION) {
    throw new EscrowError('record.version', { what: 'challenge', found: `version ${version}` });
  }
  const card = data[CARD_AT] ?? 0;
  if (data.length !== CHALLENGE_BYTES || card === 0) return refuse('it is mistyped or incomplete');
  return {
    escrow: encodeHex(data.subarray(1, 9)),
    charter: encodeHex(data.subarray(9, CARD_AT)),
    card,
    challenge: encodeHex(data.subarray(CARD_AT + 1)),
  };
}

/**
 * Answers a challenge with the card's 50-byte share record, on the device of its holder.
 *
 * @param known - Its hash must be the challenge's.
 * @returns the response file's bytes.
 * @throws {@link EscrowError} `proof.refused` when the challenge is about another escrow, charter or card.
 */
export function answerChallenge(
  crypto: CryptoPort,
  challenge: Challenge,
  known: KnownCharter,
  shareRecord: Uint8Array,
): Bytes {
  assertAbout(challenge, known);
  const seed = cardProofSeed(crypto, shareRecord);
  const keyPair = crypto.ed25519KeyPair(seed);
  wipe(seed);
  try {
    const { card, escrow } = challenge;
    if (proofKeyOf(known.charter, card) !== encodeHex(keyPair.publicKey)) {
      throw new EscrowError('proof.refused', { card, reason: 'other-card' });
    }
    const signature = encodeBase64(crypto.ed25519Sign(keyPair.secretKey, bytesToSign(challenge)));
    const type = 'holdfast response v1';
    return encodeDocument(RESPONSE_KIND, { type, escrow, card, challenge: challenge.challenge, signature });
  } finally {
    wipe(keyPair.secretKey);
  }
}

/**
 * Reads a response without judging it.
 *
 * @throws {@link EscrowError} `limit.exceeded`, `record.version`, `proof.format`.
 */
export function decodeResponse(bytes: Uint8Array): ProofResponse {
  return decodeDocument(RESPONSE_KIND, bytes);
}

/**
 * Checks that a response answers this challenge, by the proof key that the charter states for the card.
 *
 * @throws {@link EscrowError} `proof.refused`.
 */
export function verifyResponse(
  crypto: CryptoPort,
  response: ProofResponse,
  challenge: Challenge,
  known: KnownCharter,
): void {
  assertAbout(challenge, known);
  const { card } = challenge;
  const refuse = (reason: ProofFault): never => {
    throw new EscrowError('proof.refused', { card, reason });
  };
  if (response.escrow !== challenge.escrow) refuse('answer-of-other-escrow');
  if (response.card !== card) refuse('answer-of-other-card');
  if (response.challenge !== challenge.challenge) refuse('answer-to-other-challenge');
  const proofKey = decodeHex(proofKeyOf(known.charter, card));
  if (!crypto.ed25519Verify(proofKey, bytesToSign(challenge), decodeBase64(response.signature))) {
    refuse('signature');
  }
}

/** "holdfast response v1" ‖ charter hash (32) ‖ card number (1) ‖ challenge (32). */
function bytesToSign(challenge: Challenge): Bytes {
  return concatBytes(
    encodeUtf8('holdfast response v1'),
    decodeHex(challenge.charter),
    Uint8Array.of(challenge.card),
    decodeHex(challenge.challenge),
  );
}

/** A challenge about a charter this reader does not trust must not be answered or taken. */
function assertAbout(challenge: Challenge, { charter, hash }: KnownCharter): void {
  const refuse = (reason: ProofFault): never => {
    throw new EscrowError('proof.refused', { card: challenge.card, reason });
  };
  if (challenge.escrow !== charter.escrow) refuse('other-escrow');
  if (challenge.charter !== hash) refuse('other-charter');
}

function proofKeyOf(charter: Charter, card: number): string {
  const stated = charter.cards.find((candidate) => candidate.card === card);
  if (stated === undefined) throw new EscrowError('proof.refused', { card, reason: 'no-such-card' });
  return stated.proofKey;
}

// The making of an escrow key and its card set, in memory. Nothing here touches the machine: the
// caller prints, reads back and writes; until it does, a ceremony leaves no trace.
// Formats: docs/spec/charter.md and share.md.

import { decryptAge, encryptAge } from '../core/age/file.ts';
import { hybridRecipient } from '../core/age/keys.ts';
import { concatBytes, encodeHex, encodeUtf8, equalBytes, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { streamOf } from '../core/stream-of.ts';
import { charterKeyPair, signCharter } from '../core/record/charter.ts';
import type { Charter, SignedDocument } from '../core/record/charter.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import { charterWords } from '../core/record/words.ts';
import { quorumSubsets } from '../core/share/policy.ts';
import { cardCommitment, cardProofSeed } from '../core/share/set.ts';
import { decodeShare, encodeShare, setIdOf } from '../core/share/share-record.ts';
import { encodeShareRows } from '../core/share/share-text.ts';
import { combineSeed, splitSeed } from '../core/share/split.ts';
import type { Plan, PlannedCard } from './plan.ts';

const SEED_BYTES = 32;

/** The number of random quorums checked when there are too many to check all. */
const CHECKED_SUBSETS = 200;

/** One card before it is paper. Its rows are the secret: they go on the card and nowhere else. */
export interface CardSecret extends PlannedCard {
  /** The 50-byte share record; wiped by {@link wipeCeremony}. */
  readonly record: Bytes;
  readonly rows: readonly [string, string, string, string];
}

/** A ceremony in progress. Its maker calls {@link wipeCeremony} on every way out. */
export interface Ceremony {
  readonly seed: Bytes;
  readonly recipient: string;
  readonly charter: Charter;
  readonly signed: SignedDocument;
  /** 32-byte Ed25519 public key that signs charters. */
  readonly charterKey: Bytes;
  readonly words: readonly string[];
  readonly cards: readonly CardSecret[];
}

interface CeremonyInput {
  readonly plan: Plan;
  /** 16 hex characters, kept for the life of the escrow. */
  readonly escrow: string;
  readonly setNumber: number;
  /** minisign public key lines of the machines that may seal. */
  readonly sealers: readonly string[];
  /** UTC time, `2026-11-24T01:02:03Z`. */
  readonly created: string;
}

function charterCards(crypto: CryptoPort, cards: readonly CardSecret[]): Charter['cards'] {
  return cards.map(({ card, group, member, record }) => {
    const seed = cardProofSeed(crypto, record);
    const pair = crypto.ed25519KeyPair(seed);
    wipe(seed, pair.secretKey);
    return {
      card,
      group,
      member,
      commitment: encodeHex(cardCommitment(crypto, record)),
      proofKey: encodeHex(pair.publicKey),
    };
  });
}

/** Makes the escrow key, splits it, and signs the first charter. */
export function beginCeremony(crypto: CryptoPort, input: CeremonyInput): Ceremony {
  const seed = crypto.randomBytes(SEED_BYTES);
  const recipient = hybridRecipient(crypto, seed);
  const shares = splitSeed(crypto, seed, input.plan.policy, { setNumber: input.setNumber, recipient });
  const cards = shares.map((share, index): CardSecret => {
    const record = encodeShare(crypto, share);
    wipe(share.value);
    const place = input.plan.cards[index];
    if (!place) throw new Error('a split has as many shares as the plan has cards');
    return { ...place, record, rows: encodeShareRows(record) };
  });
  const first = shares[0];
  if (!first) throw new Error('a policy has cards');
  const keyPair = charterKeyPair(crypto, seed);
  const charter: Charter = {
    type: 'holdfast charter v1',
    escrow: input.escrow,
    number: 1,
    created: input.created,
    charterKey: encodePublicKey(crypto, keyPair.publicKey),
    recipient,
    set: { number: input.setNumber, id: setIdOf(first) },
    policy: {
      groupThreshold: input.plan.policy.groupThreshold,
      groups: input.plan.policy.groups.map(({ threshold, members }) => ({ threshold, members })),
    },
    cards: charterCards(crypto, cards),
    sealers: [...input.sealers],
    previous: null,
  };
  const signed = signCharter(crypto, charter, keyPair);
  wipe(keyPair.secretKey);
  const words = charterWords(crypto, keyPair.publicKey, recipient);
  return {
    seed,
    recipient,
    charter,
    signed,
    charterKey: keyPair.publicKey,
    words,
    cards,
  };
}

/** Overwrites the seed and every share of a ceremony. */
export function wipeCeremony(ceremony: Ceremony): void {
  wipe(ceremony.seed, ...ceremony.cards.map((card) => card.record));
}

/**
 * Rebuilds the key from every quorum, or from 200 random ones that use each card at least ten times.
 *
 * @returns how many quorums were checked.
 * @throws {@link EscrowError} `ceremony.subset-fails` naming the cards that did not give the key.
 */
export function checkSubsets(crypto: CryptoPort, ceremony: Ceremony): number {
  const subsets = quorumSubsets(crypto, ceremony.charter.policy, { limit: CHECKED_SUBSETS });
  for (const cards of subsets) {
    const shares = cards.map((card) => decodeShare(crypto, recordOf(ceremony, card)));
    const rebuilt = combineSeed(shares);
    const agrees = equalBytes(rebuilt, ceremony.seed);
    wipe(rebuilt, ...shares.map((share) => share.value));
    if (!agrees) throw new EscrowError('ceremony.subset-fails', { cards });
  }
  return subsets.length;
}

function recordOf(ceremony: Ceremony, card: number): Bytes {
  const found = ceremony.cards[card - 1];
  if (!found) throw new Error(`no card ${card} in this ceremony`);
  return found.record;
}

/**
 * Seals a small test package to the recipient and opens it with a key rebuilt from records that were
 * read from paper, so that the whole road is known to work before the key is destroyed.
 *
 * @throws {@link EscrowError} `ceremony.subset-fails`, or `age.*` when the package does not open.
 */
export async function openTestPackage(
  crypto: CryptoPort,
  ceremony: Ceremony,
  records: readonly { card: number; record: Uint8Array }[],
): Promise<void> {
  const canary = concatBytes(encodeUtf8('holdfast test package '), crypto.randomBytes(16));
  const shares = records.map(({ record }) => decodeShare(crypto, record));
  const seed = combineSeed(shares);
  try {
    const opened: Bytes[] = [];
    const sealed = encryptAge(crypto, ceremony.recipient, streamOf(canary));
    for await (const part of decryptAge(crypto, [{ kind: 'hybrid', seed }], sealed)) opened.push(part);
    if (!equalBytes(concatBytes(...opened), canary)) {
      throw new EscrowError('ceremony.subset-fails', { cards: records.map(({ card }) => card) });
    }
  } finally {
    wipe(seed, ...shares.map((share) => share.value));
  }
}

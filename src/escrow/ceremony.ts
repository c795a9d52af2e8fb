// The making of an escrow key and its card set, in memory. Nothing here touches the machine: the
// caller prints, reads back and writes; until it does, a ceremony leaves no trace.
// Formats: docs/spec/charter.md and share.md.

import { decryptAge, encryptAge } from '../core/age/file.ts';
import { hybridRecipient } from '../core/age/keys.ts';
import { concatBytes, encodeHex, encodeUtf8, equalBytes, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { bytesOf, streamOf } from '../core/stream-of.ts';
import { charterKeyPair, signCharter, signRekey } from '../core/record/charter.ts';
import type { Charter, SignedDocument } from '../core/record/charter.ts';
import { LIMITS } from '../core/limits.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import { newSeed } from '../core/seed.ts';
import { charterWords } from '../core/record/words.ts';
import { CHECKED_QUORUMS, quorumSubsets } from '../core/share/policy.ts';
import { cardCommitment, cardProofSeed } from '../core/share/set.ts';
import { openShare } from '../core/share/lock.ts';
import { decodeShare, encodeShare, setOfHead } from '../core/share/share-record.ts';
import type { Share } from '../core/share/share-record.ts';
import { encodeShareRows } from '../core/share/share-text.ts';
import type { ShareRows } from '../core/share/share-text.ts';
import { combineSeed, splitSeed } from '../core/share/split.ts';
import type { Plan, PlannedCard } from './plan.ts';
import type { UntrustedDocument } from './ports.ts';

/** One card before it is paper. Its rows are the secret: they go on the card and nowhere else. */
export interface CardSecret extends PlannedCard {
  /** The share record, locked where its holder wants it; wiped by {@link wipeCeremony}. */
  readonly record: Bytes;
  readonly rows: ShareRows;
}

/** Passphrases by card number, UTF-8 as typed. Whoever asked for them wipes them. */
export type LockPassphrases = ReadonlyMap<number, Uint8Array>;

/** A ceremony in progress. Its maker calls {@link wipeCeremony} on every way out. */
export interface Ceremony {
  readonly seed: Bytes;
  readonly recipient: string;
  readonly charter: Charter;
  /** With the signature of the key before, where the key was changed. */
  readonly signed: SignedDocument & Pick<UntrustedDocument, 'oldSignature'>;
  /** 32-byte Ed25519 public key that signs charters. */
  readonly charterKey: Bytes;
  readonly words: readonly string[];
  readonly cards: readonly CardSecret[];
}

interface CeremonyMatter {
  readonly plan: Plan;
  /** minisign public key lines of the machines that may seal. */
  readonly sealers: readonly string[];
  /** UTC time, `2026-11-24T01:02:03Z`. */
  readonly created: string;
  /** Dice that are mixed into a new key, as digits; undefined where nobody rolled. */
  readonly rolls?: string | undefined;
}

interface FirstCeremony extends CeremonyMatter {
  /** 16 hex characters, kept for the life of the escrow. */
  readonly escrow: string;
  readonly setNumber: number;
}

/** The charter that is to be replaced, and its key, which a quorum rebuilt. */
interface Predecessor {
  readonly charter: Charter;
  readonly hash: string;
  /** The caller wipes it. */
  readonly seed: Uint8Array;
}

interface NextCeremony extends CeremonyMatter {
  /** `reissue`: the same key, split anew. `rekey`: a new key, for which the old one vouches. */
  readonly kind: 'reissue' | 'rekey';
  readonly before: Predecessor;
}

/** What the charter says of cards. */
export function charterCards(crypto: CryptoPort, cards: readonly CardSecret[]): Charter['cards'] {
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
export function beginCeremony(crypto: CryptoPort, input: FirstCeremony): Ceremony {
  const seed = newSeed(crypto, input.rolls);
  return splitAndSign(crypto, seed, { ...input, number: 1, previous: null });
}

/**
 * Splits the same key anew, or makes a new one, and signs the charter that follows. Nothing of it counts before
 * that charter is in the place of the one before.
 *
 * @throws {@link EscrowError} `limit.exceeded` when every set number, or place in the chain, was used.
 */
export function beginNextCeremony(crypto: CryptoPort, input: NextCeremony): Ceremony {
  const { charter, hash, seed: oldSeed } = input.before;
  const [setNumber, number] = [charter.set.number + 1, charter.number + 1];
  if (setNumber > LIMITS.cards)
    throw new EscrowError('limit.exceeded', { what: 'card sets of one escrow', limit: LIMITS.cards });
  if (number > LIMITS.chartersInChain)
    throw new EscrowError('limit.exceeded', { what: 'charter chain', limit: LIMITS.chartersInChain });
  const seed = input.kind === 'reissue' ? new Uint8Array(oldSeed) : newSeed(crypto, input.rolls);
  const place = { escrow: charter.escrow, setNumber, number, previous: hash };
  const next = splitAndSign(crypto, seed, { ...input, ...place });
  if (input.kind === 'reissue') return next;
  const oldKey = charterKeyPair(crypto, oldSeed);
  try {
    const oldSignature = signRekey(crypto, next.signed.bytes, oldKey);
    return { ...next, signed: { ...next.signed, oldSignature } };
  } catch (error) {
    wipeCeremony(next);
    throw error;
  } finally {
    wipe(oldKey.secretKey);
  }
}

interface CharterPlace extends FirstCeremony {
  readonly number: number;
  readonly previous: string | null;
}

/** @param seed - Of the ceremony from here on: wiped when there is none. */
function splitAndSign(crypto: CryptoPort, seed: Bytes, input: CharterPlace): Ceremony {
  const cards: CardSecret[] = [];
  const keyPair = charterKeyPair(crypto, seed);
  try {
    const recipient = hybridRecipient(crypto, seed);
    cards.push(...splitCards(crypto, seed, recipient, input));
    const charter = charterOf(crypto, cards, { ...input, recipient, charterKey: keyPair.publicKey });
    const signed = signCharter(crypto, charter, keyPair);
    const words = charterWords(crypto, keyPair.publicKey, recipient);
    return { seed, recipient, charter, signed, charterKey: keyPair.publicKey, words, cards };
  } catch (error) {
    wipe(seed, ...cards.map(({ record }) => record));
    throw error;
  } finally {
    wipe(keyPair.secretKey);
  }
}

function splitCards(
  crypto: CryptoPort,
  seed: Bytes,
  recipient: string,
  { plan, setNumber }: CharterPlace,
): CardSecret[] {
  const shares = splitSeed(crypto, seed, plan.policy, { setNumber, recipient });
  try {
    return shares.map((share, index): CardSecret => {
      const place = plan.cards[index];
      if (!place) throw new Error('a split has as many shares as the plan has cards');
      const record = encodeShare(crypto, share);
      return { ...place, record, rows: encodeShareRows(record) };
    });
  } finally {
    wipe(...shares.map(({ value }) => value));
  }
}

function charterOf(
  crypto: CryptoPort,
  cards: readonly CardSecret[],
  made: CharterPlace & { readonly recipient: string; readonly charterKey: Uint8Array },
): Charter {
  const [first] = cards;
  if (!first) throw new Error('a policy has cards');
  const { groupThreshold, groups } = made.plan.policy;
  return {
    type: 'holdfast charter v1',
    escrow: made.escrow,
    number: made.number,
    created: made.created,
    charterKey: encodePublicKey(crypto, made.charterKey),
    recipient: made.recipient,
    set: { number: made.setNumber, id: setOfHead(first.record)?.id ?? '' },
    policy: {
      groupThreshold,
      groups: groups.map(({ threshold, members }) => ({ threshold, members })),
    },
    cards: charterCards(crypto, cards),
    sealers: [...made.sealers],
    previous: made.previous,
  };
}

/** Overwrites the seed and every share of a ceremony. */
export function wipeCeremony(ceremony: Ceremony): void {
  wipe(ceremony.seed, ...ceremony.cards.map((card) => card.record));
}

/**
 * Rebuilds the key from every quorum, or from 200 random ones that use each card at least ten times.
 *
 * @param opened - The shares of all cards, where some of them are locked.
 * @returns how many quorums were checked.
 * @throws {@link EscrowError} `ceremony.subset-fails` naming the cards that did not give the key.
 */
export function checkSubsets(crypto: CryptoPort, ceremony: Ceremony, opened?: readonly Share[]): number {
  const subsets = quorumSubsets(crypto, ceremony.charter.policy, { limit: CHECKED_QUORUMS });
  for (const cards of subsets) {
    const shares = cards.map((card) => opened?.[card - 1] ?? decodeShare(crypto, recordOf(ceremony, card)));
    const rebuilt = combineSeed(shares);
    const agrees = equalBytes(rebuilt, ceremony.seed);
    wipe(rebuilt);
    if (!opened) wipe(...shares.map((share) => share.value));
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
  passphrases: LockPassphrases = new Map(),
): Promise<void> {
  const canary = concatBytes(encodeUtf8('holdfast test package '), crypto.randomBytes(16));
  const shares: Share[] = [];
  let seed: Bytes | undefined;
  try {
    for (const { card, record } of records)
      shares.push(await openShare(crypto, record, passphrases.get(card)));
    seed = combineSeed(shares);
    const sealed = encryptAge(crypto, ceremony.recipient, streamOf(canary));
    const opened = await bytesOf(decryptAge(crypto, [{ kind: 'hybrid', seed }], sealed));
    if (!equalBytes(opened, canary)) {
      throw new EscrowError('ceremony.subset-fails', { cards: records.map(({ card }) => card) });
    }
  } finally {
    wipe(seed, ...shares.map((share) => share.value));
  }
}

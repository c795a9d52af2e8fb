// The chain of charters (docs/spec/charter.md, "Chain"): each names the hash of the one before; a new
// escrow key is vouched for by the old one. Trust comes from outside: a pin or the six words.

import { equalBytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { charterHash, decodeCharter, verifyCharter, type Charter } from './charter.ts';
import { decodePublicKey, verifyDetached } from './minisign.ts';

/** One charter file with the signatures beside it. */
interface CharterLink {
  readonly bytes: Uint8Array;
  readonly signature: string;
  /** By the key of the charter before; only a rekey charter has it. */
  readonly oldSignature?: string | undefined;
}

/** What a reader trusts before it looks at the chain. */
interface CharterAnchor {
  /** 32-byte charter key. */
  readonly charterKey: Uint8Array;
  /** Hash of a charter seen before, which the chain must still hold. */
  readonly hash?: string | undefined;
}

/** A chain that holds, oldest first. `charters` and `hashes` run side by side. */
interface CharterChain {
  readonly charters: readonly Charter[];
  readonly hashes: readonly string[];
  readonly newest: Charter;
}

/**
 * Checks a chain of charters, oldest (number 1) first, and that the anchor is part of it.
 *
 * Charters before the anchor's are bound by their hashes, those after it by the signatures of the keys
 * before theirs. When the newest charter's key is not the anchor's, a rekey lies between: the caller
 * decides whether to follow it.
 *
 * @throws {@link EscrowError} `charter.chain`, `limit.exceeded`, or what verifyCharter throws for a link.
 */
export async function verifyCharterChain(
  crypto: CryptoPort,
  links: readonly CharterLink[],
  anchor: CharterAnchor,
): Promise<CharterChain> {
  if (links.length > LIMITS.chartersInChain) {
    throw new EscrowError('limit.exceeded', { what: 'charter chain', limit: LIMITS.chartersInChain });
  }
  const charters: Charter[] = [];
  const hashes: string[] = [];
  for (const link of links) {
    const charter = verifyLink(crypto, link, charters.at(-1), hashes.at(-1));
    charters.push(charter);
    hashes.push(await charterHash(crypto, link.bytes));
  }
  const newest = charters.at(-1);
  if (newest === undefined) throw new EscrowError('charter.chain', { number: 1, reason: 'it is missing' });
  const isAnchored = charters.some((charter) => equalBytes(keyOf(charter), anchor.charterKey));
  if (!isAnchored || (anchor.hash !== undefined && !hashes.includes(anchor.hash))) {
    throw new EscrowError('charter.chain', { number: newest.number, reason: 'it is not the pinned chain' });
  }
  return { charters, hashes, newest };
}

const keyOf = (charter: Charter): Uint8Array => decodePublicKey(charter.charterKey);

function verifyLink(
  crypto: CryptoPort,
  link: CharterLink,
  before: Charter | undefined,
  hashBefore: string | undefined,
): Charter {
  const charter = verifyCharter(crypto, link.bytes, link.signature, keyOf(decodeCharter(link.bytes)));
  const refuse = (reason: string): never => {
    throw new EscrowError('charter.chain', { number: charter.number, reason });
  };
  if (charter.number !== (before?.number ?? 0) + 1) refuse(`charter ${(before?.number ?? 0) + 1} is missing`);
  if (before === undefined) return charter;
  if (charter.previous !== hashBefore) refuse('it does not follow the charter before it');
  if (charter.escrow !== before.escrow) refuse('it belongs to another escrow');
  const keepsKey = equalBytes(keyOf(charter), keyOf(before));
  // Both come from the seed: one cannot change without the other.
  if (keepsKey !== (charter.recipient === before.recipient)) refuse('recipient and charter key do not match');
  if (keepsKey) return charter;
  if (link.oldSignature === undefined) return refuse('the old key did not sign the new one');
  verifyDetached(crypto, keyOf(before), link.bytes, link.oldSignature, charter.type);
  return charter;
}

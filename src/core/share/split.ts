// From a seed to the shares of a policy and back: the outer split among groups, the inner one among a
// group's members. Spec: docs/spec/share.md, "Policies" and "Combining".
// The seed that comes back is not authenticated; only its public key tells whether it is the right one.

import { wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { assertPolicy, cardPositions } from './policy.ts';
import type { Policy } from './policy.ts';
import { combineShares, splitSecret } from './shamir.ts';
import type { Point } from './shamir.ts';
import { recipientTag, setIdOf, shareLabel } from './share-record.ts';
import type { Share } from './share-record.ts';

const NONCE_BYTES = 3;

/** What all shares of a split have in common. */
interface SetDescription {
  /** 1 to 255. */
  readonly setNumber: number;
  /** The recipient's text, `age1pq1…`. */
  readonly recipient: string;
}

/** Values at x = 1…count. A threshold of 1 is no split: each is a copy of the secret. */
function splitLevel(crypto: CryptoPort, secret: Uint8Array, threshold: number, count: number): Bytes[] {
  if (threshold === 1) return Array.from({ length: count }, () => new Uint8Array(secret));
  return splitSecret(crypto, secret, threshold, count);
}

/**
 * Splits a 32-byte seed among the cards of a policy.
 *
 * @returns the share of card n at index n − 1. The caller wipes the seed and every `value`.
 * @throws {@link EscrowError} `share.policy`, or `share.malformed` for a seed of another length.
 */
export function splitSeed(
  crypto: CryptoPort,
  seed: Uint8Array,
  policy: Policy,
  set: SetDescription,
): Share[] {
  assertPolicy(policy);
  const { groupThreshold, groups } = policy;
  const common = {
    setNumber: set.setNumber,
    recipientTag: recipientTag(crypto, set.recipient),
    splitNonce: crypto.randomBytes(NONCE_BYTES),
    groupThreshold,
  };
  const groupValues = splitLevel(crypto, seed, groupThreshold, groups.length);
  const values = groups.flatMap(({ threshold, members }, index) =>
    splitLevel(crypto, groupValues[index] ?? new Uint8Array(), threshold, members).map((value) => ({
      memberThreshold: threshold,
      value,
    })),
  );
  wipe(...groupValues);
  return cardPositions(policy).map(({ card, group, member }) => {
    const { memberThreshold = 0, value = new Uint8Array() } = values[card - 1] ?? {};
    return { ...common, group, member, memberThreshold, value };
  });
}

/**
 * Rebuilds the seed from the shares of one minimal quorum: as many groups as their group threshold says,
 * each with as many members as its member threshold says. Everything is compared before anything is
 * computed. The caller wipes the seed, and compares its recipient with what it should be.
 *
 * @throws {@link EscrowError} `share.mixed-sets`, `share.thresholds-differ`, `share.duplicate`,
 * `share.too-few` or `share.surplus`.
 */
export function combineSeed(shares: readonly Share[]): Bytes {
  const groups = assertQuorum(shares);
  const points = groups.map((members): Point => {
    const x = members[0]?.group ?? 0;
    return { x, value: combineLevel(members.map(({ member, value }) => ({ x: member, value }))) };
  });
  try {
    return combineLevel(points);
  } finally {
    wipe(...points.map(({ value }) => value));
  }
}

/** The value at zero; of a single point, a copy of its value. */
function combineLevel(points: readonly Point[]): Bytes {
  const [only, another] = points;
  return only && !another ? new Uint8Array(only.value) : combineShares(points);
}

/** The shares by group, when they are exactly one minimal quorum of one set. */
function assertQuorum(shares: readonly Share[]): Share[][] {
  const [first] = shares;
  if (!first) throw new EscrowError('share.too-few', { have: 0, need: 1, unit: 'card' });
  const groups = new Map<number, Share[]>();
  for (const share of shares) {
    if (setIdOf(share) !== setIdOf(first)) throw new EscrowError('share.mixed-sets', {});
    groups.set(share.group, [...(groups.get(share.group) ?? []), share]);
  }
  const differs = shares.find(
    (share) =>
      share.groupThreshold !== first.groupThreshold ||
      share.memberThreshold !== groups.get(share.group)?.[0]?.memberThreshold,
  );
  if (differs) throw new EscrowError('share.thresholds-differ', { label: shareLabel(differs) });
  for (const members of groups.values()) assertDistinct(members);
  assertEnough([...groups.values()], first.groupThreshold);
  return [...groups.values()];
}

function assertDistinct(members: readonly Share[]): void {
  const twice = members.find(
    (share, index) => members.findIndex(({ member }) => member === share.member) !== index,
  );
  if (twice) throw new EscrowError('share.duplicate', { label: shareLabel(twice) });
}

/** Neither fewer nor more than a minimal quorum; too few is said first, since more can be set aside. */
function assertEnough(groups: readonly Share[][], groupThreshold: number): void {
  const counts = groups.map((members) => ({ have: members.length, need: members[0]?.memberThreshold ?? 0 }));
  const ofGroups = { have: groups.length, need: groupThreshold, unit: 'group' } as const;
  const complete = counts.filter(({ have, need }) => have >= need);
  if (complete.length < groupThreshold) {
    if (groups.length < groupThreshold) throw new EscrowError('share.too-few', ofGroups);
    const short = counts.find(({ have, need }) => have < need) ?? { have: 0, need: 1 };
    throw new EscrowError('share.too-few', { ...short, unit: 'card' });
  }
  if (groups.length > groupThreshold) throw new EscrowError('share.surplus', ofGroups);
  const over = counts.find(({ have, need }) => have > need);
  if (over) throw new EscrowError('share.surplus', { ...over, unit: 'card' });
}

// Candidate quorums from readable cards alone, for a recovery without a charter to say which are good.
// What the cards themselves claim, groups and thresholds, is all there is to go by, and some may claim
// wrongly. Spec: docs/spec/share.md, "Combining". Tries nothing itself.

import { equalBytes } from '../bytes.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { combinations, countChoices, draw, product } from './combinations.ts';
import type { DrawBelow } from './combinations.ts';
import { setIdOf } from './share-record.ts';
import type { Share } from './share-record.ts';

/** Cards of one group that agree on its threshold. Each position has the different values claimed for it. */
interface Pool {
  readonly threshold: number;
  readonly positions: readonly (readonly Share[])[];
  readonly size: number;
  /** Cards of the group that say otherwise. */
  readonly against: number;
}

/** Cards that agree on the group threshold, by group. */
interface Claim {
  readonly groupThreshold: number;
  readonly groups: readonly (readonly Pool[])[];
  readonly size: number;
  /** Cards of the set that say otherwise. */
  readonly against: number;
}

/** Shares of one or more groups, and how many of the given cards are wrong if these are right. */
interface Candidate {
  readonly shares: readonly Share[];
  readonly doubt: number;
}

/**
 * Minimal quorums that can be made from these shares, each once, at most {@link LIMITS.recoverSubsets}:
 * those that contradict the fewest cards first. When there are more in all they are drawn at random,
 * since in a fixed order one bad card could be in all that are reached. The order is the same each time.
 *
 * @param shares - Readable shares of one set, in any order, doubles allowed.
 * @returns the given objects; every subset has the form {@link combineSeed} takes.
 * @throws {@link EscrowError} `share.mixed-sets`.
 */
export function* readableSubsets(shares: readonly Share[]): Generator<readonly Share[]> {
  const [first] = shares;
  if (!first) return;
  if (shares.some((share) => setIdOf(share) !== setIdOf(first)))
    throw new EscrowError('share.mixed-sets', {});
  const claims = claimsOf(withoutDoubles(shares));
  const total = claims.reduce((sum, claim) => sum + countOfClaim(claim), 0n);
  if (total <= LIMITS.recoverSubsets) yield* allSubsets(claims);
  else yield* drawnSubsets(claims);
}

function withoutDoubles(shares: readonly Share[]): Share[] {
  return shares.filter((share, index) => shares.findIndex((other) => isSame(share, other)) === index);
}

function isSame(a: Share, b: Share): boolean {
  return (
    a.group === b.group &&
    a.member === b.member &&
    a.groupThreshold === b.groupThreshold &&
    a.memberThreshold === b.memberThreshold &&
    equalBytes(a.value, b.value)
  );
}

function groupedBy(shares: readonly Share[], key: (share: Share) => number): [number, Share[]][] {
  const grouped = new Map<number, Share[]>();
  for (const share of shares) grouped.set(key(share), [...(grouped.get(key(share)) ?? []), share]);
  return [...grouped];
}

/** What can be completed, claims that more cards make first. */
function claimsOf(shares: readonly Share[]): Claim[] {
  return groupedBy(shares, ({ groupThreshold }) => groupThreshold)
    .map(([groupThreshold, agreeing]): Claim => {
      const groups = groupedBy(agreeing, ({ group }) => group).map(([, members]) => poolsOf(members));
      const size = agreeing.length;
      return {
        groupThreshold,
        groups: groups.filter(({ length }) => length > 0),
        size,
        against: shares.length - size,
      };
    })
    .filter(({ groupThreshold, groups }) => groups.length >= groupThreshold)
    .sort((a, b) => b.size - a.size);
}

function poolsOf(members: readonly Share[]): Pool[] {
  return groupedBy(members, ({ memberThreshold }) => memberThreshold)
    .map(([threshold, agreeing]): Pool => {
      const positions = groupedBy(agreeing, ({ member }) => member).map(([, alternatives]) => alternatives);
      const size = agreeing.length;
      return { threshold, positions, size, against: members.length - size };
    })
    .filter(({ threshold, positions }) => positions.length >= threshold)
    .sort((a, b) => b.size - a.size);
}

function countOfClaim({ groupThreshold, groups }: Claim): bigint {
  const counts = groups.map((pools) =>
    pools.reduce((sum, { threshold, positions }) => {
      return (
        sum +
        countChoices(
          positions.map(({ length }) => BigInt(length)),
          threshold,
        )
      );
    }, 0n),
  );
  return countChoices(counts, groupThreshold);
}

function* allSubsets(claims: readonly Claim[]): Generator<readonly Share[]> {
  const [first, ...others] = [...listClaims(claims)];
  if (!first) return;
  // Among equals the cards given first come first, then chance: see above.
  const below = fixedSequence();
  const shuffled = [first, ...draw(others, others.length, below)];
  for (const { shares } of shuffled.sort((a, b) => a.doubt - b.doubt)) yield shares;
}

function* listClaims(claims: readonly Claim[]): Generator<Candidate> {
  for (const claim of claims) {
    for (const chosen of combinations(claim.groups, claim.groupThreshold)) {
      for (const parts of product(chosen.map((pools) => () => listGroup(pools))))
        yield {
          shares: parts.flatMap(({ shares }) => shares),
          doubt: parts.reduce((sum, { doubt }) => sum + doubt, claim.against),
        };
    }
  }
}

function* listGroup(pools: readonly Pool[]): Generator<Candidate> {
  for (const { threshold, positions, against } of pools) {
    for (const chosen of combinations(positions, threshold)) {
      const doubt = chosen.reduce((sum, alternatives) => sum + alternatives.length - 1, against);
      for (const shares of product(chosen.map((alternatives) => () => alternatives))) yield { shares, doubt };
    }
  }
}

function* drawnSubsets(claims: readonly Claim[]): Generator<readonly Share[]> {
  const below = fixedSequence();
  const seen = new Set<string>();
  const numbers = new Map<Share, number>();
  const numberOf = (share: Share): number => {
    const known = numbers.get(share) ?? numbers.size;
    numbers.set(share, known);
    return known;
  };
  // Draws that repeat one cost next to nothing; but where few are left they must come to an end.
  for (let draws = 4 * LIMITS.recoverSubsets; draws > 0 && seen.size < LIMITS.recoverSubsets; draws -= 1) {
    const shares = drawSubset(claims, below);
    const key = shares
      .map(numberOf)
      .sort((a, b) => a - b)
      .join();
    if (seen.has(key)) continue;
    seen.add(key);
    yield shares;
  }
}

/** Claims and pools come up as often as they have cards, so what most cards say is mostly tried. */
function drawSubset(claims: readonly Claim[], below: DrawBelow): Share[] {
  const claim = drawBySize(claims, below);
  return draw(claim.groups, claim.groupThreshold, below).flatMap((pools) => {
    const { positions, threshold } = drawBySize(pools, below);
    return draw(positions, threshold, below).flatMap((alternatives) => draw(alternatives, 1, below));
  });
}

function drawBySize<T extends { readonly size: number }>(items: readonly T[], below: DrawBelow): T {
  let left = below(items.reduce((sum, { size }) => sum + size, 0));
  const found = items.find(({ size }) => (left -= size) < 0);
  if (!found) throw new Error('nothing to draw from');
  return found;
}

/** Numbers without a pattern, the same each time (Marsaglia's xorshift32). Nothing secret hangs on them. */
function fixedSequence(): DrawBelow {
  let state = 0x9e3779b9;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

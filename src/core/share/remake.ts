// One share of a split computed again from the others: a card that was destroyed gets its number back. The
// polynomial is evaluated at its coordinate instead of at zero. Spec: docs/spec/share.md, "Remaking".
// Like everything interpolated the result is not authenticated: compare its commitment.

import { wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { EscrowError } from '../errors.ts';
import { combineShares } from './shamir.ts';
import type { Point } from './shamir.ts';
import type { Share } from './share-record.ts';

/** Where the card stands that is made again. */
interface Place {
  readonly group: number;
  readonly member: number;
  readonly memberThreshold: number;
}

/**
 * The share at a place, from checked shares of the same set. Its group gives it, when enough of its members are
 * there; one member fewer will do when the other groups give the group's own value.
 *
 * @param shares - Of one set, all different. The caller wipes the value of the result.
 * @throws {@link EscrowError} `share.too-few`, `share.mixed-sets` for no share at all.
 */
export function remakeShare(shares: readonly Share[], place: Place): Share {
  const [any] = shares;
  if (!any) throw new EscrowError('share.too-few', { have: 0, need: 1, unit: 'card' });
  const { group, member, memberThreshold: need } = place;
  // A card that can just be read may be one of the quorum, and gets new paper.
  const own = shares.find((share) => share.group === group && share.member === member);
  if (own) return { ...own, value: new Uint8Array(own.value) };
  const members = shares.filter((share) => share.group === group);
  const points = members.slice(0, need).map((share): Point => ({ x: share.member, value: share.value }));
  const missing = need - points.length;
  const whole = missing === 1 ? valueOfGroup(shares, group) : undefined;
  if (missing > 1 || (missing === 1 && !whole))
    throw new EscrowError('share.too-few', { have: points.length, need, unit: 'card' });
  // The group's own value stands at zero.
  const value = valueAt(member, whole ? [...points, { x: 0, value: whole }] : points);
  wipe(whole);
  return { ...any, group, member, memberThreshold: need, value };
}

/** A group's value from the other groups; undefined when too few of them are complete. */
function valueOfGroup(shares: readonly Share[], group: number): Bytes | undefined {
  const need = shares[0]?.groupThreshold ?? 0;
  const numbers = [...new Set(shares.map((share) => share.group))].filter((other) => other !== group);
  const points: Point[] = [];
  for (const x of numbers) {
    const members = shares.filter((share) => share.group === x);
    const threshold = members[0]?.memberThreshold ?? 0;
    if (points.length === need || members.length < threshold) continue;
    const inGroup = members.slice(0, threshold).map(({ member, value }): Point => ({ x: member, value }));
    points.push({ x, value: valueAt(0, inGroup) });
  }
  const value = points.length === need ? valueAt(group, points) : undefined;
  wipe(...points.map((point) => point.value));
  return value;
}

/**
 * f(x) from as many points as the threshold. Addition in this field is exclusive or, so f at x is f(y + x) at zero:
 * the coordinates are moved, and what interpolates at zero does the rest. A single point is no split, but a copy.
 */
function valueAt(x: number, points: readonly Point[]): Bytes {
  const [only, another] = points;
  if (only && !another) return new Uint8Array(only.value);
  return combineShares(points.map((point) => ({ x: point.x ^ x, value: point.value })));
}

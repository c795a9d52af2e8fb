// Which quorums a ceremony tries before it trusts a split: all of them, or enough random ones. The rule
// is in docs/spec/share.md, "Policies". Works on card numbers alone.

import { encodeUtf8 } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { combinations, countChoices, countCombinations, draw, product } from './combinations.ts';
import type { DrawBelow } from './combinations.ts';

/** In so many of the drawn quorums every card must be. */
const USES_OF_EACH_CARD = 10;
/** Draws that may meet a quorum already drawn before the search for another is given up. */
const PATIENCE = 1_000;

/** A policy as the card numbers of its groups. */
export interface QuorumSpace {
  readonly groupThreshold: number;
  readonly groups: readonly CardGroup[];
}

interface CardGroup {
  readonly cards: readonly number[];
  readonly threshold: number;
}

/** Chooses `count` cards of those offered. */
type PickCards = (cards: readonly number[], count: number) => number[];

const countOfGroup = ({ cards, threshold }: CardGroup): bigint => countCombinations(cards.length, threshold);

/** The number of minimal quorums: those with no card too many. */
export function countMinimalQuorums({ groups, groupThreshold }: QuorumSpace): bigint {
  return countChoices(groups.map(countOfGroup), groupThreshold);
}

/** Every minimal quorum, as ascending card numbers. There may be astronomically many: count first. */
export function* listQuorums({ groups, groupThreshold }: QuorumSpace): Generator<number[]> {
  for (const chosen of combinations(groups, groupThreshold)) {
    const ways = chosen.map(
      ({ cards, threshold }) =>
        () =>
          combinations(cards, threshold),
    );
    for (const parts of product(ways)) yield parts.flat();
  }
}

/**
 * `limit` random minimal quorums, all different; more when it takes more for every card to be in ten of
 * them, or in all its quorums when it has fewer than ten. There must be more than `limit` in all.
 */
export function drawQuorums(crypto: CryptoPort, space: QuorumSpace, limit: number): number[][] {
  const below = randomSequence(crypto);
  const drawn = new Map<string, number[]>();
  const uses = new Map<number, number>();
  const usesOf = (card: number): number => uses.get(card) ?? 0;
  const add = (quorum: readonly number[]): boolean => {
    const ascending = [...quorum].sort((a, b) => a - b);
    const key = ascending.join();
    if (drawn.has(key)) return false;
    drawn.set(key, ascending);
    for (const card of quorum) uses.set(card, usesOf(card) + 1);
    return true;
  };
  const byChance: PickCards = (cards, count) => draw(cards, count, below);
  const leastUsed: PickCards = (cards, count) =>
    draw(cards, cards.length, below)
      .sort((a, b) => usesOf(a) - usesOf(b))
      .slice(0, count);

  space.groups.forEach((group, index) => {
    const wanted = usesWanted(space, index);
    for (const card of group.cards) {
      for (let patience = PATIENCE; usesOf(card) < wanted && patience > 0; patience -= 1) {
        // Filling up with the cards used least keeps the number of quorums down. Where that only
        // repeats one, chance finds another.
        const seat = { index, card };
        if (!add(quorumWith(space, seat, leastUsed, below))) add(quorumWith(space, seat, byChance, below));
      }
    }
  });
  for (let patience = limit * PATIENCE; drawn.size < limit && patience > 0; patience -= 1) {
    const chosen = draw(space.groups, space.groupThreshold, below);
    add(chosen.flatMap(({ cards, threshold }) => byChance(cards, threshold)));
  }
  return [...drawn.values()];
}

/** Ten, or the number of quorums that a card of this group is in. */
function usesWanted({ groups, groupThreshold }: QuorumSpace, index: number): number {
  const { cards = [], threshold = 0 } = groups[index] ?? {};
  const others = groups.filter((_, other) => other !== index).map(countOfGroup);
  const quorums =
    countCombinations(cards.length - 1, threshold - 1) * countChoices(others, groupThreshold - 1);
  return quorums < USES_OF_EACH_CARD ? Number(quorums) : USES_OF_EACH_CARD;
}

/** A minimal quorum with a given card in it. */
function quorumWith(
  { groups, groupThreshold }: QuorumSpace,
  seat: { readonly index: number; readonly card: number },
  pick: PickCards,
  below: DrawBelow,
): number[] {
  const own = groups[seat.index];
  const companions = own?.cards.filter((card) => card !== seat.card) ?? [];
  const others = groups.filter((group) => group !== own);
  return [
    seat.card,
    ...pick(companions, (own?.threshold ?? 1) - 1),
    ...draw(others, groupThreshold - 1, below).flatMap(({ cards, threshold }) => pick(cards, threshold)),
  ];
}

/**
 * Uniform whole numbers from a fresh random key. The key is stretched, because libsodium asks the system
 * anew for every four bytes, and a drawing takes hundreds of thousands.
 */
function randomSequence(crypto: CryptoPort): DrawBelow {
  const key = crypto.randomBytes(32);
  let words = new DataView(new ArrayBuffer(0));
  let at = 0;
  let block = 0;
  const next = (): number => {
    if (at === words.byteLength) {
      const bytes = crypto.blake2b(64, encodeUtf8(`quorum block ${block}`), key);
      words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      block += 1;
      at = 0;
    }
    at += 4;
    return words.getUint32(at - 4);
  };
  return (bound) => {
    // Draws that would favour the small numbers are thrown away.
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = next();
    while (drawn >= fair) drawn = next();
    return drawn % bound;
  };
}

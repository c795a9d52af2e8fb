// What still gives the key when the good cards make no quorum: a card that was seen opens as it did, and so do
// cards of a retired set of the same key. While they are in hand a rekey is possible, and nothing is lost.

import type { Charter } from '../core/record/charter.ts';
import { keyTag } from '../core/share/share-record.ts';
import { isCounted } from './custody.ts';
import { countReady } from './readiness.ts';
import type { Register, RegisteredCard } from './register.ts';

export interface StillOpens {
  /** Cards of the set in force that are not counted on, and make a quorum with those that are. */
  readonly seen: readonly number[];
  /** Numbers of retired sets of the same key whose cards make a quorum of their own. */
  readonly retired: readonly number[];
}

const isInHand = ({ state }: RegisteredCard): boolean => state === 'good' || state === 'seen';
const numbers = (cards: readonly RegisteredCard[]): number[] => cards.map(({ card }) => card);

/** @param charters - Believed, the retired ones too: they say how many cards of their set are needed. */
export function stillOpens(
  charters: readonly Pick<Charter, 'set' | 'policy'>[],
  { set, cards, retired = [] }: Register,
): StillOpens {
  const isQuorum = (setId: string, held: readonly RegisteredCard[]): boolean => {
    const policy = charters.find((charter) => charter.set.id === setId)?.policy;
    return policy !== undefined && countReady(policy, numbers(held)) >= 0;
  };
  const held = cards.filter(isInHand);
  return {
    seen: isQuorum(set.id, held) ? numbers(held.filter((card) => !isCounted(card))) : [],
    retired: retired
      .filter(
        (old) => keyTag(old.set.id) === keyTag(set.id) && isQuorum(old.set.id, old.cards.filter(isInHand)),
      )
      .map((old) => old.set.number),
  };
}

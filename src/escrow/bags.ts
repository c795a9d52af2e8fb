// Numbers of bags. Each bag has one of its own, and it says which card was closed in it: a number that stands for
// two cards, or for a card of a set before, was read or typed wrongly, or the bag was used before.

import { hasUnseen } from '../core/plain-text.ts';
import { setMark } from '../core/share/set.ts';
import { markName } from './card-verdict.ts';
import { isShortText } from './register.ts';
import type { Register, RegisteredCard } from './register.ts';

/** Case, spaces and dashes are not what tells one bag from another. */
const folded = (bag: string): string =>
  bag
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toLowerCase();

export const isSameBag = (one: string, other: string): boolean => folded(one) === folded(other);

/** Whether a text may stand for a bag in the register. */
export const isBagNumber = (text: string): boolean =>
  isShortText(text) && !hasUnseen(text) && folded(text) !== '';

type Bags = readonly Pick<RegisteredCard, 'card' | 'bag'>[];

/** The card that is in this bag. */
export const cardInBag = (cards: Bags, bag: string): number | undefined =>
  cards.find((entry) => entry.bag !== null && isSameBag(entry.bag, bag))?.card;

/** The card that was in this bag, of any of these sets: "card 2 of set 1, the gold circle". */
function inBagOf(sets: readonly Pick<Register, 'set' | 'cards'>[], bag: string): string | undefined {
  for (const { set, cards } of sets) {
    const card = cardInBag(cards, bag);
    if (card !== undefined) return `card ${card} of set ${set.number}, the ${markName(setMark(set.number))}`;
  }
  return undefined;
}

/** Whose it was in a set that is retired. */
export const inOldBag = (register: Register, bag: string): string | undefined =>
  inBagOf(register.retired ?? [], bag);

/** Whose it is when all sets of a register are old ones: a new set is about to take their place. */
export const inBagBefore = (register: Register | undefined, bag: string): string | undefined =>
  register && inBagOf([register, ...(register.retired ?? [])], bag);

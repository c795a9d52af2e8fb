// What is said about the numbers of bags: at a ceremony, and when a card is checked in.

import type { SeenException } from '../../escrow/exceptions.ts';

export const BAGS = {
  number: (card: number): string => `Number of the bag of card ${card} (none: it has no bag):`,
  /** In the question, not in the field: what is typed there would go on behind it. */
  numberAgain: (card: number, before: string): string =>
    `Number of the bag of card ${card} (typed before: ${before}; none: it has no bag):`,
  noNumber: 'please type the number on the bag',
  noBag: (card: number): string => `Card ${card} is in no bag`,
  taken: (other: number): string =>
    `That number was typed for card ${other}. No two bags have the same one: which is wrong?`,
  typeAgain: (wrong: number, right: number): string =>
    `it is on the bag of card ${right}; type that of card ${wrong} again`,
  wasOld: (card: number, whose: string): string =>
    `That is the number of the bag of ${whose}. Read it again: does it stand on the bag of card ${card}?`,
  all: 'The bags, to be compared',
  whichIsWrong: 'Which number is wrong? The number of its card (empty: all are right):',
  noBagException: (card: number): SeenException => ({
    what: `card ${card} is in no bag`,
    fix: 'its trustee takes it as it is',
  }),
  oldBagException: (card: number): SeenException => ({
    what: `the bag of card ${card} has the number of a bag of a set before`,
    fix: 'the program told whose it was, the number was read again, and it was kept',
  }),
  refused: (bag: string, other: number): string =>
    `bag ${bag} is that of card ${other}, and no two cards are in one: read the number again, or check card ${other} in with its own first; where two were exchanged, a terminal asks about it`,
  goodCard: (card: number): string => `card ${card}`,
  standsTwice: (bag: string, other: number): string =>
    `bag ${bag} still stands for card ${other} too: check that one in with its own number, and --rebagged`,
  goneCard: (card: number): string => `card ${card}, which is gone`,
  oldNoted: (bag: string, whose: string): string =>
    `bag ${bag} was that of ${whose}; it is noted all the same`,
  isOf: (bag: string, whose: string): string =>
    `${bag} is the bag of ${whose}: perhaps the two were exchanged, or the number was read off the wrong one.`,
} as const;

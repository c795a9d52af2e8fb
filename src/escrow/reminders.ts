// When cards and changes are due, as calendar entries (requirement K7). A calendar is read by many services: the
// entries hold numbers of cards and days, no name, no bag, no word of what a card opens.

import { changeDue, checkInDue, isCounted, openChanges, proofDue } from './custody.ts';
import type { CalendarEvent } from './ical.ts';
import type { Register } from './register.ts';

const SUMMARY = {
  bag: (card: number) => `Card ${card}: look at the bag`,
  proof: (card: number) => `Card ${card}: yearly proof`,
  change: (card: number) => `Card ${card}: settle the change about its holder`,
};

const BAG_TEXT =
  'Level 1, every 90 days. Look at the bag without opening it: is it closed and whole? Report its number.';
const PROOF_TEXT =
  "Level 2, once a year. A challenge is sent, and answered on the holder's own device. Close the bag again, with a new number.";
const CHANGE_TEXT = 'Seven days from when it was told. Record who holds the card now.';

/**
 * What is due, from today on; what is late is due today. Cards that are gone have no dates.
 *
 * @param card - For this card alone.
 */
export function remindersOf(register: Register, now: Date, card?: number): readonly CalendarEvent[] {
  const day = (due: Date): string => (due < now ? now : due).toISOString().slice(0, 10);
  const id = (number: number, what: string): string =>
    `${register.escrow}-${register.set.id}-${number}-${what}@holdfast.invalid`;
  const wanted = (number: number): boolean => card === undefined || card === number;
  const cards = register.cards.filter((entry) => isCounted(entry) && wanted(entry.card));
  return [
    ...cards.flatMap((entry): CalendarEvent[] => [
      {
        uid: id(entry.card, 'bag'),
        day: day(checkInDue(entry)),
        summary: SUMMARY.bag(entry.card),
        description: BAG_TEXT,
      },
      {
        uid: id(entry.card, 'proof'),
        day: day(proofDue(entry)),
        summary: SUMMARY.proof(entry.card),
        description: PROOF_TEXT,
      },
    ]),
    ...openChanges(register)
      .filter((change) => wanted(change.card))
      .map((change) => ({
        uid: id(change.card, change.change),
        day: day(changeDue(change)),
        summary: SUMMARY.change(change.card),
        description: CHANGE_TEXT,
      })),
  ];
}

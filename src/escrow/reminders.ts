// When cards and changes are due, as calendar entries (requirement K7). A calendar is read by many services: the
// entries hold numbers of cards and days, no name, no bag, no word of what a card opens.

import { changeDue, checkInDue, isCounted, openChanges, proofDue } from './custody.ts';
import type { CalendarEvent } from './ical.ts';
import type { Register, RegisteredCard } from './register.ts';

/** Of a card that no bag was noted of, what is said is true of an envelope too. */
const wrapOf = ({ bag }: RegisteredCard): string => (bag === null ? 'envelope or bag' : 'bag');

const SUMMARY = {
  look: (wrap: string, card: number) => `Card ${card}: look at the ${wrap}`,
  proof: (card: number) => `Card ${card}: yearly proof`,
  change: (card: number) => `Card ${card}: settle the change about its holder`,
};

const lookText = ({ bag }: RegisteredCard): string =>
  bag === null
    ? 'Level 1, every 90 days. Look at the envelope or bag without opening it: is it there, closed and whole? Report it.'
    : 'Level 1, every 90 days. Look at the bag without opening it: is it closed and whole? Report its number.';
const proofText = ({ bag }: RegisteredCard): string =>
  `Level 2, once a year. A challenge is sent, and answered on the holder's own device. ${bag === null ? 'Close it away again.' : 'Close the bag again, with a new number.'}`;
/** At every card of a set with locked ones: no calendar tells whose they are. */
const PASSPHRASE_TEXT = ' If a passphrase was chosen: is it still known?';
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
  const passphrase = register.cards.some(({ lock }) => lock === 'passphrase') ? PASSPHRASE_TEXT : '';
  return [
    ...cards.flatMap((entry): CalendarEvent[] => [
      {
        uid: id(entry.card, 'bag'),
        day: day(checkInDue(entry)),
        summary: SUMMARY.look(wrapOf(entry), entry.card),
        description: lookText(entry) + passphrase,
      },
      {
        uid: id(entry.card, 'proof'),
        day: day(proofDue(entry)),
        summary: SUMMARY.proof(entry.card),
        description: proofText(entry),
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

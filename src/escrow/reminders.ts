// When cards and changes are due, as calendar entries (requirement K7). A calendar is read by many services: the
// entries hold numbers of cards and days, no name, no bag, no word of what a card opens.

import { changeDue, checkInDue, isCounted, openChanges, proofDue } from './custody.ts';
import type { CalendarEvent } from './ical.ts';
import type { Register } from './register.ts';
import { wrapOf } from '../core/card-wrap.ts';
import { reminderWordsOf } from './reminder-words.ts';

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
  const words = reminderWordsOf(register.language ?? 'en');
  const hasLocks = register.cards.some(({ lock }) => lock === 'passphrase');
  return [
    ...cards.flatMap((entry): CalendarEvent[] => {
      const wrap = wrapOf(entry);
      return [
        {
          uid: id(entry.card, 'bag'),
          day: day(checkInDue(entry)),
          summary: words.card(entry.card, words.look[wrap]),
          description: [words.lookText[wrap], ...(hasLocks ? [words.passphrase] : [])].join(' '),
        },
        {
          uid: id(entry.card, 'proof'),
          day: day(proofDue(entry)),
          summary: words.card(entry.card, words.proof),
          description: words.proofText[wrap],
        },
      ];
    }),
    ...openChanges(register)
      .filter((change) => wanted(change.card))
      .map((change) => ({
        uid: id(change.card, change.change),
        day: day(changeDue(change)),
        summary: words.card(change.card, words.change),
        description: words.changeText,
      })),
  ];
}

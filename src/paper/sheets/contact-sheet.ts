// What lies in the kit beside a card: who may ask for it, whom to call, and what to say. It names officers and
// no other holder, so that a stolen kit does not lead to the next one.

import { numberedSteps } from '../sheet-parts.ts';
import type { SheetContent } from '../sheet.ts';
import { dateInEnglish } from '../strings/en.ts';
import { personText, type SheetFacts } from './facts.ts';

/** Rows for a pen where nobody was named. */
const BLANK = 5;
const SPARE = 2;

export function contactSheet({ printed, contacts }: SheetFacts): SheetContent {
  const people = contacts.ask ?? [];
  return {
    title: 'Contact sheet',
    foot: `Contact sheet of ${dateInEnglish(printed)}. Shred older ones.`,
    parts: [
      { kind: 'title', text: 'Contact sheet' },
      {
        kind: 'text',
        text: 'Keep it beside your bag, not in it. Use the numbers on this paper only, never one from a message or a caller.',
      },
      { kind: 'gap', mm: 4 },
      { kind: 'heading', text: 'Who may ask you to use it' },
      {
        kind: 'table',
        columns: [
          { label: 'Name', share: 3 },
          { label: 'Role', share: 2.4 },
          { label: 'Phone', share: 2.6 },
        ],
        rows: people.map(({ name, role, phone }) => [name, role ?? '', phone ?? '']),
        blank: people.length === 0 ? BLANK : SPARE,
      },
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: 'When somebody asks' },
      ...numberedSteps([
        'Hang up, whoever it is and however urgent it sounds. A voice can be imitated.',
        'Call two of the people above yourself. Both must confirm it.',
        'Ask who is there, why, and where you should go.',
        'Both said yes: bring the card yourself, in its bag. Open the bag only there, and note the time.',
        'Never read the rows of your card aloud, and never send a photo of it.',
        'In doubt: stop, and tell everyone.',
      ]),
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: 'Lost, opened, or seen by somebody else?' },
      {
        kind: 'step',
        mark: '',
        text: 'On the same day, call',
        fill: { value: contacts.lost && personText(contacts.lost) },
      },
      { kind: 'gap', mm: 1.5 },
      { kind: 'text', text: 'Nobody is blamed. One card alone opens nothing, and a new set can be made.' },
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: 'Every 90 days' },
      {
        kind: 'text',
        text: 'Look at the bag without opening it. Report its number, and whether it is whole.',
      },
    ],
  };
}

// What lies in the kit beside a card: who may ask for it, whom to call, and what to say. It names officers and
// no other holder, so that a stolen kit does not lead to the next one.

import { handoutStringsOf } from '../handouts.ts';
import { numberedSteps } from '../sheet-parts.ts';
import type { SheetContent } from '../sheet.ts';
import { personText, type SheetFacts } from './facts.ts';

/** Rows for a pen where nobody was named. */
const BLANK = 5;
const SPARE = 2;

export function contactSheet({ printed, contacts, wrap, hasLocks }: SheetFacts): SheetContent {
  const people = contacts.ask ?? [];
  const { date, contact: words } = handoutStringsOf();
  const steps = words.steps[wrap];
  return {
    title: words.title,
    foot: words.foot(date(printed)),
    parts: [
      { kind: 'title', text: words.title },
      { kind: 'text', text: words.keep[wrap] },
      { kind: 'gap', mm: 4 },
      { kind: 'heading', text: words.who },
      {
        kind: 'table',
        columns: [
          { label: words.name, share: 3 },
          { label: words.role, share: 2.4 },
          { label: words.phone, share: 2.6 },
        ],
        rows: people.map(({ name, role, phone }) => [name, role ?? '', phone ?? '']),
        blank: people.length === 0 ? BLANK : SPARE,
      },
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: words.asked },
      // The same sheet for all, as the letters are: it does not tell whose card is locked.
      ...numberedSteps(hasLocks ? [...steps.slice(0, -1), words.passphrase, ...steps.slice(-1)] : steps),
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: words.lost },
      {
        kind: 'step',
        mark: '',
        text: words.call,
        fill: { value: contacts.lost && personText(contacts.lost) },
      },
      { kind: 'gap', mm: 1.5 },
      ...(hasLocks ? [{ kind: 'text', text: words.forgotten } as const] : []),
      { kind: 'text', text: words.noBlame },
      { kind: 'gap', mm: 6 },
      { kind: 'heading', text: words.check },
      { kind: 'text', text: words.checkText[wrap] },
    ],
  };
}

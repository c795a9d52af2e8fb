// What lies in the kit beside a card: who may ask for it, whom to call, and what to say. It names officers and
// no other holder, so that a stolen kit does not lead to the next one.

import { handoutStringsOf } from '../handouts.ts';
import { numberedSteps } from '../sheet-parts.ts';
import type { SheetContent } from '../sheet.ts';
import { personText, type SheetFacts } from './facts.ts';

/** Rows for a pen where nobody was named. */
const BLANK = 5;
const SPARE = 2;
/** More than these leave no room for spare rows: all stands on one page. */
const ROOM = 8;

export function contactSheet({ language, printed, contacts, wrap, hasLocks }: SheetFacts): SheetContent {
  const people = contacts.ask ?? [];
  const strings = handoutStringsOf(language);
  const { date, contact: words } = strings;
  const steps = words.steps[wrap];
  return {
    title: words.title,
    words: strings,
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
        blank: people.length === 0 ? BLANK : Math.max(0, Math.min(SPARE, ROOM - people.length)),
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

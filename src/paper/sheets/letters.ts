// The reminder that comes by post (requirement K7), one page for each trustee. It may be opened by others: it
// names no card and no bag number, and says nothing of what the bag is for.

import { handoutStringsOf } from '../handouts.ts';
import { wrapOf } from '../../core/card-wrap.ts';
import type { SheetContent } from '../sheet.ts';
import { numberedSteps, type SheetPart } from '../sheet-parts.ts';
import { personText, type SheetCard, type SheetFacts } from './facts.ts';

/** A letter takes days, and so does an answer: nothing is asked for sooner. */
const POST_DAYS = 14;

function noSooner(due: string, printed: string): string {
  const soonest = new Date(Date.parse(printed) + POST_DAYS * 86_400_000).toISOString().slice(0, 10);
  return due < soonest ? soonest : due;
}

function letterTo(facts: SheetFacts, card: SheetCard): readonly SheetPart[] {
  const { organisation, printed, contacts, hasLocks } = facts;
  const { date, letter: words } = handoutStringsOf(facts.language);
  const wrap = wrapOf(card);
  const isProofDue = card.proofDue <= card.checkInDue;
  const lookBy = date(noSooner(card.checkInDue, printed));
  const proveBy = date(noSooner(card.proofDue, printed));
  return [
    { kind: 'text', text: organisation },
    { kind: 'gap', mm: 22 },
    { kind: 'strong', text: card.holder },
    { kind: 'gap', mm: 24 },
    { kind: 'text', text: date(printed) },
    { kind: 'gap', mm: 5 },
    { kind: 'heading', text: words.heading(lookBy, wrap) },
    { kind: 'gap', mm: 2 },
    { kind: 'text', text: words.thanks[wrap] },
    { kind: 'gap', mm: 3 },
    ...numberedSteps([
      ...words.steps[wrap],
      ...(isProofDue ? [words.prove(proveBy, wrap)] : []),
      // Of a locked card alone it would say whose is locked, and letters without it whose is not: the better one
      // to steal. So it is in every letter of the set, and asks "if". It has no place on the slip either, where
      // somebody would write the passphrase down.
      ...(hasLocks ? [words.passphrase] : []),
    ]),
    { kind: 'gap', mm: 4 },
    { kind: 'text', text: words.trouble[wrap] },
    { kind: 'gap', mm: 2 },
    { kind: 'step', mark: '', text: words.call, fill: { value: contacts.lost && personText(contacts.lost) } },
    { kind: 'gap', mm: 2 },
    { kind: 'text', text: words.never[wrap] },
    { kind: 'gap', mm: 8 },
    {
      kind: 'keep',
      parts: [
        { kind: 'cut' },
        { kind: 'gap', mm: 2 },
        { kind: 'fields', fields: [{ label: words.from, value: card.holder }] },
        { kind: 'fields', fields: [{ label: words.number[wrap] }, { label: words.lookedAt }] },
        { kind: 'fields', fields: [{ label: words.isWhole }, { label: words.signature }] },
      ],
    },
  ];
}

export function letters(facts: SheetFacts, cards: readonly SheetCard[]): SheetContent {
  const strings = handoutStringsOf(facts.language);
  const { letter: words } = strings;
  return {
    title: words.title,
    words: strings,
    foot: words.foot,
    apart: true,
    parts: cards.flatMap((card, index): SheetPart[] => [
      ...(index === 0 ? [] : [{ kind: 'page' } as const]),
      ...letterTo(facts, card),
    ]),
  };
}

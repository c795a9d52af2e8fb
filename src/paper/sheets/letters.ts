// The reminder that comes by post (requirement K7), one page for each trustee. It may be opened by others: it
// names no card and no bag number, and says nothing of what the bag is for.

import type { SheetContent } from '../sheet.ts';
import { numberedSteps, type SheetPart } from '../sheet-parts.ts';
import { dateInEnglish } from '../strings/en.ts';
import { personText, type SheetCard, type SheetFacts } from './facts.ts';

/** A letter takes days, and so does an answer: nothing is asked for sooner. */
const POST_DAYS = 14;

function noSooner(due: string, printed: string): string {
  const soonest = new Date(Date.parse(printed) + POST_DAYS * 86_400_000).toISOString().slice(0, 10);
  return due < soonest ? soonest : due;
}

function letterTo(facts: SheetFacts, card: SheetCard): readonly SheetPart[] {
  const { organisation, printed, contacts } = facts;
  const isProofDue = card.proofDue <= card.checkInDue;
  const lookBy = dateInEnglish(noSooner(card.checkInDue, printed));
  const proveBy = dateInEnglish(noSooner(card.proofDue, printed));
  return [
    { kind: 'text', text: organisation },
    { kind: 'gap', mm: 22 },
    { kind: 'strong', text: card.holder },
    { kind: 'gap', mm: 24 },
    { kind: 'text', text: dateInEnglish(printed) },
    { kind: 'gap', mm: 5 },
    { kind: 'heading', text: `Please look at your bag by ${lookBy}` },
    { kind: 'gap', mm: 2 },
    {
      kind: 'text',
      text: 'Thank you for keeping a closed bag for us. Every 90 days we ask you to look at it. It takes two minutes.',
    },
    { kind: 'gap', mm: 3 },
    ...numberedSteps([
      'Take the bag out. Do not open it.',
      'Look whether it is closed and whole on all sides, and read its number.',
      'Fill in the slip below and send it back, or call us with the number.',
      ...(isProofDue
        ? [
            `This year we also ask you to prove that it can be read, by ${proveBy}. We send you a line to paste into the program; open the bag only then.`,
          ]
        : []),
    ]),
    { kind: 'gap', mm: 4 },
    {
      kind: 'text',
      text: 'If the bag is missing, open or damaged, if somebody else had it in hand, or if you move, leave or change your role: call us today. Nobody is blamed.',
    },
    { kind: 'gap', mm: 2 },
    { kind: 'step', mark: '', text: 'Call', fill: { value: contacts.lost && personText(contacts.lost) } },
    { kind: 'gap', mm: 2 },
    { kind: 'text', text: 'We never ask by letter, e-mail or phone for what is in the bag.' },
    { kind: 'gap', mm: 8 },
    {
      kind: 'keep',
      parts: [
        { kind: 'cut' },
        { kind: 'gap', mm: 2 },
        { kind: 'fields', fields: [{ label: 'From', value: card.holder }] },
        { kind: 'fields', fields: [{ label: 'Number on the bag' }, { label: 'Looked at on' }] },
        { kind: 'fields', fields: [{ label: 'Closed and whole? (yes, no)' }, { label: 'Signature' }] },
      ],
    },
  ];
}

export function letters(facts: SheetFacts, cards: readonly SheetCard[]): SheetContent {
  return {
    title: 'Reminder letters',
    foot: 'There is no secret in this letter.',
    apart: true,
    parts: cards.flatMap((card, index): SheetPart[] => [
      ...(index === 0 ? [] : [{ kind: 'page' } as const]),
      ...letterTo(facts, card),
    ]),
  };
}

// What a trustee signs when a card is handed over (requirement C8): one page each, with what they hold, what
// they promise, and what is not asked of them.

import { handoutStringsOf, type HandoutStrings } from '../handouts.ts';
import { wrapOf } from '../../core/card-wrap.ts';
import type { SheetContent } from '../sheet.ts';
import { numberedSteps, type SheetPart } from '../sheet-parts.ts';
import { personText, type SheetCard, type SheetFacts } from './facts.ts';

type Words = HandoutStrings['acknowledgement'];

function receivedText(card: SheetCard, words: Words): string {
  if (card.received === 'unread') return words.receivedUnread;
  return (card.received === 'handover' ? words.receivedClosed : words.received)[wrapOf(card)];
}

/** The file was sealed to a key of whoever held the card first: nobody else can open it, or vouch for its copies. */
const fileText = (card: SheetCard, words: Words): string =>
  card.isHandedOver ? words.fileOfBefore : words.file(card.sealedFile ?? '');

function pageFor(facts: SheetFacts, card: SheetCard): readonly SheetPart[] {
  const { organisation, mark, setNumber, cardCount, contacts } = facts;
  const { date, acknowledgement: words } = handoutStringsOf(facts.language);
  const wrap = wrapOf(card);
  const promises = words.promises[wrap];
  return [
    { kind: 'title', text: words.title },
    { kind: 'gap', mm: 1 },
    { kind: 'fields', fields: [{ label: words.organisation, value: organisation }] },
    { kind: 'fields', fields: [{ label: words.trustee, value: card.holder }] },
    {
      kind: 'fields',
      fields: [
        { label: words.card, value: words.cardOf(card.card, cardCount) },
        { label: words.set, value: words.setOf(mark, setNumber) },
      ],
    },
    ...(card.group === null
      ? []
      : [{ kind: 'fields', fields: [{ label: words.group, value: card.group }] } as const]),
    {
      kind: 'fields',
      fields: [
        { label: words.issued, value: date(card.issued) },
        { label: words.bag[wrap], value: card.bag ?? undefined },
      ],
    },
    { kind: 'gap', mm: 4 },
    { kind: 'text', text: receivedText(card, words) },
    ...(card.sealedFile === null
      ? []
      : ([
          { kind: 'gap', mm: 2 },
          { kind: 'text', text: fileText(card, words) },
        ] as const)),
    { kind: 'gap', mm: 3 },
    ...numberedSteps(card.isLocked ? [...promises, words.forgetting] : promises, 2.2),
    { kind: 'gap', mm: 4.2 },
    {
      kind: 'step',
      mark: '',
      text: words.report,
      fill: { value: contacts.lost && personText(contacts.lost) },
    },
    { kind: 'gap', mm: 12 },
    {
      kind: 'keep',
      parts: [
        { kind: 'fields', fields: [{ label: words.signature }, { label: words.dateTime }] },
        { kind: 'gap', mm: 7 },
        { kind: 'fields', fields: [{ label: words.witness }, { label: words.name }] },
      ],
    },
  ];
}

/** A page for each of the cards. */
export function acknowledgements(facts: SheetFacts, cards: readonly SheetCard[]): SheetContent {
  const strings = handoutStringsOf(facts.language);
  const { date, acknowledgement: words } = strings;
  return {
    title: words.title,
    words: strings,
    foot: words.foot(date(facts.printed)),
    apart: true,
    leadingMm: 6.4,
    parts: cards.flatMap((card, index): SheetPart[] => [
      ...(index === 0 ? [] : [{ kind: 'page' } as const]),
      ...pageFor(facts, card),
    ]),
  };
}

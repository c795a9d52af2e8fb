// What a trustee signs when a card is handed over (requirement C8): one page each, with what they hold, what
// they promise, and what is not asked of them.

import type { SheetContent } from '../sheet.ts';
import { numberedSteps, type SheetPart } from '../sheet-parts.ts';
import { dateInEnglish } from '../strings/en.ts';
import { personText, type SheetCard, type SheetFacts } from './facts.ts';

const PROMISES = [
  'I keep the card in its closed bag, in a place that only I can reach, and not with another card.',
  'I do not photograph, copy or type it anywhere but in the recovery program.',
  'Every 90 days I look at the bag and report its number. Once a year I prove on my own device that the card can be read.',
  'When I am asked to use the card, I hang up, and call two people on my contact sheet by the printed numbers.',
  'If it is lost, opened, or seen by anybody else, I say so on the same day. Nobody is blamed for it.',
  'When I leave, move to another role, or can no longer keep it, I hand it back closed and in person.',
];

const FORGETTING =
  'The card is locked by a passphrase that only I know. If I forget it, the card is lost, and I say so on the same day.';

function pageFor(facts: SheetFacts, card: SheetCard): readonly SheetPart[] {
  const { organisation, mark, setNumber, cardCount, contacts } = facts;
  return [
    { kind: 'title', text: 'Custodian acknowledgement' },
    { kind: 'gap', mm: 1 },
    { kind: 'fields', fields: [{ label: 'Organisation', value: organisation }] },
    { kind: 'fields', fields: [{ label: 'Trustee', value: card.holder }] },
    {
      kind: 'fields',
      fields: [
        { label: 'Card', value: `${card.card} of ${cardCount}` },
        { label: 'Set', value: `${mark}, set ${setNumber}` },
      ],
    },
    ...(card.group === null
      ? []
      : [{ kind: 'fields', fields: [{ label: 'Group', value: card.group }] } as const]),
    {
      kind: 'fields',
      fields: [
        { label: 'Issued', value: dateInEnglish(card.issued) },
        { label: 'Bag', value: card.bag ?? undefined },
      ],
    },
    { kind: 'gap', mm: 4 },
    {
      kind: 'text',
      text: 'I have received one recovery card. It was printed before my eyes, I read it back myself, and it went into its bag in my presence. I know that this card alone opens nothing.',
    },
    { kind: 'gap', mm: 3 },
    ...numberedSteps(card.isLocked ? [...PROMISES, FORGETTING] : PROMISES, 2.2),
    { kind: 'gap', mm: 4.2 },
    {
      kind: 'step',
      mark: '',
      text: 'To report a lost, opened or seen card, call',
      fill: { value: contacts.lost && personText(contacts.lost) },
    },
    { kind: 'gap', mm: 12 },
    {
      kind: 'keep',
      parts: [
        { kind: 'fields', fields: [{ label: 'Signature of the trustee' }, { label: 'Date and time' }] },
        { kind: 'gap', mm: 7 },
        { kind: 'fields', fields: [{ label: 'Signature of the witness' }, { label: 'Name' }] },
      ],
    },
  ];
}

/** A page for each of the cards. */
export function acknowledgements(facts: SheetFacts, cards: readonly SheetCard[]): SheetContent {
  return {
    title: 'Custodian acknowledgement',
    foot: `Printed ${dateInEnglish(facts.printed)}. Keep it with the signed script; it holds no secret.`,
    apart: true,
    leadingMm: 6.4,
    parts: cards.flatMap((card, index): SheetPart[] => [
      ...(index === 0 ? [] : [{ kind: 'page' } as const]),
      ...pageFor(facts, card),
    ]),
  };
}

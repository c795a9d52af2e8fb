// The register on paper: who holds which card, when it was last heard of, and room to note what was found at
// the next round. It names people and says where cards are: for the one who keeps it, and nobody else.

import type { SheetContent } from '../sheet.ts';
import type { SheetPart } from '../sheet-parts.ts';
import { dateInEnglish } from '../strings/en.ts';
import type { SheetCard, SheetFacts } from './facts.ts';

const lines = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('\n');

/** Second copies of cards, which no look at a bag finds. */
function filesOf(cards: readonly SheetCard[]): readonly SheetPart[] {
  const steps = cards.flatMap(({ card, sealedFile }): SheetPart[] =>
    sealedFile === null ? [] : [{ kind: 'step', mark: String(card), text: sealedFile }],
  );
  if (steps.length === 0) return [];
  return [
    { kind: 'gap', mm: 5 },
    { kind: 'heading', text: 'Cards that are also a file, sealed to a key of a trustee' },
    ...steps,
  ];
}

export function registerPages(
  facts: SheetFacts,
  cards: readonly SheetCard[],
  notes: { readonly margin: string; readonly changes: readonly string[] },
): SheetContent {
  const { organisation, mark, setNumber, cardCount, printed } = facts;
  return {
    title: 'Custody register',
    foot: `As of ${dateInEnglish(printed)}. Names people: for the keeper of the register only.`,
    landscape: true,
    leadingMm: 5.4,
    parts: [
      { kind: 'title', text: 'Custody register' },
      {
        kind: 'text',
        text: `${organisation}: ${mark}, set ${setNumber}, ${cardCount} cards. ${notes.margin}`,
      },
      { kind: 'gap', mm: 3 },
      {
        kind: 'table',
        columns: [
          { label: 'Card', share: 1.1 },
          { label: 'Holder', share: 4.6 },
          { label: 'Place', share: 2.6 },
          { label: 'Bag', share: 2.6 },
          { label: 'Last heard', share: 2.1 },
          { label: 'Last read', share: 2.1 },
          { label: 'State', share: 2.2 },
          { label: 'Checked', share: 2 },
        ],
        rows: cards.map((card) => [
          String(card.card),
          lines(card.holder, card.contact),
          lines(card.place, card.group),
          // Nobody noted one yet, or there is none: an empty cell would look like a slip.
          card.bag ?? 'not noted',
          card.heard,
          card.proof ?? 'never',
          lines(card.state, card.isLocked ? 'locked' : null),
          '',
        ]),
      },
      ...filesOf(cards),
      ...(notes.changes.length === 0
        ? []
        : ([
            { kind: 'gap', mm: 5 },
            { kind: 'heading', text: 'To be dealt with' },
            ...notes.changes.map((text) => ({ kind: 'step', mark: '', text, tick: true }) as const),
          ] as const)),
      { kind: 'gap', mm: 5 },
      { kind: 'fields', fields: [{ label: 'Gone through by' }, { label: 'Date' }, { label: 'Signature' }] },
    ],
  };
}

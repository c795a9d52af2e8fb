// Slips for the outside of bags and envelopes (requirement P3). Neutral: no word of what is inside, no name of
// a company, no number of a card. Which card lies in which bag stands in the register alone.

import { handoutStringsOf } from '../handouts.ts';
import type { SheetContent } from '../sheet.ts';
import type { SheetPart } from '../sheet-parts.ts';
import type { SheetFacts } from './facts.ts';

function slip({ language, contacts, wrap }: SheetFacts): SheetPart {
  const { slip: words } = handoutStringsOf(language);
  return {
    kind: 'keep',
    parts: [
      { kind: 'gap', mm: 3 },
      { kind: 'heading', text: words.heading },
      { kind: 'fields', fields: [{ label: words.owner, value: contacts.found?.name }] },
      { kind: 'fields', fields: [{ label: words.found, value: contacts.found?.phone }] },
      { kind: 'gap', mm: 2 },
      { kind: 'fields', fields: [{ label: words.number[wrap] }, { label: words.closedOn }] },
      { kind: 'fields', fields: [{ label: words.closedBy }, { label: words.witness }] },
      { kind: 'gap', mm: 5 },
      { kind: 'cut' },
    ],
  };
}

/** As many slips as there are cards. */
export function envelopes(facts: SheetFacts, count: number): SheetContent {
  const strings = handoutStringsOf(facts.language);
  const { slip: words } = strings;
  return {
    title: words.title,
    words: strings,
    foot: words.foot,
    parts: Array.from({ length: count }, () => slip(facts)),
  };
}

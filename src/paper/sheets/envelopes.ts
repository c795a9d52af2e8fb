// Slips for the outside of bags and envelopes (requirement P3). Neutral: no word of what is inside, no name of
// a company, no number of a card. Which card lies in which bag stands in the register alone.

import type { SheetContent } from '../sheet.ts';
import type { SheetPart } from '../sheet-parts.ts';
import type { SheetFacts } from './facts.ts';

function slip({ contacts }: SheetFacts): SheetPart {
  return {
    kind: 'keep',
    parts: [
      { kind: 'gap', mm: 3 },
      { kind: 'heading', text: 'Continuity document' },
      { kind: 'fields', fields: [{ label: 'Property of', value: contacts.found?.name }] },
      { kind: 'fields', fields: [{ label: 'If found, please call', value: contacts.found?.phone }] },
      { kind: 'gap', mm: 2 },
      { kind: 'fields', fields: [{ label: 'Bag' }, { label: 'Closed on' }] },
      { kind: 'fields', fields: [{ label: 'Closed by' }, { label: 'Witness' }] },
      { kind: 'gap', mm: 5 },
      { kind: 'cut' },
    ],
  };
}

/** As many slips as there are cards. */
export function envelopes(facts: SheetFacts, count: number): SheetContent {
  return {
    title: 'Slips for envelopes',
    foot: 'Cut along the dashes. One slip for each envelope.',
    parts: Array.from({ length: count }, () => slip(facts)),
  };
}

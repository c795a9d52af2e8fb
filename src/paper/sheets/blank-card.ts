// A form for a card that is copied by hand where there is no printer. It holds no secret before the day, and says
// on the day what a printed card says, shorter.

import type { SheetContent } from '../sheet.ts';
import type { SheetPart } from '../sheet-parts.ts';

const field = (...labels: readonly string[]): SheetPart => ({
  kind: 'fields',
  fields: labels.map((label) => ({ label })),
});

/** A card without a passphrase has four. */
const LOCKED_ROW = 5;

/** Six groups of four symbols, three on a line, as the screen shows them. */
const row = (number: number): readonly SheetPart[] => [
  { kind: 'gap', mm: 2 },
  { kind: 'strong', text: number === LOCKED_ROW ? `Row ${number}, of a locked card only` : `Row ${number}` },
  field('1', '2', '3'),
  field('4', '5', '6'),
];

export const BLANK_CARD: SheetContent = {
  title: 'Recovery card, copied by hand',
  foot: 'Once filled in it is as secret as a printed card.',
  apart: true,
  parts: [
    { kind: 'title', text: 'Recovery card' },
    field('Card', 'of', 'Set number', 'Mark'),
    field('For', 'Made on'),
    field('Set', 'Escrow'),
    { kind: 'gap', mm: 2 },
    {
      kind: 'text',
      text: 'This card alone opens nothing. Keep it sealed. Never photograph, copy or type it anywhere except the recovery program.',
    },
    ...[1, 2, 3, 4, LOCKED_ROW].flatMap(row),
    { kind: 'gap', mm: 3 },
    { kind: 'strong', text: 'The six words of this escrow' },
    field('1', '2', '3'),
    field('4', '5', '6'),
    { kind: 'gap', mm: 3 },
    {
      kind: 'text',
      text: 'Capitals and digits only, four in a group. There is no letter I, L, O or U. Asked to use it? Hang up, and call two people on your contact sheet. Lost, opened or seen by somebody? Tell it today; nobody is blamed.',
    },
  ],
};

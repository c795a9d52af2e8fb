// The sheet: sizes, folds, margins. A card folds in three with its text inside; nothing that matters
// comes within 8 mm of a fold, because toner cracks there and a scanner sees a shadow. docs/card.md
// gives the reasons for each number. Millimetres throughout.

import type { Box } from './display-list.ts';

export type Paper = 'a4' | 'letter';

interface Sheet {
  readonly widthMm: number;
  readonly heightMm: number;
  /** The two folds, from the top. */
  readonly foldsMm: readonly [number, number];
}

export const SHEETS: Readonly<Record<Paper, Sheet>> = {
  a4: { widthMm: 210, heightMm: 297, foldsMm: [99, 198] },
  letter: { widthMm: 215.9, heightMm: 279.4, foldsMm: [279.4 / 3, (2 * 279.4) / 3] },
};

/** Distance kept from both sides. */
export const SIDE_MARGIN_MM = 18;
/** Distance kept from the top and the bottom: more than any office printer leaves unprinted. */
const END_MARGIN_MM = 13;
/** Distance kept from a fold. */
const FOLD_CLEARANCE_MM = 8;

/** The three areas between folds that may be printed on. */
export function foldAreas(paper: Paper): readonly [Box, Box, Box] {
  const { widthMm, heightMm, foldsMm } = SHEETS[paper];
  const left = SIDE_MARGIN_MM;
  const right = widthMm - SIDE_MARGIN_MM;
  const [first, second] = foldsMm;
  return [
    { left, right, top: END_MARGIN_MM, bottom: first - FOLD_CLEARANCE_MM },
    { left, right, top: first + FOLD_CLEARANCE_MM, bottom: second - FOLD_CLEARANCE_MM },
    { left, right, top: second + FOLD_CLEARANCE_MM, bottom: heightMm - END_MARGIN_MM },
  ];
}

/** Millimetres between a box and the nearest fold; 0 when a fold runs through it. */
export function foldDistance(box: Box, paper: Paper): number {
  const distances = SHEETS[paper].foldsMm.map((fold) => Math.max(box.top - fold, fold - box.bottom, 0));
  return Math.min(...distances);
}

/** True when a box lies within the margins and clear of the folds. */
export function isClear(box: Box, paper: Paper): boolean {
  // A hundredth of a millimetre for the arithmetic.
  const slack = 0.01;
  return foldAreas(paper).some(
    (area) =>
      box.left >= area.left - slack &&
      box.right <= area.right + slack &&
      box.top >= area.top - slack &&
      box.bottom <= area.bottom + slack,
  );
}

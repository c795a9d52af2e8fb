// The mark of a set, drawn: a shape in a colour with a black outline. The colour's name stands beside
// it in words, so a grey print and a colour-blind reader lose nothing.

import type { PathStep } from './display-list.ts';

export type MarkShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'hexagon';

/** What core/share/set gives for a set number. */
export interface Mark {
  /** In words, lower case: "gold". */
  readonly colour: string;
  readonly shape: MarkShape;
  /** `#rrggbb`. */
  readonly hex: string;
}

// A quarter circle as one cubic curve: the usual constant, 4/3 (√2 − 1).
const QUARTER = 0.5523;

function circle(x: number, y: number, r: number): PathStep[] {
  const c = r * QUARTER;
  return [
    ['M', x + r, y],
    ['C', x + r, y + c, x + c, y + r, x, y + r],
    ['C', x - c, y + r, x - r, y + c, x - r, y],
    ['C', x - r, y - c, x - c, y - r, x, y - r],
    ['C', x + c, y - r, x + r, y - c, x + r, y],
    ['Z'],
  ];
}

/** Corners at given angles (turns, clockwise from the top) and radii. */
function polygon(
  x: number,
  y: number,
  corners: readonly (readonly [turn: number, radius: number])[],
): PathStep[] {
  const steps = corners.map(([turn, radius], index): PathStep => {
    const angle = 2 * Math.PI * turn;
    return [index === 0 ? 'M' : 'L', x + radius * Math.sin(angle), y - radius * Math.cos(angle)];
  });
  return [...steps, ['Z']];
}

const evenly = (count: number, radius: number, firstTurn = 0): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, index) => [firstTurn + index / count, radius] as const);

/** The outline of a mark within a square of `sizeMm` around a centre; shapes of like weight to the eye. */
export function markPath(
  shape: MarkShape,
  centre: { readonly x: number; readonly y: number },
  sizeMm: number,
): PathStep[] {
  const { x, y } = centre;
  const r = sizeMm / 2;
  switch (shape) {
    case 'circle':
      return circle(x, y, r);
    case 'square':
      return polygon(x, y, evenly(4, 0.9 * r * Math.SQRT2, 1 / 8));
    case 'triangle':
      // Moved down, because most of a triangle's weight lies low and its tip reaches high.
      return polygon(x, y + r / 4, evenly(3, 1.15 * r));
    case 'diamond':
      return polygon(x, y, evenly(4, r));
    case 'star':
      return polygon(
        x,
        y + 0.05 * r,
        evenly(5, 1.05 * r).flatMap((outer) => [outer, [outer[0] + 1 / 10, 0.46 * r] as const]),
      );
    case 'hexagon':
      return polygon(x, y, evenly(6, r, 1 / 12));
  }
}

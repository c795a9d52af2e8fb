// The few strokes that papers are ruled with: lines to write on, frames, boxes to tick.

import { type Box, drawnPath, type DrawnPath } from './display-list.ts';

const INK = '#000000';

export const strokeLine = (
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  widthMm: number,
): DrawnPath =>
  drawnPath(
    [
      ['M', ...from],
      ['L', ...to],
    ],
    { stroke: { colour: INK, widthMm } },
  );

/** A level line, as text stands on it or is written on it. */
export const levelLine = (left: number, right: number, y: number, widthMm = 0.25): DrawnPath =>
  strokeLine([left, y], [right, y], widthMm);

const corners = ({ left, top, right, bottom }: Box): Parameters<typeof drawnPath>[0] => [
  ['M', left, top],
  ['L', right, top],
  ['L', right, bottom],
  ['L', left, bottom],
  ['Z'],
];

export const frame = (box: Box): DrawnPath =>
  drawnPath(corners(box), { stroke: { colour: INK, widthMm: 0.3 } });

/** A light ground, under text. */
export const ground = (box: Box): DrawnPath => drawnPath(corners(box), { fill: '#e9e9e6' });

/** A box to tick, its foot just below the baseline. */
export const tickBox = (left: number, baseline: number, sideMm = 4.4): DrawnPath =>
  frame({ left, top: baseline + 0.4 - sideMm, right: left + sideMm, bottom: baseline + 0.4 });

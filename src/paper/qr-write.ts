// The code on a card: its symbols and nothing else, alphanumeric, level Q; 96 in version 6, the 120 of a locked
// card in version 7 (docs/spec/share.md, docs/spec/locked-share.md, docs/card.md). Drawn as the outline of its dark areas, one path: separate squares would leave hairlines
// where a renderer rounds their edges.

import encoder from 'qrcode/lib/core/qrcode.js';
import { encodeUtf8 } from '../core/bytes.ts';
import type { PathStep } from './display-list.ts';

/** Symbols of a card without a lock. */
const PLAIN_SYMBOLS = 96;

/** Modules along one side of a version 6 code, and of the version 7 code of a locked card. */
export const CODE_MODULES = 41;
export const LOCKED_CODE_MODULES = 45;
/** Modules of white around it (ISO/IEC 18004 §6.3.8). */
export const QUIET_MODULES = 4;

/** For each row and column whether the module is dark. */
type CodeModules = readonly (readonly boolean[])[];

function modulesOf({ modules }: ReturnType<typeof encoder.create>): boolean[][] {
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => Boolean(modules.get(row, column))),
  );
}

/** @returns for each row and column whether the module is dark. `text` is 96 or 120 alphanumeric symbols. */
export function encodeQr(text: string): boolean[][] {
  const version = text.length > PLAIN_SYMBOLS ? 7 : 6;
  return modulesOf(
    encoder.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q', version }),
  );
}

/** What version 20 holds at level M (ISO/IEC 18004, table 7); larger codes do not fit beside an entry. */
const LONGEST_LINK_BYTES = 666;

/** Whether a link is short enough for a code on paper. */
export const fitsCode = (link: string): boolean => encodeUtf8(link).length <= LONGEST_LINK_BYTES;

/** A link as a code of its own size, level M; undefined when it is too long for paper. */
export function encodeLink(link: string): CodeModules | undefined {
  if (!fitsCode(link)) return undefined;
  const data = encodeUtf8(link);
  return modulesOf(encoder.create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' }));
}

type Point = readonly [column: number, row: number];

interface Edge {
  readonly from: Point;
  readonly to: Point;
}

const keyOf = ([column, row]: Point): string => `${column},${row}`;

/** The edges of dark modules that border on light, by where they start, each with the dark side on its right hand. */
function borderEdges(dark: readonly (readonly boolean[])[]): Map<string, Edge[]> {
  const at = (row: number, column: number): boolean => dark[row]?.[column] ?? false;
  const edges = new Map<string, Edge[]>();
  const add = (from: Point, to: Point): void => {
    const there = edges.get(keyOf(from));
    if (there === undefined) edges.set(keyOf(from), [{ from, to }]);
    else there.push({ from, to });
  };
  dark.forEach((line, row) => {
    line.forEach((isDark, column) => {
      if (!isDark) return;
      if (!at(row - 1, column)) add([column, row], [column + 1, row]);
      if (!at(row, column + 1)) add([column + 1, row], [column + 1, row + 1]);
      if (!at(row + 1, column)) add([column + 1, row + 1], [column, row + 1]);
      if (!at(row, column - 1)) add([column, row + 1], [column, row]);
    });
  });
  return edges;
}

/** Follows edges from one until it is back where it began, and takes them out of the map. */
function walkLoop(edges: Map<string, Edge[]>, first: Edge): Point[] {
  const corners: Point[] = [first.from];
  let edge = first;
  while (keyOf(edge.to) !== keyOf(first.from)) {
    const next = edges.get(keyOf(edge.to))?.pop();
    // Every border vertex has as many edges out as in, so a loop always closes.
    if (next === undefined) break;
    const turns = (edge.from[0] === edge.to[0]) !== (next.from[0] === next.to[0]);
    if (turns) corners.push(next.from);
    edge = next;
  }
  return corners;
}

/** The outline of the dark modules as closed loops of corner points, in modules from the top left. */
export function outlineModules(dark: readonly (readonly boolean[])[]): Point[][] {
  const edges = borderEdges(dark);
  const loops: Point[][] = [];
  for (const starting of edges.values()) {
    for (let edge = starting.pop(); edge !== undefined; edge = starting.pop())
      loops.push(walkLoop(edges, edge));
  }
  return loops;
}

/** One path for a whole code whose top left corner is at (left, top). */
export function codePath(
  dark: readonly (readonly boolean[])[],
  place: { readonly left: number; readonly top: number; readonly moduleMm: number },
): PathStep[] {
  const mm = ([column, row]: Point): [number, number] => [
    place.left + column * place.moduleMm,
    place.top + row * place.moduleMm,
  ];
  return outlineModules(dark).flatMap((loop) => [
    ...loop.map((point, index): PathStep => [index === 0 ? 'M' : 'L', ...mm(point)]),
    ['Z'] as const,
  ]);
}

// Pages of a script, filled from the top: pieces that are never cut, a table's head again on each page, and
// the few shapes to write into.

import { blockOf } from './blocks.ts';
import type { BookLine, BookType } from './book-lines.ts';
import { type Block, type Box, drawnPath, type Item } from './display-list.ts';
import type { Voice } from './fonts.ts';
import { type Paper, SHEETS, SIDE_MARGIN_MM } from './measures.ts';
import { MM_PER_PT } from './typeset.ts';

/** Something that stands on one page. */
export interface Piece {
  readonly heightMm: number;
  /** Never the last on a page: what follows belongs to it. */
  readonly staysWithNext?: boolean;
  place(top: number): readonly Block[];
}

const TOP_MM = 16;
const BOTTOM_MM = 21;
const HEAD_PT = 10.5;

/** Where pieces may stand. */
export function bodyOfScript(paper: Paper): Box {
  const { widthMm, heightMm } = SHEETS[paper];
  return { left: SIDE_MARGIN_MM, right: widthMm - SIDE_MARGIN_MM, top: TOP_MM, bottom: heightMm - BOTTOM_MM };
}

/** Pieces over as many pages as they take, `head` on top of each. */
export function fillPages(pieces: readonly Piece[], body: Box, head?: Piece): Block[][] {
  const pages: Block[][] = [];
  let y = Infinity;
  for (const [index, piece] of pieces.entries()) {
    if (y + neededFrom(pieces, index) > body.bottom) {
      pages.push([...(head?.place(body.top) ?? [])]);
      y = body.top + (head?.heightMm ?? 0);
    }
    pages.at(-1)?.push(...piece.place(y).filter(({ items }) => items.length > 0));
    y += piece.heightMm;
  }
  return pages;
}

/** How much room a piece wants before it begins: its own, and that of what stays with it. */
function neededFrom(pieces: readonly Piece[], index: number): number {
  let needed = 0;
  for (const { heightMm, staysWithNext } of pieces.slice(index)) {
    needed += heightMm;
    if (staysWithNext !== true) break;
  }
  return needed;
}

export interface TextStyle {
  readonly voice: Voice;
  readonly sizePt: number;
}

const LEADING = 1.38;

export const lineHeight = ({ sizePt }: TextStyle): number => sizePt * MM_PER_PT * LEADING;

/** Lines of a text from a top edge. */
export function textItems(
  lines: readonly BookLine[],
  style: TextStyle,
  at: { readonly x: number; readonly top: number },
): Item[] {
  const leading = lineHeight(style);
  return lines.flatMap((line, index) => line.place(at.x, at.top + (index + 0.74) * leading));
}

/** A paragraph as a piece of its own. */
export function paragraph(
  type: BookType,
  body: Box,
  text: string,
  style: TextStyle & { readonly role?: Block['role']; readonly afterMm?: number },
): Piece {
  const lines = type.plain(style.voice, style.sizePt, text, body.right - body.left);
  const { role = 'P', afterMm = 0 } = style;
  return {
    heightMm: lines.length * lineHeight(style) + afterMm,
    ...(role === 'P' ? {} : { staysWithNext: true }),
    place: (top) => [
      blockOf({ name: 'text', role, actual: text }, textItems(lines, style, { x: body.left, top })),
    ],
  };
}

/** Words above columns, each at its place, and a rule below. */
export function headRow(
  type: BookType,
  body: Box,
  name: string,
  cells: readonly (readonly [words: string, x: number])[],
): Piece {
  return {
    heightMm: 7,
    staysWithNext: true,
    place: (top) => [
      blockOf(
        { name, role: 'P', actual: cells.map(([words]) => words).join(', ') },
        cells.flatMap(([words, x]) => type.line('bold', HEAD_PT, words).place(x, top + 4.5)),
      ),
      rule(`${name} rule`, body, top + 6.5, 0.5),
    ],
  };
}

/** Room between pieces. */
export const space = (heightMm: number): Piece => ({ heightMm, place: () => [] });

const INK = '#000000';

export const lineItem = (
  from: readonly [number, number],
  to: readonly [number, number],
  widthMm: number,
): Item =>
  drawnPath(
    [
      ['M', ...from],
      ['L', ...to],
    ],
    { stroke: { colour: INK, widthMm } },
  );

export function rule(name: string, span: Pick<Box, 'left' | 'right'>, y: number, widthMm: number): Block {
  return blockOf({ name, role: 'Artifact' }, [lineItem([span.left, y], [span.right, y], widthMm)]);
}

const corners = ({ left, top, right, bottom }: Box): Parameters<typeof drawnPath>[0] => [
  ['M', left, top],
  ['L', right, top],
  ['L', right, bottom],
  ['L', left, bottom],
  ['Z'],
];

export const frameItem = (box: Box): Item =>
  drawnPath(corners(box), { stroke: { colour: INK, widthMm: 0.3 } });

/** A light ground, under text. */
export const groundItem = (box: Box): Item => drawnPath(corners(box), { fill: '#e9e9e6' });

/** A box to tick, its foot on the baseline. */
export const tickItem = (x: number, baseline: number): Item =>
  frameItem({ left: x, top: baseline - 4, right: x + 4.4, bottom: baseline + 0.4 });

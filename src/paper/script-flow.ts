// Pages of a script, filled from the top: pieces that are never cut, a table's head again on each page, and
// the few shapes to write into.

import { blockOf } from './blocks.ts';
import type { BookLine, BookType } from './book-lines.ts';
import type { Block, Box, Item } from './display-list.ts';
import type { Voice } from './fonts.ts';
import { type Paper, SHEETS, SIDE_MARGIN_MM } from './measures.ts';
import { levelLine } from './strokes.ts';
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

/** A name in a row of a table, whole: on as many lines as it takes, the first on the row's own baseline. */
export class NameCell {
  /** What the row grows by. */
  readonly moreMm: number;
  readonly #lines: readonly BookLine[];
  readonly #leading: number;

  constructor(type: BookType, style: TextStyle, name: string, widthMm: number) {
    this.#lines = type.plain(style.voice, style.sizePt, name, widthMm);
    this.#leading = lineHeight(style);
    this.moreMm = Math.max(0, this.#lines.length - 1) * this.#leading;
  }

  items(x: number, baseline: number): Item[] {
    return this.#lines.flatMap((line, index) => line.place(x, baseline + index * this.#leading));
  }
}

/** Room between pieces. */
export const space = (heightMm: number): Piece => ({ heightMm, place: () => [] });

export function rule(name: string, span: Pick<Box, 'left' | 'right'>, y: number, widthMm: number): Block {
  return blockOf({ name, role: 'Artifact' }, [levelLine(span.left, span.right, y, widthMm)]);
}

// What the pages of a script are made of: paragraphs, heads of tables, names, and the room between.

import { blockOf, ruleBlock } from './blocks.ts';
import type { BookLine, BookType } from './book-lines.ts';
import type { Block, Box, Item } from './display-list.ts';
import type { Piece } from './flow.ts';
import type { Voice } from './fonts.ts';
import { MM_PER_PT } from './typeset.ts';

const HEAD_PT = 10.5;

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
      ruleBlock(`${name} rule`, body, top + 6.5, 0.5),
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

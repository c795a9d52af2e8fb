// Text and figures as rows one below the other, so that what is longer than a page can be cut between two of
// them and nowhere else.

import { blockOf } from './blocks.ts';
import type { BookType } from './book-lines.ts';
import type { Block, Item } from './display-list.ts';
import type { Piece } from './flow.ts';

/** Something as high as it says, drawn below a top edge. */
export interface Row {
  readonly heightMm: number;
  readonly text: string;
  place(left: number, top: number): readonly Item[];
}

/** Text stands this far below the top of its row. */
export const ascent = (heightMm: number): number => heightMm * 0.72;

export const heightOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, { heightMm }) => sum + heightMm, 0);

/** Text over a width, a row for each line. */
export function textRows(
  type: BookType,
  look: { readonly voice: 'regular' | 'bold' | 'heavy'; readonly sizePt: number; readonly heightMm: number },
  text: string,
  widthMm: number,
): readonly Row[] {
  const { voice, sizePt, heightMm } = look;
  return type.plain(voice, sizePt, text, widthMm).map((line) => ({
    heightMm,
    text: line.text,
    place: (left, top) => line.place(left, top + ascent(heightMm)),
  }));
}

interface RowsFacts {
  readonly name: string;
  readonly role: Block['role'];
}

/** Rows as one block; what has no words is there to be seen only. */
export function rowsBlock({ name, role }: RowsFacts, rows: readonly Row[], left: number, top: number): Block {
  let y = top;
  const items = rows.flatMap((row) => {
    const at = y;
    y += row.heightMm;
    return row.place(left, at);
  });
  const text = rows.map((row) => row.text).filter((line) => line !== '');
  return blockOf(
    { name, ...(text.length === 0 ? { role: 'Artifact' } : { role, actual: text.join('\n') }) },
    items,
  );
}

/** How many rows go into a room: one at least, or the rest would never end. */
export function rowsWithin(rows: readonly Row[], roomMm: number): number {
  let used = 0;
  for (const [index, { heightMm }] of rows.entries()) {
    used += heightMm;
    if (used > roomMm && index > 0) return index;
  }
  return rows.length;
}

/** Rows that stay together, unless they are longer than a page. */
export function rowsPiece(facts: RowsFacts, rows: readonly Row[], left: number): Piece {
  return {
    heightMm: heightOf(rows),
    place: (top) => [rowsBlock(facts, rows, left, top)],
    cut: (roomMm) => {
      const count = rowsWithin(rows, roomMm);
      if (count === rows.length) return undefined;
      return [rowsPiece(facts, rows.slice(0, count), left), rowsPiece(facts, rows.slice(count), left)];
    },
  };
}

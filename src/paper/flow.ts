// How papers fill their pages: pieces one below the other, on as many pages as they take.

import type { Block, Box } from './display-list.ts';

/** Something that stands on one page, unless it can be cut. */
export interface Piece {
  readonly heightMm: number;
  /** Never the last on a page: what follows belongs to it. */
  readonly staysWithNext?: boolean;
  /** Room between two others: it begins no page. */
  readonly isGap?: boolean;
  /** Above it again where it begins a page. */
  readonly head?: Piece;
  /** With how much room it begins on a page, where that is less than its height. */
  readonly leastMm?: number;
  /** What of it goes into a room, and the rest; undefined where it cannot be cut. */
  cut?(roomMm: number): readonly [Piece, Piece] | undefined;
  place(top: number): readonly Block[];
}

/** The blocks of a page, placed anew each time: outlines of codes are large, and are kept for one page only. */
export type Page = () => readonly Block[];

/** Pieces over as many pages as they take, `head` on top of each. */
export function fillPages(pieces: readonly Piece[], body: Box, head?: Piece): Page[] {
  const pages: Page[][] = [];
  let y = 0;
  let start = 0;
  const put = (piece: Piece): void => {
    const top = y;
    pages.at(-1)?.push(() => piece.place(top));
    y += piece.heightMm;
  };
  const turn = (): void => {
    pages.push([]);
    y = body.top;
    if (head) put(head);
    start = y;
  };
  turn();
  for (const [index, piece] of pieces.entries()) {
    if (y !== start && y + neededFrom(pieces, index) > body.bottom) {
      turn();
      if (piece.head) put(piece.head);
    }
    if (piece.isGap === true && y === start) continue;
    let rest = piece;
    for (let parts = cutAt(rest, body.bottom - y); parts; parts = cutAt(rest, body.bottom - y)) {
      put(parts[0]);
      turn();
      rest = parts[1];
    }
    put(rest);
  }
  // A block without ink has no place: an empty title.
  return pages.map(
    (placed) => () => placed.flatMap((place) => place()).filter(({ items }) => items.length > 0),
  );
}

const cutAt = (piece: Piece, roomMm: number): readonly [Piece, Piece] | undefined =>
  piece.heightMm > roomMm ? piece.cut?.(roomMm) : undefined;

/** How much room a piece wants before it begins: its own, and that of what stays with it. */
function neededFrom(pieces: readonly Piece[], index: number): number {
  let needed = 0;
  for (let at = index; ; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) return needed;
    needed += piece.leastMm ?? piece.heightMm;
    if (piece.staysWithNext !== true) return needed;
  }
}

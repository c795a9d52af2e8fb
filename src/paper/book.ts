// The printed book: a whole vault on paper, for the night when nothing else works. What goes in, in shapes
// that know nothing of vaults, and the pages that come out: a cover that says how to read it, the contents,
// then each client from a page of its own. docs/vaults.md says what it leaves out.

import { BookType } from './book-lines.ts';
import { bookPages, frame } from './book-pages.ts';
import { coverBlocks, contentsPages, contentsRoom } from './book-front.ts';
import { BOOK_STRINGS } from './book-strings.ts';
import type { DisplayList } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { type Paper, SHEETS } from './measures.ts';
import { displayLists } from './page-frame.ts';

/** A named value: `secret` is typed off the page and its length is given, `exact` is typed, `plain` is read. */
export interface BookValue {
  readonly label: string;
  readonly value: string;
  readonly look: 'secret' | 'exact' | 'plain';
}

/** A seed of one-time codes. */
export interface BookCode {
  /** What the square code holds. */
  readonly link: string;
  readonly seed: string;
  /** What an app has to be told besides: "SHA256, 8 digits". */
  readonly detail: string;
}

export interface BookEntry {
  readonly title: string;
  readonly values: readonly BookValue[];
  readonly codes: readonly BookCode[];
}

export interface BookFolder {
  /** Below the client; empty for entries that lie in no folder of theirs. */
  readonly path: string;
  readonly entries: readonly BookEntry[];
}

export interface BookClient {
  readonly name: string;
  /** In which order clients are helped, where that is known; 0 comes first. */
  readonly tier?: number;
  readonly folders: readonly BookFolder[];
}

export interface BookContent {
  readonly name: string;
  readonly product: string;
  /** ISO date. */
  readonly made: string;
  /** What is not in it: "3 attachments". */
  readonly leftOut: readonly string[];
  readonly clients: readonly BookClient[];
}

export const entryCount = ({ folders }: BookClient): number =>
  folders.reduce((sum, { entries }) => sum + entries.length, 0);

/**
 * Lays out the book, a list for each page, whose blocks are made each time they are asked for. Nothing in it is
 * refused: what no face has is spelt out.
 */
export function layoutBook(
  content: BookContent,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  const type = new BookType(fonts);
  const body = content.clients.flatMap((client) => bookPages(client, paper, type));
  const front = 1 + Math.ceil(content.clients.length / contentsRoom(paper));
  const count = front + body.length;
  const firstPages = new Map<BookClient, number>();
  for (const [index, { client }] of body.entries())
    if (!firstPages.has(client)) firstPages.set(client, front + index + 1);
  const cover = { blocks: () => coverBlocks(content, count, paper, type), foot: content.name };
  const pages = [cover, ...contentsPages(content, firstPages, paper, type), ...body];
  return displayLists(
    pages.map(({ blocks, foot }, index) => () => [
      ...frame(type, paper, { made: content.made, foot, number: index + 1, count }),
      ...blocks(),
    ]),
    { ...SHEETS[paper], title: `${BOOK_STRINGS.title}, ${content.name}` },
  );
}

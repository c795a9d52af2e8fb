// Pages of the book: what stands on every one, and the entries of one client over as many as it takes. An
// entry is never cut unless it is longer than a page; a folder's heading stays with its first entry.

import type { BookClient, BookEntry } from './book.ts';
import { entryRows, type EntryRows } from './book-entry.ts';
import type { BookType } from './book-lines.ts';
import { BOOK_STRINGS } from './book-strings.ts';
import { blockOf, ruleBlock } from './blocks.ts';
import type { Block, Box } from './display-list.ts';
import { fillPages, type Page, type Piece } from './flow.ts';
import { type Paper, SHEETS } from './measures.ts';
import { bodyOf, footBlock } from './page-frame.ts';
import { heightOf, type Row, rowsBlock, rowsPiece, rowsWithin, textRows } from './rows.ts';

export interface BookPage {
  readonly client: BookClient;
  readonly blocks: Page;
  /** What the page is about, at its foot. */
  readonly foot: string;
}

const HEAD_PT = 9.5;
const FOOT_PT = 9;
const HEAD_MM = 14;
const RULE_MM = 16.5;
const FOOT_MM = 13;
const BODY_TOP_MM = 24;
const BODY_BOTTOM_MM = 20;
const CLIENT = { voice: 'bold', sizePt: 18, heightMm: 9 } as const;
const TIER = { voice: 'regular', sizePt: 11, heightMm: 8 } as const;
const FOLDER = { voice: 'bold', sizePt: 11, heightMm: 8 } as const;
const AGAIN = { voice: 'bold', sizePt: 12, heightMm: 6 } as const;
/** Between an entry's rule and its title, and below its last row. */
const ENTRY_GAP_MM = 2.5;

/** Where entries may stand. */
export const bodyOfBook = (paper: Paper): Box => bodyOf(SHEETS[paper], BODY_TOP_MM, BODY_BOTTOM_MM);

interface Frame {
  readonly made: string;
  readonly foot: string;
  readonly number: number;
  readonly count: number;
}

/** The warning and the date above, what the page is about and its number below. */
export function frame(type: BookType, paper: Paper, { made, foot, number, count }: Frame): readonly Block[] {
  const body = bodyOfBook(paper);
  const warning = type.line('heavy', HEAD_PT, BOOK_STRINGS.warning);
  const date = type.line('regular', HEAD_PT, BOOK_STRINGS.date(made));
  return [
    blockOf({ name: 'warning', role: 'P' }, [
      ...warning.place(body.left, HEAD_MM),
      ...date.place(body.right - date.widthMm, HEAD_MM),
    ]),
    ruleBlock('head rule', body, RULE_MM, 0.6),
    footBlock(type, body, {
      about: foot,
      number: BOOK_STRINGS.page(number, count),
      voice: 'bold',
      sizePt: FOOT_PT,
      baseline: SHEETS[paper].heightMm - FOOT_MM,
    }),
  ];
}

/** An entry, or what is left of it on a further page. */
interface EntryPart extends EntryRows {
  /** Stays with the entry. */
  readonly heading: readonly Row[];
  /** The title of its further pages. */
  readonly again: readonly Row[];
}

function entryPiece(part: EntryPart, body: Box): Piece {
  const { heading, title, rows, figure, again } = part;
  const text = heightOf(title) + heightOf(rows);
  const heightMm = heightOf(heading) + Math.max(text, figure?.heightMm ?? 0) + 2 * ENTRY_GAP_MM;
  const page = body.bottom - body.top;
  return {
    heightMm,
    // What is longer than a page may begin in the middle of one, but not at its foot.
    ...(heightMm > page ? { leastMm: page / 2 } : {}),
    place: (top) => placeEntry(part, body, top),
    cut: (roomMm) => {
      const room = roomMm - heightOf(heading) - heightOf(title) - 2 * ENTRY_GAP_MM;
      const count = rowsWithin(rows, room);
      if (count === rows.length) return undefined;
      const rest = { heading: [], title: again, rows: rows.slice(count), figure: undefined, again };
      return [entryPiece({ ...part, rows: rows.slice(0, count) }, body), entryPiece(rest, body)];
    },
  };
}

function placeEntry({ heading, title, rows, figure }: EntryPart, body: Box, top: number): readonly Block[] {
  const { left, right } = body;
  const rule = top + heightOf(heading);
  const at = rule + ENTRY_GAP_MM;
  return [
    rowsBlock({ name: 'heading', role: 'H2' }, heading, left, top),
    ruleBlock('entry rule', body, rule, 0.2),
    rowsBlock({ name: 'entry', role: 'P' }, [...title, ...rows], left, at),
    ...(figure === undefined
      ? []
      : [
          blockOf(
            { name: 'code', role: 'Figure', alt: figure.text },
            figure.place(right - figure.heightMm, at),
          ),
        ]),
  ];
}

/** The pages of one client. */
export function bookPages(client: BookClient, paper: Paper, type: BookType): readonly BookPage[] {
  const body = bodyOfBook(paper);
  const width = body.right - body.left;
  const entry = (of: BookEntry, heading: readonly Row[]): Piece => {
    const again = textRows(type, AGAIN, BOOK_STRINGS.continued(of.title), width).slice(0, 2);
    return entryPiece({ ...entryRows(of, width, type), heading, again }, body);
  };
  const name = textRows(type, CLIENT, client.name, width);
  const tier = client.tier === undefined ? [] : textRows(type, TIER, BOOK_STRINGS.tier(client.tier), width);
  const pieces = client.folders.flatMap(({ path, entries }) =>
    entries.map((of, index) =>
      entry(of, index === 0 && path !== '' ? textRows(type, FOLDER, path, width) : []),
    ),
  );
  const pages = fillPages(
    [
      rowsPiece({ name: 'heading', role: 'H1' }, name, body.left),
      rowsPiece({ name: 'tier', role: 'P' }, tier, body.left),
      ...pieces,
    ],
    body,
  );
  return pages.map((blocks) => ({ client, blocks, foot: client.name }));
}

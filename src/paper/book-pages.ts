// Pages of the book: what stands on every one, and the entries of one client over as many as it takes. An
// entry is never cut unless it is longer than a page; a folder's heading stays with its first entry.

import type { BookClient, BookEntry } from './book.ts';
import { entryRows, type EntryRows, type Row } from './book-entry.ts';
import type { BookType } from './book-lines.ts';
import { BOOK_STRINGS } from './book-strings.ts';
import { blockOf } from './blocks.ts';
import { type Block, type Box, drawnPath } from './display-list.ts';
import { type Paper, SHEETS, SIDE_MARGIN_MM } from './measures.ts';

export interface BookPage {
  readonly client: BookClient;
  /** Places everything anew: outlines of codes are large, and are in memory for one page at a time. */
  blocks(): readonly Block[];
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
const CLIENT_PT = 18;
const CLIENT_MM = 9;
const FOLDER_PT = 11;
const FOLDER_MM = 8;
/** Between an entry's rule and its title, and below its last row. */
const ENTRY_GAP_MM = 2.5;

/** Where entries may stand. */
export function bodyOf(paper: Paper): Box {
  const { widthMm, heightMm } = SHEETS[paper];
  return {
    left: SIDE_MARGIN_MM,
    right: widthMm - SIDE_MARGIN_MM,
    top: BODY_TOP_MM,
    bottom: heightMm - BODY_BOTTOM_MM,
  };
}

export function ruleBlock(name: string, box: Pick<Box, 'left' | 'right'>, y: number, widthMm: number): Block {
  const rule = drawnPath(
    [
      ['M', box.left, y],
      ['L', box.right, y],
    ],
    { stroke: { colour: '#000000', widthMm } },
  );
  return blockOf({ name, role: 'Artifact' }, [rule]);
}

interface Frame {
  readonly made: string;
  readonly foot: string;
  readonly number: number;
  readonly count: number;
}

/** The warning and the date above, what the page is about and its number below. */
export function frame(type: BookType, paper: Paper, { made, foot, number, count }: Frame): readonly Block[] {
  const { left, right } = bodyOf(paper);
  const { heightMm } = SHEETS[paper];
  const warning = type.line('heavy', HEAD_PT, BOOK_STRINGS.warning);
  const date = type.line('regular', HEAD_PT, BOOK_STRINGS.date(made));
  const page = type.line('bold', FOOT_PT, BOOK_STRINGS.page(number, count));
  const [about] = type.plain('regular', FOOT_PT, foot, right - left - page.widthMm - 10);
  const base = heightMm - FOOT_MM;
  return [
    blockOf({ name: 'warning', role: 'P' }, [
      ...warning.place(left, HEAD_MM),
      ...date.place(right - date.widthMm, HEAD_MM),
    ]),
    ruleBlock('head rule', { left, right }, RULE_MM, 0.6),
    blockOf({ name: 'foot', role: 'P' }, [
      ...(about?.place(left, base) ?? []),
      ...page.place(right - page.widthMm, base),
    ]),
  ];
}

const heightOf = (rows: readonly Row[]): number => rows.reduce((sum, { heightMm }) => sum + heightMm, 0);

/** Fills pages from top to bottom. */
class Pages {
  readonly pages: (() => Block)[][] = [];
  readonly #box: Box;
  readonly #type: BookType;
  #y = 0;

  constructor(paper: Paper, type: BookType) {
    this.#box = bodyOf(paper);
    this.#type = type;
    this.#turn();
  }

  get width(): number {
    return this.#box.right - this.#box.left;
  }

  #turn(): void {
    this.pages.push([]);
    this.#y = this.#box.top;
  }

  get #left(): number {
    return this.#box.bottom - this.#y;
  }

  #add(block: () => Block): void {
    this.pages.at(-1)?.push(block);
  }

  /** Rows as one block, below what stands there. */
  #rows(facts: Pick<Block, 'name' | 'role'>, rows: readonly Row[]): void {
    const placed = rows.map((row) => {
      const top = this.#y;
      this.#y += row.heightMm;
      return () => row.place(this.#box.left, top);
    });
    const actual = rows.map(({ text }) => text).join('\n');
    this.#add(() =>
      blockOf(
        { ...facts, actual },
        placed.flatMap((place) => place()),
      ),
    );
  }

  heading(rows: readonly Row[], role: 'H1' | 'P'): void {
    this.#rows({ name: role === 'P' ? 'tier' : 'heading', role }, rows);
  }

  /** @param heading - Stays with the entry. */
  entry(entry: BookEntry, heading: readonly Row[]): void {
    const set = entryRows(entry, this.width, this.#type);
    const { title, rows, figure } = set;
    const text = heightOf(title) + heightOf(rows);
    const whole = heightOf(heading) + Math.max(text, figure?.heightMm ?? 0) + 2 * ENTRY_GAP_MM;
    const page = this.#box.bottom - this.#box.top;
    const isFresh = this.#y === this.#box.top;
    const isLong = whole > page;
    // What is longer than a page may begin in the middle of one, but not at its foot.
    if (!isFresh && this.#left < (isLong ? page / 2 : whole)) this.#turn();
    if (heading.length > 0) this.#rows({ name: 'heading', role: 'H2' }, heading);
    this.#part(entry, set, set.rows);
  }

  /** As many rows as the page takes, and the rest on further ones. */
  #part(
    entry: BookEntry,
    { title, figure }: Pick<EntryRows, 'title' | 'figure'>,
    rows: readonly Row[],
  ): void {
    const { left, right } = this.#box;
    const ruleAt = this.#y;
    this.#add(() => ruleBlock('entry rule', { left, right }, ruleAt, 0.2));
    this.#y += ENTRY_GAP_MM;
    const top = this.#y;
    let room = this.#left - ENTRY_GAP_MM - heightOf(title);
    let count = 0;
    for (const { heightMm } of rows) {
      if (heightMm > room && count > 0) break;
      room -= heightMm;
      count += 1;
    }
    this.#rows({ name: 'entry', role: 'P' }, [...title, ...rows.slice(0, count)]);
    if (figure !== undefined) {
      this.#add(() =>
        blockOf(
          { name: 'code', role: 'Figure', alt: figure.text },
          figure.place(right - figure.heightMm, top),
        ),
      );
      this.#y = Math.max(this.#y, top + figure.heightMm);
    }
    this.#y += ENTRY_GAP_MM;
    if (count >= rows.length) return;
    this.#turn();
    const again = textRows(this.#type, 'bold', 12, BOOK_STRINGS.continued(entry.title), this.width, 6);
    this.#part(entry, { title: again.slice(0, 2), figure: undefined }, rows.slice(count));
  }
}

/** Text over the whole width, a row for each line. */
export function textRows(
  type: BookType,
  voice: 'regular' | 'bold' | 'heavy',
  sizePt: number,
  text: string,
  widthMm: number,
  heightMm: number,
): readonly Row[] {
  return type.plain(voice, sizePt, text, widthMm).map((line) => ({
    heightMm,
    text: line.text,
    place: (left, top) => line.place(left, top + heightMm * 0.72),
  }));
}

/** The pages of one client. */
export function bookPages(client: BookClient, paper: Paper, type: BookType): readonly BookPage[] {
  const pages = new Pages(paper, type);
  const row = (voice: 'regular' | 'bold', sizePt: number, text: string, heightMm: number): readonly Row[] =>
    textRows(type, voice, sizePt, text, pages.width, heightMm);
  pages.heading(row('bold', CLIENT_PT, client.name, CLIENT_MM), 'H1');
  if (client.tier !== undefined)
    pages.heading(row('regular', FOLDER_PT, BOOK_STRINGS.tier(client.tier), FOLDER_MM), 'P');
  for (const { path, entries } of client.folders)
    for (const [index, entry] of entries.entries()) {
      const isHeaded = index === 0 && path !== '';
      pages.entry(entry, isHeaded ? row('bold', FOLDER_PT, path, FOLDER_MM) : []);
    }
  return pages.pages.map((blocks) => ({
    client,
    // A block without ink has no place: an empty title.
    blocks: () => blocks.map((block) => block()).filter(({ items }) => items.length > 0),
    foot: client.name,
  }));
}

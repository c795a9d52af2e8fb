// The cover of the book, which says what it is and how to read it, and the pages that list its clients.

import { blockOf, ruleBlock } from './blocks.ts';
import { type BookClient, type BookContent, entryCount } from './book.ts';
import { type BookLine, type BookType, drawSign } from './book-lines.ts';
import { bodyOfBook, type BookPage } from './book-pages.ts';
import { BOOK_STRINGS } from './book-strings.ts';
import type { Block, Item } from './display-list.ts';
import type { Paper } from './measures.ts';
import { textRows } from './rows.ts';
import { MM_PER_PT } from './typeset.ts';

const LINE_MM = 6.5;
const TEXT_PT = 11;
const INDENT_MM = 9;
const LEGEND_MM = 30;
const SIGN_PT = 12;
/** From the top of the contents to its first line. */
const CONTENTS_HEAD_MM = 14;
const NUMBER_MM = 16;

/** Stacks blocks from the top. */
class Stack {
  readonly blocks: Block[] = [];
  readonly #left: number;
  readonly #type: BookType;
  readonly #width: number;
  #y: number;

  constructor(paper: Paper, type: BookType) {
    const { left, right, top } = bodyOfBook(paper);
    this.#left = left;
    this.#width = right - left;
    this.#y = top;
    this.#type = type;
  }

  skip(mm: number): void {
    this.#y += mm;
  }

  text(text: string, sizePt: number, voice: 'regular' | 'bold' = 'regular', role: Block['role'] = 'P'): void {
    const heightMm = sizePt * MM_PER_PT * 1.6;
    for (const row of textRows(this.#type, { voice, sizePt, heightMm }, text, this.#width)) {
      const items = row.place(this.#left, this.#y);
      if (items.length > 0) this.blocks.push(blockOf({ name: 'cover', role }, items));
      this.#y += heightMm;
    }
  }

  /** Something in a column of its own, and what it means. */
  pair(indentMm: number, mark: (x: number, baseline: number) => readonly Item[], text: string): void {
    const lines = this.#type.plain('regular', TEXT_PT, text, this.#width - indentMm);
    const baseline = this.#y + 0.72 * LINE_MM;
    const items = lines.flatMap((line, index) =>
      line.place(this.#left + indentMm, baseline + index * LINE_MM),
    );
    this.blocks.push(
      blockOf({ name: 'cover', role: 'P', actual: text }, [...mark(this.#left, baseline), ...items]),
    );
    this.#y += lines.length * LINE_MM;
  }
}

const drawn =
  (line: BookLine) =>
  (x: number, baseline: number): readonly Item[] =>
    line.place(x, baseline);

export function coverBlocks(
  content: BookContent,
  pages: number,
  paper: Paper,
  type: BookType,
): readonly Block[] {
  const strings = BOOK_STRINGS;
  const em = SIGN_PT * MM_PER_PT;
  const entries = content.clients.reduce((sum, client) => sum + entryCount(client), 0);
  const stack = new Stack(paper, type);
  stack.skip(22);
  stack.text(strings.title, 34, 'bold', 'H1');
  stack.skip(2);
  stack.text(content.name, 18);
  stack.skip(8);
  stack.text(strings.source(content.product, content.made), TEXT_PT + 1);
  stack.text(strings.size(entries, content.clients.length, pages), TEXT_PT + 1);
  stack.skip(10);
  for (const [index, rule] of strings.rules.entries())
    stack.pair(INDENT_MM, drawn(type.line('bold', TEXT_PT, `${index + 1}`)), rule);
  stack.skip(10);
  stack.text(strings.legend, 14, 'bold', 'H2');
  stack.skip(2);
  stack.pair(LEGEND_MM, (x, y) => [drawSign('space', x, y, em)], strings.spaceMeans);
  stack.pair(LEGEND_MM, (x, y) => [drawSign('goes on', x, y, em)], strings.goesOnMeans);
  stack.pair(LEGEND_MM, drawn(type.mark(TEXT_PT, strings.unprintable)), strings.unprintableMeans);
  stack.pair(LEGEND_MM, drawn(type.line('regular', 9, strings.characters(16))), strings.countMeans);
  stack.skip(2);
  stack.text(strings.codeMeans, TEXT_PT);
  if (content.leftOut.length > 0) {
    stack.skip(10);
    stack.text(strings.leftOut, 14, 'bold', 'H2');
    stack.skip(2);
    for (const line of content.leftOut) stack.text(line, TEXT_PT);
  }
  return stack.blocks;
}

/** How many clients a page of the contents lists. */
export function contentsRoom(paper: Paper): number {
  const { top, bottom } = bodyOfBook(paper);
  return Math.floor((bottom - top - CONTENTS_HEAD_MM) / LINE_MM);
}

function contentsLine(
  client: BookClient,
  page: number,
  place: { readonly left: number; readonly right: number; readonly top: number },
  type: BookType,
): readonly Block[] {
  const { left, right, top } = place;
  const baseline = top + 0.7 * LINE_MM;
  const number = type.line('bold', TEXT_PT, String(page));
  const { tier } = client;
  const entries = BOOK_STRINGS.entries(entryCount(client));
  const facts = tier === undefined ? entries : `${BOOK_STRINGS.tier(tier)}, ${entries}`;
  const count = type.line('regular', 9, facts);
  const room = right - left - NUMBER_MM - count.widthMm - 6;
  const [name] = type.plain('regular', TEXT_PT, client.name, room);
  const items = [
    ...(name?.place(left, baseline) ?? []),
    ...count.place(right - NUMBER_MM - count.widthMm, baseline),
    ...number.place(right - number.widthMm, baseline),
  ];
  return [
    blockOf({ name: 'contents', role: 'P', actual: `${client.name}, ${count.text}, ${page}` }, items),
    ruleBlock('contents rule', place, top + LINE_MM, 0.1),
  ];
}

/** Pages that list the clients, and on which page each begins. */
export function contentsPages(
  content: BookContent,
  firstPages: ReadonlyMap<BookClient, number>,
  paper: Paper,
  type: BookType,
): readonly Omit<BookPage, 'client'>[] {
  const { left, right, top } = bodyOfBook(paper);
  const room = contentsRoom(paper);
  const pages = Math.ceil(content.clients.length / room);
  return Array.from({ length: pages }, (_, index) => {
    const heading = type.line('bold', 18, BOOK_STRINGS.contents);
    const lines = content.clients.slice(index * room, (index + 1) * room).flatMap((client, at) => {
      const y = top + CONTENTS_HEAD_MM + at * LINE_MM;
      return contentsLine(client, firstPages.get(client) ?? 0, { left, right, top: y }, type);
    });
    const head = blockOf({ name: 'contents heading', role: 'H1' }, heading.place(left, top + 6.5));
    return { blocks: () => [head, ...lines], foot: content.name };
  });
}

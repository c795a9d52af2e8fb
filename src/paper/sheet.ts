// A sheet of the house: acknowledgements, letters, the first quarter of an hour, the register. Parts are set
// from top to bottom over as many pages as they take; the foot says what it is, of which day, and its number.

import { blockOf } from './blocks.ts';
import { BookType } from './book-lines.ts';
import type { Block, Box, DisplayList } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { type Paper, SHEETS, SIDE_MARGIN_MM } from './measures.ts';
import { groupsOf, type RowGroup, type SheetPart, TEXT_PT } from './sheet-parts.ts';
import { levelLine } from './strokes.ts';

export interface SheetContent {
  readonly title: string;
  /** At the foot, on the left. */
  readonly foot: string;
  readonly parts: readonly SheetPart[];
  readonly landscape?: boolean;
  /** Each page goes to somebody else, who would miss the others. */
  readonly apart?: boolean;
  /** From line to line; less where all has to stand on one page. */
  readonly leadingMm?: number;
}

const TOP_MM = 16;
const BOTTOM_MM = 19;
const FOOT_MM = 11;
const FOOT_RULE_MM = 16.5;
const LEADING_MM = 5.9;

/** Fills pages. */
class Flow {
  readonly pages: Block[][] = [[]];
  readonly #body: Box;
  #y: number;

  constructor(body: Box) {
    this.#body = body;
    this.#y = body.top;
  }

  turn(): void {
    this.pages.push([]);
    this.#y = this.#body.top;
  }

  /** @param after - What has to stand on the same page. */
  add(group: RowGroup, after = 0): void {
    const height = heightOf(group);
    const isFresh = this.#y === this.#body.top;
    if (!isFresh && this.#y + height + after > this.#body.bottom) {
      this.turn();
      if (group.head) this.#rows({ ...group, rows: [group.head] });
    }
    // The space between two parts does not begin a page.
    if (group.role === 'Artifact' && this.#y === this.#body.top && this.pages.length > 1) return;
    this.#rows(group);
  }

  #rows({ role, rows }: RowGroup): void {
    for (const part of this.#pieces(rows)) {
      const items = part.flatMap((row) => {
        const top = this.#y;
        this.#y += row.heightMm;
        return row.place(this.#body.left, top);
      });
      const text = part.map((row) => row.text).filter((line) => line !== '');
      // A block without ink has no place.
      if (items.length === 0) continue;
      const facts = text.length === 0 ? { role: 'Artifact' as const } : { role, actual: text.join('\n') };
      this.pages.at(-1)?.push(blockOf({ name: 'sheet', ...facts }, items));
    }
  }

  /** Rows page by page: all of them together, unless they are longer than a page. */
  *#pieces(rows: RowGroup['rows']): Generator<RowGroup['rows']> {
    let from = 0;
    let y = this.#y;
    for (const [index, { heightMm }] of rows.entries()) {
      if (y + heightMm > this.#body.bottom && index > from) {
        yield rows.slice(from, index);
        this.turn();
        from = index;
        y = this.#y;
      }
      y += heightMm;
    }
    yield rows.slice(from);
  }
}

const heightOf = ({ rows }: RowGroup): number => rows.reduce((sum, { heightMm }) => sum + heightMm, 0);

function footBlocks(
  type: BookType,
  body: Box,
  heightMm: number,
  foot: string,
  number: string,
): readonly Block[] {
  const page = type.line('regular', TEXT_PT, number);
  const [about] = type.plain('regular', TEXT_PT, foot, body.right - body.left - page.widthMm - 8);
  const base = heightMm - FOOT_MM;
  return [
    blockOf({ name: 'foot rule', role: 'Artifact' }, [
      levelLine(body.left, body.right, heightMm - FOOT_RULE_MM),
    ]),
    blockOf({ name: 'foot', role: 'P' }, [
      ...(about?.place(body.left, base) ?? []),
      ...page.place(body.right - page.widthMm, base),
    ]),
  ];
}

/** Lays a sheet out, a list for each page. Nothing in it is refused: what no face has is spelt out. */
export function layoutSheet(
  content: SheetContent,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  const type = new BookType(fonts);
  const sheet = SHEETS[paper];
  const isWide = content.landscape === true;
  const widthMm = isWide ? sheet.heightMm : sheet.widthMm;
  const heightMm = isWide ? sheet.widthMm : sheet.heightMm;
  const body = {
    left: SIDE_MARGIN_MM,
    right: widthMm - SIDE_MARGIN_MM,
    top: TOP_MM,
    bottom: heightMm - BOTTOM_MM,
  };
  const facts = { type, widthMm: body.right - body.left, leadingMm: content.leadingMm ?? LEADING_MM };
  const flow = new Flow(body);
  const all = content.parts.flatMap((part): readonly (RowGroup | 'turn')[] =>
    part.kind === 'page' ? ['turn'] : groupsOf(facts, part),
  );
  for (const [index, group] of all.entries()) {
    if (group === 'turn') {
      flow.turn();
      continue;
    }
    const next = all[index + 1];
    const after = group.staysWithNext === true && next !== undefined && next !== 'turn' ? heightOf(next) : 0;
    flow.add(group, after);
  }
  const finish = (blocks: readonly Block[], index: number): DisplayList => ({
    title: content.title,
    language: 'en',
    widthMm,
    heightMm,
    blocks: [
      ...blocks,
      ...footBlocks(
        type,
        body,
        heightMm,
        content.foot,
        content.apart === true ? '' : `page ${index + 1} of ${flow.pages.length}`,
      ),
    ],
  });
  const [first = [], ...others] = flow.pages;
  return [finish(first, 0), ...others.map((blocks, index) => finish(blocks, index + 1))];
}

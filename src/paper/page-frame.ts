// What every page of a paper has around its text: margins, and at the foot what it belongs to and its number.

import { blockOf } from './blocks.ts';
import type { BookType } from './book-lines.ts';
import type { Block, Box, DisplayList } from './display-list.ts';
import type { Page } from './flow.ts';
import { SIDE_MARGIN_MM } from './measures.ts';

interface Size {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Where text may stand. */
export function bodyOf({ widthMm, heightMm }: Size, topMm: number, bottomMm: number): Box {
  return {
    left: SIDE_MARGIN_MM,
    right: widthMm - SIDE_MARGIN_MM,
    top: topMm,
    bottom: heightMm - bottomMm,
  };
}

interface Foot {
  readonly about: string;
  readonly number: string;
  readonly voice: 'regular' | 'bold';
  readonly sizePt: number;
  readonly baseline: number;
}

/** Between what a page belongs to and its number. */
const GAP_MM = 10;

export function footBlock(type: BookType, { left, right }: Box, foot: Foot): Block {
  const { sizePt, baseline } = foot;
  const number = type.line(foot.voice, sizePt, foot.number);
  const [about] = type.plain('regular', sizePt, foot.about, right - left - number.widthMm - GAP_MM);
  return blockOf({ name: 'foot', role: 'P' }, [
    ...(about?.place(left, baseline) ?? []),
    ...number.place(right - number.widthMm, baseline),
  ]);
}

/** Pages as they are written to PDF; what is on one is made each time it is asked for. */
export function displayLists(
  pages: readonly Page[],
  facts: Size & { readonly title: string; readonly language?: string },
): readonly [DisplayList, ...DisplayList[]] {
  const { title, language = 'en', widthMm, heightMm } = facts;
  const [first, ...others] = pages.map((page): DisplayList => ({
    title,
    language,
    widthMm,
    heightMm,
    get blocks() {
      return page();
    },
  }));
  if (!first) throw new Error('a paper has pages');
  return [first, ...others];
}

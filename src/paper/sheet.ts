// A sheet of the house: acknowledgements, letters, the first quarter of an hour, the register. Parts are set
// from top to bottom over as many pages as they take; the foot says what it is, of which day, and its number.

import { ruleBlock } from './blocks.ts';
import { BookType } from './book-lines.ts';
import type { DisplayList } from './display-list.ts';
import { fillPages } from './flow.ts';
import type { Fonts } from './fonts.ts';
import type { HandoutStrings } from './handouts.ts';
import { HANDOUTS_EN } from './strings/handouts-en.ts';
import { type Paper, SHEETS } from './measures.ts';
import { bodyOf, displayLists, footBlock } from './page-frame.ts';
import { piecesOf, type SheetPart, TEXT_PT } from './sheet-parts.ts';

export interface SheetContent {
  readonly title: string;
  /** What it is in, and how that says which page of how many; without it English. */
  readonly words?: Pick<HandoutStrings, 'language' | 'page'>;
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
const NO_BREAK_SPACE = '\u00a0';

/** Parts between the places where a page ends by order. */
function chapters(parts: readonly SheetPart[]): readonly (readonly SheetPart[])[] {
  const all: SheetPart[][] = [[]];
  for (const part of parts) {
    if (part.kind === 'page') all.push([]);
    else all.at(-1)?.push(part);
  }
  return all;
}

/** Lays a sheet out, a list for each page. Nothing in it is refused: what no face has is spelt out. */
export function layoutSheet(
  content: SheetContent,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  const { title, foot: about, parts, leadingMm = LEADING_MM, words = HANDOUTS_EN } = content;
  const type = new BookType(fonts, NO_BREAK_SPACE);
  const { widthMm: short, heightMm: long } = SHEETS[paper];
  const [widthMm, heightMm] = content.landscape === true ? [long, short] : [short, long];
  const body = bodyOf({ widthMm, heightMm }, TOP_MM, BOTTOM_MM);
  const facts = { type, left: body.left, widthMm: body.right - body.left, leadingMm };
  const pages = chapters(parts).flatMap((chapter) =>
    fillPages(
      chapter.flatMap((part) => piecesOf(facts, part)),
      body,
    ),
  );
  const baseline = heightMm - FOOT_MM;
  return displayLists(
    pages.map((page, index) => () => {
      const number = content.apart === true ? '' : words.page(index + 1, pages.length);
      return [
        ...page(),
        ruleBlock('foot rule', body, heightMm - FOOT_RULE_MM),
        footBlock(type, body, { about, number, voice: 'regular', sizePt: TEXT_PT, baseline }),
      ];
    }),
    { title, language: words.language, widthMm, heightMm },
  );
}

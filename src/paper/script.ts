// The script of a ceremony on paper: a first page with what was agreed, the steps as a table to tick, boxes
// for exceptions, and a page to sign. For people who stand around a table with one pen. What the steps say
// comes from outside, the same text that the screen shows.

import { BookType } from './book-lines.ts';
import { blockOf } from './blocks.ts';
import type { Block, DisplayList } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { type Paper, SHEETS } from './measures.ts';
import { exceptionPieces, signaturePieces } from './script-end.ts';
import { frontPieces } from './script-front.ts';
import { bodyOfScript, fillPages, rule } from './script-flow.ts';
import { stepPieces, tableHead } from './script-table.ts';
import { SCRIPT_STRINGS } from './script-strings.ts';

/** A step as it is printed. */
export interface SheetStep {
  readonly number: number;
  readonly title: string;
  readonly role: string;
  readonly doing: readonly string[];
  readonly say?: string;
  readonly screen?: string;
  readonly initials: readonly string[];
  readonly perCard?: readonly string[];
  readonly blanks?: readonly string[];
}

export interface SheetCard {
  readonly card: number;
  readonly holder: string;
  readonly group?: string;
}

/** Everything a script says besides the words that are on every script. */
export interface ScriptSheet {
  readonly organisation: string;
  /** With a witness and a second machine. */
  readonly isFull: boolean;
  /** "any 3 of 5 cards" */
  readonly policy: string;
  /** "gold circle" */
  readonly mark: string;
  readonly set: number;
  /** ISO date on which it was printed. */
  readonly printed: string;
  /** Lead, and witness where there is one; without a name where the plan has none. */
  readonly roles: readonly { readonly role: string; readonly name: string }[];
  /** The short hash of the plan. */
  readonly planWords: readonly string[];
  readonly program: { readonly name: string; readonly hash: string };
  readonly cards: readonly SheetCard[];
  readonly steps: readonly SheetStep[];
  readonly minutes: number;
}

/** Lays out the script, a list for each page. A name that no face has is spelt out, never refused. */
export function layoutScript(
  sheet: ScriptSheet,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  const type = new BookType(fonts);
  const body = bodyOfScript(paper);
  const head = tableHead(type, body);
  const pages = [
    ...fillPages(frontPieces(sheet, type, body), body),
    ...fillPages(
      sheet.steps.flatMap((step) => stepPieces(step, sheet.cards, type, body)),
      body,
      head,
    ),
    ...fillPages(exceptionPieces(sheet, type, body), body),
    ...fillPages(signaturePieces(sheet, type, body), body),
  ];
  const { widthMm, heightMm } = SHEETS[paper];
  const title = `${SCRIPT_STRINGS.title}, ${sheet.organisation}`;
  const lists = pages.map((blocks, index): DisplayList => ({
    title,
    language: 'en',
    widthMm,
    heightMm,
    blocks: [...blocks, ...foot(sheet, type, paper, index + 1, pages.length)],
  }));
  const [first, ...others] = lists;
  if (!first) throw new Error('a script has pages');
  return [first, ...others];
}

const FOOT_PT = 9.5;
const FOOT_MM = 12;

/** What a loose page belongs to, and which one it is. */
function foot(
  { organisation, program }: ScriptSheet,
  type: BookType,
  paper: Paper,
  number: number,
  count: number,
): Block[] {
  const { left, right } = bodyOfScript(paper);
  const { heightMm } = SHEETS[paper];
  const base = heightMm - FOOT_MM;
  const page = type.line('bold', FOOT_PT, SCRIPT_STRINGS.page(number, count));
  const [about] = type.plain(
    'regular',
    FOOT_PT,
    SCRIPT_STRINGS.foot(organisation, program.name),
    right - left - page.widthMm - 10,
  );
  return [
    rule('foot rule', { left, right }, base - 5, 0.2),
    blockOf({ name: 'foot', role: 'P', actual: `${about?.text ?? ''} ${page.text}` }, [
      ...(about?.place(left, base) ?? []),
      ...page.place(right - page.widthMm, base),
    ]),
  ];
}

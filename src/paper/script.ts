// The script of a ceremony on paper: a first page with what was agreed, the steps as a table to tick, boxes
// for exceptions, and a page to sign. For people who stand around a table with one pen. What the steps say
// comes from outside, the same text that the screen shows.

import { BookType } from './book-lines.ts';
import { ruleBlock } from './blocks.ts';
import type { Block, DisplayList } from './display-list.ts';
import { fillPages } from './flow.ts';
import type { Fonts } from './fonts.ts';
import { type Paper, SHEETS } from './measures.ts';
import { bodyOf, displayLists, footBlock } from './page-frame.ts';
import { exceptionPieces, signaturePieces } from './script-end.ts';
import { frontPieces } from './script-front.ts';
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
  /** By a passphrase of its holder. */
  readonly isLocked?: boolean;
  /** Sealed to a key of its holder. */
  readonly isFile?: boolean;
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

const TOP_MM = 16;
const BOTTOM_MM = 21;
const FOOT_PT = 9.5;
const FOOT_MM = 12;

/** Lays out the script, a list for each page. A name that no face has is spelt out, never refused. */
export function layoutScript(
  sheet: ScriptSheet,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  const type = new BookType(fonts);
  const size = SHEETS[paper];
  const body = bodyOf(size, TOP_MM, BOTTOM_MM);
  const steps = sheet.steps.flatMap((step) => stepPieces(step, sheet.cards, type, body));
  const pages = [
    ...fillPages(frontPieces(sheet, type, body), body),
    ...fillPages(steps, body, tableHead(type, body)),
    ...fillPages(exceptionPieces(sheet, type, body), body),
    ...fillPages(signaturePieces(sheet, type, body), body),
  ];
  // What a loose page belongs to, and which one it is.
  const about = SCRIPT_STRINGS.foot(sheet.organisation, sheet.program.name);
  const baseline = size.heightMm - FOOT_MM;
  const foot = (index: number): readonly Block[] => {
    const number = SCRIPT_STRINGS.page(index + 1, pages.length);
    const line = footBlock(type, body, { about, number, voice: 'bold', sizePt: FOOT_PT, baseline });
    return [ruleBlock('foot rule', body, baseline - 5, 0.2), { ...line, actual: `${about} ${number}` }];
  };
  return displayLists(
    pages.map((page, index) => () => [...page(), ...foot(index)]),
    { ...size, title: `${SCRIPT_STRINGS.title}, ${sheet.organisation}` },
  );
}

// A recovery card: what is on it, and the whole of it laid out (docs/card.md). Pure: adapters/pdf-write
// turns the list into a file. Each third is its own file; this one joins them and then proves the
// result against the rules, so that a card that breaks one is never printed.

import { EscrowError } from '../core/errors.ts';
import type { Language } from '../core/languages.ts';
import { type Block, boxesOverlap, type DisplayList, drawnPath } from './display-list.ts';
import { assertGlyphs, type Fonts, printedForm } from './fonts.ts';
import { layoutCode } from './card-code.ts';
import { GROUP_FIT, layoutFront, NAME_FIT } from './card-front.ts';
import { layoutGuide } from './card-guide.ts';
import type { Mark } from './mark.ts';
import { isClear, type Paper, SHEETS } from './measures.ts';
import { cardStringsOf, type PrintedPolicy } from './strings.ts';
import { fitText } from './typeset.ts';

export interface CardContent {
  /** 1 to `cardCount`, across all groups. */
  readonly cardNumber: number;
  readonly cardCount: number;
  readonly setNumber: number;
  readonly mark: Mark;
  readonly policy: PrintedPolicy;
  /** Number of this card's group, from 1; printed when the policy has several. */
  readonly group: number;
  readonly groupName?: string;
  readonly holderName?: string;
  /** ISO date of the ceremony. */
  readonly created: string;
  /** Four rows of 24 symbols without spaces, or the five of a locked card. Secret: whoever reads k cards opens the escrow. */
  readonly rows: readonly [string, string, string, string, ...string[]];
  /** The six charter words. */
  readonly words: readonly string[];
  /** Short form for people: "7Q2F9KZD". */
  readonly setId: string;
  readonly language: Language;
}

/**
 * Refuses a name that cannot stand on a card; asked before a ceremony starts.
 *
 * @param place - Whose name: a holder's has more room than a group's.
 * @param what - What it is, for the error: "name of trustee 3".
 * @throws {@link EscrowError} `paper.unprintable` naming a character, or `paper.overflow`.
 */
export function assertPrintable(
  fonts: Fonts,
  name: string,
  place: 'holder' | 'group',
  what: string = place,
): void {
  const fit = place === 'holder' ? NAME_FIT : GROUP_FIT;
  assertGlyphs(fonts, fit.voice, name, what);
  fitText(fonts, printedForm(name), { ...fit, what });
}

/** Short marks at both edges where the sheet is folded. */
function foldTicks(paper: Paper): Block[] {
  const { widthMm, foldsMm } = SHEETS[paper];
  // Office printers leave about 4 mm unprinted.
  const [near, far] = [4.5, 9];
  return foldsMm.flatMap((y, index) =>
    [
      [near, far],
      [widthMm - far, widthMm - near],
    ].map(([from = 0, to = 0], side) => {
      const tick = drawnPath(
        [
          ['M', from, y],
          ['L', to, y],
        ],
        { stroke: { colour: '#000000', widthMm: 0.2 } },
      );
      return { name: `fold ${index + 1}.${side + 1}`, role: 'Artifact', items: [tick], box: tick.box };
    }),
  );
}

/** No block off its third, none on another. Layout is right by design; names and languages may not be. */
function assertRules(blocks: readonly Block[], paper: Paper): void {
  blocks.forEach((block, index) => {
    const collides = blocks.slice(index + 1).some((other) => boxesOverlap(block.box, other.box));
    if (collides || !isClear(block.box, paper)) throw new EscrowError('paper.overflow', { what: block.name });
  });
}

/**
 * Lays out one card.
 *
 * @throws {@link EscrowError} `paper.unprintable` or `paper.overflow` for names.
 */
export function layoutCard(content: CardContent, paper: Paper, fonts: Fonts): DisplayList {
  const strings = cardStringsOf(content.language);
  if (content.holderName !== undefined) assertPrintable(fonts, content.holderName, 'holder');
  if (content.groupName !== undefined) assertPrintable(fonts, content.groupName, 'group');
  const blocks = [
    ...layoutFront(content, paper, fonts, strings),
    ...layoutCode(content, paper, fonts, strings),
    ...layoutGuide(content, paper, fonts, strings),
  ];
  assertRules(blocks, paper);
  const { widthMm, heightMm } = SHEETS[paper];
  return {
    title: strings.documentTitle(content.cardNumber, content.cardCount, content.setNumber),
    language: content.language,
    widthMm,
    heightMm,
    blocks: [...blocks, ...foldTicks(paper)],
  };
}

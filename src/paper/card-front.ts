// The first third of a card: whose set, which card, for whom, and the one sentence that matters.

import { EscrowError } from '../core/errors.ts';
import { blockOf, lineBlock, setParagraph, stackedBlock } from './blocks.ts';
import type { CardContent } from './card.ts';
import { type Block, type Box, drawnPath } from './display-list.ts';
import { type Fonts, printedForm } from './fonts.ts';
import { markPath } from './mark.ts';
import { foldAreas, type Paper, SHEETS, SIDE_MARGIN_MM } from './measures.ts';
import { type CardStrings, markTitle } from './strings.ts';
import { fitText, placeLine, setLine, type Fit, type SetLine } from './typeset.ts';

const MARK_MM = 22;
/** Where the title starts, from the left margin. */
const TITLE_MM = MARK_MM + 8;
const TITLE = { voice: 'heavy', sizePt: 29 } as const;
const ISSUE = { voice: 'regular', sizePt: 12 } as const;
const NUMBER = { voice: 'heavy', sizePt: 76 } as const;
const COUNT = { voice: 'regular', sizePt: 14 } as const;
const KEEP = { voice: 'regular', sizePt: 13 } as const;

// Names are fitted to the narrower sheet, so that a name is printable on both or on neither.
const TEXT_MM = SHEETS.a4.widthMm - 2 * SIDE_MARGIN_MM;

/** How a holder's name is set: large if it is short, on two lines if it is long. */
export const NAME_FIT = {
  voice: 'bold',
  widthMm: TEXT_MM - 12,
  largestPt: 15,
  smallestPt: 12,
  lines: 2,
} as const satisfies Omit<Fit, 'what'>;

/** A group's name stands between the mark and a card number of three figures. */
export const GROUP_FIT = {
  voice: 'bold',
  widthMm: TEXT_MM - TITLE_MM - 70,
  largestPt: 12,
  smallestPt: 11.5,
  lines: 2,
} as const satisfies Omit<Fit, 'what'>;

function layoutMark(content: CardContent, area: Box, strings: CardStrings): Block {
  const { shape, colour, hex } = content.mark;
  // The outline is drawn on the edge, half of it outside.
  const strokeMm = 0.9;
  const r = MARK_MM / 2;
  const steps = markPath(shape, { x: area.left + r, y: area.top + r }, MARK_MM - strokeMm);
  const mark = drawnPath(steps, { fill: hex, stroke: { colour: '#000000', widthMm: strokeMm } });
  return blockOf({ name: 'mark', role: 'Figure', alt: strings.markAlt(colour, shape) }, [mark]);
}

function layoutHead(content: CardContent, area: Box, fonts: Fonts, strings: CardStrings): Block[] {
  const { top, right } = area;
  const x = area.left + TITLE_MM;
  const { colour, shape } = content.mark;
  const number = (name: string, text: string, style: typeof NUMBER | typeof COUNT, baseline: number): Block =>
    lineBlock(fonts, { name, role: 'P' }, { style, text, x: right, baseline, align: 'right' });
  return [
    lineBlock(
      fonts,
      { name: 'title', role: 'H1' },
      { style: TITLE, text: markTitle(colour, shape), x, baseline: top + 11.6 },
    ),
    lineBlock(
      fonts,
      { name: 'issue', role: 'P' },
      { style: ISSUE, text: strings.issue(content.setNumber, content.created), x, baseline: top + 18.9 },
    ),
    number('card', strings.card, COUNT, top + 3.6),
    number('card number', String(content.cardNumber), NUMBER, top + 24.4),
    number('card count', strings.ofCards(content.cardCount), COUNT, top + 31.2),
  ];
}

/** A label and a name behind it, which may be in another script, long, or both. */
function layoutNamed(
  fonts: Fonts,
  facts: { readonly name: string; readonly label: string; readonly text: string },
  fit: Omit<Fit, 'what'>,
  place: { readonly x: number; readonly baseline: number; readonly leadingMm: number },
): Block {
  const text = printedForm(facts.text);
  const lines = fitText(fonts, text, { ...fit, what: facts.name });
  const sizePt = lines[0]?.style.sizePt ?? fit.largestPt;
  const label = setLine(fonts, { voice: 'regular', sizePt }, `${facts.label} `);
  const named = stackedBlock({ name: facts.name, role: 'P' }, lines, {
    ...place,
    x: place.x + label.widthMm,
  });
  const actual = `${facts.label} ${text}`;
  return blockOf({ name: facts.name, role: 'P', actual }, [...placeLine(label, place), ...named.items]);
}

/** Which group, where there are several. */
function layoutGroup(content: CardContent, area: Box, fonts: Fonts, strings: CardStrings): Block[] {
  if (content.policy.groups.length === 1 && content.groupName === undefined) return [];
  const text = content.groupName ?? String(content.group);
  const place = { x: area.left + TITLE_MM, baseline: area.top + 25.4, leadingMm: 5.2 };
  return [layoutNamed(fonts, { name: 'group', label: strings.group, text }, GROUP_FIT, place)];
}

function layoutHolder(
  content: CardContent,
  area: Box,
  fonts: Fonts,
  strings: CardStrings,
  top: number,
): Block[] {
  if (content.holderName === undefined) return [];
  const facts = { name: 'holder', label: strings.holder, text: content.holderName };
  const place = { x: area.left, baseline: top + 4.6, leadingMm: 6 };
  return [layoutNamed(fonts, facts, NAME_FIT, place)];
}

/** From 19 to 12 pt, each sentence on its own line; where even that is too much, one behind the other. */
function* settings(
  content: CardContent,
  fonts: Fonts,
  strings: CardStrings,
  widthMm: number,
): Generator<{ sizePt: number; lines: SetLine[] }> {
  const sentences = [strings.opens(content.policy, content.mark.colour, content.group), strings.alone];
  const set = (sizePt: number, texts: readonly string[]): { sizePt: number; lines: SetLine[] } => ({
    sizePt,
    lines: texts.flatMap((text) => setParagraph(fonts, { voice: 'bold', sizePt }, text, widthMm)),
  });
  for (let sizePt = 19; sizePt >= 12; sizePt -= 0.5) yield set(sizePt, sentences);
  yield set(12, [sentences.join(' ')]);
}

/** The sentences under the names, as large as the room allows. */
function layoutSentences(
  content: CardContent,
  area: Box,
  fonts: Fonts,
  strings: CardStrings,
  top: number,
): Block[] {
  for (const { sizePt, lines } of settings(content, fonts, strings, area.right - area.left)) {
    const leadingMm = sizePt * 0.435;
    const baseline = top + sizePt * 0.26;
    const keepBaseline = baseline + (lines.length - 1) * leadingMm + 3 + sizePt / 3;
    const place = { style: KEEP, text: strings.keep, x: area.left, baseline: keepBaseline };
    const keep = lineBlock(fonts, { name: 'keep', role: 'P' }, place);
    if (keep.box.bottom > area.bottom) continue;
    return [stackedBlock({ name: 'policy', role: 'P' }, lines, { x: area.left, baseline, leadingMm }), keep];
  }
  throw new EscrowError('paper.overflow', { what: 'policy' });
}

const lowest = (blocks: readonly Block[]): number => Math.max(...blocks.map((block) => block.box.bottom));

/** Lays out the first third. @throws {@link EscrowError} `paper.overflow`. */
export function layoutFront(content: CardContent, paper: Paper, fonts: Fonts, strings: CardStrings): Block[] {
  const area = foldAreas(paper)[0];
  const head = [
    layoutMark(content, area, strings),
    ...layoutHead(content, area, fonts, strings),
    ...layoutGroup(content, area, fonts, strings),
  ];
  const holder = layoutHolder(content, area, fonts, strings, lowest(head) + 4);
  const upper = [...head, ...holder];
  return [...upper, ...layoutSentences(content, area, fonts, strings, lowest(upper) + 6)];
}

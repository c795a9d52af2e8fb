// The last third of a card: what to do when asked, when lost, when leaving; what is written by hand;
// and what tells this card's edition apart from another's.

import { blockOf, lineBlock, setParagraph, stackedBlock } from './blocks.ts';
import type { CardContent } from './card.ts';
import { formOf } from './card-code.ts';
import type { Block, Box, DrawnPath } from './display-list.ts';
import { levelLine } from './strokes.ts';
import type { Fonts } from './fonts.ts';
import { foldAreas, type Paper } from './measures.ts';
import type { CardStrings } from './strings.ts';
import { placeLine, setLine } from './typeset.ts';

const HEADING = { voice: 'bold', sizePt: 13 } as const;
const BODY = { voice: 'regular', sizePt: 12 } as const;
const STRONG = { voice: 'bold', sizePt: 12 } as const;
const FOOT = { voice: 'regular', sizePt: 11.5 } as const;
const WORDS = { voice: 'mono', sizePt: 11.5 } as const;
const LEADING_MM = 5.6;
const HEADING_MM = 6;
const COLUMN_GAP_MM = 10;
/** Room for a hand with a pen. */
const WRITING_MM = 8.5;
const STEP_INDENT_MM = 6;

/** A line to write on, a little under the baseline. */
const ruleFrom = (left: number, right: number, baseline: number): DrawnPath =>
  levelLine(left, right, baseline + 0.8);

function layoutAsked(fonts: Fonts, strings: CardStrings, column: Box): Block[] {
  const x = column.left;
  let baseline = column.top + 3.6;
  const blocks = [
    lineBlock(fonts, { name: 'asked', role: 'H2' }, { style: HEADING, text: strings.asked, x, baseline }),
  ];
  baseline += HEADING_MM + 0.4;
  strings.askedSteps.forEach((step, index) => {
    const lines = setParagraph(fonts, BODY, step, column.right - x - STEP_INDENT_MM);
    const number = placeLine(setLine(fonts, STRONG, String(index + 1)), { x, baseline });
    const text = stackedBlock({ name: `step ${index + 1}`, role: 'P' }, lines, {
      x: x + STEP_INDENT_MM,
      baseline,
      leadingMm: LEADING_MM,
    });
    blocks.push(blockOf({ name: text.name, role: 'P' }, [...number, ...text.items]));
    baseline += lines.length * LEADING_MM + 1;
  });
  const doubt = setParagraph(fonts, STRONG, strings.doubt, column.right - x - STEP_INDENT_MM);
  const place = { x: x + STEP_INDENT_MM, baseline: baseline - 1, leadingMm: LEADING_MM };
  return [...blocks, stackedBlock({ name: 'doubt', role: 'P' }, doubt, place)];
}

/** "Call ________ today": the number is written by hand, because it changes more often than cards. */
function layoutCall(fonts: Fonts, strings: CardStrings, column: Box, baseline: number): Block {
  const call = setLine(fonts, BODY, strings.lostCall);
  const today = setLine(fonts, BODY, strings.lostToday);
  return blockOf({ name: 'call', role: 'P' }, [
    ...placeLine(call, { x: column.left, baseline }),
    ruleFrom(column.left + call.widthMm + 1.5, column.right - today.widthMm - 1.5, baseline),
    ...placeLine(today, { x: column.right, baseline, align: 'right' }),
  ]);
}

function layoutCare(fonts: Fonts, strings: CardStrings, column: Box): Block[] {
  const x = column.left;
  let baseline = column.top + 3.6;
  const heading = (name: string, text: string): Block =>
    lineBlock(fonts, { name, role: 'H2' }, { style: HEADING, text, x, baseline });
  const body = (name: string, text: string): Block => {
    const lines = setParagraph(fonts, BODY, text, column.right - x);
    const block = stackedBlock({ name, role: 'P' }, lines, { x, baseline, leadingMm: LEADING_MM });
    baseline += (lines.length - 1) * LEADING_MM;
    return block;
  };
  const blocks = [heading('check', strings.check)];
  baseline += HEADING_MM;
  blocks.push(body('check text', strings.checkText));
  baseline += HEADING_MM + 3;
  blocks.push(heading('lost', strings.lost));
  baseline += WRITING_MM;
  blocks.push(layoutCall(fonts, strings, column, baseline));
  baseline += LEADING_MM;
  blocks.push(body('no blame', strings.noBlame));
  baseline += HEADING_MM + 3;
  // Both on one line: Letter has no room for a further one above the bag.
  const leaving = heading('leaving', strings.leaving);
  const place = { style: BODY, text: strings.leavingText, x: leaving.box.right + 2, baseline };
  return [...blocks, leaving, lineBlock(fonts, { name: 'leaving text', role: 'P' }, place)];
}

function layoutBag(
  fonts: Fonts,
  strings: CardStrings,
  columns: { left: Box; right: Box },
  baseline: number,
): Block[] {
  const field = (name: string, label: string, column: Box): Block => {
    const line = setLine(fonts, HEADING, label);
    return blockOf({ name, role: 'P' }, [
      ...placeLine(line, { x: column.left, baseline }),
      ruleFrom(column.left + line.widthMm + 2, column.right - 0.2, baseline),
    ]);
  };
  return [field('bag', strings.bag, columns.left), field('closed on', strings.closedOn, columns.right)];
}

function layoutFoot(
  content: CardContent,
  paper: Paper,
  fonts: Fonts,
  strings: CardStrings,
  area: Box,
): Block[] {
  const { isLocked } = formOf(content.rows, paper);
  const label = setLine(fonts, FOOT, `${strings.charterWords} `);
  const words = setLine(fonts, WORDS, content.words.join(' '));
  const edition = setLine(fonts, FOOT, strings.edition(content.setId, isLocked ? 2 : 1));
  const lastLine = area.bottom - 1;
  const above = lastLine - LEADING_MM;
  return [
    blockOf({ name: 'words', role: 'P' }, [
      ...placeLine(label, { x: area.left, baseline: above }),
      ...placeLine(words, { x: area.left + label.widthMm + 1, baseline: above }),
    ]),
    blockOf({ name: 'edition', role: 'P' }, placeLine(edition, { x: area.left, baseline: lastLine })),
  ];
}

/** Lays out the last third. */
export function layoutGuide(content: CardContent, paper: Paper, fonts: Fonts, strings: CardStrings): Block[] {
  const area = foldAreas(paper)[2];
  const middle = (area.left + area.right) / 2;
  const left = { ...area, right: middle - COLUMN_GAP_MM / 2 };
  const right = { ...area, left: middle + COLUMN_GAP_MM / 2 };
  const bagBaseline = area.bottom - 1 - LEADING_MM - 10.5;
  return [
    ...layoutAsked(fonts, strings, left),
    ...layoutCare(fonts, strings, right),
    ...layoutBag(fonts, strings, { left, right }, bagBaseline),
    ...layoutFoot(content, paper, fonts, strings, area),
  ];
}

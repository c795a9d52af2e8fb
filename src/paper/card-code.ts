// The second third of a card: the code and the rows, the same symbols twice. The measures differ by sheet
// because a third of Letter is 6 mm lower than one of A4, and by form because a locked card has a row more;
// docs/card.md adds them up.

import { blockOf, lineBlock, setParagraph, stackedBlock } from './blocks.ts';
import type { CardContent } from './card.ts';
import { type Block, type Box, drawnPath } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { foldAreas, type Paper } from './measures.ts';
import { CODE_MODULES, codePath, encodeQr, LOCKED_CODE_MODULES, QUIET_MODULES } from './qr-write.ts';
import type { CardStrings } from './strings.ts';
import { MM_PER_PT, placeLine, setLine, type Style } from './typeset.ts';

interface CodeMeasures {
  /** At least 0.9: three pixels at 85 dpi. */
  readonly moduleMm: number;
  readonly rowPt: number;
  /** From one row's baseline to the next. */
  readonly pitchMm: number;
}

export const CODE_MEASURES: Readonly<Record<Paper, CodeMeasures>> = {
  a4: { moduleMm: 1.05, rowPt: 22, pitchMm: 9 },
  letter: { moduleMm: 1.04, rowPt: 19.5, pitchMm: 8.5 },
};

const LOCKED_MEASURES: Readonly<Record<Paper, CodeMeasures>> = {
  a4: { moduleMm: 0.95, rowPt: 20, pitchMm: 7.8 },
  letter: { moduleMm: 0.91, rowPt: 18, pitchMm: 7 },
};

/** A sheet, and whether the card on it is a locked one, with five rows. */
export interface CardForm {
  readonly paper: Paper;
  readonly isLocked: boolean;
}

const PLAIN_ROWS = 4;

export const formOf = (rows: readonly string[], paper: Paper): CardForm => ({
  paper,
  isLocked: rows.length > PLAIN_ROWS,
});

const measuresOf = ({ paper, isLocked }: CardForm): CodeMeasures =>
  (isLocked ? LOCKED_MEASURES : CODE_MEASURES)[paper];

export const codeModules = ({ isLocked }: CardForm): number =>
  isLocked ? LOCKED_CODE_MODULES : CODE_MODULES;

/** Symbols in a printed group, groups in a row. */
const GROUP_SYMBOLS = 4;
const GROUPS = 6;
/** Height of capitals and figures of the row face, and how far round ones reach over, in ems. */
const CAPITALS = 0.668;
const OVERSHOOT = 0.014;
const ROW_INDENT_MM = 9;

const rowStyle = (form: CardForm): Style => ({ voice: 'mono', sizePt: measuresOf(form).rowPt });

/** Where the top left corner of the code is, and the baseline of each row. */
function places(form: CardForm): { area: Box; codeMm: number; codeTop: number; baselines: number[] } {
  const { moduleMm, rowPt, pitchMm } = measuresOf(form);
  const area = foldAreas(form.paper)[1];
  const rows = form.isLocked ? PLAIN_ROWS + 1 : PLAIN_ROWS;
  const em = rowPt * MM_PER_PT;
  const codeMm = codeModules(form) * moduleMm;
  const rowsMm = (CAPITALS + 2 * OVERSHOOT) * em + (rows - 1) * pitchMm;
  // What is left over parts the code from the rows, by its quiet zone at least; a little goes outside.
  const spare = area.bottom - area.top - codeMm - rowsMm;
  const gap = Math.max(QUIET_MODULES * moduleMm, 0.85 * spare);
  const codeTop = area.top + (spare - gap) / 2;
  const first = codeTop + codeMm + gap + (CAPITALS + OVERSHOOT) * em;
  return {
    area,
    codeMm,
    codeTop,
    baselines: Array.from({ length: rows }, (_, row) => first + row * pitchMm),
  };
}

/** One printed symbol: its row and position from 1, and its cell on paper. */
export interface SymbolCell {
  readonly row: number;
  readonly position: number;
  readonly symbol: string;
  readonly box: Box;
}

/** Width of one symbol; the row face has one for all. */
export function symbolAdvance(fonts: Fonts, form: CardForm): number {
  return setLine(fonts, rowStyle(form), '0').widthMm;
}

/** A cell around a symbol: its advance wide, all of its ink and a little white high. */
export function symbolCell(form: CardForm, at: { x: number; baseline: number; advance: number }): Box {
  const em = measuresOf(form).rowPt * MM_PER_PT;
  return {
    left: at.x,
    right: at.x + at.advance,
    top: at.baseline - 0.76 * em,
    bottom: at.baseline + 0.09 * em,
  };
}

function groupPlaces(fonts: Fonts, form: CardForm, area: Box): { advance: number; starts: number[] } {
  const advance = symbolAdvance(fonts, form);
  // A gap of 1.05 symbols: wide enough to see four, narrow enough to stay one row.
  const step = (GROUP_SYMBOLS + 1.05) * advance;
  return {
    advance,
    starts: Array.from({ length: GROUPS }, (_, group) => area.left + ROW_INDENT_MM + group * step),
  };
}

/** The cells of all symbols, in reading order; what card-check looks at. */
export function symbolCells(rows: readonly string[], paper: Paper, fonts: Fonts): SymbolCell[] {
  const form = formOf(rows, paper);
  const { area, baselines } = places(form);
  const { advance, starts } = groupPlaces(fonts, form, area);
  return baselines.flatMap((baseline, row) =>
    Array.from(rows[row] ?? '', (symbol, index) => {
      const x = (starts[Math.floor(index / GROUP_SYMBOLS)] ?? 0) + (index % GROUP_SYMBOLS) * advance;
      return { row: row + 1, position: index + 1, symbol, box: symbolCell(form, { x, baseline, advance }) };
    }),
  );
}

/** Runs of symbols at places of their own, in the face of the rows. */
export function setSymbols(
  fonts: Fonts,
  form: CardForm,
  symbols: string,
  at: { x: number; baseline: number },
): Block['items'] {
  return placeLine(setLine(fonts, rowStyle(form), symbols), at);
}

function layoutRows(content: CardContent, form: CardForm, fonts: Fonts): Block[] {
  const { area, baselines } = places(form);
  const { starts } = groupPlaces(fonts, form, area);
  return baselines.map((baseline, index) => {
    const row = content.rows[index] ?? '';
    const style = { voice: 'regular', sizePt: 13 } as const;
    const label = placeLine(setLine(fonts, style, String(index + 1)), { x: area.left, baseline });
    const groups = starts.flatMap((x, group) =>
      setSymbols(fonts, form, row.slice(group * GROUP_SYMBOLS, (group + 1) * GROUP_SYMBOLS), {
        x,
        baseline,
      }),
    );
    return blockOf({ name: `row ${index + 1}`, role: 'P' }, [...label, ...groups]);
  });
}

function layoutUse(
  fonts: Fonts,
  strings: CardStrings,
  { isLocked }: CardForm,
  code: Box,
  area: Box,
): Block[] {
  const x = code.right + 10;
  const bold = { voice: 'bold', sizePt: 15 } as const;
  const body = { voice: 'regular', sizePt: 13 } as const;
  const leadingMm = 6.8;
  const width = area.right - x;
  const only = setParagraph(fonts, bold, strings.only, width);
  const locked = isLocked ? setParagraph(fonts, bold, strings.locked, width) : [];
  // Centred on the code.
  const lockedMm = locked.length * leadingMm + (isLocked ? 3 : 0);
  const top = (code.top + code.bottom) / 2 - (lockedMm + (only.length - 1) * leadingMm) / 2 - 2;
  const baseline = top + lockedMm;
  const below = baseline + (only.length - 1) * leadingMm + 9;
  return [
    ...(isLocked
      ? [stackedBlock({ name: 'locked', role: 'P' }, locked, { x, baseline: top, leadingMm })]
      : []),
    stackedBlock({ name: 'only', role: 'H2' }, only, { x, baseline, leadingMm }),
    lineBlock(
      fonts,
      { name: 'unreadable', role: 'P' },
      { style: body, text: strings.unreadable, x, baseline: below },
    ),
  ];
}

/** Lays out the second third. */
export function layoutCode(content: CardContent, paper: Paper, fonts: Fonts, strings: CardStrings): Block[] {
  const form = formOf(content.rows, paper);
  const { area, codeTop } = places(form);
  const { moduleMm } = measuresOf(form);
  const steps = codePath(encodeQr(content.rows.join('')), { left: area.left, top: codeTop, moduleMm });
  const code = blockOf(
    { name: 'code', role: 'Figure', alt: strings.codeAlt(content.rows.join('').length, content.rows.length) },
    [drawnPath(steps, { fill: '#000000' })],
  );
  return [code, ...layoutUse(fonts, strings, form, code.box, area), ...layoutRows(content, form, fonts)];
}

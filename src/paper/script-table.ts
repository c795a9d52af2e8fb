// The steps of a script as a table: number, who, what is done and said, what the screen shows, and room for
// initials and the time. Below a step stand the lines it asks for: one for each card, or blanks to fill.

import { blockOf, ruleBlock } from './blocks.ts';
import type { BookLine, BookType } from './book-lines.ts';
import type { Block, Box, Item } from './display-list.ts';
import type { SheetCard, SheetStep } from './script.ts';
import type { Piece } from './flow.ts';
import { lineHeight, NameCell, textItems, type TextStyle } from './script-pieces.ts';
import { frame, ground, strokeLine, tickBox } from './strokes.ts';
import { SCRIPT_STRINGS } from './script-strings.ts';

const TITLE = { voice: 'bold', sizePt: 12.5 } as const;
const TEXT = { voice: 'regular', sizePt: 11 } as const;
const SAID = { voice: 'bold', sizePt: 11 } as const;
const SHOWN = { voice: 'mono', sizePt: 9 } as const;
const LABEL = { voice: 'regular', sizePt: 9 } as const;
const PAD_MM = 2.5;
const SENTENCE_GAP_MM = 1.2;
const INITIAL_MM = 8.5;
const CARD_MM = 10;
const BLANK_MM = 11;

interface Columns {
  readonly number: number;
  readonly role: number;
  readonly doing: Pick<Box, 'left' | 'right'>;
  readonly screen: Pick<Box, 'left' | 'right'>;
  readonly sign: Pick<Box, 'left' | 'right'>;
}

function columnsOf({ left, right }: Box): Columns {
  const sign = { left: right - 29, right };
  const screen = { left: sign.left - 43, right: sign.left - 3 };
  return {
    number: left + 1,
    role: left + 11,
    doing: { left: left + 30, right: screen.left - 4 },
    screen,
    sign,
  };
}

const widthOf = ({ left, right }: Pick<Box, 'left' | 'right'>): number => right - left;

/** The head of the table, on top of every page with steps. */
export function tableHead(type: BookType, body: Box): Piece {
  const { number, role, doing, screen, sign } = SCRIPT_STRINGS;
  const at = columnsOf(body);
  const cells = [
    [number, at.number],
    [role, at.role],
    [doing, at.doing.left],
    [screen, at.screen.left],
    [sign, at.sign.left],
  ] as const;
  return {
    heightMm: 9,
    place: (top) => [
      blockOf({ name: 'head ground', role: 'Artifact' }, [
        ground({ left: body.left, right: body.right, top, bottom: top + 7 }),
      ]),
      blockOf(
        { name: 'table head', role: 'P', actual: cells.map(([words]) => words).join(', ') },
        cells.flatMap(([words, x]) => type.line('bold', 10, words).place(x, top + 4.9)),
      ),
      ruleBlock('head rule', body, top + 7, 0.5),
    ],
  };
}

/** Lines of one cell, below each other. */
class Cell {
  heightMm = 0;
  readonly #parts: {
    readonly lines: readonly BookLine[];
    readonly style: TextStyle;
    readonly top: number;
  }[] = [];

  add(lines: readonly BookLine[], style: TextStyle, gapMm = 0): this {
    const top = this.heightMm + (this.heightMm === 0 ? 0 : gapMm);
    this.#parts.push({ lines, style, top });
    this.heightMm = top + lines.length * lineHeight(style);
    return this;
  }

  items(x: number, top: number): Item[] {
    return this.#parts.flatMap(({ lines, style, top: dy }) => textItems(lines, style, { x, top: top + dy }));
  }
}

/** A step: its row, and the lines below it. */
export function stepPieces(
  step: SheetStep,
  cards: readonly SheetCard[],
  type: BookType,
  body: Box,
): readonly Piece[] {
  const below = [
    ...blankPieces(step, type, body),
    ...(step.perCard === undefined ? [] : cardPieces(step.perCard, cards, type, body)),
  ];
  return [stepRow(step, type, body), ...below, closing(body)];
}

const closing = (body: Box): Piece => ({
  heightMm: PAD_MM,
  place: (top) => [ruleBlock('step rule', body, top, 0.3)],
});

function stepRow(step: SheetStep, type: BookType, body: Box): Piece {
  const at = columnsOf(body);
  const doing = new Cell().add(type.plain('bold', TITLE.sizePt, step.title, widthOf(at.doing)), TITLE);
  const said = step.say === undefined ? undefined : `“${step.say}”`;
  if (said !== undefined)
    doing.add(type.plain('bold', SAID.sizePt, said, widthOf(at.doing)), SAID, SENTENCE_GAP_MM);
  for (const sentence of step.doing) {
    doing.add(type.plain('regular', TEXT.sizePt, sentence, widthOf(at.doing)), TEXT, SENTENCE_GAP_MM);
  }
  const screen = new Cell();
  for (const line of step.screen?.split('\n') ?? []) {
    screen.add(type.plain('mono', SHOWN.sizePt, line, widthOf(at.screen)), SHOWN, SENTENCE_GAP_MM);
  }
  const labels = [SCRIPT_STRINGS.time, ...step.initials];
  const height = Math.max(doing.heightMm, screen.heightMm, labels.length * INITIAL_MM) + PAD_MM;
  const actual = [
    `${step.number}`,
    step.role,
    step.title,
    ...(said === undefined ? [] : [said]),
    ...step.doing,
    ...(step.screen === undefined ? [] : [`${SCRIPT_STRINGS.screen}: ${step.screen}`]),
  ].join('\n');
  return {
    heightMm: height,
    staysWithNext: true,
    place: (top) => [
      blockOf({ name: `step ${step.number}`, role: 'P', actual }, [
        ...type.line('heavy', 17, String(step.number)).place(at.number, top + 5),
        ...type.line('bold', 10.5, step.role).place(at.role, top + 4.3),
        ...doing.items(at.doing.left, top),
        ...screen.items(at.screen.left, top + 0.8),
      ]),
      ...signBlocks(labels, type, at, top),
    ],
  };
}

function signBlocks(labels: readonly string[], type: BookType, { sign }: Columns, top: number): Block[] {
  const base = (index: number): number => top + (index + 1) * INITIAL_MM - 2.5;
  return [
    blockOf(
      { name: 'initials', role: 'P', actual: labels.join(', ') },
      labels.flatMap((label, index) =>
        type.line('regular', LABEL.sizePt, label).place(sign.left, base(index)),
      ),
    ),
    blockOf(
      { name: 'to write on', role: 'Artifact' },
      labels.map((_, index) =>
        strokeLine([sign.left + 15, base(index) + 0.6], [sign.right, base(index) + 0.6], 0.2),
      ),
    ),
  ];
}

/** Three blanks to a row. */
const BLANKS_IN_ROW = 3;

function blankPieces({ blanks = [] }: SheetStep, type: BookType, body: Box): Piece[] {
  const at = columnsOf(body);
  const area = { left: at.doing.left, right: body.right };
  const rows = Math.ceil(blanks.length / BLANKS_IN_ROW);
  const inRow = Math.min(blanks.length, BLANKS_IN_ROW);
  const width = widthOf(area) / inRow;
  return Array.from({ length: rows }, (_, row): Piece => {
    const labels = blanks.slice(row * BLANKS_IN_ROW, (row + 1) * BLANKS_IN_ROW);
    return {
      heightMm: BLANK_MM,
      staysWithNext: true,
      place: (top) => {
        const base = top + BLANK_MM - 3;
        const lines = labels.map((label) => type.line('regular', 10, label));
        return [
          blockOf(
            { name: 'blank', role: 'P', actual: labels.join(', ') },
            lines.flatMap((line, index) => line.place(area.left + index * width, base)),
          ),
          blockOf(
            { name: 'to write on', role: 'Artifact' },
            lines.map((line, index) => {
              const left = area.left + index * width;
              return strokeLine([left + line.widthMm + 2, base + 0.8], [left + width - 4, base + 0.8], 0.2);
            }),
          ),
        ];
      },
    };
  });
}

/** A box to tick, and the air behind it. */
const TICK_MM = 5.8;
const LABEL_GAP_MM = 2;
/** The largest that fits is taken. */
const LABEL_SIZES_PT = [9, 8, 7] as const;

/** Labels beside boxes to tick, each as wide as its words, and what is left shared out between them. */
function tickedLabels(
  labels: readonly string[],
  type: BookType,
  { left, right }: Pick<Box, 'left' | 'right'>,
): readonly { readonly line: BookLine; readonly left: number }[] {
  const linesAt = (sizePt: number): BookLine[] => labels.map((label) => type.line('regular', sizePt, label));
  const roomOf = (lines: readonly BookLine[]): number =>
    right - left - lines.reduce((sum, { widthMm }) => sum + widthMm + TICK_MM, 0);
  const least = (labels.length - 1) * LABEL_GAP_MM;
  const size = LABEL_SIZES_PT.find((sizePt) => roomOf(linesAt(sizePt)) >= least) ?? LABEL_SIZES_PT[2];
  const lines = linesAt(size);
  const gap = roomOf(lines) / labels.length;
  let x = left;
  return lines.map((line) => {
    const place = { line, left: x };
    x += TICK_MM + line.widthMm + gap;
    return place;
  });
}

function cardPieces(
  labels: readonly string[],
  cards: readonly SheetCard[],
  type: BookType,
  body: Box,
): readonly Piece[] {
  const at = columnsOf(body);
  const boxes = { left: at.doing.left + 44, right: body.right - 24 };
  const ticked = tickedLabels(labels, type, boxes);
  return cards.map(({ card, holder }, index): Piece => {
    const name = new NameCell(
      type,
      { voice: 'regular', sizePt: 10.5 },
      holder,
      boxes.left - at.doing.left - 12,
    );
    const base = CARD_MM - 3.4;
    return {
      heightMm: CARD_MM + name.moreMm,
      // The first two and the last two together: no line stands alone on a page.
      staysWithNext: index === 0 || index >= cards.length - 2,
      place: (top) => [
        ruleBlock('card rule', { left: at.doing.left, right: body.right }, top, 0.1),
        blockOf({ name: 'card', role: 'P', actual: `${card} ${holder}: ${labels.join(', ')}` }, [
          ...type.line('bold', 12, String(card)).place(at.doing.left, top + base),
          ...name.items(at.doing.left + 10, top + base),
          ...ticked.flatMap(({ line, left }) =>
            line.place(left + (labels.length > 1 ? TICK_MM : 0), top + base),
          ),
        ]),
        blockOf({ name: 'to write on', role: 'Artifact' }, [
          ...(labels.length > 1
            ? ticked.map(({ left }) => tickBox(left, top + base + 0.4))
            : [strokeLine([boxes.left + 22, top + base + 0.8], [boxes.right - 3, top + base + 0.8], 0.2)]),
          frame({
            left: body.right - 20,
            right: body.right,
            top: top + 1.5,
            bottom: top + CARD_MM - 1.5,
          }),
        ]),
      ],
    };
  });
}

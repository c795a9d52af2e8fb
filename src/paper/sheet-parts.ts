// What the sheets of the house are made of, as rows one below the other: headings, sentences, steps to tick,
// fields for a pen, tables. Nothing is set smaller than 12 points: it is read at night, by people under stress.

import type { BookType } from './book-lines.ts';
import type { Item } from './display-list.ts';
import type { Piece } from './flow.ts';
import { ascent, type Row, rowsPiece, textRows } from './rows.ts';
import { levelLine, tickBox } from './strokes.ts';

/** A label, and its value or a line to write on. */
export interface SheetField {
  readonly label: string;
  readonly value?: string | undefined;
}

export type SheetPart =
  | { readonly kind: 'title' | 'heading' | 'text' | 'strong'; readonly text: string }
  /** Something to do: its number, a box to tick where `tick` says so, and what was filled in or is to be. */
  | {
      readonly kind: 'step';
      readonly mark: string;
      readonly text: string;
      readonly tick?: boolean;
      readonly fill?: { readonly value: string | undefined };
    }
  /** Side by side. */
  | { readonly kind: 'fields'; readonly fields: readonly SheetField[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly label: string; readonly share: number }[];
      readonly rows: readonly (readonly string[])[];
      /** Empty rows for a pen. */
      readonly blank?: number;
    }
  /** To tick one by one, in two columns. */
  | { readonly kind: 'checks'; readonly items: readonly string[] }
  | { readonly kind: 'keep'; readonly parts: readonly SheetPart[] }
  | { readonly kind: 'gap'; readonly mm: number }
  /** Where scissors go. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'page' };

/** Things to do one after the other, numbered, with room between them. */
export function numberedSteps(texts: readonly string[], gapMm = 1.2): readonly SheetPart[] {
  return texts.flatMap((text, index): readonly SheetPart[] => [
    ...(index === 0 ? [] : [{ kind: 'gap', mm: gapMm } as const]),
    { kind: 'step', mark: String(index + 1), text },
  ]);
}

/** Rows that stay together. */
interface RowGroup {
  readonly role: 'H1' | 'H2' | 'P' | 'Artifact';
  readonly rows: readonly Row[];
  /** A heading does not stand alone at the foot of a page. */
  readonly staysWithNext?: boolean;
  /** Above it again where it begins a page: the heads of a table's columns. */
  readonly head?: Row;
}

export const TEXT_PT = 12;
const TITLE_PT = 20;
const HEADING_PT = 14;
const TITLE_MM = 10.5;
const HEADING_MM = 8;
/** Room for a hand with a pen. */
const WRITING_MM = 9;
const STEP_MM = 8;
const BOX_MM = 3.6;
const FIELD_GAP_MM = 8;
const CELL_GAP_MM = 3;
/** A shorter line is no use to a pen. */
const SHORTEST_RULE_MM = 45;

interface PartType {
  readonly type: BookType;
  readonly left: number;
  readonly widthMm: number;
  readonly leadingMm: number;
}

const gapRow = (heightMm: number): Row => ({ heightMm, text: '', place: () => [] });

type Step = Extract<SheetPart, { kind: 'step' }>;

function stepRows({ type, widthMm, leadingMm }: PartType, step: Step): readonly Row[] {
  const value = step.fill?.value;
  const text = value === undefined ? step.text : `${step.text} ${value}`;
  // Without a number there is nothing to stand clear of.
  const indent = step.mark === '' ? 0 : STEP_MM;
  const room = widthMm - indent - (step.tick === true ? STEP_MM : 0);
  const lines = type.plain('regular', TEXT_PT, text, room);
  const mark = type.line('bold', TEXT_PT, step.mark);
  const isWritten = step.fill !== undefined && value === undefined;
  const last = lines.at(-1);
  const isBeside = last !== undefined && room - last.widthMm >= SHORTEST_RULE_MM;
  const rows = lines.map((line, index): Row => {
    const isLast = index === lines.length - 1;
    const heightMm = isLast && isWritten && isBeside ? Math.max(leadingMm, WRITING_MM - 1.5) : leadingMm;
    // The text of a taller row stands low in it, so that a hand has room above the line.
    const baseline = (top: number): number => top + heightMm - leadingMm + ascent(leadingMm);
    return {
      heightMm,
      text: index === 0 ? `${step.mark} ${line.text}` : line.text,
      place: (left, top) => [
        ...(index === 0 ? mark.place(left, baseline(top)) : []),
        ...(index === 0 && step.tick === true
          ? [tickBox(left + widthMm - BOX_MM - 0.2, baseline(top), BOX_MM)]
          : []),
        ...line.place(left + indent, baseline(top)),
        ...(isLast && isWritten && isBeside
          ? [levelLine(left + indent + line.widthMm + 2, left + indent + room, baseline(top) + 0.8)]
          : []),
      ],
    };
  });
  if (!isWritten || isBeside) return rows;
  const heightMm = WRITING_MM - 1.5;
  const line: Row = {
    heightMm,
    text: '',
    place: (left, top) => [levelLine(left + indent, left + indent + room, top + heightMm - 1)],
  };
  return [...rows, line];
}

function fieldsRow({ type, widthMm, leadingMm }: PartType, fields: readonly SheetField[]): readonly Row[] {
  const share = (widthMm - FIELD_GAP_MM * (fields.length - 1)) / fields.length;
  const cells = fields.map(({ label, value }) => {
    const name = type.line('regular', TEXT_PT, label);
    const indent = name.widthMm + 2.5;
    const lines = value === undefined ? [] : type.plain('bold', TEXT_PT, value, share - indent);
    return { name, indent, lines };
  });
  const tallest = Math.max(...cells.map(({ lines }) => lines.length));
  const isWritten = cells.some(({ lines }) => lines.length === 0);
  const first = isWritten ? WRITING_MM : leadingMm + 0.6;
  const heightMm = first + Math.max(0, tallest - 1) * leadingMm;
  const text = cells
    .map(({ name, lines }) => [name.text, ...lines.map((line) => line.text)].join(' '))
    .join(' ');
  const place = (left: number, top: number): readonly Item[] =>
    cells.flatMap(({ name, indent, lines }, index) => {
      const x = left + index * (share + FIELD_GAP_MM);
      const baseline = top + first - leadingMm + ascent(leadingMm);
      return [
        ...name.place(x, baseline),
        ...(lines.length === 0
          ? [levelLine(x + indent, x + share, baseline + 0.8)]
          : lines.flatMap((line, at) => line.place(x + indent, baseline + at * leadingMm))),
      ];
    });
  return [{ heightMm, text, place }];
}

function checkRows({ type, widthMm, leadingMm }: PartType, items: readonly string[]): readonly Row[] {
  const half = (widthMm - STEP_MM - FIELD_GAP_MM) / 2;
  const cells = items.map((item) => ({ item, lines: type.plain('regular', TEXT_PT, item, half - STEP_MM) }));
  return Array.from({ length: Math.ceil(cells.length / 2) }, (_, index): Row => {
    const pair = cells.slice(2 * index, 2 * index + 2);
    return {
      heightMm: Math.max(...pair.map(({ lines }) => lines.length)) * leadingMm + 0.6,
      text: pair.map(({ item }) => item).join(' '),
      place: (left, top) =>
        pair.flatMap(({ lines }, at) => {
          const x = left + STEP_MM + at * (half + FIELD_GAP_MM);
          const baseline = top + ascent(leadingMm);
          return [
            tickBox(x, baseline, BOX_MM),
            ...lines.flatMap((line, row) => line.place(x + STEP_MM - 2.4, baseline + row * leadingMm)),
          ];
        }),
    };
  });
}

type Table = Extract<SheetPart, { kind: 'table' }>;

function tableGroups(facts: PartType, { columns, rows, blank = 0 }: Table): readonly RowGroup[] {
  const { type, widthMm, leadingMm } = facts;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / shares) * widthMm);
  const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  const rowOf = (cells: readonly string[], voice: 'regular' | 'bold', least = 0): Row => {
    const lines = widths.map((width, index) =>
      type.plain(voice, TEXT_PT, cells[index] ?? '', width - CELL_GAP_MM),
    );
    const heightMm = Math.max(least, Math.max(...lines.map(({ length }) => length)) * leadingMm + 1.6);
    return {
      heightMm,
      text: cells.filter((cell) => cell !== '').join(' '),
      place: (left, top) => [
        ...lines.flatMap((column, index) =>
          column.flatMap((line, at) =>
            line.text === ''
              ? []
              : line.place(left + (starts[index] ?? 0), top + 0.8 + at * leadingMm + ascent(leadingMm)),
          ),
        ),
        levelLine(left, left + widthMm, top + heightMm, voice === 'bold' ? 0.4 : 0.15),
      ],
    };
  };
  const head = rowOf(
    columns.map(({ label }) => label),
    'bold',
  );
  const empty = Array.from({ length: blank }, () => rowOf([], 'regular', WRITING_MM));
  const body = [...rows.map((cells) => rowOf(cells, 'regular')), ...empty];
  return body.map((row, index): RowGroup => ({
    role: 'P',
    rows: index === 0 ? [head, row] : [row],
    ...(index === 0 ? {} : { head }),
  }));
}

function cutRow({ widthMm }: PartType): Row {
  const dashes = Math.floor((widthMm + 2) / 4);
  return {
    heightMm: 4,
    text: '',
    place: (left, top) =>
      Array.from({ length: dashes }, (_, index) =>
        levelLine(left + index * 4, left + index * 4 + 2, top + 2, 0.2),
      ),
  };
}

/** A part as pieces of a page; a table is one for each of its rows. */
export function piecesOf(facts: PartType, part: SheetPart): readonly Piece[] {
  const piece = (role: RowGroup['role'], rows: readonly Row[]): Piece =>
    rowsPiece({ name: 'sheet', role }, rows, facts.left);
  return groupsOf(facts, part).map(({ role, rows, head, staysWithNext = false }) => ({
    ...piece(role, rows),
    staysWithNext,
    isGap: role === 'Artifact',
    ...(head === undefined ? {} : { head: piece(role, [head]) }),
  }));
}

/** A part as rows that stay together. */
function groupsOf(facts: PartType, part: SheetPart): readonly RowGroup[] {
  const { type, leadingMm, widthMm } = facts;
  switch (part.kind) {
    case 'title': {
      const look = { voice: 'bold', sizePt: TITLE_PT, heightMm: TITLE_MM } as const;
      return [{ role: 'H1', rows: textRows(type, look, part.text, widthMm), staysWithNext: true }];
    }
    case 'heading': {
      const look = { voice: 'bold', sizePt: HEADING_PT, heightMm: HEADING_MM } as const;
      return [{ role: 'H2', rows: textRows(type, look, part.text, widthMm), staysWithNext: true }];
    }
    case 'text':
    case 'strong': {
      const voice = part.kind === 'text' ? 'regular' : 'bold';
      const look = { voice, sizePt: TEXT_PT, heightMm: leadingMm } as const;
      return [{ role: 'P', rows: textRows(type, look, part.text, widthMm) }];
    }
    case 'step':
      return [{ role: 'P', rows: stepRows(facts, part) }];
    case 'fields':
      return [{ role: 'P', rows: fieldsRow(facts, part.fields) }];
    case 'table':
      return tableGroups(facts, part);
    case 'checks':
      return [{ role: 'P', rows: checkRows(facts, part.items) }];
    case 'keep': {
      const groups = part.parts.flatMap((inner) => groupsOf(facts, inner));
      return [{ role: 'P', rows: groups.flatMap(({ rows }) => rows) }];
    }
    case 'gap':
      return [{ role: 'Artifact', rows: [gapRow(part.mm)] }];
    case 'cut':
      return [{ role: 'Artifact', rows: [cutRow(facts)] }];
    case 'page':
      return [];
  }
}

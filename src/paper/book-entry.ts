// One entry of the printed book as rows, one below the other, so that an entry longer than a page can be
// cut between two of them and nowhere else. The first code of an entry stands at its right, further ones
// are rows of their own.

import type { BookCode, BookEntry, BookValue } from './book.ts';
import type { BookLine, BookType } from './book-lines.ts';
import { BOOK_STRINGS } from './book-strings.ts';
import { drawnPath } from './display-list.ts';
import { clustersOf } from './fonts.ts';
import { codePath, encodeLink } from './qr-write.ts';
import type { Row } from './rows.ts';

export interface EntryRows {
  /** The title, which is repeated where the entry goes on. */
  readonly title: readonly Row[];
  readonly rows: readonly Row[];
  /** Drawn at the right of the first rows. */
  readonly figure: Row | undefined;
}

const TITLE_PT = 12;
const VALUE_PT = 10.5;
const LABEL_PT = 8.5;
const NOTE_PT = 8;
const ROW_MM = 5.2;
const TITLE_MM = 6;
const LABEL_COLUMN_MM = 34;
const MODULE_MM = 0.55;
const FIGURE_GAP_MM = 6;

/** Text stands this far below the top of its row. */
const ascent = (rowMm: number): number => rowMm * 0.75;

/** A row of a label and a value, either of which may be missing. */
function labelled(label: BookLine | undefined, value: BookLine | undefined, note?: PlacedNote): Row {
  return {
    heightMm: ROW_MM,
    text: [label?.text, value?.text, note?.line.text].filter((text) => text !== undefined).join(' '),
    place: (left, top) => {
      const baseline = top + ascent(ROW_MM);
      return [
        ...(label?.place(left, baseline) ?? []),
        ...(value?.place(left + LABEL_COLUMN_MM, baseline) ?? []),
        ...(note?.line.place(left + note.dx, baseline) ?? []),
      ];
    },
  };
}

interface PlacedNote {
  readonly line: BookLine;
  readonly dx: number;
}

function valueRows({ label, value, look }: BookValue, widthMm: number, type: BookType): readonly Row[] {
  const room = widthMm - LABEL_COLUMN_MM;
  const labels = type.plain('regular', LABEL_PT, label, LABEL_COLUMN_MM - 3);
  const values =
    look === 'plain' ? type.plain('regular', VALUE_PT, value, room) : type.exact(VALUE_PT, value, room);
  const count = look === 'secret' ? countNote(value, values.at(-1), widthMm, type) : undefined;
  const length = Math.max(labels.length, values.length);
  const rows = Array.from({ length }, (_, index) =>
    labelled(
      labels[index],
      values[index],
      index === values.length - 1 && count?.isBeside === true ? count : undefined,
    ),
  );
  return count === undefined || count.isBeside
    ? rows
    : [...rows, labelled(undefined, undefined, { ...count, dx: LABEL_COLUMN_MM })];
}

/** How long a secret is, at the end of its last line where there is room. */
function countNote(
  value: string,
  last: BookLine | undefined,
  widthMm: number,
  type: BookType,
): (PlacedNote & { isBeside: boolean }) | undefined {
  const count = clustersOf(value).length;
  if (count === 0) return undefined;
  const line = type.line('regular', NOTE_PT, BOOK_STRINGS.characters(count));
  const dx = LABEL_COLUMN_MM + (last?.widthMm ?? 0) + 3;
  return { line, dx, isBeside: dx + line.widthMm <= widthMm };
}

/** The square code of a link, as high as it is wide. */
function figureOf(link: string): Row | undefined {
  const modules = encodeLink(link);
  if (modules === undefined) return undefined;
  return {
    heightMm: modules.length * MODULE_MM,
    text: BOOK_STRINGS.codeAlt,
    place: (left, top) => [
      drawnPath(codePath(modules, { left, top, moduleMm: MODULE_MM }), { fill: '#000000' }),
    ],
  };
}

function codeValues({ seed, detail }: BookCode): readonly BookValue[] {
  return [
    { label: BOOK_STRINGS.code, value: seed, look: 'secret' },
    ...(detail === '' ? [] : [{ label: '', value: detail, look: 'plain' } as const]),
  ];
}

/** A further code below the others, in the column of values. */
function figureRows(code: BookCode): readonly Row[] {
  const figure = figureOf(code.link);
  if (figure === undefined) return [];
  const row: Row = {
    heightMm: figure.heightMm + 4,
    text: figure.text,
    place: (left, top) => figure.place(left + LABEL_COLUMN_MM, top + 2),
  };
  return [row];
}

/** Sets an entry in rows no wider than `widthMm`. */
export function entryRows({ title, values, codes }: BookEntry, widthMm: number, type: BookType): EntryRows {
  const [first, ...further] = codes;
  const figure = first && figureOf(first.link);
  const textMm = figure === undefined ? widthMm : widthMm - figure.heightMm - FIGURE_GAP_MM;
  const titleRows = type.plain('bold', TITLE_PT, title, textMm).map((line): Row => ({
    heightMm: TITLE_MM,
    text: line.text,
    place: (left, top) => line.place(left, top + ascent(TITLE_MM)),
  }));
  const all = [...values, ...(first === undefined ? [] : codeValues(first))];
  return {
    title: titleRows,
    rows: [
      ...all.flatMap((value) => valueRows(value, textMm, type)),
      ...further.flatMap((code) => [
        ...codeValues(code).flatMap((value) => valueRows(value, textMm, type)),
        ...figureRows(code),
      ]),
    ],
    figure,
  };
}

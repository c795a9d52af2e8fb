// The last pages of a script: boxes for what went otherwise, and the page that everybody signs.

import { blockOf } from './blocks.ts';
import type { BookType } from './book-lines.ts';
import type { Box } from './display-list.ts';
import type { ScriptSheet } from './script.ts';
import type { Piece } from './flow.ts';
import { headRow, NameCell, paragraph } from './script-pieces.ts';
import { frame, strokeLine, tickBox } from './strokes.ts';
import { SCRIPT_STRINGS } from './script-strings.ts';

const HEADING = { voice: 'bold', sizePt: 16, role: 'H2', afterMm: 1 } as const;
const TEXT = { voice: 'regular', sizePt: 11 } as const;
const LABEL_PT = 10;
const LINE_MM = 10;

/** A label, and a line from behind it to `right`. */
interface Field {
  readonly label: string;
  readonly left: number;
  readonly right: number;
}

/** Rows of fields in a frame. */
function framed(type: BookType, body: Box, name: string, rows: readonly (readonly Field[])[]): Piece {
  const height = rows.length * LINE_MM + 3;
  return {
    heightMm: height + 4,
    place: (top) => {
      const lines = rows.flatMap((fields, row) =>
        fields.map((field) => ({
          ...field,
          base: top + (row + 1) * LINE_MM - 1.5,
          line: type.line('regular', LABEL_PT, field.label),
        })),
      );
      return [
        blockOf(
          { name, role: 'P', actual: lines.map(({ label }) => label).join(', ') },
          lines.flatMap(({ line, left, base }) => line.place(left, base)),
        ),
        blockOf({ name: 'to write on', role: 'Artifact' }, [
          frame({ left: body.left, right: body.right, top, bottom: top + height }),
          ...lines.map(({ line, left, right, base }) =>
            strokeLine([left + line.widthMm + 2, base + 0.8], [right, base + 0.8], 0.2),
          ),
        ]),
      ];
    },
  };
}

export function exceptionPieces({ isFull }: ScriptSheet, type: BookType, body: Box): Piece[] {
  const { exceptions, exceptionsHint, breaks } = SCRIPT_STRINGS;
  return [
    paragraph(type, body, exceptions, HEADING),
    { ...paragraph(type, body, exceptionsHint, { ...TEXT, afterMm: 3 }), staysWithNext: true },
    ...Array.from({ length: isFull ? 3 : 4 }, () => exceptionBox(type, body)),
    ...(isFull ? [paragraph(type, body, breaks, HEADING), breakBox(type, body), breakBox(type, body)] : []),
  ];
}

function exceptionBox(type: BookType, body: Box): Piece {
  const words = SCRIPT_STRINGS.exception;
  const left = body.left + 4;
  const right = body.right - 4;
  const third = (right - left) / 3;
  const box = framed(type, body, 'exception', [
    [
      { label: words.step, left, right: left + third - 6 },
      { label: words.time, left: left + third, right: left + 2 * third - 6 },
      { label: words.again, left: left + 2 * third, right },
    ],
    [{ label: words.what, left, right }],
    [{ label: words.fix, left, right }],
    [{ label: words.initials, left, right: right - 50 }],
  ]);
  const typed = type.line('regular', LABEL_PT, words.typed);
  return {
    ...box,
    place: (top) => {
      const base = top + 4 * LINE_MM - 1.5;
      const x = right - typed.widthMm;
      return [
        ...box.place(top),
        blockOf({ name: 'exception', role: 'P' }, typed.place(x, base)),
        blockOf({ name: 'to write on', role: 'Artifact' }, [tickBox(x - 6, base + 0.4)]),
      ];
    },
  };
}

function breakBox(type: BookType, body: Box): Piece {
  const { from, to, stayed } = SCRIPT_STRINGS.pause;
  const left = body.left + 4;
  const right = body.right - 4;
  return framed(type, body, 'break', [
    [
      { label: from, left, right: left + 30 },
      { label: to, left: left + 34, right: left + 60 },
      { label: stayed, left: left + 64, right },
    ],
  ]);
}

const SIGNATURE_MM = 13;

export function signaturePieces(sheet: ScriptSheet, type: BookType, body: Box): Piece[] {
  const { signatures, statement, trustee } = SCRIPT_STRINGS;
  const people = [
    ...sheet.roles,
    ...sheet.cards.map(({ card, holder }) => ({ role: trustee(card), name: holder })),
  ];
  return [
    paragraph(type, body, signatures, HEADING),
    { ...paragraph(type, body, statement, { ...TEXT, afterMm: 3 }), staysWithNext: true },
    signatureHead(type, body),
    ...people.map((person) => signatureRow(type, body, person)),
  ];
}

function signatureColumns({ left, right }: Box): { name: number; signature: number; time: number } {
  return { name: left + 20, signature: left + 76, time: right - 48 };
}

function signatureHead(type: BookType, body: Box): Piece {
  const { name, signature, dateTime } = SCRIPT_STRINGS;
  const at = signatureColumns(body);
  return headRow(type, body, 'signatures', [
    [name, at.name],
    [signature, at.signature],
    [dateTime, at.time],
  ]);
}

function signatureRow(type: BookType, body: Box, { role, name }: { role: string; name: string }): Piece {
  const at = signatureColumns(body);
  const shown = new NameCell(type, { voice: 'regular', sizePt: 11 }, name, at.signature - at.name - 4);
  const base = SIGNATURE_MM - 3;
  return {
    heightMm: SIGNATURE_MM + shown.moreMm,
    place: (top) => [
      blockOf({ name: 'signature', role: 'P', actual: `${role} ${name}`.trim() }, [
        ...type.line('bold', 10.5, role).place(body.left, top + base),
        ...shown.items(at.name, top + base),
      ]),
      blockOf({ name: 'to write on', role: 'Artifact' }, [
        ...(name === ''
          ? [strokeLine([at.name, top + base + 1], [at.signature - 4, top + base + 1], 0.2)]
          : []),
        strokeLine([at.signature, top + base + 1], [at.time - 4, top + base + 1], 0.2),
        strokeLine([at.time, top + base + 1], [body.right, top + base + 1], 0.2),
      ]),
    ],
  };
}

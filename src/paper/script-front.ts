// The first page of a script: what was agreed, what the program must show, who is here, and the three rules.

import { blockOf, ruleBlock } from './blocks.ts';
import type { BookType } from './book-lines.ts';
import type { Block, Box } from './display-list.ts';
import type { ScriptSheet, SheetCard } from './script.ts';
import type { Piece } from './flow.ts';
import { headRow, NameCell, paragraph, space } from './script-pieces.ts';
import { frame, strokeLine, tickBox } from './strokes.ts';
import { SCRIPT_STRINGS } from './script-strings.ts';

const TEXT = { voice: 'regular', sizePt: 11.5 } as const;
const HEADING = { voice: 'bold', sizePt: 14, role: 'H2', afterMm: 1.5 } as const;
const ROW_MM = 10;
const CODE_PT = 14;

export function frontPieces(sheet: ScriptSheet, type: BookType, body: Box): Piece[] {
  const strings = SCRIPT_STRINGS;
  const text = (words: string, afterMm = 1): Piece => paragraph(type, body, words, { ...TEXT, afterMm });
  const { steps, minutes, isFull, printed } = sheet;
  return [
    paragraph(type, body, strings.title, { voice: 'heavy', sizePt: 28, role: 'H1' }),
    paragraph(type, body, sheet.organisation, { voice: 'bold', sizePt: 16, afterMm: 1 }),
    text(`${strings.about(steps.length, minutes, isFull)}; ${strings.printed(printed)}`, 6),
    paragraph(type, body, strings.agreed, HEADING),
    text(strings.policy(sheet.policy, sheet.cards.length)),
    text(strings.set(sheet.set, sheet.mark), 3),
    text(strings.planWords),
    codePiece(type, body, sheet.planWords.join('  ')),
    text(strings.program),
    codePiece(type, body, sheet.program.hash, sheet.program.name),
    ...peoplePieces(sheet, type, body),
    space(5),
    paragraph(type, body, strings.rules, HEADING),
    ...strings.rule.map((words, index) => numbered(type, body, index + 1, words)),
  ];
}

/** Something to compare, in a frame: large, and in a face in which every sign is itself. */
function codePiece(type: BookType, body: Box, code: string, name?: string): Piece {
  const line = type.line('mono', CODE_PT, code);
  const beside = name === undefined ? undefined : type.line('regular', 11, name);
  return {
    heightMm: 15,
    place: (top) => {
      const box = { left: body.left, right: body.right, top: top + 0.5, bottom: top + 11 };
      const items = [
        frame(box),
        ...line.place(body.left + 4, top + 7.5),
        ...(beside?.place(body.right - 4 - beside.widthMm, top + 7.3) ?? []),
      ];
      return [blockOf({ name: 'code', role: 'P', actual: [code, name ?? ''].join(' ').trim() }, items)];
    },
  };
}

function numbered(type: BookType, body: Box, number: number, words: string): Piece {
  const mark = type.line('bold', TEXT.sizePt, String(number));
  const inner = paragraph(type, { ...body, left: body.left + 8 }, words, { ...TEXT, afterMm: 1.5 });
  return {
    heightMm: inner.heightMm,
    place: (top) => {
      const [block] = inner.place(top);
      if (!block) return [];
      const items = [...mark.place(body.left + 1, top + 4.2), ...block.items];
      return [blockOf({ name: 'rule of the day', role: 'P', actual: `${number} ${words}` }, items)];
    },
  };
}

/** Where the columns of the list of people begin, from the left edge. */
function columns({ left, right }: Box): { holder: number; here: number; initials: number } {
  return { holder: left + 20, here: right - 60, initials: right - 42 };
}

function peoplePieces(sheet: ScriptSheet, type: BookType, body: Box): Piece[] {
  return [
    peopleHead(type, body),
    ...sheet.cards.map((card) => personRow(type, body, card)),
    ...sheet.roles.map((person) => roleRow(type, body, person)),
  ];
}

function peopleHead(type: BookType, body: Box): Piece {
  const { card, holder, here, initials } = SCRIPT_STRINGS;
  const at = columns(body);
  return headRow(type, body, 'people', [
    [card, body.left + 1],
    [holder, at.holder],
    [here, at.here],
    [initials, at.initials],
  ]);
}

function rowBlocks(body: Box, top: number, moreMm: number): Block[] {
  const at = columns(body);
  const base = top + ROW_MM - 3.4;
  return [
    blockOf({ name: 'to write on', role: 'Artifact' }, [
      tickBox(at.here, base),
      frame({ left: at.initials, right: body.right, top: top + 1.5, bottom: top + ROW_MM - 1.5 }),
    ]),
    ruleBlock('person rule', body, top + ROW_MM + moreMm, 0.1),
  ];
}

function personRow(type: BookType, body: Box, { card, holder, group, isLocked, isFile }: SheetCard): Piece {
  const at = columns(body);
  const facts = [
    group,
    isLocked === true ? SCRIPT_STRINGS.locked : undefined,
    isFile === true ? SCRIPT_STRINGS.asFile : undefined,
  ].filter((fact) => fact);
  const words = facts.length === 0 ? holder : `${holder} (${facts.join(', ')})`;
  const name = new NameCell(type, { voice: 'regular', sizePt: 12 }, words, at.here - at.holder - 4);
  const number = type.line('bold', 13, String(card));
  return {
    heightMm: ROW_MM + name.moreMm,
    place: (top) => [
      blockOf({ name: 'person', role: 'P', actual: `${card} ${words}` }, [
        ...number.place(body.left + 2, top + ROW_MM - 3.4),
        ...name.items(at.holder, top + ROW_MM - 3.4),
      ]),
      ...rowBlocks(body, top, name.moreMm),
    ],
  };
}

function roleRow(type: BookType, body: Box, { role, name }: ScriptSheet['roles'][number]): Piece {
  const at = columns(body);
  const label = type.line('bold', 11, role);
  const cell = new NameCell(type, { voice: 'regular', sizePt: 12 }, name, at.here - at.holder - 4);
  const base = ROW_MM - 3.4;
  return {
    heightMm: ROW_MM + cell.moreMm,
    place: (top) => [
      blockOf({ name: 'role', role: 'P', actual: `${role} ${name}`.trim() }, [
        ...label.place(body.left + 1, top + base),
        ...cell.items(at.holder, top + base),
      ]),
      ...(name === ''
        ? [
            blockOf({ name: 'to write on', role: 'Artifact' }, [
              strokeLine([at.holder, top + base + 1], [at.here - 6, top + base + 1], 0.2),
            ]),
          ]
        : []),
      ...rowBlocks(body, top, cell.moreMm),
    ],
  };
}

// Makes blocks: lines of text under one name, with the one box around their ink.

import { type Block, type Box, type Item, unionBox } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { levelLine } from './strokes.ts';
import { placeLine, setLine, type SetLine, type Style, wrapText } from './typeset.ts';

interface BlockFacts {
  readonly name: string;
  readonly role: Block['role'];
  readonly alt?: string;
  readonly actual?: string;
}

/** A block of items; every block has ink. */
export function blockOf(facts: BlockFacts, items: readonly Item[]): Block {
  const box = unionBox(items.map((item) => item.box)) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  return { ...facts, items, box };
}

/** A level line from side to side. */
export function ruleBlock(
  name: string,
  { left, right }: Pick<Box, 'left' | 'right'>,
  y: number,
  widthMm?: number,
): Block {
  return blockOf({ name, role: 'Artifact' }, [levelLine(left, right, y, widthMm)]);
}

/** A block of one line at a place. */
export function lineBlock(
  fonts: Fonts,
  facts: BlockFacts,
  line: {
    readonly style: Style;
    readonly text: string;
    readonly x: number;
    readonly baseline: number;
    readonly align?: 'left' | 'right';
  },
): Block {
  return blockOf(facts, placeLine(setLine(fonts, line.style, line.text), line));
}

/** A block of lines that were set before, one below the other. */
export function stackedBlock(
  facts: BlockFacts,
  lines: readonly SetLine[],
  place: { readonly x: number; readonly baseline: number; readonly leadingMm: number },
): Block {
  const items = lines.flatMap((line, index) =>
    placeLine(line, { x: place.x, baseline: place.baseline + index * place.leadingMm }),
  );
  return blockOf({ actual: lines.map((line) => line.text).join(' '), ...facts }, items);
}

/** Sets a paragraph in even lines no wider than `widthMm`. */
export function setParagraph(fonts: Fonts, style: Style, text: string, widthMm: number): SetLine[] {
  return wrapText(fonts, style, text, widthMm, 'even').map((line) => setLine(fonts, style, line));
}

// Makes blocks: lines of text under one name, with the one box around their ink.

import { type Block, type Item, unionBox } from './display-list.ts';
import type { Fonts } from './fonts.ts';
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
  return blockOf(facts, items);
}

/** Wraps a paragraph to a width, and then evens its lines out: no last line of one short word. */
export function setParagraph(fonts: Fonts, style: Style, text: string, widthMm: number): SetLine[] {
  let lines = wrapText(fonts, style, text, widthMm);
  for (let narrower = widthMm - 2; narrower > widthMm / 2; narrower -= 2) {
    const evened = wrapText(fonts, style, text, narrower);
    if (evened.length > lines.length) break;
    lines = evened;
  }
  return lines.map((line) => setLine(fonts, style, line));
}

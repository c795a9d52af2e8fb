// What stands on a page, as data: text runs and filled paths in reading order, in millimetres from
// the top left corner. Layout makes it, adapters/pdf-write draws it, and tests measure it, so that
// "nothing lies on a fold" is a statement about this list and not about a library's drawing calls.

import type { FaceId } from './fonts.ts';

/** A rectangle in millimetres; top is smaller than bottom. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One run of text in one face, drawn from its left edge; `box` is the ink, not the advance. */
export interface TextRun {
  readonly kind: 'text';
  readonly face: FaceId;
  readonly sizePt: number;
  readonly x: number;
  readonly baseline: number;
  /** Logical order; the face's shaper orders the glyphs of a right-to-left run. */
  readonly text: string;
  readonly box: Box;
}

/** Absolute path steps: move, line, cubic curve, close. */
export type PathStep =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

/** A path, filled (non-zero rule) and then outlined. */
export interface DrawnPath {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
  readonly fill?: string;
  readonly stroke?: { readonly colour: string; readonly widthMm: number };
  readonly box: Box;
}

export type Item = TextRun | DrawnPath;

/** Things that belong together: one element of the PDF's structure, one box for the rules of layout. */
export interface Block {
  readonly name: string;
  /** `Artifact` is what a reader aloud skips: fold ticks. */
  readonly role: 'H1' | 'H2' | 'P' | 'Figure' | 'Artifact';
  /** Read aloud in place of a figure. */
  readonly alt?: string;
  /** Copied and read aloud in place of the runs, where joining them would give another text. */
  readonly actual?: string;
  readonly items: readonly Item[];
  readonly box: Box;
}

export interface DisplayList {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly blocks: readonly Block[];
}

/** The smallest box around several; undefined for none. */
export function unionBox(boxes: readonly Box[]): Box | undefined {
  const [first, ...rest] = boxes;
  if (first === undefined) return undefined;
  return rest.reduce(
    (sum, box) => ({
      left: Math.min(sum.left, box.left),
      top: Math.min(sum.top, box.top),
      right: Math.max(sum.right, box.right),
      bottom: Math.max(sum.bottom, box.bottom),
    }),
    first,
  );
}

/** True when two boxes share area. */
export function boxesOverlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Makes a path item; its box counts half of the outline's width. */
export function drawnPath(
  steps: readonly PathStep[],
  paint: { readonly fill?: string; readonly stroke?: { readonly colour: string; readonly widthMm: number } },
): DrawnPath {
  const reach = (paint.stroke?.widthMm ?? 0) / 2;
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, ...numbers] of steps) {
    numbers.forEach((value, index) => (index % 2 === 0 ? xs : ys).push(value));
  }
  const box = {
    left: Math.min(...xs) - reach,
    top: Math.min(...ys) - reach,
    right: Math.max(...xs) + reach,
    bottom: Math.max(...ys) + reach,
  };
  return { kind: 'path', steps, ...paint, box };
}

/** The text of a block as it is read: groups and lines apart, whatever faces they are set in. */
export function blockText(block: Block): string {
  if (block.actual !== undefined) return block.actual;
  const texts = block.items.flatMap((item) => (item.kind === 'text' ? [item.text.trim()] : []));
  return texts.join(' ');
}

// Sets text: measures it, breaks it into lines, shrinks a name until it fits, and places the runs.
// Every text of the house goes through here, so a name in another script costs no special case.

import { EscrowError } from '../core/errors.ts';
import { visualRuns } from './bidi.ts';
import type { Box, TextRun } from './display-list.ts';
import { clustersOf, faceRuns, type Fonts, type FaceId, type RunInk, type Voice } from './fonts.ts';

/** Millimetres in a point (1/72 inch). */
export const MM_PER_PT: number = 25.4 / 72;

export interface Style {
  readonly voice: Voice;
  readonly sizePt: number;
}

interface Piece {
  readonly face: FaceId;
  readonly text: string;
  /** Millimetres from the start of the line. */
  readonly dx: number;
  readonly ink: RunInk;
}

/** A line that was measured and not yet placed. */
export interface SetLine {
  /** As it was given, in reading order. */
  readonly text: string;
  readonly style: Style;
  readonly widthMm: number;
  readonly pieces: readonly Piece[];
}

/** @throws {@link EscrowError} `paper.unprintable`. */
export function setLine(fonts: Fonts, style: Style, text: string): SetLine {
  const em = style.sizePt * MM_PER_PT;
  const pieces: Piece[] = [];
  let dx = 0;
  for (const { text: part, direction } of visualRuns(text)) {
    const runs = faceRuns(fonts, style.voice, part);
    for (const { face, text: run } of direction === 'rtl' ? runs.toReversed() : runs) {
      const ink = fonts.measure(face, run);
      pieces.push({ face, text: run, dx, ink });
      dx += ink.advance * em;
    }
  }
  return { text, style, widthMm: dx, pieces };
}

/** Places a line by its start or, with `align: 'right'`, by the right end of its ink. */
export function placeLine(
  line: SetLine,
  at: { x: number; baseline: number; align?: 'left' | 'right' },
): TextRun[] {
  const em = line.style.sizePt * MM_PER_PT;
  const last = line.pieces.at(-1);
  const inkEnd = last === undefined ? 0 : last.dx + last.ink.right * em;
  const start = at.align === 'right' ? at.x - inkEnd : at.x;
  return line.pieces.map(({ face, text, dx, ink }) => {
    const x = start + dx;
    const box: Box = {
      left: x + ink.left * em,
      top: at.baseline - ink.above * em,
      right: x + ink.right * em,
      bottom: at.baseline + ink.below * em,
    };
    return { kind: 'text', face, sizePt: line.style.sizePt, x, baseline: at.baseline, text, box };
  });
}

/** A word, or a part of one too long for a line; `gapMm` is the space before it. */
interface Word {
  readonly text: string;
  readonly widthMm: number;
  readonly gapMm: number;
}

/** Breaks a word that is wider than a line between letters: Chinese has no spaces, and some names have none. */
function breakWord(fonts: Fonts, style: Style, word: Word, limitMm: number): Word[] {
  const parts: Word[] = [];
  let part: Word = { text: '', widthMm: 0, gapMm: word.gapMm };
  for (const text of clustersOf(word.text)) {
    const { widthMm } = setLine(fonts, style, text);
    if (part.text !== '' && part.widthMm + widthMm > limitMm) {
      parts.push(part);
      part = { text: '', widthMm: 0, gapMm: 0 };
    }
    part = { ...part, text: part.text + text, widthMm: part.widthMm + widthMm };
  }
  return [...parts, part];
}

/** Fills lines with words, as many on each as it holds. */
function fillLines(words: readonly Word[], limitMm: number): Word[][] {
  const lines: Word[][] = [];
  let used = Infinity;
  for (const word of words) {
    const line = lines.at(-1);
    const longer = used + word.gapMm + word.widthMm;
    if (line !== undefined && longer <= limitMm) {
      line.push(word);
      used = longer;
    } else {
      lines.push([word]);
      used = word.widthMm;
    }
  }
  return lines;
}

/**
 * Breaks text into lines no wider than `limitMm`, at spaces where it can.
 *
 * @param even - Then makes the lines as even as they get in the same number: no last line of one short word.
 */
export function wrapText(fonts: Fonts, style: Style, text: string, limitMm: number, even?: 'even'): string[] {
  const gap = setLine(fonts, style, ' ').widthMm;
  const words = text.split(' ').flatMap((part, index): Word[] => {
    const word = { text: part, widthMm: setLine(fonts, style, part).widthMm, gapMm: index === 0 ? 0 : gap };
    return word.widthMm <= limitMm ? [word] : breakWord(fonts, style, word, limitMm);
  });
  let lines = fillLines(words, limitMm);
  const widest = Math.max(...words.map((word) => word.widthMm));
  for (let narrower = limitMm - 2; even !== undefined && narrower >= widest; narrower -= 2) {
    const evened = fillLines(words, narrower);
    if (evened.length > lines.length) break;
    lines = evened;
  }
  return lines.map((line) =>
    line.map((word, index) => (index > 0 && word.gapMm > 0 ? ' ' : '') + word.text).join(''),
  );
}

export interface Fit {
  readonly voice: Voice;
  readonly widthMm: number;
  readonly largestPt: number;
  readonly smallestPt: number;
  readonly lines: number;
  /** What it is, for the error. */
  readonly what: string;
}

/**
 * Sets text as large as it goes: on one line while it can, then on more at the smallest size.
 *
 * @throws {@link EscrowError} `paper.overflow` when even that is too much.
 */
export function fitText(fonts: Fonts, text: string, fit: Fit): SetLine[] {
  const largest = setLine(fonts, { voice: fit.voice, sizePt: fit.largestPt }, text);
  if (largest.widthMm <= fit.widthMm) return [largest];
  // Widths grow with the size; half points are fine enough.
  const sizePt = Math.floor((2 * fit.largestPt * fit.widthMm) / largest.widthMm) / 2;
  if (sizePt >= fit.smallestPt) return [setLine(fonts, { voice: fit.voice, sizePt }, text)];
  const style = { voice: fit.voice, sizePt: fit.smallestPt };
  const lines = wrapText(fonts, style, text, fit.widthMm);
  if (lines.length > fit.lines) throw new EscrowError('paper.overflow', { what: fit.what });
  return lines.map((line) => setLine(fonts, style, line));
}

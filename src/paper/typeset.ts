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
  return { style, widthMm: dx, pieces };
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

/** Breaks a word that is wider than a line between letters: Chinese has no spaces, and some names have none. */
function breakWord(fonts: Fonts, style: Style, word: string, widthMm: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const cluster of clustersOf(word)) {
    if (part !== '' && setLine(fonts, style, part + cluster).widthMm > widthMm) {
      parts.push(part);
      part = '';
    }
    part += cluster;
  }
  return [...parts, part];
}

/** Breaks text into lines no wider than `widthMm`, at spaces where it can. */
export function wrapText(fonts: Fonts, style: Style, text: string, widthMm: number): string[] {
  const fits = (line: string): boolean => setLine(fonts, style, line).widthMm <= widthMm;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = fits(word) ? [word] : breakWord(fonts, style, word, widthMm);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return [...lines, line];
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
  for (let sizePt = fit.largestPt; sizePt >= fit.smallestPt; sizePt -= 0.5) {
    const line = setLine(fonts, { voice: fit.voice, sizePt }, text);
    if (line.widthMm <= fit.widthMm) return [line];
  }
  const style = { voice: fit.voice, sizePt: fit.smallestPt };
  const lines = wrapText(fonts, style, text, fit.widthMm);
  if (lines.length > fit.lines) throw new EscrowError('paper.overflow', { what: fit.what });
  return lines.map((line) => setLine(fonts, style, line));
}

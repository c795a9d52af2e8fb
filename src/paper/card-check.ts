// Looks at a card as printed and says whether it is the card that was meant: the code
// decodes to the rows' symbols with its error correction unspent and its modules large enough, each of
// the printed symbols looks more like itself than like any other, every line of text left ink, and
// there is no ink elsewhere. It judges pixels: what made them is not trusted.

import { EscrowError } from '../core/errors.ts';
import { type CardContent, layoutCard } from './card.ts';
import { type CardForm, codeModules, formOf, type SymbolCell, symbolCells } from './card-code.ts';
import type { Box, DisplayList } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { type Paper, SHEETS } from './measures.ts';
import type { ReadCode } from './qr-read.ts';
import { pixelsPerMm, type Raster } from './raster.ts';
import { specimenCells } from './specimen.ts';

/** Grey levels of a cell on a grid of pixels that starts exactly at its corner; 0 white, 1 black. */
interface Patch {
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
}

/** What each symbol looks like in one rasteriser at one resolution. */
export type SymbolLooks = ReadonlyMap<string, Patch>;

/** At 200 dpi a symbol is 0.08 nearer to itself than to its closest neighbour; at 150 dpi, 0.06. */
export const CHECK_DPI = 200;

/** Least width of a module on paper. */
const MODULE_MM = 0.9;
/** A print that already spent error correction leaves less for dirt and creases. */
const CODE_MARGIN = 0.9;
/** Differing ink over all ink, 0 to 1: a good print stays under 0.05 at `CHECK_DPI`, an empty cell is 1. */
const LIKENESS = 0.25;
/** Two symbols of the specimen differ by more than this: 0 and Q, the closest, by 0.09. */
const APART = 0.05;
/** Darker than this is ink. */
const DARK = 128;
/** Pixels blur, and boxes are of outlines. */
const BOX_TOLERANCE_MM = 0.4;

const inkAt = (raster: Raster, x: number, y: number): number =>
  x < 0 || y < 0 || x >= raster.width || y >= raster.height
    ? 0
    : 1 - (raster.grey[y * raster.width + x] ?? 255) / 255;

/** Reads a cell with its corner between pixels (bilinear), moved by a fraction of a pixel. */
function readPatch(raster: Raster, box: Box, perMm: number, shift: readonly [number, number]): Patch {
  const width = Math.ceil((box.right - box.left) * perMm);
  const height = Math.ceil((box.bottom - box.top) * perMm);
  const left = box.left * perMm + shift[0];
  const top = box.top * perMm + shift[1];
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  const [fx, fy] = [left - x0, top - y0];
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const upper = inkAt(raster, x0 + x, y0 + y) * (1 - fx) + inkAt(raster, x0 + x + 1, y0 + y) * fx;
      const lower = inkAt(raster, x0 + x, y0 + y + 1) * (1 - fx) + inkAt(raster, x0 + x + 1, y0 + y + 1) * fx;
      ink[y * width + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return { width, height, ink };
}

/** Differing ink over all ink of two patches of one size. */
function difference(a: Patch, b: Patch): number {
  let apart = 0;
  let all = 0;
  // A plain loop: it runs millions of times a card.
  for (let index = 0; index < a.ink.length; index += 1) {
    const ink = a.ink[index] ?? 0;
    const other = b.ink[index] ?? 0;
    apart += Math.abs(ink - other);
    all += ink + other;
  }
  return all === 0 ? 1 : apart / all;
}

/** Rasterisers round a glyph to whole pixels, so a symbol is tried at and around its place. */
const SHIFTS = [-0.7, 0, 0.7]
  .flatMap((x) => [-0.7, 0, 0.7].map((y) => [x, y] as const))
  .filter(([x, y]) => x !== 0 || y !== 0);

/**
 * Learns the look of the symbols from a raster of the specimen page.
 *
 * @throws {@link EscrowError} `paper.misprint` when two look alike or one is blank: fonts are at fault.
 */
export function learnSymbols(specimen: Raster, form: CardForm, fonts: Fonts): SymbolLooks {
  const perMm = pixelsPerMm(specimen, SHEETS[form.paper].widthMm);
  const looks = new Map<string, Patch>();
  for (const { symbol, box } of specimenCells(form, fonts)) {
    const look = readPatch(specimen, box, perMm, [0, 0]);
    for (const other of looks.values()) {
      const blank = look.ink.every((ink) => ink < 0.5);
      if (blank || difference(look, other) < APART)
        throw new EscrowError('paper.misprint', { card: 0, reason: 'symbols' });
    }
    looks.set(symbol, look);
  }
  return looks;
}

/** Symbols looked at closely in each cell. */
const FINALISTS = 4;

/** The symbol a cell looks most like, and how far it is from it; all at the cell's place, then the likeliest around it. */
function nearestSymbol(
  raster: Raster,
  cell: SymbolCell,
  perMm: number,
  looks: SymbolLooks,
): { symbol: string; apart: number } {
  const inPlace = readPatch(raster, cell.box, perMm, [0, 0]);
  const ranked = [...looks]
    .map(([symbol, look]) => ({ symbol, look, apart: difference(inPlace, look) }))
    .toSorted((a, b) => a.apart - b.apart);
  const finalists = ranked.filter(({ symbol }, rank) => rank < FINALISTS || symbol === cell.symbol);
  const around = SHIFTS.map((shift) => readPatch(raster, cell.box, perMm, shift));
  let nearest = { symbol: '', apart: Infinity };
  for (const { symbol, look, apart: there } of finalists) {
    const apart = Math.min(there, ...around.map((patch) => difference(patch, look)));
    if (apart < nearest.apart) nearest = { symbol, apart };
  }
  return nearest;
}

/** @returns what is wrong with the code, if anything. */
function judgeCode(
  codes: readonly ReadCode[],
  content: CardContent,
  { perMm, modules }: { perMm: number; modules: number },
): string | undefined {
  const [code, second] = codes;
  if (code === undefined) return 'code not readable';
  if (second !== undefined) return 'more than one code';
  if (code.text !== content.rows.join('')) return 'code differs from the rows';
  if (code.margin !== undefined && code.margin < CODE_MARGIN) return 'code printed with faults';
  const sides = code.corners.map((from, index) => {
    const to = code.corners[(index + 1) % code.corners.length] ?? from;
    return Math.hypot(to.x - from.x, to.y - from.y);
  });
  // A pixel of doubt at either end.
  return (Math.min(...sides) + 2) / perMm / modules < MODULE_MM ? 'code too small' : undefined;
}

function judgeSymbols(
  raster: Raster,
  cells: readonly SymbolCell[],
  perMm: number,
  looks: SymbolLooks,
): string | undefined {
  const wrong = cells.find((cell) => {
    const nearest = nearestSymbol(raster, cell, perMm, looks);
    return nearest.symbol !== cell.symbol || nearest.apart > LIKENESS;
  });
  return wrong === undefined ? undefined : `row ${wrong.row}, symbol ${wrong.position}`;
}

interface PixelBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function toPixels(box: Box, perMm: number, raster: Raster): PixelBox {
  const low = (mm: number): number => Math.max(0, Math.floor((mm - BOX_TOLERANCE_MM) * perMm));
  const high = (mm: number, end: number): number => Math.min(end, Math.ceil((mm + BOX_TOLERANCE_MM) * perMm));
  return {
    x0: low(box.left),
    y0: low(box.top),
    x1: high(box.right, raster.width),
    y1: high(box.bottom, raster.height),
  };
}

/** Every item leaves ink in its box, and nothing leaves ink outside of all boxes. */
function judgeInk(raster: Raster, list: DisplayList, perMm: number): string | undefined {
  const allowed = new Uint8Array(raster.grey.length);
  for (const block of list.blocks) {
    for (const item of block.items) {
      const { x0, y0, x1, y1 } = toPixels(item.box, perMm, raster);
      let dark = 0;
      for (let y = y0; y < y1; y += 1) {
        for (let x = x0; x < x1; x += 1) {
          const at = y * raster.width + x;
          allowed[at] = 1;
          if ((raster.grey[at] ?? 255) < DARK) dark += 1;
        }
      }
      const isSpace = item.kind === 'text' && item.text.trim() === '';
      if (dark === 0 && !isSpace && block.role !== 'Artifact') return `${block.name} not printed`;
    }
  }
  const stray = raster.grey.some((grey, at) => grey < DARK && allowed[at] === 0);
  return stray ? 'ink where none belongs' : undefined;
}

interface CardCheck {
  readonly content: CardContent;
  readonly paper: Paper;
  readonly fonts: Fonts;
  readonly looks: SymbolLooks;
  /** Finds the codes in a raster. */
  readonly readCodes: (raster: Raster) => Promise<readonly ReadCode[]>;
}

/**
 * Checks one printed card against what it should hold.
 *
 * @param page - The whole sheet, at `CHECK_DPI`, as `looks` was learnt.
 * @throws {@link EscrowError} `paper.misprint` with the first fault: the code, a row and symbol, or ink.
 */
export async function checkCardRaster(page: Raster, check: CardCheck): Promise<void> {
  const { content, paper, fonts, looks } = check;
  const perMm = pixelsPerMm(page, SHEETS[paper].widthMm);
  const modules = codeModules(formOf(content.rows, paper));
  const reason =
    judgeCode(await check.readCodes(page), content, { perMm, modules }) ??
    judgeSymbols(page, symbolCells(content.rows, paper, fonts), perMm, looks) ??
    judgeInk(page, layoutCard(content, paper, fonts), perMm);
  if (reason !== undefined) throw new EscrowError('paper.misprint', { card: content.cardNumber, reason });
}

// A page of the 32 symbols in the face and size of a card's rows: what card-check holds a print
// against. Drawn once for a ceremony, by the same rasteriser as the cards.

import { blockOf } from './blocks.ts';
import { type CardForm, setSymbols, symbolAdvance, symbolCell } from './card-code.ts';
import type { Box, DisplayList } from './display-list.ts';
import type { Fonts } from './fonts.ts';
import { foldAreas, SHEETS } from './measures.ts';

/** Crockford's base32, the alphabet of the rows. */
export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const COLUMNS = 8;
const PITCH_MM = 16;

interface SpecimenCell {
  readonly symbol: string;
  readonly box: Box;
}

function places({ paper }: CardForm): { symbol: string; x: number; baseline: number }[] {
  const area = foldAreas(paper)[1];
  return Array.from(SYMBOLS, (symbol, index) => ({
    symbol,
    x: area.left + (index % COLUMNS) * PITCH_MM,
    baseline: area.top + (1 + Math.floor(index / COLUMNS)) * PITCH_MM,
  }));
}

/** Where each symbol stands on the specimen. */
export function specimenCells(form: CardForm, fonts: Fonts): SpecimenCell[] {
  const advance = symbolAdvance(fonts, form);
  return places(form).map(({ symbol, ...at }) => ({ symbol, box: symbolCell(form, { ...at, advance }) }));
}

export function layoutSpecimen(form: CardForm, fonts: Fonts): DisplayList {
  const { widthMm, heightMm } = SHEETS[form.paper];
  const items = places(form).flatMap(({ symbol, ...at }) => setSymbols(fonts, form, symbol, at));
  const blocks = [blockOf({ name: 'symbols', role: 'P' }, items)];
  return { title: 'Symbols', language: 'en', widthMm, heightMm, blocks };
}

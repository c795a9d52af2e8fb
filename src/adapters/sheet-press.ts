// Prints the sheets of the house to PDF.

import type { Bytes } from '../core/bytes.ts';
import type { DisplayList } from '../paper/display-list.ts';
import type { Paper } from '../paper/measures.ts';
import { layoutSheet, type SheetContent } from '../paper/sheet.ts';
import { type EmergencyFacts, layoutEmergencySheet } from '../paper/sheets/emergency.ts';
import { loadFonts, type LoadedFonts } from './fonts.ts';
import { writePdf } from './pdf-write.ts';

interface PrintedSheet {
  readonly pdf: Bytes;
  readonly pages: number;
}

type Pages = readonly [DisplayList, ...DisplayList[]];

async function printed(layout: (fonts: LoadedFonts) => Pages): Promise<PrintedSheet> {
  const fonts = await loadFonts();
  const pages = layout(fonts);
  return { pdf: await writePdf(pages, fonts), pages: pages.length };
}

export const printSheet = (content: SheetContent, paper: Paper): Promise<PrintedSheet> =>
  printed((fonts) => layoutSheet(content, paper, fonts));

/** @throws {@link EscrowError} `paper.overflow`. */
export const printEmergencySheet = (facts: EmergencyFacts, paper: Paper): Promise<PrintedSheet> =>
  printed((fonts) => layoutEmergencySheet(facts, paper, fonts));

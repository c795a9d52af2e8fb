// Prints the sheets of the house to PDF.

import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { Paper } from '../paper/measures.ts';
import { layoutSheet, type SheetContent } from '../paper/sheet.ts';
import { emergencySheet, type EmergencyFacts, type EmergencyRoom } from '../paper/sheets/emergency.ts';
import { loadFonts } from './fonts.ts';
import { writePdf } from './pdf-write.ts';

interface PrintedSheet {
  readonly pdf: Bytes;
  readonly pages: number;
}

export async function printSheet(content: SheetContent, paper: Paper): Promise<PrintedSheet> {
  const fonts = await loadFonts();
  const pages = layoutSheet(content, paper, fonts);
  return { pdf: await writePdf(pages, fonts), pages: pages.length };
}

/** From the most names and the widest lines to the fewest and the closest; names are worth more than air, and trustees most. */
const ROOMS: readonly EmergencyRoom[] = [
  { leadingMm: 6, trustees: 10, clients: 12 },
  { leadingMm: 5.5, trustees: 10, clients: 12 },
  { leadingMm: 5.05, trustees: 10, clients: 12 },
  { leadingMm: 5.05, trustees: 10, clients: 5 },
  { leadingMm: 5.05, trustees: 10, clients: 2 },
  { leadingMm: 5.05, trustees: 8, clients: 2 },
  { leadingMm: 5.05, trustees: 6, clients: 2 },
  { leadingMm: 5.05, trustees: 4, clients: 1 },
  { leadingMm: 4.8, trustees: 3, clients: 1 },
];

/**
 * The sheet for the first quarter of an hour is one page, with as many names as that takes.
 *
 * @throws {@link EscrowError} `paper.overflow` when what was filled in is too long even so.
 */
export async function printEmergencySheet(facts: EmergencyFacts, paper: Paper): Promise<PrintedSheet> {
  const fonts = await loadFonts();
  for (const room of ROOMS) {
    const pages = layoutSheet(emergencySheet(facts, room), paper, fonts);
    if (pages.length === 1) return { pdf: await writePdf(pages, fonts), pages: 1 };
  }
  throw new EscrowError('paper.overflow', { what: 'the emergency sheet' });
}

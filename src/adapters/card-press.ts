// Prints cards to PDF and hands none out that was not looked at: each is drawn again as pixels, its code
// read and its symbols compared. One press serves a whole ceremony: the fonts, pdfium,
// zxing and the looks of the symbols are loaded once.

import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { assertPrintable, type CardContent, layoutCard } from '../paper/card.ts';
import { type CardForm, formOf } from '../paper/card-code.ts';
import { CHECK_DPI, checkCardRaster, learnSymbols, type SymbolLooks } from '../paper/card-check.ts';
import type { DisplayList } from '../paper/display-list.ts';
import type { Paper } from '../paper/measures.ts';
import type { Raster } from '../paper/raster.ts';
import { layoutSpecimen } from '../paper/specimen.ts';
import { loadFonts, type LoadedFonts } from './fonts.ts';
import { writePdf } from './pdf-write.ts';
import { loadScanner, type Scanner } from './scan.ts';

export interface CardPress {
  /**
   * Refuses a name that cannot stand on a card; ask before a ceremony starts.
   *
   * @throws {@link EscrowError} `paper.unprintable` or `paper.overflow`.
   */
  assertPrintable(name: string, place: 'holder' | 'group', what?: string): void;
  /**
   * One checked card as PDF bytes.
   *
   * @throws {@link EscrowError} `paper.misprint`, `paper.unprintable` or `paper.overflow`.
   */
  print(content: CardContent): Promise<Bytes>;
}

/** Renders a card without looking at it; equal content gives equal bytes. */
export function renderCard(content: CardContent, paper: Paper, fonts: LoadedFonts): Promise<Bytes> {
  return writePdf(layoutCard(content, paper, fonts), fonts);
}

async function rasterOf(scanner: Scanner, pdf: Uint8Array, card: number): Promise<Raster> {
  for await (const page of scanner.rasterise(pdf, CHECK_DPI)) return page;
  throw new EscrowError('paper.misprint', { card, reason: 'no page' });
}

/** Loads a press for one paper size. */
export async function loadCardPress(paper: Paper): Promise<CardPress> {
  const [fonts, scanner] = await Promise.all([loadFonts(), loadScanner()]);
  const draw = async (list: DisplayList, card: number): Promise<Raster> =>
    rasterOf(scanner, await writePdf(list, fonts), card);
  const learnt = new Map<boolean, Promise<SymbolLooks>>();
  /** Of one form, learnt when its first card is printed. */
  const looksOf = (form: CardForm): Promise<SymbolLooks> => {
    const known = learnt.get(form.isLocked);
    const looks =
      known ?? draw(layoutSpecimen(form, fonts), 0).then((page) => learnSymbols(page, form, fonts));
    learnt.set(form.isLocked, looks);
    return looks;
  };
  return {
    assertPrintable: (name, place, what) => {
      assertPrintable(fonts, name, place, what);
    },
    async print(content) {
      const pdf = await renderCard(content, paper, fonts);
      const page = await rasterOf(scanner, pdf, content.cardNumber);
      await checkCardRaster(page, {
        content,
        paper,
        fonts,
        looks: await looksOf(formOf(content.rows, paper)),
        readCodes: (raster) => scanner.readRaster(raster),
      });
      return pdf;
    },
  };
}

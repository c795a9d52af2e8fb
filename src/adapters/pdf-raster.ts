// pdfium, loaded once: the pages of a PDF as grey pixels. Bounds are checked before a page is drawn;
// after a trap inside the wasm the instance is dropped.

import type { PDFiumDocument, PDFiumLibrary, PDFiumPage } from '@hyzyla/pdfium';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { Raster } from '../paper/raster.ts';
import { pdfiumWasm } from './own-files.ts';

export interface PdfRasteriser {
  /** Draws each page, one at a time, at `dpi` or the most that its size allows. */
  pages(pdf: Uint8Array, name: string, dpi: number): AsyncGenerator<Raster>;
  /** The text of each page of a file that this program wrote. */
  texts(pdf: Uint8Array, name: string): Promise<readonly string[]>;
}

const POINTS_PER_INCH = 72;
const unreadable = (name: string, reason: string, cause?: unknown): EscrowError =>
  new EscrowError('scan.unreadable', { name, reason }, { cause });

/** pdfium tells its failures apart by message only. */
function reasonFor(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  return /password|security/i.test(message) ? 'PDF protected by a password' : 'damaged PDF';
}

async function renderPage(page: PDFiumPage, name: string, dpi: number): Promise<Raster> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const area = originalWidth * originalHeight;
  // A page that cannot be loaded has no size; Infinity and NaN come from damaged ones.
  if (!(area > 0 && area < Infinity)) throw unreadable(name, 'damaged PDF page');
  // Apps that make PDFs of photos declare pages of metres.
  const scale = Math.min(dpi / POINTS_PER_INCH, Math.sqrt(LIMITS.pdfPagePixels / area));
  const width = Math.max(1, Math.round(originalWidth * scale));
  const height = Math.max(1, Math.round(originalHeight * scale));
  // A long strip is within the area and beyond any canvas.
  if (width > 30_000 || height > 30_000) throw unreadable(name, 'PDF page out of proportion');
  const { data } = await page.render({ width, height, scale: 1, render: 'bitmap', colorSpace: 'Gray' });
  return { width, height, grey: data };
}

/** Loads the rasteriser; nothing is fetched. */
export async function loadPdfRasteriser(): Promise<PdfRasteriser> {
  const pdfium = await import('@hyzyla/pdfium');
  const wasmBinary = pdfiumWasm();
  // `init` resolves to the base class that the package does not export.
  let library: Awaited<ReturnType<typeof PDFiumLibrary.init>> | undefined;

  async function open(pdf: Uint8Array, name: string): Promise<PDFiumDocument> {
    library ??= await pdfium.PDFiumLibrary.init({ wasmBinary });
    try {
      return await library.loadDocument(pdf);
    } catch (cause) {
      // A message is a refusal; anything else is a trap.
      if (cause instanceof Error && cause.name === 'RuntimeError') library = undefined;
      throw unreadable(name, reasonFor(cause), cause);
    }
  }

  async function* pages(pdf: Uint8Array, name: string, dpi: number): AsyncGenerator<Raster> {
    const document = await open(pdf, name);
    try {
      const count = document.getPageCount();
      if (count > LIMITS.pdfPages) {
        throw new EscrowError('limit.exceeded', { what: `pages of ${name}`, limit: LIMITS.pdfPages });
      }
      for (const page of document.pages()) yield await renderPage(page, name, dpi);
    } catch (cause) {
      if (cause instanceof EscrowError) throw cause;
      library = undefined;
      throw unreadable(name, 'damaged PDF', cause);
    } finally {
      if (library !== undefined) document.destroy();
    }
  }

  async function texts(pdf: Uint8Array, name: string): Promise<readonly string[]> {
    const document = await open(pdf, name);
    try {
      return Array.from(document.pages(), (page) => page.getText());
    } catch (cause) {
      library = undefined;
      throw unreadable(name, 'damaged PDF', cause);
    } finally {
      if (library !== undefined) document.destroy();
    }
  }

  return { pages, texts };
}

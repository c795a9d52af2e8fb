// From the bytes of a photo, scan or PDF to the texts of the codes in it. Everything foreign is bounded
// before it is decoded (core/limits) and ends in texts or a typed error. The two wasm modules are loaded
// when first needed and then kept: loading costs more than reading.

import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { type CodeReader, loadCodeReader } from '../paper/code-reader.ts';
import { assertImageSize, sniffScan } from '../paper/image-kind.ts';
import type { ReadCode } from '../paper/qr-read.ts';
import type { Raster } from '../paper/raster.ts';
import { zxingWasm } from './own-files.ts';
import { loadPdfRasteriser, type PdfRasteriser } from './pdf-raster.ts';

export interface Scanner {
  /**
   * Reads all codes in a PDF (every page), PNG or JPEG, told by content. `name` is for errors only.
   * Which of the texts are cards is the business of paper/qr-read.
   *
   * @param tell - Is told the first page of a PDF that was not looked at, because those before it were all
   * that is looked at in one file.
   * @returns the texts found, in reading order; none is no error.
   * @throws {@link EscrowError} `scan.unreadable` or `limit.exceeded`.
   */
  readCodes(bytes: Uint8Array, name: string, tell?: (page: number) => void): Promise<string[]>;
  /** Reads the codes in a raster, with their places. */
  readRaster(raster: Raster): Promise<ReadCode[]>;
  /**
   * Draws the pages of a PDF, one at a time.
   *
   * @throws {@link EscrowError} `scan.unreadable` or `limit.exceeded`.
   */
  rasterise(pdf: Uint8Array, dpi: number, name?: string): AsyncGenerator<Raster>;
}

/** Six pixels a module of a card printed in its own size; a card copied down to half still reads. */
const SCAN_DPI = 150;
const FINE_DPI = 300;

/** A promise made at the first call and kept; a failed one is tried again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= load().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

/**
 * Noise is looked at longest, and a PDF of it may come from anywhere: beyond so many pixels nothing more is
 * looked at.
 */
async function readPdf(
  file: { readonly bytes: Uint8Array; readonly name: string; readonly budget: number },
  { pdf, reader }: { readonly pdf: PdfRasteriser; readonly reader: CodeReader },
  tell: (page: number) => void,
): Promise<string[]> {
  const { bytes, name } = file;
  let budget = file.budget;
  for (const dpi of [SCAN_DPI, FINE_DPI]) {
    const texts: string[] = [];
    let pages = 0;
    for await (const page of pdf.pages(bytes, name, dpi)) {
      pages += 1;
      if (budget <= 0) {
        tell(pages);
        return texts;
      }
      budget -= page.width * page.height;
      texts.push(...(await reader.readRaster(page, name)).map((code) => code.text));
    }
    // A second, finer look costs four times as much: worth it for a few pages only.
    if (texts.length > 0 || pages > 10) return texts;
  }
  return [];
}

/**
 * Makes a scanner. Nothing is loaded yet, and nothing is ever fetched.
 *
 * @param options - `pdfPixels`: how much of one PDF is looked at, LIMITS.pdfPixels unless told.
 */
export function loadScanner(options: { pdfPixels?: number } = {}): Promise<Scanner> {
  const budget = options.pdfPixels ?? LIMITS.pdfPixels;
  const reader = once(() => loadCodeReader(zxingWasm()));
  const rasteriser = once(loadPdfRasteriser);

  async function readCodes(
    bytes: Uint8Array,
    name: string,
    tell: (page: number) => void = () => undefined,
  ): Promise<string[]> {
    if (bytes.length > LIMITS.scanBytes) {
      throw new EscrowError('limit.exceeded', { what: `bytes of ${name}`, limit: LIMITS.scanBytes });
    }
    const scan = sniffScan(bytes);
    switch (scan.kind) {
      case 'pdf':
        return readPdf({ bytes, name, budget }, { pdf: await rasteriser(), reader: await reader() }, tell);
      case 'png':
      case 'jpeg':
        assertImageSize(scan, name);
        return (await (await reader()).readImage(bytes, name)).map((code) => code.text);
      case 'other-image':
        throw new EscrowError('scan.unreadable', {
          name,
          reason: `${scan.format} pictures are not read`,
        });
      case 'unknown':
        throw new EscrowError('scan.unreadable', {
          name,
          reason: bytes.length === 0 ? 'empty file' : 'not a picture or PDF',
        });
    }
  }

  return Promise.resolve({
    readCodes,
    readRaster: async (raster) => (await reader()).readRaster(raster, 'page'),
    async *rasterise(pdf, dpi, name = 'PDF') {
      yield* (await rasteriser()).pages(pdf, name, dpi);
    },
  });
}

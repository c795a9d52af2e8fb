// Prints the book to PDF, and looks whether it is what was meant: the file is opened by pdfium, and the text
// on its pages must hold every entry, in order, its title and how its secrets begin. What print and screen
// tell apart by drawing only (spaces, line ends, hyphens there) is left out of the comparison.

import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { layoutBook, type BookContent, type BookEntry } from '../paper/book.ts';
import type { Paper } from '../paper/measures.ts';
import { loadFonts } from './fonts.ts';
import { loadPdfRasteriser } from './pdf-raster.ts';
import { writePdf } from './pdf-write.ts';

const TARGET = 'book';

/** Fewer than a line holds: a longer one goes on, with other things in between. */
const COMPARED_CHARS = 24;

/** pdfium makes a control character of a hyphen that ends a line. */
const NOT_COMPARED = /[\s\-\u00ad\u0002\ufffe]/gu;

const comparedPart = (text: string): string => text.replace(NOT_COMPARED, '');

/** How a text begins, as far as it stands on paper as it is: other scripts are shaped and ordered anew. */
function beginning(text: string): string {
  const [plain = ''] = /^[\x20-\x7e]*/.exec(text.slice(0, COMPARED_CHARS)) ?? [];
  return comparedPart(plain);
}

/**
 * Refuses pages that do not hold every entry of a book, in its order.
 *
 * @throws {@link EscrowError} `vault.write-mismatch`.
 */
export function assertPrinted({ clients }: BookContent, pages: readonly string[]): void {
  const text = comparedPart(pages.join(''));
  const entries: readonly BookEntry[] = clients.flatMap(({ folders }) =>
    folders.flatMap((folder) => folder.entries),
  );
  let at = 0;
  for (const [index, { title, values, codes }] of entries.entries()) {
    const secrets = values.filter(({ look }) => look === 'secret').map(({ value }) => value);
    for (const wanted of [title, ...secrets, ...codes.map(({ seed }) => seed)].map(beginning)) {
      const found = text.indexOf(wanted, at);
      if (found < 0)
        throw new EscrowError('vault.write-mismatch', {
          target: TARGET,
          reason: `entry ${index + 1} is not on its pages`,
        });
      at = found + wanted.length;
    }
  }
}

interface PrintedBook {
  readonly pdf: Bytes;
  readonly pages: number;
}

/**
 * Prints a book and reads it back.
 *
 * @throws {@link EscrowError} `vault.write-mismatch`.
 */
export async function printBook(content: BookContent, paper: Paper): Promise<PrintedBook> {
  const fonts = await loadFonts();
  const pages = layoutBook(content, paper, fonts);
  const pdf = await writePdf(pages, fonts);
  const texts = await (await loadPdfRasteriser()).texts(pdf, TARGET);
  if (texts.length !== pages.length)
    throw new EscrowError('vault.write-mismatch', {
      target: TARGET,
      reason: `${pages.length} pages went in, ${texts.length} came out`,
    });
  assertPrinted(content, texts);
  return { pdf, pages: pages.length };
}

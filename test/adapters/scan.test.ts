import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { renderCard } from '../../src/adapters/card-press.ts';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { loadScanner, type Scanner } from '../../src/adapters/scan.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { CODE_MEASURES } from '../../src/paper/card-code.ts';
import type { Paper } from '../../src/paper/measures.ts';
import { readCards } from '../../src/paper/qr-read.ts';
import { codePath, encodeQr } from '../../src/paper/qr-write.ts';
import type { Raster } from '../../src/paper/raster.ts';
import { SAMPLE, SAMPLE_ROWS } from '../paper/sample-card.ts';
import { encodePng, pngOf } from '../support/degrade.ts';

const TEXT = SAMPLE_ROWS.join('');
const OTHER = TEXT.replaceAll('C', '7');

let fonts: LoadedFonts;
let scanner: Scanner;
const cards = new Map<Paper, Uint8Array>();
beforeAll(async () => {
  vi.stubGlobal('fetch', () => {
    throw new Error('no network');
  });
  [fonts, scanner] = await Promise.all([loadFonts(), loadScanner()]);
  for (const paper of ['a4', 'letter'] as const) cards.set(paper, await renderCard(SAMPLE, paper, fonts));
});

const cardPdf = (paper: Paper = 'a4'): Uint8Array => cards.get(paper) ?? expect.fail('no card');

async function pagesOf(pdf: Uint8Array, dpi: number): Promise<Raster[]> {
  const pages: Raster[] = [];
  for await (const page of scanner.rasterise(pdf, dpi)) pages.push(page);
  return pages;
}

/** A PDF by pdfkit with any number of codes on each page. */
async function pdfOfCodes(
  pages: readonly (readonly string[])[],
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, ...options });
  const parts: Buffer[] = [];
  const ended = new Promise((resolve) =>
    pdf.on('data', (part: Buffer) => parts.push(part)).on('end', resolve),
  );
  for (const texts of pages) {
    pdf.addPage();
    texts.forEach((text, index) => {
      for (const step of codePath(encodeQr(text), { left: 60, top: 60 + index * 180, moduleMm: 3 })) {
        if (step[0] === 'M') pdf.moveTo(step[1], step[2]);
        else if (step[0] === 'L') pdf.lineTo(step[1], step[2]);
        else pdf.closePath();
      }
    });
    pdf.fill('black');
  }
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

/** A PDF made of objects, without compression, so that a test can declare anything. */
function rawPdf(pages: number, mediaBox: string): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [${mediaBox}] >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R >>'),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj ${body} endobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return Buffer.from(
    `${text}${xref}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`,
    'latin1',
  );
}

describe.each(['a4', 'letter'] as const)('from text to paper and back, on %s', (paper) => {
  test('pdfkit, pdfium and zxing agree at 150 dpi', async () => {
    expect(await scanner.readCodes(cardPdf(paper), 'card.pdf')).toEqual([TEXT]);
  });

  test('down to three pixels a module', async () => {
    const dpi = Math.ceil((3 * 25.4) / CODE_MEASURES[paper].moduleMm);
    expect(dpi).toBeLessThan(75);
    const [page] = await pagesOf(cardPdf(paper), dpi);
    expect(await scanner.readCodes(encodePng(page!), 'card.png')).toEqual([TEXT]);
  });

  test('the code is read with its error correction unspent', async () => {
    const [page] = await pagesOf(cardPdf(paper), 150);
    const [code] = await scanner.readRaster(page!);
    expect(code?.margin).toBe(1);
  });
});

describe('what is in a file', () => {
  test('every page, several cards a page, each once; other codes are counted', async () => {
    const pdf = await pdfOfCodes([[TEXT, OTHER], [], [TEXT, 'https://example.org/'.toUpperCase()]]);
    const texts = await scanner.readCodes(pdf, 'scan.pdf');
    const { cards: found, foreign } = readCards(texts, 'scan.pdf');
    expect(found.toSorted()).toEqual([OTHER, TEXT].toSorted());
    expect(foreign).toBe(1);
  });

  test('no code is no error of the scanner', async () => {
    const blank = encodePng({ width: 800, height: 600, grey: new Uint8Array(480_000).fill(255) });
    expect(await scanner.readCodes(blank, 'blank.png')).toEqual([]);
    expect(await scanner.readCodes(rawPdf(1, '0 0 595 842'), 'blank.pdf')).toEqual([]);
  });

  test('a PDF is looked at up to a limit, and the first page beyond is told', async () => {
    const pdf = await pdfOfCodes([[], [TEXT], [], [OTHER]]);
    const [page] = await pagesOf(pdf, 150);
    const size = page!.width * page!.height;
    const look = async (pdfPixels: number): Promise<{ texts: string[]; told: number[] }> => {
      const told: number[] = [];
      const small = await loadScanner({ pdfPixels });
      return { texts: await small.readCodes(pdf, 'scan.pdf', (number) => told.push(number)), told };
    };
    expect(await look(1)).toEqual({ texts: [], told: [2] });
    expect(await look(3 * size)).toEqual({ texts: [TEXT], told: [4] });
    expect(await look(4 * size)).toEqual({ texts: [TEXT, OTHER], told: [] });
  });

  test('a whole scan of A4 pages is within the limit', () => {
    const a4 = Math.round((210 / 25.4) * 150) * Math.round((297 / 25.4) * 150);
    expect(LIMITS.pdfPages * a4).toBeLessThan(LIMITS.pdfPixels);
  });

  test('the name of a file decides nothing', async () => {
    expect(await scanner.readCodes(cardPdf(), 'photo.jpg')).toEqual([TEXT]);
  });
});

describe('bad input ends in a code of ours', () => {
  const refusal = async (bytes: Uint8Array): Promise<{ code: string; facts: unknown }> => {
    const error: unknown = await scanner.readCodes(bytes, 'x').then(
      () => expect.fail('accepted'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof EscrowError)) throw error;
    const { code, facts } = error as EscrowError;
    return { code, facts };
  };
  const unreadable = (reason: string): { code: string; facts: unknown } => ({
    code: 'scan.unreadable',
    facts: { name: 'x', reason },
  });

  test('empty, text, and pictures of other kinds', async () => {
    expect(await refusal(new Uint8Array())).toEqual(unreadable('empty file'));
    expect(await refusal(Buffer.from('CE9S AWR9'))).toEqual(unreadable('not a picture or PDF'));
    expect(await refusal(Buffer.from('\0\0\0\x18ftypheic0000', 'latin1'))).toEqual(
      unreadable('HEIC pictures are not read'),
    );
  });

  test('a damaged PDF and a damaged picture', async () => {
    expect(await refusal(Buffer.from('%PDF-1.7\nnothing more'))).toEqual(unreadable('damaged PDF'));
    const png = encodePng({ width: 300, height: 300, grey: new Uint8Array(90_000) });
    expect(await refusal(png.subarray(0, 60))).toEqual(unreadable('damaged picture'));
    expect(await refusal(png.subarray(0, 20))).toEqual(unreadable('damaged picture'));
  });

  test('a PDF with a password', async () => {
    const pdf = await pdfOfCodes([[TEXT]], { userPassword: 'secret' });
    expect(await refusal(pdf)).toEqual(unreadable('PDF protected by a password'));
  });

  test('a PDF of 10,000 pages, before any is drawn', async () => {
    expect(await refusal(rawPdf(10_000, '0 0 595 842'))).toEqual({
      code: 'limit.exceeded',
      facts: { what: 'pages of x', limit: LIMITS.pdfPages },
    });
  });

  test('a page of a kilometre is drawn small, one without a size not at all', async () => {
    expect(await scanner.readCodes(rawPdf(1, '0 0 3000000 3000000'), 'x')).toEqual([]);
    const [page] = await pagesOf(rawPdf(1, '0 0 14400 14400'), 150);
    expect(page!.width * page!.height).toBeLessThanOrEqual(1.001 * LIMITS.pdfPagePixels);
    expect(await refusal(rawPdf(1, '0 0 5000000 1'))).toEqual(unreadable('PDF page out of proportion'));
  });

  test('a picture that declares 60,000 pixels a side, before it is decoded', async () => {
    const bomb = pngOf(60_000, 60_000, new Uint8Array(1000));
    expect(await refusal(bomb)).toEqual({
      code: 'limit.exceeded',
      facts: { what: 'pixels of x', limit: LIMITS.scanPixels },
    });
  });

  test('a picture that declares more than it holds', async () => {
    expect(await refusal(pngOf(5000, 5000, new Uint8Array(1000)))).toEqual(unreadable('damaged picture'));
  });

  test('more bytes than a photo has', async () => {
    expect((await refusal(new Uint8Array(LIMITS.scanBytes + 1))).code).toBe('limit.exceeded');
  });

  test('any damage to a good file gives texts or a code, and the next file is read as ever', async () => {
    const [page] = await pagesOf(cardPdf(), 75);
    const files = [Buffer.from(cardPdf()), Buffer.from(encodePng(page!))];
    const damage = fc.record({
      file: fc.constantFrom(...files),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      keep: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, bytes, keep }) => {
        const copy = Buffer.from(file.subarray(0, Math.ceil(file.length * keep)));
        copy.set(bytes.subarray(0, copy.length), Math.floor(at * Math.max(0, copy.length - bytes.length)));
        try {
          const texts = await scanner.readCodes(copy, 'x');
          for (const text of texts) expect(typeof text).toBe('string');
        } catch (error) {
          if (!(error instanceof EscrowError)) throw error;
        }
      }),
      { numRuns: 40 },
    );
    expect(await scanner.readCodes(cardPdf(), 'card.pdf')).toEqual([TEXT]);
  });
});

describe('a rendered card', () => {
  test('is the same bytes twice, and by another load of the fonts', async () => {
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const again = await renderCard(SAMPLE, 'a4', await loadFonts());
    expect(hash(again)).toBe(hash(cardPdf()));
    expect(hash(await renderCard({ ...SAMPLE, cardNumber: 4 }, 'a4', fonts))).not.toBe(hash(again));
  });

  test('is tagged, has a language and a title, and embeds every font', () => {
    const text = Buffer.from(cardPdf()).toString('latin1');
    for (const part of [
      '/MarkInfo',
      '/Marked true',
      '/StructTreeRoot',
      '/Lang (en)',
      '/S /H1',
      '/S /Figure',
      '/Alt ',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('/ActualText (1 CE9S AWR9 B9NZ JE9Z QV60 07YV)');
    expect(text).toContain('/DisplayDocTitle true');
    expect(text).not.toMatch(/Helvetica|\/URI|\/JavaScript|\/Annots/);
    const descriptors = text.match(/\/Type \/FontDescriptor/g)?.length;
    expect(text.match(/\/FontFile2/g)?.length).toBe(descriptors);
  });
});

afterEach(() => {
  // Nothing here replaced the stub: a call to fetch anywhere would have thrown.
  expect(() => fetch('http://localhost')).toThrow('no network');
});

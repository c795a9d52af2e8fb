import { beforeAll, describe, expect, test } from 'vitest';
import { assertPrinted, printBook } from '../../src/adapters/book-press.ts';
import { loadFonts } from '../../src/adapters/fonts.ts';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { loadPdfRasteriser, type PdfRasteriser } from '../../src/adapters/pdf-raster.ts';
import { writePdf } from '../../src/adapters/pdf-write.ts';
import { loadScanner, type Scanner } from '../../src/adapters/scan.ts';
import { bookOf } from '../../src/cli/vault-book.ts';
import { layoutBook, type BookContent, type BookEntry } from '../../src/paper/book.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { fullVault } from '../support/full-vault.ts';

const NOW = '2026-11-24T08:00:00.000Z';
const ENTRIES = 200;

let scanner: Scanner;
let rasteriser: PdfRasteriser;
let vault: Vault;
let content: BookContent;
let pdf: Uint8Array;
let texts: readonly string[];
beforeAll(async () => {
  [scanner, rasteriser] = [await loadScanner(), await loadPdfRasteriser()];
  const crypto = await loadNodeCrypto();
  vault = await openVault(crypto, sampleBitwardenExport(ENTRIES), { format: 'bitwarden-json' });
  content = bookOf(vault, { now: NOW, name: 'Northwind' });
  ({ pdf } = await printBook(content, 'a4'));
  texts = await rasteriser.texts(pdf, 'book');
});

const entriesOf = ({ clients }: BookContent): readonly BookEntry[] =>
  clients.flatMap(({ folders }) => folders.flatMap(({ entries }) => entries));

describe('a book of 200 entries', () => {
  test('every entry of the vault is on some page, its secrets whole', () => {
    // As pdfium hands text out: without the signs that are drawn, and hyphens at ends of lines changed.
    const plain = (text: string): string => text.replace(/[\s\-\u0002\ufffe]/g, '');
    const pages = texts.map(plain);
    expect(vault.items).toHaveLength(ENTRIES);
    for (const { title, password, totp } of vault.items) {
      const page = pages.findIndex((text) => text.includes(plain(title)) && text.includes(plain(password)));
      expect([title, page > 0]).toEqual([title, true]);
      for (const { secret } of totp) expect(pages[page]).toContain(secret);
    }
  });

  test('every page has its number and the warning', () => {
    for (const [index, text] of texts.entries()) {
      expect(text).toContain(`page ${index + 1} of ${texts.length}`);
      expect(text).toContain('PRINT ONLY IN AN EMERGENCY');
    }
  });

  test('the square codes of a page are read off it as pixels, and are those of its seeds', async () => {
    const wanted = new Set(entriesOf(content).flatMap(({ codes }) => codes.map(({ link }) => link)));
    const found: string[] = [];
    let number = 0;
    for await (const page of rasteriser.pages(pdf, 'book', 150)) {
      number += 1;
      // A few pages of each kind: reading all of them takes a minute.
      if (number % 7 !== 0) continue;
      const codes = await scanner.readRaster(page);
      const seeds = codes.map(({ text }) => parseTotp(text).secret);
      for (const seed of seeds) expect(texts[number - 1]).toContain(seed);
      found.push(...codes.map(({ text }) => text));
    }
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((link) => !wanted.has(link))).toEqual([]);
  });

  test('the same book is the same bytes', async () => {
    expect((await printBook(content, 'a4')).pdf).toEqual(pdf);
  });
});

test('a vault with everything, awkward texts among it, is printed', async () => {
  const book = bookOf(fullVault(), { now: NOW });
  const { pages, pdf: bytes } = await printBook(book, 'letter');
  const read = await rasteriser.texts(bytes, 'book');
  expect(read).toHaveLength(pages);
  expect(read.join('')).toContain('‹U+0007›');
});

describe('what is not as it was meant is refused', () => {
  const changed = (change: (entry: BookEntry) => BookEntry): BookContent => ({
    ...content,
    clients: content.clients.map((client, at) => ({
      ...client,
      folders: client.folders.map((folder) => ({
        ...folder,
        entries: folder.entries.map((entry, index) => (at === 1 && index === 0 ? change(entry) : entry)),
      })),
    })),
  });
  const first = (): number => entriesOf({ ...content, clients: content.clients.slice(0, 1) }).length + 1;
  const mismatch = (): unknown =>
    expect.objectContaining({
      code: 'vault.write-mismatch',
      facts: { target: 'book', reason: `entry ${first()} is not on its pages` },
    });

  test('the book itself is not', () => {
    expect(() => {
      assertPrinted(content, texts);
    }).not.toThrow();
  });

  test.each<[string, (entry: BookEntry) => BookEntry]>([
    ['another title', (entry) => ({ ...entry, title: 'Nowhere' })],
    [
      'another password',
      (entry) => ({ ...entry, values: [{ label: 'Password', value: 'Qx7~nowhere', look: 'secret' }] }),
    ],
    ['another seed', (entry) => ({ ...entry, codes: [{ link: '', seed: 'NOWHERE2', detail: '' }] })],
  ])('%s', (_name, change) => {
    expect(() => {
      assertPrinted(changed(change), texts);
    }).toThrow(mismatch());
  });

  test('entries in another order', () => {
    const turned = { ...content, clients: content.clients.toReversed() };
    expect(() => {
      assertPrinted(turned, texts);
    }).toThrow(expect.objectContaining({ code: 'vault.write-mismatch' }));
  });
});

test('a file of one page is written as before', async () => {
  const fonts = await loadFonts();
  const [page] = layoutBook({ ...content, clients: [] }, 'a4', fonts);
  expect(await writePdf([page], fonts)).toEqual(await writePdf(page, fonts));
});

// A page of a PDF as a PNG file, for the pictures in docs.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** One chunk of a PNG file. */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Pixels of red, green, blue and alpha as a PNG in colour, with a grey line around the sheet. */
function encodePng({ width, height, data }) {
  const lines = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = 4 * (y * width + x);
      const to = y * (1 + 3 * width) + 1 + 3 * x;
      const isEdge = x === 0 || y === 0 || x === width - 1 || y === height - 1;
      for (const part of [0, 1, 2]) lines[to + part] = isEdge ? 0xb0 : data[from + part];
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The first page of a PDF as a PNG file. */
export async function pictureOf(pdf, dpi) {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
  const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(wasm).buffer });
  const document = await library.loadDocument(pdf);
  const page = await document.getPage(0).render({ scale: dpi / 72, render: 'bitmap', colorSpace: 'BGRA' });
  const picture = encodePng(page);
  document.destroy();
  library.destroy();
  return picture;
}

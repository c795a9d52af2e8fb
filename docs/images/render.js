// Draws docs/images/card.png with the project's own press: `npm run build`, then `node docs/images/render.js`.
// The card is of a made-up set: its rows are the hash of a sentence, no key was ever split for them, and
// nothing opens with it.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { renderCard } from '../../dist/adapters/card-press.js';
import { loadNodeCrypto } from '../../dist/adapters/crypto-node.js';
import { loadFonts } from '../../dist/adapters/fonts.js';
import { encodeShare, setIdOf, shortSetId } from '../../dist/core/share/share-record.js';
import { setMark } from '../../dist/core/share/set.js';
import { encodeShareRows } from '../../dist/core/share/share-text.js';

const DPI = 100;

const crypto = await loadNodeCrypto();
const hash = crypto.blake2b(64, new TextEncoder().encode('a card for a picture; it opens nothing'));
const share = {
  setNumber: 1,
  recipientTag: hash.slice(0, 5),
  splitNonce: hash.slice(5, 8),
  group: 1,
  groupThreshold: 1,
  member: 3,
  memberThreshold: 3,
  value: hash.slice(8, 40),
};

const pdf = await renderCard(
  {
    cardNumber: 3,
    cardCount: 5,
    setNumber: share.setNumber,
    mark: setMark(share.setNumber),
    policy: { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
    group: 1,
    holderName: 'Mei 陈',
    created: '2026-11-24',
    rows: encodeShareRows(encodeShare(crypto, share)),
    words: ['orbit', 'lemon', 'cabin', 'vivid', 'raven', 'pilot'],
    setId: shortSetId(setIdOf(share)),
    language: 'en',
  },
  'a4',
  await loadFonts(),
);

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

const wasm = readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(wasm).buffer });
const document = await library.loadDocument(pdf);
const page = await document.getPage(0).render({ scale: DPI / 72, render: 'bitmap', colorSpace: 'BGRA' });
writeFileSync(new URL('card.png', import.meta.url), encodePng(page));
document.destroy();
library.destroy();

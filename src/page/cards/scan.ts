// Cards in pictures and text files, as the browser has them. The wasm of the reader is in the bundle.

import zxingWasm from 'zxing-wasm/reader/zxing_reader.wasm';
import { EscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { typedSymbols } from '../../core/share/base32.ts';
import { rowsOfSymbols } from '../../core/share/row.ts';
import { loadCodeReader } from '../../paper/code-reader.ts';
import type { CodeReader } from '../../paper/code-reader.ts';
import { assertImageSize, sniffScan } from '../../paper/image-kind.ts';
import { isCardText, readCards } from '../../paper/qr-read.ts';
import type { ReadCode } from '../../paper/qr-read.ts';
import type { Raster } from '../../paper/raster.ts';
import { cardsInText } from './text-cards.ts';
import { readUpTo } from '../recovery/given.ts';
import type { GivenFile } from '../recovery/given.ts';

let reader: Promise<CodeReader> | undefined;

/** The reader, started once. */
function codeReader(): Promise<CodeReader> {
  // The package types this import for bundlers that give a path; this one gives the bytes.
  reader ??= loadCodeReader((zxingWasm as unknown as Uint8Array<ArrayBuffer>).buffer);
  return reader;
}

/** Four rows of one card, and whether a person typed them. */
export interface CardRows {
  readonly rows: readonly string[];
  readonly kind: 'code' | 'rows';
}

const rowsOf = (text: string): CardRows => ({ rows: rowsOfSymbols(typedSymbols(text)), kind: 'code' });

/**
 * Reads every card in one file.
 *
 * @throws {@link EscrowError} `scan.*`, `share.*`, `limit.exceeded`, `file.empty`.
 */
export async function cardsInFile(file: GivenFile): Promise<readonly CardRows[]> {
  const { name } = file;
  if (file.size === 0) throw new EscrowError('file.empty', { path: name });
  if (file.size > LIMITS.scanBytes)
    throw new EscrowError('limit.exceeded', { what: `bytes of ${name}`, limit: LIMITS.scanBytes });
  const bytes = await readUpTo(file, LIMITS.scanBytes);
  const scan = sniffScan(bytes);
  if (scan.kind === 'unknown') return cardsInText(bytes, name).map((rows) => ({ rows, kind: 'rows' }));
  const codes = await readPicture(bytes, scan, name);
  return readCards(
    codes.map(({ text }) => text),
    name,
  ).cards.map(rowsOf);
}

async function readPicture(
  bytes: Uint8Array,
  scan: ReturnType<typeof sniffScan>,
  name: string,
): Promise<readonly ReadCode[]> {
  switch (scan.kind) {
    case 'png':
    case 'jpeg':
      assertImageSize(scan, name);
      return (await codeReader()).readImage(bytes, name);
    case 'other-image':
      return (await codeReader()).readRaster(await drawn(bytes, scan.format, name), name);
    case 'pdf':
    case 'unknown':
      throw new EscrowError('scan.unreadable', { name, reason: 'PDF' });
  }
}

/** A picture that the browser can draw and the reader cannot read: WebP, and HEIC where the system has it. */
async function drawn(bytes: Uint8Array, format: string, name: string): Promise<Raster> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  } catch (cause) {
    throw new EscrowError('scan.unreadable', { name, reason: format }, { cause });
  }
  assertImageSize(bitmap, name);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const raster = rasterOf(canvas, bitmap);
  bitmap.close();
  if (!raster) throw new EscrowError('scan.unreadable', { name, reason: format });
  return raster;
}

/** What a picture shows, in grey, as large as the canvas. */
export function rasterOf(canvas: OffscreenCanvas, source: CanvasImageSource): Raster | undefined {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  const { width, height } = canvas;
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    // The weights of ITU-R BT.601, in 256ths.
    const from = 4 * at;
    grey[at] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
  }
  return { width, height, grey };
}

/** The cards in one frame of the camera. */
export async function cardsInFrame(raster: Raster): Promise<readonly CardRows[]> {
  const codes = await (await codeReader()).glance(raster);
  return codes.filter(({ text }) => isCardText(text)).map(({ text }) => rowsOf(text));
}

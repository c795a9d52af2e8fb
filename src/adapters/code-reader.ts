// zxing-wasm, loaded once. It fetches its wasm from a CDN unless it is given the bytes: they come from
// the package, always. A trap inside the wasm leaves its memory in doubt, so the module is then dropped
// and loaded anew for the next picture.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader';
import { EscrowError } from '../core/errors.ts';
import type { ReadCode } from '../paper/qr-read.ts';
import type { Raster } from '../paper/raster.ts';

export interface CodeReader {
  /** Reads the codes in the bytes of a PNG or JPEG file. */
  readImage(bytes: Uint8Array, name: string): Promise<ReadCode[]>;
  readRaster(raster: Raster, name: string): Promise<ReadCode[]>;
}

// A blurred or noisy picture gets more tries, each slower; a good one is done after the first.
const TRIES: readonly ReaderOptions[] = [
  {},
  { tryDenoise: true, downscaleThreshold: 1000 },
  { binarizer: 'GlobalHistogram', tryDenoise: true },
];

function toCode(result: ReadResult): ReadCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position;
  const margin = (JSON.parse(result.extra || '{}') as { UEC?: number }).UEC;
  return { text: result.text, margin, corners: [topLeft, topRight, bottomRight, bottomLeft] };
}

/** A grey raster as a binary PGM file, which zxing takes as it does a PNG. */
function encodePgm(raster: Raster): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${raster.width} ${raster.height}\n255\n`);
  const file = new Uint8Array(header.length + raster.grey.length);
  file.set(header);
  file.set(raster.grey, header.length);
  return file;
}

/** Loads the reader; nothing is fetched. */
export async function loadCodeReader(): Promise<CodeReader> {
  const zxing = await import('zxing-wasm/reader');
  const wasmBinary = new Uint8Array(
    readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')),
  ).buffer;
  const overrides = { wasmBinary };

  async function readOnce(file: Uint8Array, name: string, options: ReaderOptions): Promise<ReadResult[]> {
    try {
      await zxing.prepareZXingModule({ overrides, fireImmediately: true });
      return await zxing.readBarcodes(file, { formats: ['QRCode'], returnErrors: true, ...options });
    } catch (cause) {
      zxing.purgeZXingModule();
      throw new EscrowError(
        'scan.unreadable',
        { name, reason: 'the picture could not be decoded' },
        { cause },
      );
    }
  }

  async function readImage(file: Uint8Array, name: string): Promise<ReadCode[]> {
    for (const options of TRIES) {
      const results = await readOnce(file, name, options);
      const found = results.filter((result) => result.isValid);
      if (found.length > 0) return found.map(toCode);
      // A file that does not decode is one result with this error; a code that does not, another.
      if (results.some((result) => result.error.startsWith('Failed to load image'))) {
        throw new EscrowError('scan.unreadable', { name, reason: 'damaged picture' });
      }
    }
    return [];
  }

  return { readImage, readRaster: (raster, name) => readImage(encodePgm(raster), name) };
}

// zxing-wasm, loaded once. It fetches its wasm from a CDN unless it is given the bytes: they are given,
// always, from the package or from inside the page. A trap inside the wasm leaves its memory in doubt, so
// the module is then dropped and loaded anew for the next picture.

import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader';
import { encodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { ReadCode } from './qr-read.ts';
import type { Raster } from './raster.ts';

export interface CodeReader {
  /** Reads the codes in the bytes of a PNG or JPEG file. */
  readImage(bytes: Uint8Array, name: string): Promise<ReadCode[]>;
  readRaster(raster: Raster, name: string): Promise<ReadCode[]>;
  /** Looks once and quickly: for a camera, whose next picture is better than a second look at this one. */
  glance(raster: Raster): Promise<ReadCode[]>;
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
  const header = encodeUtf8(`P5\n${raster.width} ${raster.height}\n255\n`);
  const file = new Uint8Array(header.length + raster.grey.length);
  file.set(header);
  file.set(raster.grey, header.length);
  return file;
}

/**
 * Loads the reader; nothing is fetched.
 *
 * @param wasmBinary - The library's own `zxing_reader.wasm`.
 */
export async function loadCodeReader(wasmBinary: ArrayBuffer): Promise<CodeReader> {
  const zxing = await import('zxing-wasm/reader');
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

  async function read(file: Uint8Array, name: string, tries: readonly ReaderOptions[]): Promise<ReadCode[]> {
    for (const options of tries) {
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

  return {
    readImage: (file, name) => read(file, name, TRIES),
    readRaster: (raster, name) => read(encodePgm(raster), name, TRIES),
    glance: (raster) => read(encodePgm(raster), 'camera', TRIES.slice(0, 1)),
  };
}

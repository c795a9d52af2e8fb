// What a file given as a photo or scan is, told by its first bytes and never by its name, and how large
// a picture it declares, so that a bomb is refused before anything decodes it. Runs in the page too.

import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

type ScanKind =
  | { readonly kind: 'pdf' }
  | ({ readonly kind: 'png' | 'jpeg' } & Partial<ImageSize>)
  /** A picture in a format that is not read; its name is for the error. */
  | { readonly kind: 'other-image'; readonly format: string }
  | { readonly kind: 'unknown' };

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const startsWith = (bytes: Uint8Array, prefix: readonly number[], at = 0): boolean =>
  prefix.every((byte, index) => bytes[at + index] === byte);

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The first chunk of a PNG is its header (PNG §11.2.2). */
function pngSize(bytes: Uint8Array): Partial<ImageSize> {
  if (bytes.length < 24 || ascii(bytes, 12, 16) !== 'IHDR') return {};
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The frame header of a JPEG (ITU T.81 §B.2.2), found by walking its segments. */
function jpegSize(bytes: Uint8Array): Partial<ImageSize> {
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return {};
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Fill bytes and markers without a length (T.81 §B.1.1).
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else at += 2 + view.getUint16(at + 2);
  }
  return {};
}

/** Boxes of an ISO base media file: pictures of recent phones. */
const MEDIA_BRANDS = /^(?:hei[cxms]|hev[cx]|mif1|msf1|avif|avis)$/;

function otherImage(bytes: Uint8Array): string | undefined {
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'GIF';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'WebP';
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a])) return 'TIFF';
  if (ascii(bytes, 0, 2) === 'BM' && bytes.length > 26) return 'BMP';
  if (ascii(bytes, 4, 8) === 'ftyp' && MEDIA_BRANDS.test(ascii(bytes, 8, 12))) return 'HEIC';
  return undefined;
}

/** Tells a PDF, PNG or JPEG by its content. */
export function sniffScan(bytes: Uint8Array): ScanKind {
  // Some scanners write a few bytes before the header; readers look through the first kilobyte.
  if (ascii(bytes, 0, Math.min(bytes.length, 1024)).includes('%PDF-')) return { kind: 'pdf' };
  if (startsWith(bytes, PNG)) return { kind: 'png', ...pngSize(bytes) };
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { kind: 'jpeg', ...jpegSize(bytes) };
  const format = otherImage(bytes);
  return format === undefined ? { kind: 'unknown' } : { kind: 'other-image', format };
}

/**
 * Refuses a picture whose size is not declared, zero, or beyond `LIMITS.scanPixels`.
 *
 * @throws {@link EscrowError} `scan.unreadable` or `limit.exceeded`.
 */
export function assertImageSize(size: Partial<ImageSize>, name: string): void {
  const { width = 0, height = 0 } = size;
  if (width === 0 || height === 0)
    throw new EscrowError('scan.unreadable', { name, reason: 'damaged picture' });
  if (width * height > LIMITS.scanPixels) {
    throw new EscrowError('limit.exceeded', { what: `pixels of ${name}`, limit: LIMITS.scanPixels });
  }
}

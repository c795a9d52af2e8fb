// Makes a clean raster of a page look like a photo or a poor scan: turned, seen from the side, blurred,
// unevenly lit, noisy. In plain TypeScript, so that these tests need no tool; what only a real JPEG
// encoder can do is in the tests that ask for ImageMagick.

import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32.ts';
import type { Raster } from '../../src/paper/raster.ts';

const PAPER_WHITE = 235;

type Place = (x: number, y: number) => readonly [x: number, y: number];

/** Draws a new picture by asking, for each of its pixels, where in the old one it comes from. */
function warp(raster: Raster, width: number, height: number, from: Place): Raster {
  const grey = new Uint8Array(width * height).fill(PAPER_WHITE);
  const at = (x: number, y: number): number => raster.grey[y * raster.width + x] ?? PAPER_WHITE;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [sx, sy] = from(x, y);
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
      if (x0 < 0 || y0 < 0 || x0 + 1 >= raster.width || y0 + 1 >= raster.height) continue;
      const [fx, fy] = [sx - x0, sy - y0];
      const upper = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
      const lower = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
      grey[y * width + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return { width, height, grey };
}

/** Turns by degrees, on a canvas that holds all of it. */
export function rotate(raster: Raster, degrees: number): Raster {
  const angle = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const width = Math.ceil(Math.abs(raster.width * cos) + Math.abs(raster.height * sin));
  const height = Math.ceil(Math.abs(raster.width * sin) + Math.abs(raster.height * cos));
  return warp(raster, width, height, (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return [dx * cos + dy * sin + raster.width / 2, -dx * sin + dy * cos + raster.height / 2];
  });
}

/** Seen from below: the far edge is narrower by `share`, and everything recedes. */
export function tilt(raster: Raster, share: number): Raster {
  const { width, height } = raster;
  return warp(raster, width, height, (x, y) => {
    // Depth falls from the far edge to the near one; dividing by it is what a lens does.
    const depth = 1 / (1 - share * (1 - y / height));
    const sy = height * (1 - (1 - y / height) * depth * (1 - share));
    return [width / 2 + (x - width / 2) * depth, sy];
  });
}

/** Scales down or up, averaging where it shrinks. */
export function resize(raster: Raster, factor: number): Raster {
  const softened = factor < 1 ? blur(raster, 0.35 / factor) : raster;
  return warp(softened, Math.round(raster.width * factor), Math.round(raster.height * factor), (x, y) => [
    (x + 0.5) / factor - 0.5,
    (y + 0.5) / factor - 0.5,
  ]);
}

/** Gaussian blur, sigma in pixels. */
export function blur(raster: Raster, sigma: number): Raster {
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const { width, height } = raster;
  const pass = (source: Uint8Array | Float32Array, step: number, length: number): Float32Array => {
    const out = new Float32Array(source.length);
    for (let i = 0; i < source.length; i += 1) {
      const along = step === 1 ? i % width : Math.floor(i / width);
      let total = 0;
      for (let k = 0; k < kernel.length; k += 1) {
        const there = Math.min(length - 1, Math.max(0, along + k - reach));
        total += (kernel[k] ?? 0) * (source[i + (there - along) * step] ?? 0);
      }
      out[i] = total / sum;
    }
    return out;
  };
  return { width, height, grey: Uint8Array.from(pass(pass(raster.grey, 1, width), width, height)) };
}

/** A shadow across the page, weak contrast, and grain from a small generator with a seed. */
export function badLight(raster: Raster, noise: number): Raster {
  let state = 12345;
  const random = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const grey = raster.grey.map((value, index) => {
    const shade = 0.45 + (0.5 * (index % raster.width)) / raster.width;
    return Math.min(255, Math.max(0, (40 + value * 0.75) * shade + (random() - 0.5) * noise));
  });
  return { ...raster, grey };
}

/** A stain of `share` of the code's area over its middle. */
export function stain(
  raster: Raster,
  box: { left: number; top: number; size: number },
  share: number,
): Raster {
  const grey = Uint8Array.from(raster.grey);
  const radius = Math.sqrt((share * box.size ** 2) / Math.PI);
  const [cx, cy] = [box.left + box.size * 0.55, box.top + box.size * 0.55];
  for (let y = Math.floor(cy - radius); y <= cy + radius; y += 1) {
    for (let x = Math.floor(cx - radius); x <= cx + radius; x += 1) {
      if (Math.hypot(x - cx, y - cy) <= radius) grey[y * raster.width + x] = 90;
    }
  }
  return { ...raster, grey };
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG header that declares a size, for pictures and for bombs. */
export function pngOf(width: number, height: number, rows: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A grey PNG of a raster. */
export function encodePng(raster: Raster): Uint8Array {
  const { width, height, grey } = raster;
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return pngOf(width, height, rows);
}

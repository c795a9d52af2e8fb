// A card as a camera sees it: the PDF drawn by poppler, then turned, seen from the side, blurred and
// compressed by ImageMagick. Independent of the code that reads it.

import { readFile } from 'node:fs/promises';
import type { TestContext } from 'vitest';
import { peer, runOk } from './peers.ts';

export interface Camera {
  /** Of the drawing; the tilt makes the far edge smaller. */
  readonly dpi: number;
  readonly degrees: number;
  /** How much narrower the far edge is, as a share of the width. */
  readonly tilt: number;
  /** Standard deviation of the blur in pixels. */
  readonly blur: number;
  /** Of the JPEG, 1 to 100. */
  readonly quality: number;
  /** A shadow from one side, and grain. */
  readonly isDim?: boolean;
}

/** Draws the first page of a PDF as a PNG, as a flatbed scanner would show the print. */
export async function scanOf(context: TestContext, pdf: string, png: string, dpi: number): Promise<void> {
  const base = png.replace(/\.png$/, '');
  await runOk(peer(context, 'pdftoppm'), ['-r', String(dpi), '-gray', '-png', '-singlefile', pdf, base]);
}

async function sizeOf(png: string): Promise<{ width: number; height: number }> {
  const header = await readFile(png);
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

/** Photographs a drawn page. */
export async function photoOf(
  context: TestContext,
  png: string,
  jpeg: string,
  camera: Camera,
): Promise<void> {
  const { width, height } = await sizeOf(png);
  const inset = (camera.tilt * width) / 2;
  // Seen from below: the upper edge is far away, so it is narrower and its part of the page lower.
  const corners = [
    [0, 0, inset, inset],
    [width, 0, width - inset, inset],
    [width, height, width, height],
    [0, height, 0, height],
  ];
  const light = camera.isDim === true ? dimLight(width, height) : [];
  await runOk(peer(context, 'imagemagick'), [
    png,
    ...['-virtual-pixel', 'Background', '-background', '#8f8f8a'],
    ...['-distort', 'Perspective', corners.map((corner) => corner.join(',')).join(' ')],
    ...['-rotate', String(camera.degrees)],
    ...light,
    ...(camera.blur > 0 ? ['-blur', `0x${camera.blur}`] : []),
    ...['-quality', String(camera.quality), jpeg],
  ]);
}

function dimLight(width: number, height: number): string[] {
  const shadow = ['(', '-size', `${height}x${width}`, 'gradient:#d8d8d8-#5c5c5c', '-rotate', '90', ')'];
  const laid = ['-gravity', 'center', '-compose', 'Multiply', '-composite'];
  return [...shadow, ...laid, '-seed', '7', '-attenuate', '0.25', '+noise', 'Gaussian'];
}

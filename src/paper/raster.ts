// Pixels of a page, and lengths on it.

/** One page or picture, a byte of grey a pixel, 0 black. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** Pixels to a millimetre of a page of known width. */
export function pixelsPerMm(raster: Raster, widthMm: number): number {
  return raster.width / widthMm;
}

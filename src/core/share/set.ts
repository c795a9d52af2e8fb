// What is derived from a card for others to see, and how sets are told apart by eye.
// Spec: docs/spec/share.md, "Commitment and proof key" and "Set marks".

import { concatBytes, encodeUtf8 } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';

export type SetShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'hexagon';

/** The visible mark of a set: always the colour's name too, never the hue alone. */
export interface SetMark {
  readonly colour: string;
  readonly shape: SetShape;
  /** For drawing, `#rrggbb`; at least 3:1 against white. */
  readonly hex: string;
}

const COLOURS = [
  ['gold', '#b98500'],
  ['blue', '#0a4fb3'],
  ['green', '#0b6e4f'],
  ['red', '#a61b1b'],
  ['violet', '#6d3bb5'],
  ['black', '#14181d'],
] as const;

const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'star', 'hexagon'] as const;

/**
 * The mark of a set number, 1 to 255. Neighbours differ in colour and in shape.
 *
 * @throws {@link EscrowError} `share.malformed`.
 */
export function setMark(setNumber: number): SetMark {
  const index = setNumber - 1;
  const colour = COLOURS[index % COLOURS.length];
  // The extra step after each round of colours is what makes 36 marks of two lists of six.
  const shape = SHAPES[(index + Math.floor(index / COLOURS.length)) % SHAPES.length];
  if (!colour || !shape || setNumber > 255)
    throw new EscrowError('share.malformed', { reason: `set number ${setNumber}` });
  return { colour: colour[0], shape, hex: colour[1] };
}

/** 32 bytes that stand in the charter for a 50-byte record: who sees them learns nothing about the card. */
export function cardCommitment(crypto: CryptoPort, record: Uint8Array): Bytes {
  return crypto.blake2b(32, concatBytes(encodeUtf8('holdfast commitment v1'), record));
}

/** The 32-byte Ed25519 seed by which a card proves itself. As secret as the record; the caller wipes it. */
export function cardProofSeed(crypto: CryptoPort, record: Uint8Array): Bytes {
  return crypto.blake2b(32, concatBytes(encodeUtf8('holdfast proof v1'), record));
}

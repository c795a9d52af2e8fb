// The 32 bytes of an escrow key: random, from the system. Dice that people rolled may be mixed in, so that whoever
// knows what the system's generator gave does not know the key. Spec: docs/spec/seed.md.

import { encodeUtf8, wipe } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { CryptoPort } from './crypto.ts';
import { LIMITS } from './limits.ts';

const SEED_BYTES = 32;

/** 50 rolls are 129 bits: enough if nothing else in the key were secret. */
export const FEWEST_ROLLS = 50;

/**
 * Rolls as they were typed, as digits alone.
 *
 * @returns undefined for anything but 1 to 6, white space and commas, or for too many.
 */
export function rollsTyped(text: string): string | undefined {
  const rolls = text.replaceAll(/[\s,]/g, '');
  return /^[1-6]*$/.test(rolls) && rolls.length <= LIMITS.diceRolls ? rolls : undefined;
}

/**
 * A new seed. The caller wipes it.
 *
 * The system's bytes are the key of the hash: for whoever does not know them the result is as random as they are,
 * whatever the dice say, so that loaded or invented rolls do no harm.
 *
 * @param rolls - {@link FEWEST_ROLLS} digits from 1 to 6, or more; undefined where nobody rolled.
 */
export function newSeed(crypto: CryptoPort, rolls?: string): Bytes {
  const system = crypto.randomBytes(SEED_BYTES);
  if (rolls === undefined) return system;
  if (rolls.length < FEWEST_ROLLS || rollsTyped(rolls) !== rolls)
    throw new Error('those are not rolls of dice');
  try {
    return crypto.blake2b(SEED_BYTES, encodeUtf8(rolls), system);
  } finally {
    wipe(system);
  }
}

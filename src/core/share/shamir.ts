// Shamir's scheme over GF(256), polynomial 0x11d, as secrets.js-grempe does it, with that package's traps
// closed: its generator never gives a zero coefficient, its test of a generator throws on zero, its state
// is global and resets itself, and combining detects nothing. Spec: docs/spec/share.md, "Splitting".
// The package works in hexadecimal text, which nobody can wipe; that is said in the spec.

import secrets from 'secrets.js-grempe';
import { decodeHex, encodeHex, wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

const SECRET_BYTES = 32;
const FIELD_BITS = 8;
/** The package shares a marker byte 01 before the secret, with coefficients of its own. */
const MARKER_BYTES = 1;
const MARKER = '01';

/** A share's value at its coordinate x, 1 to 255. */
export interface Point {
  readonly x: number;
  /** 32 bytes. */
  readonly value: Uint8Array;
}

/** One split's worth of coefficients, given out once. */
interface Coefficients {
  readonly next: (bits: number) => string;
  readonly arm: () => void;
  /** @returns how many were left; from now on `next` throws. */
  readonly disarm: () => number;
}

function coefficientsFrom(crypto: CryptoPort, count: number): Coefficients {
  const pool = crypto.randomBytes(count);
  let state: 'testing' | 'armed' | 'spent' = 'testing';
  let drawn = 0;
  return {
    next(bits) {
      // The package's test refuses a zero, which a fair generator gives it in 1 of 256 calls. It gets a
      // constant; no share is made from it.
      if (state === 'testing') return '1'.padStart(bits, '0');
      const coefficient = pool[drawn];
      // Fails closed: a generator that stayed behind from an earlier split must not make shares.
      if (state === 'spent' || bits !== FIELD_BITS || coefficient === undefined)
        throw new Error('secrets.js asked for a coefficient it has no right to');
      drawn += 1;
      return coefficient.toString(2).padStart(bits, '0');
    },
    arm() {
      state = 'armed';
    },
    disarm() {
      state = 'spent';
      wipe(pool);
      return count - drawn;
    },
  };
}

/**
 * Splits 32 secret bytes into `count` values at x = 1…count, any `threshold` of which give them back.
 * Every coefficient is uniform over 0…255. The caller wipes the values.
 *
 * @throws {@link EscrowError} `share.policy` unless 2 ≤ threshold ≤ count ≤ 255: the package refuses 1,
 * and a threshold of 1 is no split.
 */
export function splitSecret(
  crypto: CryptoPort,
  secret: Uint8Array,
  threshold: number,
  count: number,
): Bytes[] {
  if (secret.length !== SECRET_BYTES)
    throw new EscrowError('share.malformed', { reason: `a secret of ${secret.length} bytes` });
  const isPossible = Number.isInteger(threshold) && Number.isInteger(count) && threshold >= 2;
  if (!isPossible || threshold > count || count > LIMITS.cards)
    throw new EscrowError('share.policy', { reason: `a split ${threshold} of ${count}` });
  // Whatever an earlier call left behind, field and generator are set anew before each split.
  secrets.init(FIELD_BITS);
  const coefficients = coefficientsFrom(crypto, (SECRET_BYTES + MARKER_BYTES) * (threshold - 1));
  secrets.setRNG(coefficients.next);
  coefficients.arm();
  let left: number;
  let shares: string[];
  try {
    shares = secrets.share(encodeHex(secret), count, threshold, FIELD_BITS);
  } finally {
    left = coefficients.disarm();
  }
  // Fewer draws would mean that the package took its coefficients from elsewhere.
  if (left !== 0) throw new Error('secrets.js did not use the coefficients it was given');
  return shares.map((share, index) => valueOf(share, index + 1));
}

const xText = (x: number): string => x.toString(16).padStart(2, '0');

/** The value in the package's share text: field, x, marker's share, value. The marker's share is dropped. */
function valueOf(share: string, x: number): Bytes {
  const head = `8${xText(x)}`;
  const value = decodeHex(share.slice(head.length + 2 * MARKER_BYTES));
  if (!share.startsWith(head) || value.length !== SECRET_BYTES)
    throw new Error('secrets.js gave a share of another form');
  return value;
}

/**
 * Interpolates at x = 0. Nothing is checked that could be: any points give some 32 bytes, so they must
 * come from checked shares, and the result must be compared with a public key. The caller wipes it.
 *
 * @param points - Exactly as many as the threshold, at least two.
 * @throws {@link EscrowError} `share.malformed` for a value of other than 32 bytes, an x that is not 1 to
 * 255, an x that occurs twice, or fewer than two points.
 */
export function combineShares(points: readonly Point[]): Bytes {
  const xs = new Set(points.map(({ x }) => x));
  const areDistinct = xs.size === points.length && points.length >= 2;
  const isUsable = ({ x, value }: Point): boolean =>
    Number.isInteger(x) && x >= 1 && x <= LIMITS.cards && value.length === SECRET_BYTES;
  if (!areDistinct || !points.every(isUsable))
    throw new EscrowError('share.malformed', { reason: 'points that cannot be interpolated' });
  // The marker's own shares were dropped; the constant 01 at every x interpolates to 01.
  const secret = secrets.combine(points.map(({ x, value }) => `8${xText(x)}${MARKER}${encodeHex(value)}`));
  const bytes = decodeHex(secret);
  if (bytes.length !== SECRET_BYTES) throw new Error('secrets.js gave a secret of another length');
  return bytes;
}

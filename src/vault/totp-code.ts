// The code that a seed shows at a time: RFC 6238 with SHA-1, SHA-256 or SHA-512, and Steam's five letters,
// which are the same number in another alphabet. The HMAC is WebCrypto's: the crypto port has no SHA-1, and
// nothing else here may have one.

import { wipe } from '../core/bytes.ts';
import type { Totp } from './model.ts';
import { decodeBase32 } from './totp.ts';

const STEAM_LETTERS = '23456789BCDFGHJKMNPQRTVWXY';
const HASHES = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' } as const;
const TWO_TO_32 = 4_294_967_296;

/** The 31 bits that a counter gives (RFC 4226 §5.3). */
async function truncatedHmac({ secret, algorithm }: Totp, counter: number): Promise<number> {
  const message = new Uint8Array(8);
  const view = new DataView(message.buffer);
  view.setUint32(0, Math.floor(counter / TWO_TO_32));
  view.setUint32(4, counter % TWO_TO_32);
  const bytes = decodeBase32(secret);
  try {
    const { subtle } = crypto;
    const hash = HASHES[algorithm];
    const key = await subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']);
    const mac = new DataView(await subtle.sign('HMAC', key, message));
    return mac.getUint32(mac.getUint8(mac.byteLength - 1) & 0x0f) & 0x7fff_ffff;
  } finally {
    wipe(bytes);
  }
}

/** Five letters, the last place of the number first. */
function steamLetters(number: number, count: number): string {
  let left = number;
  let letters = '';
  for (let place = 0; place < count; place += 1) {
    letters += STEAM_LETTERS.charAt(left % STEAM_LETTERS.length);
    left = Math.floor(left / STEAM_LETTERS.length);
  }
  return letters;
}

/**
 * The code of a valid seed.
 *
 * @param timeMs - Milliseconds since 1970.
 * @throws RangeError for a seed that is not valid, or a time before 1970.
 */
export async function totpCode(seed: Totp, timeMs: number): Promise<string> {
  if (!seed.valid) throw new RangeError('not a valid seed');
  if (!(timeMs >= 0)) throw new RangeError('a time before 1970');
  const number = await truncatedHmac(seed, Math.floor(timeMs / 1_000 / seed.period));
  if (seed.encoder === 'steam') return steamLetters(number, seed.digits);
  return String(number % 10 ** seed.digits).padStart(seed.digits, '0');
}

/** Whole seconds, from 1 to the period, for which the code at a time is still shown. */
export function totpSecondsLeft({ period }: Totp, timeMs: number): number {
  return period - (Math.floor(timeMs / 1_000) % period);
}

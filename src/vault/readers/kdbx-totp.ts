// The TOTP seed of a KeePass entry. KeePassXC keeps an otpauth link in `otp`, KeeOtp its own query
// there, KeeTrayTOTP a seed and settings, KeePass 2.47 and later the TimeOtp fields. An entry may hold
// several; counter-based HmacOtp fields are left among the custom fields.

import { decodeHex, encodeUtf8, type Bytes } from '../../core/bytes.ts';
import { OTP } from '../kdbx-names.ts';
import type { Totp } from '../model.ts';
import { encodeBase32, parseTotp, totpFromParts } from '../totp.ts';

/** Custom fields by name, already in the clear. */
type Texts = ReadonlyMap<string, string>;

interface FoundTotp {
  readonly totp: readonly Totp[];
  /** Names of the fields it was read from. */
  readonly consumed: ReadonlySet<string>;
}

const TRAY_SEED = 'TOTP Seed';
const TRAY_SETTINGS = 'TOTP Settings';
const TIME_PREFIX = 'TimeOtp-';

function fromTray(seed: string, settings: string): Totp {
  const [period, digits] = settings.split(';');
  const isSteam = digits === 'S';
  return totpFromParts(
    { secret: seed, period, digits: isSteam ? undefined : digits, isSteam },
    `${seed};${settings}`,
  );
}

/** The key in each of the encodings KeePass allows; undefined when it does not decode. */
function keyOf(name: string, text: string): Bytes | undefined {
  try {
    if (name === 'Secret') return encodeUtf8(text);
    if (name === 'Secret-Hex') return decodeHex(text.toLowerCase().replace(/\s+/g, ''));
    return Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The seed, and the names of the fields it takes; a second seed, or anything else so named, stays a field. */
function fromTimeOtp(texts: Texts): { seed: Totp; names: readonly string[] } | undefined {
  const names = ['Secret-Base32', 'Secret', 'Secret-Hex', 'Secret-Base64'];
  const name = names.find((candidate) => texts.has(TIME_PREFIX + candidate));
  if (name === undefined) return undefined;
  const text = texts.get(TIME_PREFIX + name) ?? '';
  const secret = name === 'Secret-Base32' ? text : encodeBase32(keyOf(name, text) ?? new Uint8Array());
  const parts = {
    secret,
    algorithm: texts.get(`${TIME_PREFIX}Algorithm`),
    digits: texts.get(`${TIME_PREFIX}Length`),
    period: texts.get(`${TIME_PREFIX}Period`),
  };
  const used = [name, 'Algorithm', 'Length', 'Period'].map((part) => TIME_PREFIX + part);
  return { seed: totpFromParts(parts, text), names: used };
}

/** Reads every seed of an entry from its custom fields. */
export function findTotp(texts: Texts): FoundTotp {
  const totp: Totp[] = [];
  const consumed = new Set<string>();
  for (const [name, text] of texts) {
    const isFurther = /^otp_\d+$/.test(name) && text.startsWith('otpauth://');
    if ((name !== OTP && !isFurther) || text === '') continue;
    totp.push(parseTotp(text));
    consumed.add(name);
  }
  const seed = texts.get(TRAY_SEED);
  if (seed !== undefined && seed !== '') {
    totp.push(fromTray(seed, texts.get(TRAY_SETTINGS) ?? ''));
    consumed.add(TRAY_SEED).add(TRAY_SETTINGS);
  }
  const timed = fromTimeOtp(texts);
  if (timed !== undefined) {
    totp.push(timed.seed);
    for (const name of timed.names) consumed.add(name);
  }
  return { totp, consumed };
}

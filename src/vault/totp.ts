// One meaning for every spelling of a TOTP seed: bare base32 with spaces and lower case, otpauth:// and
// steam:// links, and the fields KeePass programs have used over the years. It parses and normalises;
// codes are computed in totp-code.ts. RFC 6238, RFC 4648 §6, and the Key URI format of Google Authenticator.

import type { Bytes } from '../core/bytes.ts';
import { withoutTail } from '../core/plain-text.ts';
import type { Totp } from './model.ts';
import { cleanValue } from './xml-text.ts';

type Algorithm = Totp['algorithm'];

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MAX_SEED_CHARS = 8_192;
const MAX_DIGITS = 10;
const MAX_PERIOD_SECONDS = 86_400;
const STEAM_DIGITS = 5;

/** What a source says about a seed; absent parts take the defaults of RFC 6238. */
interface TotpParts {
  readonly secret: string;
  readonly algorithm?: string | undefined;
  readonly digits?: string | undefined;
  readonly period?: string | undefined;
  readonly isSteam?: boolean;
  readonly issuer?: string;
  readonly account?: string;
}

/**
 * Normalises a base32 seed: upper case, no spaces, hyphens or padding, no symbol beyond the last whole byte.
 *
 * Programs differ on what to do with a last symbol that completes no byte; dropping it changes no key.
 *
 * @returns undefined when it is no base32 or holds no byte.
 */
function normaliseSeed(text: string): string | undefined {
  const symbols = withoutTail(text.replace(/[\s-]/g, ''), '=').toUpperCase();
  if (symbols.length > MAX_SEED_CHARS || !/^[A-Z2-7]{2,}$/.test(symbols)) return undefined;
  const isLastIdle = [1, 3, 6].includes(symbols.length % 8);
  return isLastIdle ? symbols.slice(0, -1) : symbols;
}

function algorithmOf(text: string | undefined): Algorithm | undefined {
  const name = (text === undefined || text === '' ? 'SHA1' : text)
    .toUpperCase()
    .replace(/^HMAC-?/, '')
    .replace('-', '');
  return name === 'SHA1' || name === 'SHA256' || name === 'SHA512' ? name : undefined;
}

/** A whole number from 1 to `most`, the fallback when absent, undefined when it is anything else. */
function countOf(text: string | undefined, fallback: number, most: number): number | undefined {
  if (text === undefined || text === '') return fallback;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= most ? count : undefined;
}

/**
 * Joins what a source says into a seed; `original` is kept for when it cannot be.
 *
 * Where the seed alone would be a valid one, its other parts are kept with it: without them, whoever reads
 * the original would compute codes of another kind.
 */
export function totpFromParts(parts: TotpParts, original: string): Totp {
  const seed = join(parts, original);
  const isMisleading = !seed.valid && normaliseSeed(parts.secret) !== undefined && parseTotp(original).valid;
  return isMisleading ? { ...seed, original: linkOf(parts) } : seed;
}

/** The parts as they are, whether or not they can be. */
function linkOf({ secret, algorithm = '', digits = '', period = '' }: TotpParts): string {
  const query = Object.entries({ secret, algorithm, digits, period })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(cleanValue(value))}`);
  return `otpauth://totp/?${query.join('&')}`;
}

function join(parts: TotpParts, original: string): Totp {
  const isSteam = parts.isSteam === true;
  const secret = normaliseSeed(parts.secret);
  const algorithm = algorithmOf(parts.algorithm);
  const digits = isSteam ? STEAM_DIGITS : countOf(parts.digits, 6, MAX_DIGITS);
  const period = countOf(parts.period, 30, MAX_PERIOD_SECONDS);
  const valid =
    secret !== undefined && algorithm !== undefined && digits !== undefined && period !== undefined;
  return {
    secret: valid ? secret : '',
    algorithm: algorithm ?? 'SHA1',
    digits: digits ?? 6,
    period: period ?? 30,
    encoder: isSteam ? 'steam' : 'decimal',
    issuer: parts.issuer ?? '',
    account: parts.account ?? '',
    valid,
    original,
  };
}

/** Base32 (RFC 4648 §6) without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    held += 8;
    for (; held >= 5; held -= 5) text += BASE32.charAt((bits >> (held - 5)) & 31);
  }
  return held === 0 ? text : text + BASE32.charAt((bits << (5 - held)) & 31);
}

/**
 * Bytes of a seed as {@link Totp} keeps it; bits that complete no byte mean nothing.
 *
 * @returns A fresh buffer; the caller wipes it.
 */
export function decodeBase32(text: string): Bytes {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const symbol of text) {
    bits = ((bits << 5) | BASE32.indexOf(symbol)) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return bytes;
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `a=1&b=2` as a map of its first occurrences; names in lower case. */
function queryOf(text: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const pair of text.split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const key = percentDecode(name).toLowerCase();
    if (!query.has(key)) query.set(key, percentDecode(rest.join('=')));
  }
  return query;
}

function fromOtpauth(uri: string): Totp {
  const [path = '', queryText = ''] =
    uri
      .replace(/^otpauth:\/\/totp\/?/i, '')
      .split('#')[0]
      ?.split(/\?(.*)/s) ?? [];
  const query = queryOf(queryText);
  const label = percentDecode(path);
  const colon = label.indexOf(':');
  return join(
    {
      secret: query.get('secret') ?? '',
      algorithm: query.get('algorithm'),
      digits: query.get('digits'),
      period: query.get('period'),
      isSteam: query.get('encoder')?.toLowerCase() === 'steam',
      issuer: query.get('issuer') ?? (colon < 0 ? '' : label.slice(0, colon)),
      account: label.slice(colon + 1).trim(),
    },
    uri,
  );
}

function fromKeeOtp(text: string): Totp {
  const query = queryOf(text);
  const { secret, type } = { secret: query.get('key') ?? '', type: query.get('type') ?? 'totp' };
  const parts: TotpParts = {
    secret: type.toLowerCase() === 'totp' ? secret : '',
    algorithm: query.get('otphashmode'),
    digits: query.get('size'),
    period: query.get('step'),
  };
  return join(parts, text);
}

/**
 * Reads a TOTP seed in any spelling a password program puts in its one TOTP field.
 *
 * @returns A seed with `valid: false` for what is none, counter-based HOTP among it; never throws.
 */
export function parseTotp(text: string): Totp {
  const trimmed = text.trim();
  if (/^otpauth:\/\/totp[/?]/i.test(trimmed)) return fromOtpauth(trimmed);
  if (/^steam:\/\//i.test(trimmed)) return join({ secret: trimmed.slice(8), isSteam: true }, text);
  if (/(?:^|&)key=/i.test(trimmed)) return fromKeeOtp(trimmed);
  return join({ secret: trimmed }, text);
}

/**
 * Writes a valid seed as an otpauth link with every parameter spelt out: KeePassXC takes a missing
 * `digits` for one digit.
 */
export function formatOtpauth(totp: Totp): string {
  // A lone surrogate would make encodeURIComponent throw.
  const issuer = encodeURIComponent(cleanValue(totp.issuer));
  const account = encodeURIComponent(cleanValue(totp.account) || 'none');
  const label = totp.issuer === '' ? account : `${issuer}:${account}`;
  const parameters = [
    `secret=${totp.secret}`,
    `period=${totp.period}`,
    `digits=${totp.digits}`,
    `algorithm=${totp.algorithm}`,
    ...(totp.issuer === '' ? [] : [`issuer=${issuer}`]),
    ...(totp.encoder === 'steam' ? ['encoder=steam'] : []),
  ];
  return `otpauth://totp/${label}?${parameters.join('&')}`;
}

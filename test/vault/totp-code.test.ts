import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { totpCode, totpSecondsLeft } from '../../src/vault/totp-code.ts';
import { decodeBase32, encodeBase32, parseTotp, totpFromParts } from '../../src/vault/totp.ts';
import type { Totp } from '../../src/vault/model.ts';
import { utf8 } from '../support/vaults.ts';

// RFC 6238, Appendix B; the seeds are as long as each hash, as its reference code has them.
const TWENTY = '12345678901234567890';
const KEYS = {
  SHA1: TWENTY,
  SHA256: TWENTY + TWENTY.slice(0, 12),
  SHA512: TWENTY.repeat(3) + '1234',
} as const;

const seedOf = (parts: { key: Uint8Array; algorithm?: string; digits?: number; period?: number }): Totp =>
  totpFromParts(
    {
      secret: encodeBase32(parts.key),
      algorithm: parts.algorithm,
      digits: String(parts.digits ?? 8),
      period: String(parts.period ?? 30),
    },
    '',
  );

test.each([
  [59, 'SHA1', '94287082'],
  [59, 'SHA256', '46119246'],
  [59, 'SHA512', '90693936'],
  [1111111109, 'SHA1', '07081804'],
  [1111111109, 'SHA256', '68084774'],
  [1111111109, 'SHA512', '25091201'],
  [1111111111, 'SHA1', '14050471'],
  [1111111111, 'SHA256', '67062674'],
  [1111111111, 'SHA512', '99943326'],
  [1234567890, 'SHA1', '89005924'],
  [1234567890, 'SHA256', '91819424'],
  [1234567890, 'SHA512', '93441116'],
  [2000000000, 'SHA1', '69279037'],
  [2000000000, 'SHA256', '90698825'],
  [2000000000, 'SHA512', '38618901'],
  [20000000000, 'SHA1', '65353130'],
  [20000000000, 'SHA256', '77737706'],
  [20000000000, 'SHA512', '47863826'],
] as const)('RFC 6238: at %i with %s it is %s', async (seconds, algorithm, code) => {
  expect(await totpCode(seedOf({ key: utf8(KEYS[algorithm]), algorithm }), seconds * 1_000)).toBe(code);
});

/** The number of a counter by node:crypto and big integers, which the program uses neither of. */
function numberOf(hash: string, key: Uint8Array, counter: bigint): bigint {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(counter);
  const mac = createHmac(hash, key).update(message).digest();
  return (
    BigInt(
      `0x${mac
        .subarray(mac.at(-1)! & 15)
        .subarray(0, 4)
        .toString('hex')}`,
    ) & 0x7fffffffn
  );
}

test('any seed, digits, period and time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
      fc.integer({ min: 6, max: 10 }),
      fc.integer({ min: 1, max: 86_400 }),
      fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
      async (key, algorithm, digits, period, timeMs) => {
        const number = numberOf(algorithm.toLowerCase(), key, BigInt(timeMs) / 1_000n / BigInt(period));
        const code = await totpCode(seedOf({ key, algorithm, digits, period }), timeMs);
        expect(code).toBe(String(number % 10n ** BigInt(digits)).padStart(digits, '0'));
      },
    ),
  );
});

test('a code holds from the first to the last millisecond of its period', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3_600 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (period, count) => {
        const seed = seedOf({ key: utf8('some key'), digits: 10, period });
        const start = count * period * 1_000;
        const [before, first, last, after] = await Promise.all(
          [start - 1, start, start + period * 1_000 - 1, start + period * 1_000].map((at) =>
            totpCode(seed, at),
          ),
        );
        expect(last).toBe(first);
        // Ten digits hold all 31 bits, so that two in a row are as good as never alike.
        expect([before, after]).not.toContain(first);
        expect([start - 1, start, start + period * 1_000 - 1].map((at) => totpSecondsLeft(seed, at))).toEqual(
          [1, period, 1],
        );
      },
    ),
  );
});

// Computed with Python's hmac module.
test.each([
  [0, 'VH8YJ'],
  [59, '2YXGV'],
  [1_700_000_000, '2KM2P'],
])('Steam: at %i it is %s', async (seconds, code) => {
  expect(await totpCode(parseTotp('steam://JBSWY3DPEHPK3PXP'), seconds * 1_000)).toBe(code);
});

test('a code with leading zeros keeps them', async () => {
  expect(await totpCode(seedOf({ key: utf8(TWENTY), digits: 8 }), 1_111_111_109_000)).toBe('07081804');
});

test('no code of what is no seed, nor of a time before there were any', async () => {
  await expect(totpCode(parseTotp('no seed!'), 0)).rejects.toThrow(new RangeError('not a valid seed'));
  const seed = parseTotp('JBSWY3DP');
  await expect(totpCode(seed, -1)).rejects.toThrow(new RangeError('a time before 1970'));
  await expect(totpCode(seed, Number.NaN)).rejects.toThrow(RangeError);
});

test('base32 gives back the bytes it was made from', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes);
    }),
  );
});

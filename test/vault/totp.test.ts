import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBase32, formatOtpauth, parseTotp, totpFromParts } from '../../src/vault/totp.ts';
import { utf8 } from '../support/vaults.ts';

const PLAIN = {
  secret: 'JBSWY3DPEHPK3PXP',
  algorithm: 'SHA1',
  digits: 6,
  period: 30,
  encoder: 'decimal',
  valid: true,
};

test.each([
  ['JBSWY3DPEHPK3PXP', 'bare'],
  ['jbsw y3dp ehpk 3pxp', 'spaces and lower case'],
  [' JBSW-Y3DP-EHPK-3PXP==== \n', 'hyphens, padding, a line end'],
  ['otpauth://totp/Example:alice?secret=jbsw%20y3dpehpk3pxp', 'a link with defaults'],
  ['otpauth://totp/?secret=JBSWY3DPEHPK3PXP&algorithm=sha1&digits=6&period=30', 'a link without a label'],
  ['otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=&digits=&period=', 'a link with empty parameters'],
  ['otpauth://totp?secret=JBSWY3DPEHPK3PXP', 'a link without a path'],
  ['OTPAUTH://TOTP/x?SECRET=JBSWY3DPEHPK3PXP', 'a link in capitals'],
  ['key=JBSWY3DPEHPK3PXP&size=6&step=30', 'KeeOtp'],
])('%s (%s) is the same seed', (text) => {
  expect(parseTotp(text)).toMatchObject({ ...PLAIN, original: expect.any(String) as string });
});

test('a link says how it differs from the defaults', () => {
  const text =
    'otpauth://totp/Ac%20me:bob%40x.test?secret=GEZDGNBV&issuer=Ac%20me&algorithm=SHA512&digits=8&period=60';
  expect(parseTotp(text)).toEqual({
    secret: 'GEZDGNBV',
    algorithm: 'SHA512',
    digits: 8,
    period: 60,
    encoder: 'decimal',
    issuer: 'Ac me',
    account: 'bob@x.test',
    valid: true,
    original: text,
  });
});

test.each(['steam://JBSWY3DPEHPK3PXP', 'otpauth://totp/Steam:me?secret=JBSWY3DPEHPK3PXP&encoder=steam'])(
  '%s is a Steam seed of five symbols',
  (text) => {
    expect(parseTotp(text)).toMatchObject({
      secret: 'JBSWY3DPEHPK3PXP',
      encoder: 'steam',
      digits: 5,
      valid: true,
    });
  },
);

test.each([
  ['', 'nothing'],
  ['A', 'less than a byte'],
  ['not base32 at all!', 'prose'],
  ['JBSWY3DP0189', 'digits base32 has not'],
  ['otpauth://totp/x?secret=', 'a link without a secret'],
  ['otpauth://totp/x?secret=JBSWY3DP&digits=0', 'no digits'],
  ['otpauth://totp/x?secret=JBSWY3DP&digits=six', 'digits in words'],
  ['otpauth://totp/x?secret=JBSWY3DP&period=99999999', 'a period of years'],
  ['otpauth://totp/x?secret=JBSWY3DP&algorithm=MD5', 'an algorithm that is none'],
  ['otpauth://hotp/x?secret=JBSWY3DP&counter=1', 'a counter'],
  ['key=JBSWY3DP&type=hotp', 'a counter of KeeOtp'],
])('%j is no seed: %s', (text) => {
  expect(parseTotp(text)).toMatchObject({ valid: false, secret: '', original: text });
});

test('a last symbol that completes no byte is dropped, one that does is kept', () => {
  const lengths = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((length) => parseTotp('A'.repeat(length)).secret.length);
  expect(lengths).toEqual([2, 2, 4, 5, 5, 7, 8, 8, 10]);
});

test('base32 of RFC 4648', () => {
  const spelt = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => encodeBase32(utf8(text)));
  expect(spelt).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
});

test('a written link reads as the same seed, whatever its labels hold', () => {
  const label = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 86_400 }),
      fc.boolean(),
      label,
      label,
      (key, algorithm, digits, period, isSteam, issuer, account) => {
        const parts = { algorithm, digits: String(digits), period: String(period), isSteam, issuer, account };
        const seed = totpFromParts({ secret: encodeBase32(key), ...parts }, '');
        const { secret, encoder } = seed;
        expect(parseTotp(formatOtpauth(seed))).toMatchObject({
          secret,
          algorithm,
          digits: seed.digits,
          period,
          encoder,
          valid: true,
        });
      },
    ),
  );
});

test('any text gives an answer', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'otpauth://totp/', 'steam://', 'key='),
      fc.string({ unit: 'binary' }),
      (start, text) => {
        expect(parseTotp(start + text).original).toContain(text.trim().slice(0, 1));
      },
    ),
  );
});

test('parts that make no seed are kept together, so that the seed alone is taken for none', () => {
  const odd = totpFromParts({ secret: 'JBSWY3DP', algorithm: 'SHA224', period: '30' }, 'JBSWY3DP');
  const link = 'otpauth://totp/?secret=JBSWY3DP&algorithm=SHA224&period=30';
  expect(odd).toMatchObject({ valid: false, original: link });
  expect(parseTotp(odd.original)).toMatchObject({ valid: false, original: link });
  expect(totpFromParts({ secret: '' }, 'JBSWY3DP').original).toBe('JBSWY3DP');
});

test('a long text of padding that is none is refused at once', () => {
  const text = `JBSWY3DP${'='.repeat(300_000)}1`;
  const began = performance.now();
  expect(parseTotp(text)).toMatchObject({ valid: false, original: text });
  expect(performance.now() - began).toBeLessThan(5_000);
});

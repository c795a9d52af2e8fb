import fc from 'fast-check';
import secrets from 'secrets.js-grempe';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { decodeHex, encodeHex } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { combineShares, splitSecret } from '../../../src/core/share/shamir.ts';
import { divide, evaluate, interpolate, multiply } from './gf256.ts';
import { FALSE_ALARM, binomialTail, unevenness } from './likelihood.ts';
import { subsetsOf } from './sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});
beforeEach(() => {
  secrets.init(8, 'nodeCryptoRandomBytes');
});

/** A port whose randomness is given, and a record of what was asked of it. */
function fixedRandomness(bytes: (length: number) => number[]): { port: CryptoPort; asked: number[] } {
  const asked: number[] = [];
  const randomBytes = (length: number): Uint8Array<ArrayBuffer> => {
    asked.push(length);
    return Uint8Array.from(bytes(length));
  };
  return { port: { ...crypto, randomBytes }, asked };
}

const pointsOf = (values: readonly Uint8Array[], xs: readonly number[]): { x: number; value: Uint8Array }[] =>
  xs.map((x) => ({ x, value: values[x - 1]! }));

describe('every threshold of every count up to 12', () => {
  const counts = Array.from({ length: 11 }, (_, i) => i + 2);

  test.each(counts)('of %i shares: all quorums give the secret, none that is short of one does', (count) => {
    for (let threshold = 2; threshold <= count; threshold += 1) {
      const secret = crypto.randomBytes(32);
      const values = splitSecret(crypto, secret, threshold, count);
      for (const xs of subsetsOf(count)) {
        if (xs.length === threshold) expect(combineShares(pointsOf(values, xs))).toEqual(secret);
        if (xs.length === threshold - 1 && xs.length >= 2)
          expect(combineShares(pointsOf(values, xs))).not.toEqual(secret);
      }
    }
  });

  test('and of 255', () => {
    const secret = crypto.randomBytes(32);
    const values = splitSecret(crypto, secret, 128, 255);
    const last = Array.from({ length: 128 }, (_, i) => 255 - i);
    expect(combineShares(pointsOf(values, last))).toEqual(secret);
    const all = splitSecret(crypto, secret, 255, 255);
    expect(
      combineShares(
        pointsOf(
          all,
          Array.from({ length: 255 }, (_, i) => i + 1),
        ),
      ),
    ).toEqual(secret);
  });
});

describe('the coefficients', () => {
  test('are exactly the bytes drawn, one draw for each and none left', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 0, max: 3 }),
        (secret, threshold, extra) => {
          const pool = Array.from(crypto.randomBytes(33 * (threshold - 1)));
          const { port, asked } = fixedRandomness(() => pool);
          const values = splitSecret(port, secret, threshold, threshold + extra);
          expect(asked).toEqual([33 * (threshold - 1)]);
          // The package works from the last byte of the secret to the first.
          const wanted = values.map((_, i) =>
            Array.from(secret, (byte, at) => {
              const drawn = (31 - at) * (threshold - 1);
              return evaluate([byte, ...pool.slice(drawn, drawn + threshold - 1)], i + 1);
            }),
          );
          expect(values.map((value) => Array.from(value))).toEqual(wanted);
        },
      ),
    );
  });

  test('may be anything, so that one share fits every secret equally', () => {
    // With threshold 2 and each possible coefficient once, a share must take every value once,
    // the secret's own among them, whatever the secret.
    for (const byte of [0, 1, 0xa5, 255]) {
      const shares = Array.from({ length: 256 }, (_, coefficient) => {
        const { port } = fixedRandomness((length) => Array.from({ length }, () => coefficient));
        return splitSecret(port, new Uint8Array(32).fill(byte), 2, 2)[1]![0];
      });
      expect(new Set(shares).size).toBe(256);
    }
  });

  test('all zero make every share the secret: nothing between here and the package refuses a zero', () => {
    const secret = crypto.randomBytes(32);
    const { port } = fixedRandomness((length) => new Array<number>(length).fill(0));
    expect(splitSecret(port, secret, 3, 4)).toEqual([secret, secret, secret, secret]);
  });
});

describe('the statistics of the coefficients', () => {
  const SPLITS = 2_500;
  type Split = (secret: Uint8Array) => Uint8Array[];

  /** Histograms of the coefficients of x and of x², recovered from two of three shares and the secret. */
  function histograms(split: Split): [number[], number[]] {
    const counts: [number[], number[]] = [new Array<number>(256).fill(0), new Array<number>(256).fill(0)];
    for (let round = 0; round < SPLITS; round += 1) {
      const secret = crypto.randomBytes(32);
      const [at1, at2] = split(secret);
      secret.forEach((byte, i) => {
        const sum1 = at1![i]! ^ byte;
        const sum2 = at2![i]! ^ byte;
        // s(1) = a + b and s(2) = 2a + 4b, so b = (s(2) + 2·s(1)) / 6.
        const square = divide(sum2 ^ multiply(2, sum1), 6);
        counts[0][sum1 ^ square]! += 1;
        counts[1][square]! += 1;
      });
    }
    return counts;
  }

  const isFairZeroCount = (counts: number[]): boolean =>
    binomialTail(SPLITS * 32, 1 / 256, counts[0]!) > FALSE_ALARM / 4;
  const isEven = (counts: number[]): boolean => unevenness(counts) < 6.5;

  test('show as many zeros as they should, and every other value too', () => {
    const found = histograms((secret) => splitSecret(crypto, secret, 3, 3));
    expect(found.map(isFairZeroCount)).toEqual([true, true]);
    expect(found.map(isEven)).toEqual([true, true]);
  });

  test("would show that the package's own generator never gives a zero", () => {
    const found = histograms((secret) =>
      secrets.share(encodeHex(secret), 3, 3, 8).map((share) => decodeHex(share.slice(5))),
    );
    expect(found.map((counts) => counts[0])).toEqual([0, 0]);
    expect(found.map(isFairZeroCount)).toEqual([false, false]);
    expect(found.map(isEven)).toEqual([false, false]);
  });
});

describe("the package's traps", () => {
  test('its test of a generator does not trip over a zero', () => {
    // It would in 1 of 256 calls; the chance to get through this many is under 10⁻⁹.
    const secret = crypto.randomBytes(32);
    for (let round = 0; round < 5_500; round += 1) splitSecret(crypto, secret, 2, 2);
  });

  test.each<[string, () => unknown]>([
    [
      'init() for another field',
      () => {
        secrets.init(12, 'nodeCryptoRandomBytes');
      },
    ],
    [
      'a generator of its own',
      () => {
        secrets.setRNG();
      },
    ],
    [
      'a generator that is not random',
      () => {
        secrets.setRNG('testRandom');
      },
    ],
    ['combining shares of another field', combineInAnotherField],
  ])('%s, left behind, does not reach a split', (_what, disturb) => {
    const secret = crypto.randomBytes(32);
    disturb();
    const { port } = fixedRandomness((length) => Array.from({ length }, (_, i) => i & 255));
    const [first, second] = splitSecret(port, secret, 2, 2);
    const pool = Array.from({ length: 32 }, (_, i) => i).reverse();
    expect(Array.from(first!)).toEqual(pool.map((coefficient, i) => secret[i]! ^ coefficient));
    disturb();
    expect(combineShares(pointsOf([first!, second!], [1, 2]))).toEqual(secret);
  });

  function combineInAnotherField(): void {
    const [a, b] = decodeInFieldOf10Bits();
    secrets.init(8, 'nodeCryptoRandomBytes');
    secrets.combine([a!, b!]);
    expect(secrets.getConfig().bits).toBe(10);
  }

  function decodeInFieldOf10Bits(): string[] {
    secrets.init(10, 'nodeCryptoRandomBytes');
    return secrets.share('abcdef', 2, 2);
  }

  test('a generator of an earlier split makes no shares later', () => {
    splitSecret(crypto, crypto.randomBytes(32), 2, 2);
    expect(() => secrets.share('00', 2, 2)).toThrow('no right');
  });

  test('randomness that runs short makes no shares', () => {
    const { port } = fixedRandomness((length) => Array.from({ length: length - 1 }, () => 7));
    expect(() => splitSecret(port, crypto.randomBytes(32), 3, 5)).toThrow('no right');
  });
});

describe('what cannot be split or combined is refused', () => {
  test.each([
    [1, 1],
    [1, 3],
    [0, 2],
    [3, 2],
    [2, 256],
    [2.5, 3],
    [2, Number.NaN],
  ])('%d of %d', (threshold, count) => {
    expect(() => splitSecret(crypto, new Uint8Array(32), threshold, count)).toThrow('share.policy');
  });

  test.each([0, 31, 33])('a secret of %i bytes', (length) => {
    expect(() => splitSecret(crypto, new Uint8Array(length), 2, 3)).toThrow('share.malformed');
  });

  const value = new Uint8Array(32).fill(1);
  test.each<[string, { x: number; value: Uint8Array }[]]>([
    ['no points', []],
    ['one point', [{ x: 1, value }]],
    [
      'one x twice',
      [
        { x: 1, value },
        { x: 1, value },
      ],
    ],
    [
      'x = 0, the secret itself',
      [
        { x: 0, value },
        { x: 1, value },
      ],
    ],
    [
      'x = 256',
      [
        { x: 256, value },
        { x: 1, value },
      ],
    ],
    [
      'x that is no whole number',
      [
        { x: 1.5, value },
        { x: 1, value },
      ],
    ],
    [
      'a short value',
      [
        { x: 2, value: value.slice(1) },
        { x: 1, value },
      ],
    ],
    [
      'a long value',
      [
        { x: 2, value: new Uint8Array(33) },
        { x: 1, value },
      ],
    ],
  ])('%s', (_what, points) => {
    expect(() => combineShares(points)).toThrow('share.malformed');
  });
});

describe('combining', () => {
  test('interpolates any distinct points at zero, as the definition does', () => {
    const point = fc.record({
      x: fc.integer({ min: 1, max: 255 }),
      value: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    });
    const several = fc.uniqueArray(point, { selector: ({ x }) => x, minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(several, (points) => {
        const wanted = Array.from({ length: 32 }, (_, i) =>
          interpolate(
            points.map(({ x, value }) => [x, value[i]!] as const),
            0,
          ),
        );
        expect(Array.from(combineShares(points))).toEqual(wanted);
      }),
    );
  });

  test('gives back leading zeros', () => {
    const secret = new Uint8Array(32);
    secret[31] = 1;
    const values = splitSecret(crypto, secret, 2, 3);
    expect(combineShares(pointsOf(values, [1, 3]))).toEqual(secret);
    expect(combineShares(pointsOf(splitSecret(crypto, new Uint8Array(32), 2, 2), [2, 1]))).toEqual(
      new Uint8Array(32),
    );
  });
});

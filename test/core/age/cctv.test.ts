import * as cctv from 'cctv-age';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { judgeAgeOutcome, openAgeVector, parseAgeVector } from '../../support/cctv-vectors.ts';
import { FEEDS } from '../../support/pieces.ts';

const vectors = Object.entries(cctv);
let crypto: CryptoPort;

beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

test('there are 143 vectors, none dropped', () => {
  expect(vectors).toHaveLength(143);
});

describe.each(FEEDS)('age test vectors, %s', (feed) => {
  test.each(vectors)('%s', async (name, bytes) => {
    const vector = await parseAgeVector(name, bytes);
    const outcome = await openAgeVector(crypto, vector, feed);
    expect(judgeAgeOutcome(vector, outcome)).toBeUndefined();
  });
});

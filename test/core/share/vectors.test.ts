import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { expectFromScript, python } from './python.ts';
import { runShareVectors } from '../../support/share-vectors.ts';
import vectors from '../../vectors/share.json' with { type: 'json' };

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

describe('share vectors', () => {
  test('end as each says', async () => {
    const { failures, checked } = await runShareVectors(crypto, vectors);
    expect(failures).toEqual([]);
    expect(checked).toBeGreaterThan(400);
  });
});

test.for([
  ['share', ['share.json']],
  ['seed', ['seed.json']],
  ['plan', ['plan.json']],
  ['record', ['charter.json', 'ledger.json', 'minisign.json', 'proof.json', 'record.json', 'words.json']],
] as const)('%s.py writes the vectors that are here', ([name, files], context) => {
  expectFromScript(python(context), name, files);
});

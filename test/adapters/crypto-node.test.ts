import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { VECTOR_SUITES } from '../support/vector-suites.ts';

test.each(Object.entries(VECTOR_SUITES))('Node: %s', async (_name, suite) => {
  const result = await suite(await loadNodeCrypto());
  expect(result.failures).toEqual([]);
  expect(result.checked).toBeGreaterThan(0);
});

// The page's back end outside a browser: Node has WebCrypto too, so that its vectors are checked even
// where no browser can be had. test/browser runs the same in Chromium.
import { expect, test } from 'vitest';
import { loadWebCrypto } from '../../src/page/crypto-web.ts';
import { VECTOR_SUITES } from '../support/vector-suites.ts';

test.each(Object.entries(VECTOR_SUITES))('page back end in Node: %s', async (_name, suite) => {
  const result = await suite(await loadWebCrypto());
  expect(result.failures).toEqual([]);
  expect(result.checked).toBeGreaterThan(0);
});

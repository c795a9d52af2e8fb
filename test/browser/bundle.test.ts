import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bundleScript, inlinePage, pagePolicy } from '../../.ci/bundle.js';

test('the policy allows the one script in the page, by its hash, and WebAssembly', () => {
  const script = 'globalThis.answer = 42;';
  const html = inlinePage({ title: 'a page', script, policy: pagePolicy(script) });
  const inline = /<script>(.*)<\/script>/s.exec(html)![1]!;
  const hash = createHash('sha256').update(inline).digest('base64');
  expect(pagePolicy(script)).toContain(`script-src 'sha256-${hash}' 'wasm-unsafe-eval';`);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'));
});

test.each(['</script>', '</SCRIPT ', '<!--', 'a\rb', 'a\0b', 'Ł'])(
  'a script that the parser would read otherwise is not inlined: %j',
  (text) => {
    expect(() => inlinePage({ title: 'a page', script: `"${text}"` })).toThrow('cannot be inlined');
  },
);

test('the bundle carries its own randomness shim and asks for no module', async () => {
  const script = await bundleScript('test/browser/entry.ts');
  expect(script).toContain('src/page/secrets-crypto.ts');
  expect(script).not.toMatch(/\brequire\("(?!crypto")/);
});

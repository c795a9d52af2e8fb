import { encodeUtf8 } from '../../src/core/bytes.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { EMPTY_BLOCK, emptiedPage, putBlock, takeBlock } from '../../src/escrow/page-block.ts';
import type { PageBlock } from '../../src/escrow/page-block.ts';
import { describe, expect, test } from 'vitest';

const TEMPLATE = `<!doctype html>\n<body>${EMPTY_BLOCK}<script>'<script id="holdfast-escrow">'</script>\n</body>\n`;

const document = (text: string): { bytes: Uint8Array; signature: string } => ({
  bytes: encodeUtf8(text),
  signature: `untrusted comment: ${text}\n`,
});

const BLOCK: PageBlock = {
  charter: document('{\n  "a": "Łódź 🔑 </script><!-- \u2028 $& $1"\n}\n'),
  charters: [document('one'), document('two')],
  records: [document('three')],
  package: {
    name: '000042-20261124T010203Z.tar.gz.age',
    bytes: Uint8Array.from({ length: 1000 }, (_, i) => i),
  },
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isEscrowError(error)) return error.code;
    throw error;
  }
  return 'none';
}

describe('the block of a page', () => {
  test('comes back as it was put in', () => {
    expect(takeBlock(putBlock(TEMPLATE, BLOCK))).toEqual(BLOCK);
    const bare: PageBlock = { charters: [], records: [] };
    expect(takeBlock(putBlock(TEMPLATE, bare))).toEqual(bare);
  });

  test('is nothing in the template', () => {
    expect(takeBlock(TEMPLATE)).toBeUndefined();
  });

  test('emptied again, the page is the template to the byte', () => {
    const page = putBlock(TEMPLATE, BLOCK);
    expect(page).not.toBe(TEMPLATE);
    expect(emptiedPage(page)).toBe(TEMPLATE);
    expect(emptiedPage(TEMPLATE)).toBe(TEMPLATE);
  });

  test('put in twice, the second one stands', () => {
    const twice = putBlock(putBlock(TEMPLATE, BLOCK), { charters: [], records: [document('new')] });
    expect(takeBlock(twice)).toEqual({ charters: [], records: [document('new')] });
  });

  test('cannot end its element early, and is ASCII', () => {
    const added = putBlock(TEMPLATE, BLOCK).slice(TEMPLATE.indexOf(EMPTY_BLOCK) + EMPTY_BLOCK.length - 10);
    const block = added.slice(0, added.indexOf('</script>'));
    expect(block).not.toMatch(/<|[^\0-\x7e]/);
    expect(block).toContain('holdfast page v1');
  });

  test.each([
    ['no place', '<!doctype html>', 'page.format'],
    ['two places', EMPTY_BLOCK + EMPTY_BLOCK, 'page.format'],
    ['no JSON', TEMPLATE.replace('</script>', '{</script>'), 'page.format'],
    ['no block', TEMPLATE.replace('</script>', '[1]</script>'), 'page.format'],
    ['a later version', TEMPLATE.replace('</script>', '{"type":"holdfast page v2"}</script>'), 'page.format'],
    [
      'a broken package',
      putBlock(TEMPLATE, BLOCK).replace(/"base64":"..../, '"base64":"????'),
      'bytes.bad-encoding',
    ],
    [
      'too much',
      TEMPLATE.replace('</script>', `${'['.repeat(LIMITS.pageBlockChars + 1)}</script>`),
      'limit.exceeded',
    ],
    ['too deep', TEMPLATE.replace('</script>', `${'['.repeat(1000)}</script>`), 'limit.exceeded'],
  ])('a page with %s is refused', (_what, html, code) => {
    expect(codeOf(() => takeBlock(html))).toBe(code);
  });

  test('data that end early for a browser are refused, and no hash is given without them', () => {
    for (const early of ['</script><meta http-equiv="refresh">', '</SCRIPT >', '<!--<script>']) {
      const signature = JSON.stringify(`untrusted comment: ${early}`);
      const page = putBlock(TEMPLATE, BLOCK).replace(/"untrusted comment: one\\n"/, () => signature);
      expect(page).toContain(signature);
      expect(codeOf(() => takeBlock(page))).toBe('page.format');
      expect(codeOf(() => emptiedPage(page))).toBe('page.format');
    }
  });

  test('a package too large for a page, or with a path for a name, is refused', () => {
    const large = { name: 'a.age', bytes: new Uint8Array(LIMITS.pagePackageBytes + 1) };
    expect(codeOf(() => putBlock(TEMPLATE, { charters: [], records: [], package: large }))).toBe(
      'page.format',
    );
    const named = { name: '../a.age', bytes: new Uint8Array(1) };
    expect(codeOf(() => putBlock(TEMPLATE, { charters: [], records: [], package: named }))).toBe(
      'page.format',
    );
  });
});

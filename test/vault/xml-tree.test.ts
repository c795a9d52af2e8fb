import { expect, test } from 'vitest';
import { LIMITS } from '../../src/core/limits.ts';
import { childOf, childText, parseXml, rootNameOf } from '../../src/vault/xml-tree.ts';
import { utf8 } from '../support/vaults.ts';

const FORMAT = 'delinea-xml';
const parse = (text: string): ReturnType<typeof parseXml> => parseXml(utf8(text), FORMAT);
const refusal = (reason: string): object => ({ code: 'vault.format', facts: { format: FORMAT, reason } });

/** What a synchronous call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('gives elements, attributes and texts', () => {
  const root = parse(
    '\uFEFF<?xml version="1.0"?><!-- c --><a x="1 &lt; 2">one<b>ä &amp; &#x1F511;</b>two<![CDATA[<&>]]><b/><c>\ttab\n</c></a>',
  );
  expect(root).toMatchObject({ name: 'a', attributes: { x: '1 < 2' }, text: 'onetwo<&>' });
  expect(root.children.map(({ name }) => name)).toEqual(['b', 'b', 'c']);
  expect(childText(root, 'b')).toBe('ä & 🔑');
  expect(childText(root, 'c')).toBe('\ttab\n');
  expect(childText(root, 'd')).toBe('');
  expect(childOf(root, 'd')).toBeUndefined();
});

test('UTF-16 with its mark, either way round', () => {
  const text = '\uFEFF<a>ä€</a>';
  const little = new Uint8Array(Buffer.from(text, 'utf16le'));
  const big = new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  expect([parseXml(little, FORMAT).text, parseXml(big, FORMAT).text]).toEqual(['ä€', 'ä€']);
});

test.each([
  ['entities', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  [
    'an entity bomb',
    `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>`,
  ],
  ['a file of the machine', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
])('%s: no document type is read', (_name, text) => {
  expect(thrownBy(() => parse(text))).toMatchObject(refusal('it declares a document type'));
});

test.each([
  ['an entity that nobody declared', '<a>&x;</a>'],
  ['cut short', '<a><b>text'],
  ['crossed', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['text alone', 'secret text'],
  ['a control character', '<a>\u0001</a>'],
  ['an attribute without quotes', '<a x=1/>'],
  ['nothing', ''],
])('broken XML: %s', (_name, text) => {
  const error = thrownBy(() => parse(text));
  expect(error).toMatchObject({ code: 'vault.format' });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('bytes that are no UTF-8', () => {
  const bytes = Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e);
  expect(thrownBy(() => parseXml(bytes, FORMAT))).toMatchObject(refusal('it is not UTF-8 text'));
});

test('depth is bounded', () => {
  const deep = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
  expect(parse(deep(LIMITS.xmlDepth)).name).toBe('a');
  expect(thrownBy(() => parse(deep(LIMITS.xmlDepth + 1)))).toMatchObject({
    code: 'limit.exceeded',
    facts: { what: 'depth of XML', limit: LIMITS.xmlDepth },
  });
});

test('the number of elements is bounded', () => {
  const limits = LIMITS as { xmlElements: number };
  const { xmlElements } = limits;
  // Four million take ten seconds, and prove no more.
  limits.xmlElements = 1_000;
  try {
    expect(parse(`<a>${'<b/>'.repeat(999)}</a>`).children).toHaveLength(999);
    expect(thrownBy(() => parse(`<a>${'<b/>'.repeat(1_000)}</a>`))).toMatchObject({
      code: 'limit.exceeded',
      facts: { what: 'elements in XML', limit: 1_000 },
    });
  } finally {
    limits.xmlElements = xmlElements;
  }
});

test('the name of the root, from the first bytes', () => {
  expect(rootNameOf(utf8('\uFEFF <?xml version="1.0"?>\n<!-- <x> -->\n<KeePassFile><Meta>'))).toBe(
    'KeePassFile',
  );
  expect(rootNameOf(utf8('<ImportFile xmlns:x="y">'))).toBe('ImportFile');
  expect(rootNameOf(utf8('< a>'))).toBeUndefined();
  expect(rootNameOf(utf8('name,url'))).toBeUndefined();
});

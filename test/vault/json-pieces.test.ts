import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/limits.ts';
import { parseExportJson } from '../../src/vault/json.ts';
import { parseJsonInPieces } from '../../src/vault/json-pieces.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const parse = (text: string): unknown => parseJsonInPieces(utf8(text), decode);

/** What the parser of the language says: a value, or that it is none. */
function truth(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

describe('the same as JSON.parse', () => {
  test('for any object, spaced or not', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test('for any text that begins as an object, well-formed or not', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '"é"',
      '1',
      ' ',
      'null',
      '{"a":[',
      ']}',
      '[1,',
      '"b":',
    );
    const text = fc.array(piece, { maxLength: 14 }).map((parts) => `{${parts.join('')}`);
    let values = 0;
    fc.assert(
      fc.property(text, (source) => {
        const expected = truth(source);
        if (expected === undefined) expect(() => parse(source)).toThrow(SyntaxError);
        else expect(parse(source)).toEqual(expected.value);
        if (expected !== undefined) values += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(values).toBeGreaterThan(10);
  });

  test.each([
    '{}',
    ' \n{ } \t',
    '\ufeff{"a":1}',
    '{"a":[]}',
    '{"a":[ ]}',
    '{"items":[1],"items":[2,3]}',
    '{"\\u0069tems":[{"a":"]}\\""},"x,y",[[1]],null,-1.5e3]}',
    '{"a":"b" , "c" : [ 1 , 2 ] }',
  ])('%j', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text.replace('\ufeff', '')));
  });

  test('a name that means something else in an object', () => {
    const parsed = parse('{"__proto__":[{"a":1}],"b":2}') as object;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.entries(parsed)).toEqual([
      ['__proto__', [{ a: 1 }]],
      ['b', 2],
    ]);
  });

  test.each([
    '{"a":1}x',
    '{"a":1},',
    '{"a":[1,]}',
    '{"a":[,1]}',
    '{"a":[1}',
    '{"a":[1 2]}',
    '{"a":[{"b":]}]}',
    '{"a":{"b":[}}',
    '{"a":}',
    '{"a"}',
    '{a:1}',
    '{"a":1,}',
    '{,}',
    '{"a":[1]',
    '{"a":["',
    '{"a":["\\',
    '{"a":[01]}',
    '{"a":["\n"]}',
    '[]',
    '1',
    '',
  ])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(SyntaxError);
  });
});

describe('lists longer than a piece', () => {
  const long = 'ä'.repeat(500);
  const items = Array.from({ length: 1_000 }, (_, index) => ({ index, long, nested: [{ at: [index] }] }));

  test('are whole and in order, between other members', () => {
    const value = { encrypted: false, items, folders: [long, long], after: 'x' };
    expect(parse(JSON.stringify(value))).toEqual(value);
    expect(parse(JSON.stringify(value, null, 2))).toEqual(value);
  });

  test('are refused wherever they are damaged', () => {
    const text = JSON.stringify({ items });
    const whole = JSON.stringify(items[0]);
    for (let at = 9; at < text.length; at += 40_009)
      expect(() => parse(text.slice(0, at))).toThrow(SyntaxError);
    // A comma before the end of the list, at every place where a piece may begin.
    for (let count = 60; count < 72; count += 1)
      expect(() => parse(`{"items":[${`${whole},`.repeat(count)}]}`)).toThrow(SyntaxError);
    const bytes = utf8(text);
    bytes[bytes.lastIndexOf(0xc3)] = 0xff;
    expect(() => parseExportJson(bytes, 'bitwarden-json')).toThrow(
      expect.objectContaining({
        code: 'vault.format',
        facts: { format: 'bitwarden-json', reason: 'it is not UTF-8 text' },
      }),
    );
  });
});

test('depth is bounded in a list, beside it, and in a list alone', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const most = LIMITS.jsonDepth - 1;
  for (const text of [
    `{"a":${deep(most)}}`,
    `{"a":{"b":${deep(most - 1)}}}`,
    `{"a":[1,${deep(most - 1)}]}`,
    deep(most + 1),
  ])
    expect(parseExportJson(utf8(text), 'bitwarden-json')).toEqual(JSON.parse(text));
  for (const text of [
    `{"a":${deep(most + 1)}}`,
    `{"a":{"b":${deep(most)}}}`,
    `{"a":[1,${deep(most)}]}`,
    deep(most + 2),
  ])
    expect(() => parseExportJson(utf8(text), 'bitwarden-json')).toThrow(
      expect.objectContaining({ code: 'limit.exceeded' }),
    );
});

test('what is no object is parsed as before', () => {
  expect(parseExportJson(jsonBytes([1, 'a']), 'bitwarden-json')).toEqual([1, 'a']);
  expect(() => parseExportJson(utf8('[1,'), 'bitwarden-json')).toThrow(
    expect.objectContaining({
      facts: { format: 'bitwarden-json', reason: 'the JSON is cut short or damaged' },
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineJson } from '../../src/vault/json-outline.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';

const SAMPLE = {
  encrypted: false,
  folders: [{ id: 'x', name: 'a "quoted\\" name' }],
  items: [
    { type: 1, name: 'one', login: { uris: [{ uri: 'https://x', match: null }] } },
    { type: 2, extra: true, deep: [[[{ a: 1 }]]] },
  ],
  last: -1.5e3,
};

test('names each place once, with its kind', () => {
  const outline = outlineJson(jsonBytes(SAMPLE));
  expect(outline?.complete).toBe(true);
  expect(Object.fromEntries(outline?.kinds ?? [])).toEqual({
    encrypted: 'false',
    folders: 'array',
    'folders[]': 'object',
    'folders[].id': 'string',
    'folders[].name': 'string',
    items: 'array',
    'items[]': 'object',
    'items[].type': 'number',
    'items[].name': 'string',
    'items[].login': 'object',
    'items[].login.uris': 'array',
    'items[].login.uris[]': 'object',
    'items[].login.uris[].uri': 'string',
    'items[].login.uris[].match': 'null',
    'items[].extra': 'true',
    'items[].deep': 'array',
    'items[].deep[]': 'array',
    'items[].deep[][]': 'array',
    'items[].deep[][][]': 'object',
    'items[].deep[][][].a': 'number',
    last: 'number',
  });
});

test('takes a byte order mark and white space', () => {
  expect(outlineJson(utf8('\uFEFF \r\n\t{"a" : [ ] }'))?.kinds.get('a')).toBe('array');
});

test('is no outline of anything but an object', () => {
  for (const text of ['', '  ', '[{"items":[]}]', '"{"', 'a,b\n1,2', '\u0000{}'])
    expect(outlineJson(utf8(text))).toBeUndefined();
});

test('a text cut off anywhere has an outline that is part of the whole one', () => {
  const bytes = jsonBytes(SAMPLE);
  const whole = outlineJson(bytes)!.kinds;
  for (let end = 1; end < bytes.length; end += 1) {
    const outline = outlineJson(bytes.subarray(0, end))!;
    expect(outline.complete).toBe(false);
    // The very last key or number may itself be cut; all before it stands.
    for (const [place, kind] of [...outline.kinds].slice(0, -1)) expect(whole.get(place)).toBe(kind);
  }
});

test('any bytes give an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, isOpened) => {
      const outline = outlineJson(isOpened ? Uint8Array.from([0x7b, ...bytes]) : bytes);
      expect(outline === undefined || outline.kinds.size <= 401).toBe(true);
    }),
  );
});

test('many different keys and great depth stay within bounds', () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
  expect(outlineJson(jsonBytes(many))?.kinds.size).toBe(4_096);
  const deep = utf8(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
  expect(outlineJson(deep)).toMatchObject({ complete: true });
  expect(outlineJson(deep)?.kinds.size).toBe(8);
});

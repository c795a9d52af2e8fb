// plan/contacts.yaml, and what is wrong with it by field and line.

import { expect, test } from 'vitest';
import { decodeContacts } from '../../src/escrow/contacts.ts';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { EscrowError } from '../../src/core/errors.ts';

const read = (source: string): ReturnType<typeof decodeContacts> => decodeContacts(encodeUtf8(source));

test('people and lines are read; all of it may be missing', () => {
  expect(read('lost: {name: Rosa Diaz, phone: "+1 260 555 0100"}\nlawyer: " Okafor "\n')).toEqual({
    lost: { name: 'Rosa Diaz', phone: '+1 260 555 0100' },
    lawyer: 'Okafor',
  });
  expect(read('{}')).toEqual({});
});

test.each<[string, string, number, RegExp]>([
  ['lost: Rosa', 'lost', 1, /is not a person/],
  ['ask: Rosa', 'ask', 1, /is not a list of people/],
  ['channel: x\npassword: y', 'password', 2, /is not a field/],
  ['ask:\n  - name: A\n  - name: B\n    fax: "1"', 'ask.2.fax', 4, /is not a field/],
  ['lost:\n  name: Rosa\n  phone: 5550100', 'lost.phone', 3, /put quotes around a number/],
  ['rmm: "a\\u202eb"', 'rmm', 1, /has control characters/],
  ['rmm: ""', 'rmm', 1, /is empty/],
  [`message: ${'x'.repeat(161)}`, 'message', 1, /is longer than 160/],
  ['- a', 'the file', 1, /is not a list of named fields/],
  ['a: [', 'the file', 1, /is not valid YAML/],
  ['a: &x {b: 1}\nc: *x', 'the file', 1, /aliases/],
])('%j is refused', (source, field, line, reason) => {
  let thrown: unknown;
  try {
    read(source);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(EscrowError);
  expect(thrown).toMatchObject({
    code: 'contacts.field',
    facts: { field, line, reason: expect.stringMatching(reason) as unknown },
  });
});

test('what is not text is refused by its name', () => {
  expect(() => decodeContacts(new Uint8Array([0xff, 0xfe]))).toThrow(
    expect.objectContaining({
      code: 'contacts.field',
      facts: { field: 'the file', line: 1, reason: 'is not UTF-8 text' },
    }) as Error,
  );
});

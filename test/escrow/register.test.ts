import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { decodeRegister, encodeRegister, registerInForce, withNextSet } from '../../src/escrow/register.ts';
import { registerOf } from './sample-register.ts';

test('a register of before there were languages and sealed files reads as it was', () => {
  const old = registerOf(2);
  const bytes = encodeUtf8(`${JSON.stringify(old, null, 2)}\n`);
  expect(decodeRegister(bytes, 'register.json')).toEqual(old);
  expect(encodeRegister(old)).toEqual(bytes);
});

test('keeps the language of its cards and the names of sealed files, and those of a set that is replaced', () => {
  const sealedFile = 'card-2-set-1-3D6BJWFP.txt.age';
  const first = { ...registerOf(2, (card) => (card === 2 ? { sealedFile } : {})), language: 'de' as const };
  const second = { ...registerOf(2), set: { number: 2, id: '020102030405060708' }, language: 'fr' as const };
  const both = withNextSet(first, second, '2027-11-24T01:02:03Z');
  const read = decodeRegister(encodeRegister(both), 'register.json');
  expect(read).toEqual(both);
  expect(read.language).toBe('fr');
  expect(registerInForce(read, first.set.id)).toEqual(first);
});

test('takes no language that cards are not in', () => {
  const bytes = encodeUtf8(
    new TextDecoder().decode(encodeRegister({ ...registerOf(1), language: 'de' })).replace('"de"', '"xx"'),
  );
  expect(() => decodeRegister(bytes, 'register.json')).toThrow('home.format');
});

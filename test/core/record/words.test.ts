import fc from 'fast-check';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { expect, test } from 'vitest';
import { charterWords, decodeWords, sessionWords, wordsMatch } from '../../../src/core/record/words.ts';
import { codeOf, crypto } from './sample.ts';

test('four letters decide which word of the list is meant', () => {
  expect(wordlist).toHaveLength(2048);
  expect(new Set(wordlist.map((word) => word.slice(0, 4))).size).toBe(2048);
});

test('words match however they are typed, and no other words do', () => {
  const six = fc.array(fc.constantFrom(...wordlist), { minLength: 6, maxLength: 6 });
  const separator = fc.constantFrom(' ', '-', '  ', '\n', ', ', ' - ');
  fc.assert(
    fc.property(six, six, separator, fc.boolean(), (words, others, between, short) => {
      const typed = words.map((word) => (short ? word.slice(0, 4) : word.toUpperCase())).join(between);
      expect(decodeWords(typed)).toEqual(words);
      expect(wordsMatch(typed, words)).toBe(true);
      expect(wordsMatch(typed, others)).toBe(words.join() === others.join());
    }),
  );
});

test('any text is read as six words or refused with the code', () => {
  fc.assert(
    fc.property(fc.uint16Array({ maxLength: 300 }), (units) => {
      const typed = String.fromCharCode(...units);
      expect([undefined, 'words.format']).toContain(codeOf(() => decodeWords(typed)));
    }),
  );
  expect(codeOf(() => decodeWords('zoo '.repeat(1_000_000)))).toBe('words.format');
});

test('key, recipient and kind of fingerprint each change the words', () => {
  const key = new Uint8Array(32);
  const all = [
    charterWords(crypto, key, 'age1pq1a'),
    charterWords(crypto, key, 'age1pq1b'),
    charterWords(crypto, new Uint8Array(32).fill(1), 'age1pq1a'),
    sessionWords(crypto, key),
  ];
  expect(new Set(all.map((words) => words.join())).size).toBe(4);
});

// The names of sources: the same every night, and never those of two clients mixed up.

import { describe, expect, test } from 'vitest';
import { sourceName, sourceNames } from '../../src/cli/source-names.ts';

describe('after their files', () => {
  test.each([
    ['a day', ['bitwarden_export_20261124.json'], ['bitwarden-export']],
    ['a day and a time', ['bitwarden_export_20261124010203.json'], ['bitwarden-export']],
    ['a day with hyphens', ['vault 2026-11-24 0102.kdbx'], ['vault']],
    ['letters of all kinds', ['Müller & Söhne.csv'], ['mu-ller-so-hne']],
    ['two alike', ['a/x.json', 'b/x.json'].map((path) => path.slice(2)), ['x', 'x-2']],
    ['numbers that are no day', ['20001234.json', '20001335.json'], ['20001234', '20001335']],
    ['digits within a longer number', ['kunde-120261124.json'], ['kunde-120261124']],
    ['nothing but a day', ['20261124.json'], ['20261124']],
    [
      'two that differ in nothing but the day',
      ['v-20261123.json', 'v-20261124.json'],
      ['v-20261123', 'v-20261124'],
    ],
    ['a folder whose name begins with a dot', ['.password-store'], ['password-store']],
    ['a name that Windows keeps for itself', ['con.json'], ['export-con']],
  ])('%s', (_what, files, names) => {
    expect(sourceNames(files)).toEqual(names);
  });
});

test('a name that a person gave is kept whole', () => {
  expect(sourceName('kunde-20001224')).toBe('kunde-20001224');
});

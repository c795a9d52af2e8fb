// Every language says everything, and not in English.

import { readdirSync, readFileSync } from 'node:fs';
import { setMark } from '../../src/core/share/set.ts';
import { LANGUAGES } from '../../src/core/languages.ts';
import { preferredLanguage, stringsOf, tellLoss } from '../../src/page/strings.ts';
import type { Strings } from '../../src/page/strings.ts';
import { ago, clock, moment, sizeOf } from '../../src/page/times.ts';
import { describe, expect, test } from 'vitest';

/** Arguments that fit every sentence with blanks: numbers, texts, marks and lists. */
const CALLS: { readonly [K in keyof Strings]?: readonly unknown[] } = {
  needCards: [2, 'gold', false],
  needOfGroup: [1, 'gold', 3],
  needLead: [setMark(1), [2, 4, 5]],
  otherSetHelp: [setMark(2), setMark(1), 'KQ4MTX', 'Q7Z2KN'],
  typingErrors: [[1, 3]],
  rowOtherSet: [setMark(1), setMark(2)],
};

/** Every sentence of a table with the blanks filled, by its path: "vault.how.shown". */
function sentences(table: object, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    const path = `${prefix}${key}`;
    if (typeof value === 'string') all.set(path, value);
    else if (typeof value === 'object' && value !== null)
      for (const [inner, text] of sentences(value as object, `${path}.`)) all.set(inner, text);
    else {
      const sentence = value as (...given: unknown[]) => string;
      all.set(path, sentence(...(CALLS[path as keyof Strings] ?? [2, 3, 4, 5])));
    }
  }
  return all;
}

const ENGLISH = sentences(stringsOf('en'));
/** Words that are the same in several languages. */
const SAME = [
  'online',
  'offline',
  'packageChosen',
  'photoAt',
  'and',
  'rowPartial',
  'openingProgress',
  'minutesAgo',
  'vault.clients',
  'vault.notes',
  'vault.plan',
  'vault.revealedParts.code',
  'vault.revealedParts.notes',
  'vault.seconds',
  'vault.targets.bitwarden-json',
];

describe.each(LANGUAGES)('in %s', (language) => {
  const strings = stringsOf(language);

  const said = sentences(strings);

  test('every sentence is there', () => {
    expect([...said.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    for (const [path, text] of said) expect(text.trim(), path).not.toMatch(/^$|undefined|\[object|NaN/);
  });

  test('marks and numbers of a card stand in what names them', () => {
    expect(strings.needCards(2, 'gold', false).toLowerCase()).toContain('gold');
    expect(strings.needLead(setMark(1), [2, 4]).toLowerCase()).toMatch(/gold circle.*2.*4/);
    const help = strings.otherSetHelp(setMark(2), setMark(1), 'A', 'B').toLowerCase();
    expect(help).toMatch(/blue square.*gold circle/);
  });

  test('a computer has one name', () => {
    const others = { en: /\bPC\b/, es: /ordenador/i, de: /Computer/, fr: /\bPC\b|\bmachine/ }[language];
    expect([...said].filter(([, text]) => others.test(text))).toEqual([]);
  });

  test('no exclamation marks', () => {
    expect([...said].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});

test.each(LANGUAGES.filter((language) => language !== 'en'))(
  'nothing is left in English in %s',
  (language) => {
    const said = [...sentences(stringsOf(language))];
    const same = said.filter(([path, text]) => text === ENGLISH.get(path)).map(([path]) => path);
    expect(same.filter((path) => !SAME.includes(path))).toEqual([]);
  },
);

describe('what a saved vault could not carry over', () => {
  /** The clauses that the writers of the page's targets note, as they stand in their sources. */
  const clauses = readdirSync('src/vault/writers')
    .filter((name) => /^(?:kdbx|bitwarden-(?!zip)|csv|table|loose)/.test(name))
    .map((name) => `src/vault/writers/${name}`)
    .concat('src/vault/loss.ts')
    .flatMap((path) => {
      const source = readFileSync(path, 'utf8');
      const notes = source.matchAll(/\.note\(\s*'\w+',\s*('[^']*'|\w+),\s*('[^']*'|"[^"]*"|\w+)/g);
      return [...notes].flatMap(([, field = '', detail = '']) => [field, detail]);
    })
    .filter((text) => /^['"]/.test(text))
    .map((text) => text.slice(1, -1));

  test('there are as many as this test was written for', () => {
    expect(new Set(clauses).size).toBeGreaterThan(60);
  });

  test.each(LANGUAGES.filter((language) => language !== 'en'))('is said in %s', (language) => {
    const missing = clauses.filter(
      (text) => tellLoss(language, { kind: 'moved', field: text, detail: '', count: 1 }) === `1 × ${text}: `,
    );
    const isName = (text: string): boolean => /^(?:passkey|collection)$/i.test(text);
    expect(missing.filter((text) => !isName(text))).toEqual([]);
  });
});

test('one and several have sentences of their own', () => {
  const { en, es, de, fr } = {
    en: stringsOf('en'),
    es: stringsOf('es'),
    de: stringsOf('de'),
    fr: stringsOf('fr'),
  };
  expect(en.vault.startOthers(1)).toBe('1 client in no list is still there, below the order.');
  expect(en.vault.startOthers(2)).toBe('2 clients in no list are still there, below the order.');
  expect(de.vault.unmatched(1)).toBe('1 Eintrag gehört zu keinem Kunden der Liste.');
  expect(de.vault.moreClients(1)).toBe('1 weiterer, A–Z');
  expect(fr.vault.moreClients(1)).toBe('1 autre, A–Z');
  expect(fr.vault.results('1')).toBe('1 trouvée');
  expect(es.vault.results('1')).toBe('1 encontrada');
  expect([de, es, fr].map(({ daysAgo }) => daysAgo(1))).toEqual(['vor 1 Tag', 'hace 1 día', 'il y a 1 jour']);
});

test('the browser’s first language that is spoken here', () => {
  expect(preferredLanguage(['pt-BR', 'de-CH', 'fr'])).toBe('de');
  expect(preferredLanguage(['ja'])).toBe('en');
});

test('times and sizes', () => {
  expect([0, 192_000, 3_792_000].map(clock)).toEqual(['00:00', '03:12', '1:03:12']);
  const sizes = (language: string): string[] =>
    [1, 312_000, 4_500_000, 2_340_000_000].map((bytes) => sizeOf(bytes, language));
  expect(sizes('en')).toEqual(['1 KB', '312 KB', '4.5 MB', '2.34 GB']);
  expect(sizes('de')).toEqual(['1 KB', '312 KB', '4,5 MB', '2,34 GB']);
  expect(sizes('fr')).toEqual(['1 Ko', '312 Ko', '4,5 Mo', '2,34 Go']);
  const at = (iso: string): string => ago(stringsOf('en'), iso, Date.parse('2026-11-24T11:00:00Z'));
  expect(at('2026-11-24T10:30:00Z')).toBe('30 min ago');
  expect(at('2026-11-24T02:00:00Z')).toBe('9 h ago');
  expect(at('2026-11-20T02:00:00Z')).toBe('4 days ago');
  expect(at('2026-12-20T02:00:00Z')).toBe('0 min ago');
});

test('a time that is none, as an export may have it, is shown as it stands there', () => {
  expect(moment('2026-11-24T01:02:03Z', 'en')).toContain('2026');
  expect(moment('yesterday', 'en')).toBe('yesterday');
});

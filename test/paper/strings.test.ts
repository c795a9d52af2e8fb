import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/languages.ts';
import { type CardStrings, cardStringsOf, markTitle, type PrintedPolicy } from '../../src/paper/strings.ts';

const en = cardStringsOf('en');

const policy = (
  groupThreshold: number,
  ...groups: [threshold: number, members: number][]
): PrintedPolicy => ({
  groupThreshold,
  groups: groups.map(([threshold, members]) => ({ threshold, members })),
});

describe('the sentence that says what it takes', () => {
  test.each<[string, PrintedPolicy, number, string]>([
    ['3 of 5', policy(1, [3, 5]), 1, 'Any three gold cards open our emergency records.'],
    ['2 of 3', policy(1, [2, 3]), 1, 'Any two gold cards open our emergency records.'],
    ['2 of 2', policy(1, [2, 2]), 1, 'Both gold cards together open our emergency records.'],
    ['4 of 4', policy(1, [4, 4]), 1, 'All four gold cards together open our emergency records.'],
    ['14 of 20', policy(1, [14, 20]), 1, 'Any 14 gold cards open our emergency records.'],
    [
      'two each from two of three groups',
      policy(2, [2, 3], [2, 3], [2, 5]),
      1,
      'Two gold cards each from any two groups open our emergency records.',
    ],
    [
      'one each from both groups',
      policy(2, [1, 3], [1, 2]),
      2,
      'One gold card each from both groups open our emergency records.',
    ],
    [
      'two each from all of three',
      policy(3, [2, 3], [2, 3], [2, 2]),
      3,
      'Two gold cards each from all three groups open our emergency records.',
    ],
    [
      'one group is enough',
      policy(1, [3, 5], [3, 4]),
      1,
      'Three gold cards of any one group open our emergency records.',
    ],
    [
      'groups of unequal weight',
      policy(2, [2, 3], [1, 3], [3, 4]),
      3,
      'Enough gold cards from any two groups open our emergency records. From this group: three.',
    ],
  ])('%s', (_, given, group, sentence) => {
    expect(en.opens(given, 'gold', group)).toBe(sentence);
  });
});

const POLICIES = {
  'any three': policy(1, [3, 5]),
  both: policy(1, [2, 2]),
  'all four': policy(1, [4, 4]),
  many: policy(1, [14, 20]),
  'one each from both groups': policy(2, [1, 3], [1, 2]),
  'two each from any two of three': policy(2, [2, 3], [2, 3], [2, 5]),
  'two each from all three': policy(3, [2, 3], [2, 3], [2, 2]),
  'three of any one group': policy(1, [3, 5], [3, 4]),
  'unequal, both': policy(2, [1, 2], [2, 3]),
  'unequal, any two of three': policy(2, [1, 3], [2, 3], [3, 4]),
  'unequal, any one': policy(1, [1, 2], [3, 4]),
} as const;

/** The same policies in the other languages, in the order of `POLICIES`; each card is of group 1. */
const SENTENCES = {
  de: [
    'Drei beliebige GOLD-Karten öffnen unsere Notfallunterlagen.',
    'Beide GOLD-Karten zusammen öffnen unsere Notfallunterlagen.',
    'Alle vier GOLD-Karten zusammen öffnen unsere Notfallunterlagen.',
    '14 beliebige GOLD-Karten öffnen unsere Notfallunterlagen.',
    'Unsere Notfallunterlagen öffnen sich mit je einer GOLD-Karte aus beiden Gruppen.',
    'Unsere Notfallunterlagen öffnen sich mit je zwei GOLD-Karten aus zwei beliebigen Gruppen.',
    'Unsere Notfallunterlagen öffnen sich mit je zwei GOLD-Karten aus allen drei Gruppen.',
    'Unsere Notfallunterlagen öffnen sich mit drei GOLD-Karten aus einer beliebigen Gruppe.',
    'Genug GOLD-Karten aus beiden Gruppen öffnen unsere Notfallunterlagen. Aus dieser Gruppe: eine.',
    'Genug GOLD-Karten aus zwei beliebigen Gruppen öffnen unsere Notfallunterlagen. Aus dieser Gruppe: eine.',
    'Genug GOLD-Karten aus einer beliebigen Gruppe öffnen unsere Notfallunterlagen. Aus dieser Gruppe: eine.',
  ],
  es: [
    'Tres tarjetas GOLD cualesquiera abren nuestros documentos de emergencia.',
    'Las dos tarjetas GOLD juntas abren nuestros documentos de emergencia.',
    'Las cuatro tarjetas GOLD juntas abren nuestros documentos de emergencia.',
    '14 tarjetas GOLD cualesquiera abren nuestros documentos de emergencia.',
    'Nuestros documentos de emergencia se abren con una tarjeta GOLD por grupo, de los dos grupos.',
    'Nuestros documentos de emergencia se abren con dos tarjetas GOLD por grupo, de dos grupos cualesquiera.',
    'Nuestros documentos de emergencia se abren con dos tarjetas GOLD por grupo, de los tres grupos.',
    'Nuestros documentos de emergencia se abren con tres tarjetas GOLD de un grupo cualquiera.',
    'Suficientes tarjetas GOLD de los dos grupos abren nuestros documentos de emergencia. De este grupo: una.',
    'Suficientes tarjetas GOLD de dos grupos cualesquiera abren nuestros documentos de emergencia. De este grupo: una.',
    'Suficientes tarjetas GOLD de un grupo cualquiera abren nuestros documentos de emergencia. De este grupo: una.',
  ],
  fr: [
    'Trois cartes GOLD, n’importe lesquelles, ouvrent nos dossiers d’urgence.',
    'Les deux cartes GOLD ensemble ouvrent nos dossiers d’urgence.',
    'Les quatre cartes GOLD ensemble ouvrent nos dossiers d’urgence.',
    '14 cartes GOLD, n’importe lesquelles, ouvrent nos dossiers d’urgence.',
    'Nos dossiers d’urgence s’ouvrent avec une carte GOLD de chacun des deux groupes.',
    'Nos dossiers d’urgence s’ouvrent avec deux cartes GOLD de chacun de deux groupes, n’importe lesquels.',
    'Nos dossiers d’urgence s’ouvrent avec deux cartes GOLD de chacun des trois groupes.',
    'Nos dossiers d’urgence s’ouvrent avec trois cartes GOLD d’un même groupe, n’importe lequel.',
    'Assez de cartes GOLD des deux groupes ouvrent nos dossiers d’urgence. De ce groupe\u00a0: une.',
    'Assez de cartes GOLD de deux groupes, n’importe lesquels, ouvrent nos dossiers d’urgence. De ce groupe\u00a0: une.',
    'Assez de cartes GOLD d’un même groupe, n’importe lequel, ouvrent nos dossiers d’urgence. De ce groupe\u00a0: une.',
  ],
} as const;

describe.each(['de', 'es', 'fr'] as const)('the same in %s', (language) => {
  test.each(Object.entries(POLICIES).map(([name, given], index) => [name, given, index] as const))(
    '%s',
    (_, given, index) => {
      expect(cardStringsOf(language).opens(given, 'gold', 1)).toBe(SENTENCES[language][index]);
    },
  );
});

describe('dates are written out, so that no country reads them its own way', () => {
  test.each([
    ['en', '24 Nov 2026', '1 Mar 2027'],
    ['es', '24 nov 2026', '1 mar 2027'],
    ['de', '24. Nov. 2026', '1. März 2027'],
    ['fr', '24 nov. 2026', '1er mars 2027'],
  ] as const)('%s', (language, late, first) => {
    const strings = cardStringsOf(language);
    expect(strings.issue(4, '2026-11-24').endsWith(` 4, ${late}`)).toBe(true);
    expect(strings.issue(1, '2027-03-01T10:00:00Z').endsWith(` 1, ${first}`)).toBe(true);
  });

  test('every month has its own name, and ends in a letter or a point', () => {
    for (const language of LANGUAGES) {
      const months = Array.from({ length: 12 }, (_, index) =>
        cardStringsOf(language).issue(1, `2026-${String(index + 1).padStart(2, '0')}-09`),
      );
      expect(new Set(months).size).toBe(12);
      for (const issue of months) expect(issue).toMatch(/ 9\.? \p{L}+\.? 2026$/u);
    }
  });
});

/** Arguments for sentences with blanks; the rest take numbers. */
const CALLS: { readonly [K in keyof CardStrings]?: readonly unknown[] } = {
  issue: [3, '2026-11-24'],
  opens: [policy(1, [3, 5]), 'gold', 1],
  edition: ['7Q2F9KZD', 1],
  markAlt: ['gold', 'circle'],
};

function said(strings: CardStrings, key: keyof CardStrings): string {
  const value = (strings as unknown as Readonly<Record<string, unknown>>)[key];
  if (typeof value === 'function')
    return (value as (...given: unknown[]) => string)(...(CALLS[key] ?? [3, 5, 4]));
  return [value].flat().join('\n');
}

const KEYS = Object.keys(en) as (keyof CardStrings)[];

describe.each(LANGUAGES)('in %s', (language) => {
  const strings = cardStringsOf(language);

  test('every sentence is there', () => {
    expect(Object.keys(strings).toSorted()).toEqual(KEYS.toSorted());
    for (const key of KEYS) expect(said(strings, key).trim(), key).not.toMatch(/^$|undefined|\[object|NaN/);
    expect(strings.askedSteps).toHaveLength(en.askedSteps.length);
  });

  test.skipIf(language === 'en')('none was left in English', () => {
    expect(KEYS.filter((key) => said(strings, key) === said(en, key))).toEqual([]);
  });

  test('the mark is named as in every other language', () => {
    expect(said(strings, 'markAlt').toLowerCase()).toContain('gold circle');
    expect(said(strings, 'opens')).toContain(language === 'en' ? 'gold' : 'GOLD');
  });

  test('asked to use it, nobody is to compare words: those on the card are no secret', () => {
    const asked = strings.askedSteps.join(' ');
    expect(asked).not.toMatch(/words|RECOVER|W[öo]rter|palabras|mots/i);
  });

  test('a card may lie in an envelope: nothing but the line for its number speaks of a bag alone', () => {
    const bag = new RegExp(`\\b${strings.bag}s?\\b`, 'i');
    for (const sentence of [strings.keep, ...strings.askedSteps, strings.checkText])
      expect(sentence).not.toMatch(bag);
  });

  test('no exclamation marks', () => {
    expect(KEYS.filter((key) => said(strings, key).includes('!'))).toEqual([]);
  });
});

test('a mark is one title in all languages', () => {
  expect(markTitle('gold', 'circle')).toBe('GOLD circle');
});

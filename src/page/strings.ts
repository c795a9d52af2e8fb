// The page's words, one table for each language. What a table must hold, the English one says. Marks and
// colours are named as the cards print them, whatever the language: people compare words.

import { EN } from './strings/en.ts';

export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every sentence of the recovery half, by key. */
export type Strings = typeof EN;

const TABLES: Readonly<Record<Language, Strings>> = { en: EN, es: EN, de: EN, fr: EN };

export function stringsOf(language: Language): Strings {
  return TABLES[language];
}

/** The first of a browser's languages that the page speaks. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const wanted of languages) {
    const known = LANGUAGES.find((language) => wanted.toLowerCase().split('-')[0] === language);
    if (known) return known;
  }
  return 'en';
}

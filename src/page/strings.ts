// The page's words, one table for each language. What a table must hold, the English one says. Marks and
// colours are named as the cards print them, whatever the language: people compare words.

import { DE } from './strings/de.ts';
import { EN } from './strings/en.ts';
import { ES } from './strings/es.ts';
import { FR } from './strings/fr.ts';

export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every sentence of the recovery half, by key. */
export type Strings = typeof EN;

const TABLES: Readonly<Record<Language, Strings>> = { en: EN, es: ES, de: DE, fr: FR };

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

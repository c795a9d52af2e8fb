// The page's words, one table for each language. What a table must hold, the English one says.

import { EN } from './strings/en.ts';

export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every sentence of the recovery half, by key. */
export type Strings = { readonly [K in keyof typeof EN]: (typeof EN)[K] };

const TABLES: Readonly<Record<Language, Strings>> = { en: EN, es: EN, de: EN, fr: EN };

export function stringsOf(language: Language): Strings {
  return TABLES[language];
}

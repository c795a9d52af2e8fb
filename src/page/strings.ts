// The page's words, one table for each language and half of the page. What a table must hold, the English
// one says. Marks and colours are named as the cards print them, whatever the language: people compare words.

import { LANGUAGES } from '../core/languages.ts';
import type { Language } from '../core/languages.ts';
import type { Loss } from '../vault/loss.ts';
import { DE } from './strings/de.ts';
import { EN } from './strings/en.ts';
import { ES } from './strings/es.ts';
import { FR } from './strings/fr.ts';
import { DE as LOSSES_DE } from './strings/losses/de.ts';
import { ES as LOSSES_ES } from './strings/losses/es.ts';
import { FR as LOSSES_FR } from './strings/losses/fr.ts';
import { DE as VAULT_DE } from './strings/vault/de.ts';
import { EN as VAULT_EN } from './strings/vault/en.ts';
import { ES as VAULT_ES } from './strings/vault/es.ts';
import { FR as VAULT_FR } from './strings/vault/fr.ts';

/** Every sentence until a package is open, by key. */
export type Strings = typeof EN;
/** Every sentence after that. */
export type VaultStrings = typeof VAULT_EN;

const TABLES: Readonly<Record<Language, Strings & { readonly vault: VaultStrings }>> = {
  en: { ...EN, vault: VAULT_EN },
  es: { ...ES, vault: VAULT_ES },
  de: { ...DE, vault: VAULT_DE },
  fr: { ...FR, vault: VAULT_FR },
};

export function stringsOf(language: Language): Strings & { readonly vault: VaultStrings } {
  return TABLES[language];
}

/** Clauses of a loss report, by the English ones that the writers note. */
const LOSSES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  es: LOSSES_ES,
  de: LOSSES_DE,
  fr: LOSSES_FR,
};

/** One line of a loss report. What only the product has a name for keeps that name. */
export function tellLoss(language: Language, { count, field, detail }: Loss): string {
  const known = LOSSES[language];
  return `${count} × ${known[field] ?? field}: ${known[detail] ?? detail}`;
}

/** The first of a browser's languages that the page speaks. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const wanted of languages) {
    const known = LANGUAGES.find((language) => wanted.toLowerCase().split('-')[0] === language);
    if (known) return known;
  }
  return 'en';
}

// The words of the vault half, one table for each language.

import type { Language } from '../strings.ts';
import { DE } from './strings/de.ts';
import { EN } from './strings/en.ts';
import { ES } from './strings/es.ts';
import { FR } from './strings/fr.ts';

export type VaultStrings = typeof EN;

const TABLES: Readonly<Record<Language, VaultStrings>> = { en: EN, es: ES, de: DE, fr: FR };

export function vaultStringsOf(language: Language): VaultStrings {
  return TABLES[language];
}

// The words of a card, one table for each language. The layout asks for whole sentences and never joins
// words itself. A card has at most 120 words outside its code and rows: a test counts them.

import type { Language } from '../core/languages.ts';
import { DE } from './strings/de.ts';
import { EN } from './strings/en.ts';
import { ES } from './strings/es.ts';
import { FR } from './strings/fr.ts';

/** How many cards of how many open it; one group when there are no groups. */
export interface PrintedPolicy {
  readonly groupThreshold: number;
  readonly groups: readonly { readonly threshold: number; readonly members: number }[];
}

export interface CardStrings {
  /** `created` is an ISO date. */
  issue(setNumber: number, created: string): string;
  readonly card: string;
  ofCards(count: number): string;
  readonly holder: string;
  readonly group: string;
  /** What it takes; `group` is the number of this card's own group. */
  opens(policy: PrintedPolicy, colour: string, group: number): string;
  readonly alone: string;
  readonly keep: string;
  readonly only: string;
  readonly unreadable: string;
  /** Beside the code of a locked card. */
  readonly locked: string;
  readonly asked: string;
  readonly askedSteps: readonly string[];
  readonly doubt: string;
  readonly check: string;
  readonly checkText: string;
  readonly lost: string;
  /** What stands before and behind the number that is written by hand. */
  readonly lostCall: string;
  readonly lostToday: string;
  readonly noBlame: string;
  readonly leaving: string;
  readonly leavingText: string;
  readonly bag: string;
  readonly closedOn: string;
  readonly charterWords: string;
  /** `version` of the share. */
  edition(setId: string, version: number): string;
  codeAlt(symbols: number, rows: number): string;
  documentTitle(card: number, count: number, setNumber: number): string;
  markAlt(colour: string, shape: string): string;
}

const TABLES: Readonly<Record<Language, CardStrings>> = { en: EN, es: ES, de: DE, fr: FR };

export function cardStringsOf(language: Language): CardStrings {
  return TABLES[language];
}

/** "GOLD circle", on a card in any language: people with different cards compare words. */
export const markTitle = (colour: string, shape: string): string => `${colour.toUpperCase()} ${shape}`;

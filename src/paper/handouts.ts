// The words of what a trustee signs, takes home or gets by post, one table for each language. As on cards, whole
// sentences: nothing is joined but names, numbers and dates.

import type { Language } from '../core/languages.ts';
import type { Wrap } from '../core/card-wrap.ts';
import { HANDOUTS_DE } from './strings/handouts-de.ts';
import { HANDOUTS_EN } from './strings/handouts-en.ts';
import { HANDOUTS_ES } from './strings/handouts-es.ts';
import { HANDOUTS_FR } from './strings/handouts-fr.ts';

/** What is said of an unknown one is true of an envelope and of a bag that nobody noted yet. */
type ByWrap<T = string> = Readonly<Record<Wrap, T>>;

export interface HandoutStrings {
  readonly language: Language;
  /** `iso` is a date: "24 Nov 2026". */
  readonly date: (iso: string) => string;
  page(number: number, count: number): string;
  readonly acknowledgement: {
    readonly title: string;
    readonly organisation: string;
    readonly trustee: string;
    readonly card: string;
    cardOf(card: number, count: number): string;
    readonly set: string;
    setOf(mark: string, setNumber: number): string;
    readonly group: string;
    readonly issued: string;
    readonly bag: ByWrap;
    readonly received: ByWrap;
    /** Of a card that its holder got from the one before. */
    readonly receivedClosed: ByWrap;
    /** Of a card whose paper nobody read back yet. */
    readonly receivedUnread: string;
    /** Of a card whose rows are in a file too. */
    file(name: string): string;
    /** The same, when somebody else has the card now. */
    readonly fileOfBefore: string;
    readonly promises: ByWrap<readonly string[]>;
    /** Of a locked card. */
    readonly forgetting: string;
    readonly report: string;
    readonly signature: string;
    readonly dateTime: string;
    readonly witness: string;
    readonly name: string;
    foot(printed: string): string;
  };
  readonly letter: {
    readonly title: string;
    readonly foot: string;
    heading(date: string, wrap: Wrap): string;
    readonly thanks: ByWrap;
    readonly steps: ByWrap<readonly string[]>;
    prove(date: string, wrap: Wrap): string;
    /** Of a set with locked cards. */
    readonly passphrase: string;
    readonly trouble: ByWrap;
    readonly call: string;
    readonly never: ByWrap;
    readonly from: string;
    readonly number: ByWrap;
    readonly lookedAt: string;
    readonly isWhole: string;
    readonly signature: string;
  };
  readonly contact: {
    readonly title: string;
    foot(printed: string): string;
    readonly keep: ByWrap;
    readonly who: string;
    readonly name: string;
    readonly role: string;
    readonly phone: string;
    readonly asked: string;
    readonly steps: ByWrap<readonly string[]>;
    /** Of a set with locked cards: one step more, before the last, and one more reason to call. */
    readonly passphrase: string;
    readonly forgotten: string;
    readonly lost: string;
    readonly call: string;
    readonly noBlame: string;
    readonly check: string;
    readonly checkText: ByWrap;
  };
  readonly slip: {
    readonly title: string;
    readonly foot: string;
    readonly heading: string;
    readonly owner: string;
    readonly found: string;
    readonly number: ByWrap;
    readonly closedOn: string;
    readonly closedBy: string;
    readonly witness: string;
  };
}

const TABLES: Readonly<Record<Language, HandoutStrings>> = {
  en: HANDOUTS_EN,
  es: HANDOUTS_ES,
  de: HANDOUTS_DE,
  fr: HANDOUTS_FR,
};

export const handoutStringsOf = (language: Language): HandoutStrings => TABLES[language];

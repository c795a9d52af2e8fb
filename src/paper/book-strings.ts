// Every word of the printed book but what the vault itself holds. As with cards, a later language is one
// object of this shape.

import { counted } from '../core/counted.ts';
import { dateInEnglish } from './strings/en.ts';

interface BookStrings {
  readonly warning: string;
  date(iso: string): string;
  page(number: number, count: number): string;
  readonly title: string;
  source(product: string, made: string): string;
  size(entries: number, clients: number, pages: number): string;
  readonly rules: readonly string[];
  readonly legend: string;
  readonly spaceMeans: string;
  readonly goesOnMeans: string;
  readonly unprintable: string;
  readonly unprintableMeans: string;
  readonly countMeans: string;
  readonly codeMeans: string;
  readonly leftOut: string;
  readonly contents: string;
  entries(count: number): string;
  tier(number: number): string;
  continued(title: string): string;
  characters(count: number): string;
  readonly code: string;
  readonly codeAlt: string;
}

export const BOOK_STRINGS: BookStrings = {
  warning: 'PRINT ONLY IN AN EMERGENCY — contains every password',
  date: dateInEnglish,
  page: (number, count) => `page ${number} of ${count}`,
  title: 'Password book',
  source: (product, made) => `Made on ${dateInEnglish(made)} from an export of ${product}.`,
  size: (entries, clients, pages) =>
    `${counted(entries, 'entry', 'entries')}, ${counted(clients, 'client')}, ${counted(pages, 'page')}.`,
  rules: [
    'Count the pages when it is printed, and again when the emergency is over.',
    'Each client begins on a page of its own: hand out those pages only.',
    'Afterwards change every password that was in use, and shred all pages.',
  ],
  legend: 'How to read it',
  spaceMeans: 'a space',
  goesOnMeans: 'the line goes on below, with nothing in between',
  unprintable: '‹U+1F511›',
  unprintableMeans: 'a character that cannot be printed, by its Unicode number',
  countMeans: 'how long it is, spaces counted',
  codeMeans: 'Square codes are for an authenticator app; the seed beside each is the same, for typing.',
  leftOut: 'Not in this book',
  contents: 'Contents',
  entries: (count) => counted(count, 'entry', 'entries'),
  tier: (number) => `Tier ${number}`,
  continued: (title) => `${title} (continued)`,
  characters: (count) => counted(count, 'character'),
  code: 'One-time seed',
  codeAlt: 'Square code holding the seed of one-time codes that is spelt out beside it',
};

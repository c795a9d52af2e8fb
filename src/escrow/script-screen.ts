// What the program says at each step of a ceremony. The script prints the same sentences as "on the screen",
// with "…" for what only the day knows.

import { counted } from '../core/counted.ts';

type Known = number | string | undefined;

/** What is not known before the day. */
const OPEN = '…';

export const SCREEN = {
  present: (cards: number, of: number): string => `Present: ${cards} of ${of}`,
  program: (name: string, hash: string): string => `Program: ${name}, ${hash}`,
  clock: (time: string): string => `Clock: ${time}`,
  plan: (policy: string): string => `Plan: ${policy}`,
  planWords: (words: readonly string[] | undefined): string => `Plan in words: ${words?.join(' ') ?? OPEN}`,
  agreed: (cards: Known, of: number): string => `Agreed by ${cards ?? OPEN} of ${of}`,
  key: (quorums: number | undefined): string =>
    `the key is split; ${quorums === undefined ? `${OPEN} quorums` : counted(quorums, 'quorum')} checked: each gives it back`,
  rolls: (rolls: number): string => `Rolls of the dice so far: ${rolls}`,
  words: 'The six words are the same on paper and screen',
  card: (card: Known, done: Known, of: number): string =>
    `Card ${card ?? OPEN} is good. Read back: ${done ?? OPEN} of ${of}.`,
  test: (cards: readonly number[] | undefined): string =>
    `Test package opened by cards ${cards?.join(', ') ?? OPEN}, each the same as what was read back`,
  lots: (cards: readonly number[] | undefined): string => `Drawn by lot: cards ${cards?.join(', ') ?? OPEN}`,
  second: 'The second machine opened the test package',
  bag: (card: Known, bag: Known): string => `Card ${card ?? OPEN} is in bag ${bag ?? OPEN}`,
  erased: 'every card was read back from paper; the key is erased',
} as const;

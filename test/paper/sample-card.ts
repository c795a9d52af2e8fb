// A card to print in tests. Its code opens nothing.

import type { CardContent } from '../../src/paper/card.ts';

export const SAMPLE_ROWS: CardContent['rows'] = [
  'CE9SAWR9B9NZJE9ZQV6007YV',
  'SQJZVVNGX7XA24WN8K4CDFC3',
  'T2FD6QNY1F1AFNK2RHP6HJBC',
  'JNYYQH6N4BYJQEZG0CQGZ8NK',
];

/** Of a locked card. */
export const LOCKED_ROWS: CardContent['rows'] = [...SAMPLE_ROWS, '8X5X05H2MTMAK5Z12R1GGJXV'];

export const SAMPLE: CardContent = {
  cardNumber: 3,
  cardCount: 5,
  setNumber: 4,
  mark: { colour: 'gold', shape: 'circle', hex: '#c28a00' },
  policy: { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
  group: 1,
  holderName: 'Łukasz Żółkiewski',
  created: '2026-11-24',
  rows: SAMPLE_ROWS,
  words: ['orbit', 'lemon', 'cedar', 'vivid', 'raven', 'pilot'],
  setId: '7Q2F9KZD',
  language: 'en',
};

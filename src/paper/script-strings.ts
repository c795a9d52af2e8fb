// Every word of a printed script but what its steps say. Another language is one more object of this shape.

import { capital } from '../core/capital.ts';
import { dateInEnglish } from './strings/en.ts';

export const SCRIPT_STRINGS = {
  title: 'Ceremony script',
  page: (number: number, count: number): string => `page ${number} of ${count}`,
  foot: (organisation: string, program: string): string =>
    `Ceremony script of ${organisation}, by ${program}`,
  about: (steps: number, minutes: number, isFull: boolean): string =>
    `${steps} steps, about ${minutes} minutes, ${isFull ? 'with a witness and a second machine' : 'for a lead and the trustees'}`,
  printed: (iso: string): string => `printed ${dateInEnglish(iso)}`,
  agreed: 'What was agreed',
  policy: (policy: string, cards: number): string =>
    `${cards} cards are made. ${capital(policy)} open it; fewer open nothing.`,
  set: (set: number, mark: string): string => `Set ${set}: ${mark}. Every card bears this mark.`,
  planWords: 'The plan in words. The program shows the same ones:',
  program: 'The program. Its hash on the screen is this one, group by group:',
  card: 'Card',
  holder: 'Trustee',
  locked: 'locks it by a passphrase',
  asFile: 'also a file for own key',
  here: 'here',
  initials: 'Initials',
  rules: 'Three rules',
  rule: [
    'The number of the step on the screen is the number on this paper. If not: stop.',
    'Anybody may say "stop". What goes otherwise is an exception: type the word exception at any question of the program, and write it on this paper too.',
    'A card seen by another person, a hash that differs, a screen nobody can explain: nothing of today is kept. Shred every card and begin again at step 1.',
  ],
  number: 'No.',
  role: 'Who',
  doing: 'Do and say',
  screen: 'On the screen',
  sign: 'Initials, time',
  time: 'Time',
  exceptions: 'Exceptions',
  exceptionsHint: 'What went otherwise than written. Each also goes into the program, by the word exception.',
  breaks: 'Breaks',
  exception: {
    step: 'Step',
    time: 'Time',
    what: 'What happened',
    fix: 'What we did',
    again: 'From step',
    typed: 'is in the program',
    initials: 'Initials of all',
  },
  pause: { from: 'From', to: 'to', stayed: 'With the machine and the cards stayed' },
  signatures: 'Signatures',
  statement:
    'I was there from the first step to the last. What I saw is what is written here, with the exceptions above. Nobody but its trustee saw a card.',
  trustee: (card: number): string => `card ${card}`,
  name: 'Name',
  signature: 'Signature',
  dateTime: 'Date, time, zone',
} as const;

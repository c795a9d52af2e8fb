// The steps of a guided ceremony before and after its cards, answered as people who have nothing to add.

import type { Terminal } from '../support/pty.ts';

/** Steps up to the key, one answer each. */
export const OPENING: readonly (readonly [step: string, question: string, answer: string])[] = [
  ['Who is here', 'Which cards have their trustee here?', ''],
  ['The machine, the program, the clock', 'Is that what stands on page 1', 'y'],
  ['The machine, the program, the clock', 'Are date, time and zone right?', 'y'],
  ['The plan, read aloud', 'Has every trustee said', 'y'],
  ['The key is made and split', 'Press Enter to make the key.', ''],
];

export const WORDS = 'The six words, as they are read aloud';

/** When each card has its bag. */
export const WHICH_BAG = 'Which number is wrong?';

/** The six words on the screen. */
export async function wordsOnScreen(terminal: Terminal): Promise<string[]> {
  await terminal.see(/\n {2}6 {2}[a-z]+\n/);
  return [...terminal.text.matchAll(/^ {2}[1-6] {2}([a-z]+)$/gm)].map(([, word = '']) => word);
}

/** From the first step to the first card. */
export async function openCeremony(terminal: Terminal): Promise<void> {
  for (const [, question, answer] of OPENING) await terminal.answer(question, answer);
  await terminal.answer(WORDS, (await wordsOnScreen(terminal)).join(' '));
}

/** The same of an escrow that stands, up to the cards in force. */
export async function openNextCeremony(terminal: Terminal): Promise<void> {
  for (const [, question, answer] of OPENING.slice(0, -1)) await terminal.answer(question, answer);
  await terminal.answer('Press Enter: the cards in force are asked for.');
}

/** From the last card to the erased key. */
export async function closeCeremony(terminal: Terminal, cards: number): Promise<void> {
  for (let card = 1; card <= cards; card += 1)
    await terminal.answer(`Number of the bag of card ${card} (`, `A10447${card}`);
  await terminal.answer(WHICH_BAG);
  await terminal.answer('Press Enter: the charter is signed and the key erased.');
}

// Cards as people name them: "all", "1, 2 5", "1-4", and "3=" before what is for card 3.

import type { Prompter } from '../adapters/prompts.ts';

/** @returns ascending card numbers, or why it is no list of them. An empty text names none. */
export function cardNumbers(typed: string, count: number): readonly number[] | string {
  const text = typed.trim().toLowerCase();
  if (text === 'all') return Array.from({ length: count }, (_, index) => index + 1);
  const found = new Set<number>();
  for (const part of text
    .replaceAll(/\s*-\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((word) => word !== '')) {
    const [, first = '', last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to > count || from > to)
      return `"${part}" is no card; give numbers from 1 to ${count}, or all`;
    for (let card = from; card <= to; card += 1) found.add(card);
  }
  return [...found].sort((a, b) => a - b);
}

/** Asks for cards by number until the answer is a list of them. */
export async function askForCards(
  prompter: Prompter,
  question: string,
  count: number,
): Promise<readonly number[]> {
  const typed = await prompter.text(question, {
    initial: 'all',
    check: (answer) => {
      const numbers = cardNumbers(answer, count);
      return typeof numbers === 'string' ? numbers : undefined;
    },
  });
  const numbers = cardNumbers(typed, count);
  return typeof numbers === 'string' ? [] : numbers;
}

/** `3=FILE` → card 3 and FILE; anything else is for no card of its own. */
export function forCard(text: string): { readonly card: number | undefined; readonly value: string } {
  const [, number, value] = /^(\d{1,3})=(.+)$/s.exec(text) ?? [];
  return value === undefined ? { card: undefined, value: text } : { card: Number(number), value };
}

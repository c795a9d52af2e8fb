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

/** Why a text is no list of cards. */
export function cardsProblem(typed: string, count: number): string | undefined {
  const numbers = cardNumbers(typed, count);
  return typeof numbers === 'string' ? numbers : undefined;
}

/** The cards of a text that was checked. */
export function cardsTyped(typed: string, count: number): readonly number[] {
  const numbers = cardNumbers(typed, count);
  return typeof numbers === 'string' ? [] : numbers;
}

/** Asks for cards by number until the answer is a list of them. @param initial - What Enter alone means. */
export async function askForCardNumbers(
  prompter: Prompter,
  question: string,
  { count, initial }: { readonly count: number; readonly initial?: 'all' },
): Promise<readonly number[]> {
  const check = (answer: string): string | undefined => cardsProblem(answer, count);
  const typed = await prompter.text(question, { check, ...(initial === undefined ? {} : { initial }) });
  return cardsTyped(typed, count);
}

/** `3=FILE` → card 3 and FILE; anything else is for no card of its own. */
export function forCard(text: string): { readonly card: number | undefined; readonly value: string } {
  const [, number, value] = /^(\d{1,3})=(.+)$/s.exec(text) ?? [];
  return value === undefined ? { card: undefined, value: text } : { card: Number(number), value };
}

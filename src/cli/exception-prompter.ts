// Questions of a ceremony, each of which can be put off to enter an exception: by the word, or by the last
// choice of a list. After it the same question stands there again; nothing of the flow is lost.

import type { Prompter, TextOptions } from '../adapters/prompts.ts';

const WORD = 'exception';
const CHOICE = '!exception';

const isWord = (answer: string): boolean => answer.trim().toLowerCase() === WORD;

const yesOrNo = (answer: string): boolean | undefined => {
  if (/^\s*y(?:es)?\s*$/i.test(answer)) return true;
  return /^\s*no?\s*$/i.test(answer) ? false : undefined;
};

/** @param enter - Asks for the exception and keeps it. */
export function withExceptions(inner: Prompter, enter: () => Promise<void>): Prompter {
  const text = async (question: string, options: TextOptions = {}): Promise<string> => {
    const { check } = options;
    const watched: TextOptions = {
      ...options,
      ...(check === undefined ? {} : { check: (answer) => (isWord(answer) ? undefined : check(answer)) }),
    };
    for (;;) {
      const answer = await inner.text(question, watched);
      if (!isWord(answer)) return answer;
      await enter();
    }
  };
  return {
    text,
    secret: (question) => inner.secret(question),
    async confirm(question, initial) {
      const answer = await text(`${question} (${initial ? 'Y/n' : 'y/N'})`, {
        check: (typed) => (typed.trim() === '' || yesOrNo(typed) !== undefined ? undefined : 'y or n'),
      });
      return yesOrNo(answer) ?? initial;
    },
    async choose(question, choices, initial) {
      const all: { name: string; value: string }[] = [
        ...choices,
        { name: 'something went otherwise: enter an exception', value: CHOICE },
      ];
      for (;;) {
        const answer = await inner.choose(question, all, initial);
        const chosen = choices.find(({ value }) => value === answer);
        if (chosen) return chosen.value;
        await enter();
      }
    },
    async pause(message) {
      await text(message, {
        check: (typed) => (typed.trim() === '' ? undefined : `Enter alone, or the word ${WORD}`),
        // A row is typed here, too, by somebody who is ahead of the program.
        shownAfter: '',
      });
    },
  };
}

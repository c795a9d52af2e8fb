// A person at questions who says what is listed, in order. Each question must be one that is expected, and an answer
// that is refused is followed by the next one.

import { expect } from 'vitest';
import type { Prompter, TextOptions } from '../../src/adapters/prompts.ts';

/** A part of the question, and the answer: text, yes or no, or the beginning of a choice. */
export type Answer = readonly [question: string, answer: string | boolean];

interface Answering {
  readonly prompter: Prompter;
  /** Why answers were not taken. */
  readonly refused: readonly string[];
  /** What stood there to be changed. */
  readonly prefilled: readonly string[];
  /** Fails when something was not asked. */
  readonly assertAllAsked: () => void;
}

export function answering(...answers: readonly Answer[]): Answering {
  const left = [...answers];
  const refused: string[] = [];
  const prefilled: string[] = [];
  const next = (question: string): string | boolean => {
    const [wanted = 'no more questions', answer = ''] = left.shift() ?? [];
    expect(question).toContain(wanted);
    return answer;
  };
  const text = async (question: string, { check, prefill }: TextOptions = {}): Promise<string> => {
    if (prefill !== undefined) prefilled.push(prefill);
    for (;;) {
      const answer = String(next(question));
      const problem = await check?.(answer);
      if (problem === undefined) return answer;
      refused.push(problem);
    }
  };
  return {
    refused,
    prefilled,
    prompter: {
      text,
      secret: (question) => Promise.resolve(String(next(question))),
      confirm: (question) => Promise.resolve(next(question) === true),
      choose: (question, choices) => {
        const wanted = String(next(question));
        const chosen = choices.find(({ name }) => name.startsWith(wanted));
        if (!chosen)
          throw new Error(`no choice "${wanted}" among ${choices.map(({ name }) => name).join('; ')}`);
        return Promise.resolve(chosen.value);
      },
      pause: async (message) => {
        await text(message);
      },
    },
    assertAllAsked: () => {
      expect(left).toEqual([]);
    },
  };
}

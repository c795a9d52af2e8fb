// A plan that is asked for once more, after a no: what was answered before is what Enter alone means.

import { expect, test } from 'vitest';
import type { Prompter, TextOptions } from '../../src/adapters/prompts.ts';
import { FURTHER_QUESTIONS } from '../../src/cli/plan-questions.ts';
import type { Session } from '../../src/cli/session.ts';
import { answering, type Answer } from '../support/answers.ts';

/** Of the test vectors of age. */
const KEY = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';
const session = { io: { stderr: () => true } } as unknown as Session;

/** A prompter that takes Enter alone as people's terminals do. */
function asking(...answers: readonly Answer[]): {
  prompter: Prompter;
  seen: TextOptions[];
  assertAllAsked: () => void;
} {
  const { prompter, assertAllAsked } = answering(...answers);
  const seen: TextOptions[] = [];
  const text: Prompter['text'] = async (question, options = {}) => {
    seen.push(options);
    const meant = (answer: string): string => (answer === '' ? (options.initial ?? '') : answer);
    return meant(await prompter.text(question, { check: (answer) => options.check?.(meant(answer)) }));
  };
  return { prompter: { ...prompter, text }, seen, assertAllAsked };
}

test('no field has the old answer in it, every one takes Enter for it, and "none" takes it away', async () => {
  const before = {
    name: 'Ana',
    contact: '+1 260',
    place: 'home',
    team: 'desk',
    outside: true,
    reachable: 0.75,
  };
  const person = asking(
    ['phone or address', ''],
    ['building', 'Works 2'],
    ['household', 'none'],
    ['team', 'None'],
    ['reports to', ''],
    ['somebody from outside', false],
    ['reachable', ''],
  );
  const told = await FURTHER_QUESTIONS.trustee(person.prompter, 1, before);
  person.assertAllAsked();
  // Without an earlier answer there is nothing to take away: a household may be called so.
  expect(told).toEqual({
    contact: '+1 260',
    place: 'Works 2',
    household: 'none',
    outside: false,
    reachable: 0.75,
  });
  expect(person.seen.filter(({ prefill }) => prefill !== undefined)).toEqual([]);
  expect(person.seen.map(({ initial }) => initial)).toEqual([
    '+1 260',
    'home',
    undefined,
    'desk',
    undefined,
    '0.75',
  ]);
});

test('cards that were to be locked are kept by Enter, and let go by "none"', async () => {
  const trustees = [{ name: 'Ana' }, { name: 'Mei' }];
  const before = [{ name: 'Ana', lock: 'passphrase', encryptTo: KEY } as const, { name: 'Mei' }];
  const keep = asking(['to be locked', ''], ['a file too', ''], ['Card 1, age recipient', '']);
  expect(await FURTHER_QUESTIONS.cards(session, keep.prompter, trustees, before)).toEqual(before);
  const drop = asking(['to be locked', 'none'], ['a file too', 'none']);
  expect(await FURTHER_QUESTIONS.cards(session, drop.prompter, trustees, before)).toEqual(trustees);
  drop.assertAllAsked();
});

// A bag number at a check-in that is another card's already.

import { expect, test } from 'vitest';
import { assertOwnBag } from '../../src/cli/check-in-bag.ts';
import type { Session } from '../../src/cli/session.ts';
import { withCard } from '../../src/escrow/register.ts';
import type { Register } from '../../src/escrow/register.ts';
import { registerOf } from '../escrow/sample-register.ts';
import { answering, type Answer } from '../support/answers.ts';

/** Notes a number as `check-in --rebagged` does. */
async function rebag(
  register: Register,
  [card, bag]: readonly [number, string],
  answers: readonly Answer[] | 'no terminal',
): Promise<{ readonly register: Register; readonly warned: string }> {
  let warned = '';
  const { prompter, assertAllAsked } = answering(...(answers === 'no terminal' ? [] : answers));
  const session = {
    canAsk: answers !== 'no terminal',
    prompter: () => Promise.resolve(prompter),
    warn: (text: string) => (warned += text),
  } as unknown as Session;
  const entry = register.cards.find((known) => known.card === card)!;
  await assertOwnBag(session, { register, entry }, bag);
  assertAllAsked();
  return { register: withCard(register, card, { bag }), warned };
}

const exchanged = registerOf(3, (card) => ({ bag: ['A2', 'A1', 'A3'][card - 1]! }));

test('two numbers that were noted the wrong way round are put right, one after the other', async () => {
  const question =
    'That is the number of the bag of card 2. Read it again: does it stand on the bag of card 1?';
  const one = await rebag(exchanged, [1, 'a-1'], [[question, true]]);
  expect(one.warned).toContain('bag a-1 still stands for card 2 too');
  const both = await rebag(one.register, [2, 'A2'], []);
  expect(both.warned).toBe('');
  expect(both.register.cards.map(({ bag }) => bag)).toEqual(['a-1', 'A2', 'A3']);
});

test('on a no, and without a terminal, no two cards are in one bag', async () => {
  await expect(rebag(exchanged, [1, 'A1'], [['bag of card 2', false]])).rejects.toMatchObject({
    code: 'input.aborted',
  });
  await expect(rebag(exchanged, [1, 'A1'], 'no terminal')).rejects.toMatchObject({ code: 'usage' });
});

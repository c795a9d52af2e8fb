// The bags of a guided ceremony: whose a number is, and how one that was mistyped is corrected.

import { expect, test } from 'vitest';
import { askForBags, type BaggedCards } from '../../src/cli/bag-round.ts';
import type { Session } from '../../src/cli/session.ts';
import { encodeShareRows } from '../../src/core/share/share-text.ts';
import type { Register } from '../../src/escrow/register.ts';
import { registerOf } from '../escrow/sample-register.ts';
import { answering, type Answer } from '../support/answers.ts';

const number = (card: number): string => `Number of the bag of card ${card} (`;
/** A row as any card may have it. */
const [, , ROW] = encodeShareRows(Uint8Array.from({ length: 50 }, (_, at) => at));
const WHICH = 'Which number is wrong?';

let said = '';
async function bag(before: Register | undefined, ...answers: readonly Answer[]): Promise<BaggedCards> {
  said = '';
  const session = { io: { stderr: (text: string) => (said += text) } } as unknown as Session;
  const { prompter, assertAllAsked } = answering(...answers);
  const result = await askForBags(session, prompter, { cards: [1, 2, 3], before });
  assertAllAsked();
  return result;
}

test('a number that was mistyped is corrected before it is kept', async () => {
  const { bags, exceptions } = await bag(
    undefined,
    [number(1), ' A1 '],
    [number(2), 'A20'],
    [number(3), 'none'],
    [WHICH, '4'],
    [WHICH, '2, 3'],
    [number(2), 'A2'],
    [number(3), 'A3'],
    [WHICH, ''],
  );
  expect([...bags]).toEqual([
    [1, 'A1'],
    [2, 'A2'],
    [3, 'A3'],
  ]);
  expect(exceptions).toEqual([]);
  expect(said).toMatch(/Card 1 is in bag A1\n {2}Card 2 is in bag A20\n {2}Card 3 is in no bag\n/);
});

test.each([
  ['this one', 'it is on the bag of card 1', [[number(2), 'A2']]],
  ['the other one', 'it is on the bag of card 2', [[number(1), 'A2']]],
] as const)('one number for two cards: %s is typed again', async (_name, choice, again) => {
  const { bags } = await bag(
    undefined,
    [number(1), 'A-1'],
    [number(2), 'a1'],
    ['was typed for card 1', choice],
    ...again,
    [number(3), 'A3'],
    [WHICH, ''],
  );
  expect(bags.size).toBe(3);
  expect(new Set([...bags.values()].map((text) => text.toLowerCase().replace('-', ''))).size).toBe(3);
  expect(bags.get(choice.endsWith('2') ? 1 : 2)).toBe('A2');
});

test('a number of a set before is told with its card, and taken only when it is meant', async () => {
  const { retired, ...old } = registerOf(3, (card) => ({ bag: `B${card}` }));
  expect(retired).toBeUndefined();
  const before = {
    ...old,
    set: { number: 2, id: '020102030405060708' },
    retired: [
      { set: old.set, cards: registerOf(2, () => ({ bag: 'first' })).cards, retired: '2026-01-01T00:00:00Z' },
    ],
  };
  const { bags, exceptions } = await bag(
    before,
    [number(1), 'b2'],
    ['the bag of card 2 of set 2, the blue square', false],
    [number(1), 'C1'],
    [number(2), 'First'],
    ['the bag of card 1 of set 1, the gold circle', true],
    [number(3), 'none'],
    [WHICH, ''],
  );
  expect([...bags]).toEqual([
    [1, 'C1'],
    [2, 'First'],
  ]);
  expect(exceptions.map(({ what }) => what)).toEqual([
    'the bag of card 2 has the number of a bag of a set before',
    'card 3 is in no bag',
  ]);
});

test('what is no number is asked for again, and what was typed before stands in the question', async () => {
  const session = { io: { stderr: () => true } } as unknown as Session;
  const person = answering(
    [number(1), ''],
    [number(1), ' - '],
    [number(1), 'A\u202e1'],
    [number(1), ROW],
    [number(1), `${ROW} ${ROW}`],
    [number(1), 'A1'],
    [WHICH, '1'],
    [`${number(1)}typed before: A1; none: it has no bag):`, 'A2'],
    [WHICH, ''],
  );
  const { bags } = await askForBags(session, person.prompter, { cards: [1], before: undefined });
  expect(person.refused).toEqual([
    ...Array.from({ length: 3 }, () => 'please type the number on the bag'),
    expect.stringContaining('that is a row of a card'),
    expect.stringContaining('that is a row of a card'),
  ]);
  expect(person.prefilled).toEqual([]);
  expect(bags.get(1)).toBe('A2');
});

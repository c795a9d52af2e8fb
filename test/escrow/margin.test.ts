// What is left of a set, in a sentence, for one group and for several.

import { expect, test } from 'vitest';
import { marginOf } from '../../src/escrow/margin.ts';
import { registerOf } from './sample-register.ts';

const flat = { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] };
const both = {
  groupThreshold: 2,
  groups: [
    { threshold: 2, members: 3 },
    { threshold: 1, members: 2 },
  ],
};
const any = { ...both, groups: [...both.groups, { threshold: 2, members: 2 }] };

const without = (count: number, ...gone: number[]): ReturnType<typeof registerOf> =>
  registerOf(count, (card) => (gone.includes(card) ? { state: 'lost' } : {}));

test.each<[number[], number, string]>([
  [[], 2, '3 of 5 are needed; 5 good cards are left; any 2 more may be lost.'],
  [[2], 1, '3 of 5 are needed; 4 good cards are left; one more loss leaves none to spare.'],
  [[2, 4], 0, '3 of 5 are needed; 3 good cards are left; one more loss and nothing can be opened.'],
  [[1, 2, 4], -1, '3 of 5 are needed; 2 good cards are left; nothing can be opened with them.'],
  [[1, 2, 3, 4], -1, '3 of 5 are needed; 1 good card is left; nothing can be opened with them.'],
])('of five cards without %j', (gone, spare, sentence) => {
  expect(marginOf(flat, without(5, ...gone))).toMatchObject({ spare, sentence });
});

test('a card in another bag than the one it was closed in is not counted on', () => {
  const register = registerOf(5, (card) => (card === 3 ? { bag: 'A1', otherBag: 'A2' } : {}));
  expect(marginOf(flat, register).good).toEqual([1, 2, 4, 5]);
});

test('groups are told by their names, each with what is left in it', () => {
  const register = registerOf(5, (card) => ({
    group: card <= 3 ? 'Partners' : 'Staff',
    state: card === 1 ? 'destroyed' : 'good',
  }));
  expect(marginOf(both, register)).toEqual({
    needed: '2 of 3 in Partners and 1 of 2 in Staff are needed',
    good: [2, 3, 4, 5],
    spare: 0,
    sentence:
      '2 of 3 in Partners and 1 of 2 in Staff are needed; 4 good cards are left (2 in Partners, 2 in Staff); one more loss of the wrong card and nothing can be opened.',
  });
});

test('groups without names are told by number, and not all of them may be needed', () => {
  expect(marginOf(any, without(7)).sentence).toBe(
    'any 2 of these are needed: 2 of 3 in group 1, 1 of 2 in group 2, 2 of 2 in group 3; 7 good cards are left (3 in group 1, 2 in group 2, 2 in group 3); any 2 more may be lost.',
  );
});

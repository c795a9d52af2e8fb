import { describe, expect, test } from 'vitest';
import { CARD_STRINGS, type PrintedPolicy } from '../../src/paper/strings.ts';

const { en } = CARD_STRINGS;

const policy = (
  groupThreshold: number,
  ...groups: [threshold: number, members: number][]
): PrintedPolicy => ({
  groupThreshold,
  groups: groups.map(([threshold, members]) => ({ threshold, members })),
});

describe('the sentence that says what it takes', () => {
  test.each<[string, PrintedPolicy, number, string]>([
    ['3 of 5', policy(1, [3, 5]), 1, 'Any three gold cards open our emergency records.'],
    ['2 of 3', policy(1, [2, 3]), 1, 'Any two gold cards open our emergency records.'],
    ['2 of 2', policy(1, [2, 2]), 1, 'Both gold cards together open our emergency records.'],
    ['4 of 4', policy(1, [4, 4]), 1, 'All four gold cards together open our emergency records.'],
    ['14 of 20', policy(1, [14, 20]), 1, 'Any 14 gold cards open our emergency records.'],
    [
      'two each from two of three groups',
      policy(2, [2, 3], [2, 3], [2, 5]),
      1,
      'Two gold cards each from any two groups open our emergency records.',
    ],
    [
      'one each from both groups',
      policy(2, [1, 3], [1, 2]),
      2,
      'One gold card each from both groups open our emergency records.',
    ],
    [
      'two each from all of three',
      policy(3, [2, 3], [2, 3], [2, 2]),
      3,
      'Two gold cards each from all three groups open our emergency records.',
    ],
    [
      'one group is enough',
      policy(1, [3, 5], [3, 4]),
      1,
      'Three gold cards of any one group open our emergency records.',
    ],
    [
      'groups of unequal weight',
      policy(2, [2, 3], [1, 3], [3, 4]),
      3,
      'Enough gold cards from any two groups open our emergency records. From this group: three.',
    ],
  ])('%s', (_, given, group, sentence) => {
    expect(en.opens(given, 'gold', group)).toBe(sentence);
  });
});

test('dates are written out, so that no country reads them its own way', () => {
  expect(en.issue(4, '2026-11-24')).toBe('Recovery card, set 4, 24 Nov 2026');
  expect(en.issue(1, '2027-03-05T10:00:00Z')).toBe('Recovery card, set 1, 5 Mar 2027');
});

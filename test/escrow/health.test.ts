// The sentence that status begins with, and what it finds, at every age and state.

import { describe, expect, test } from 'vitest';
import { judgeHealth } from '../../src/escrow/health.ts';
import type { Register, RegisteredCard } from '../../src/escrow/register.ts';

type HealthInput = Parameters<typeof judgeHealth>[0];

const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T12:00:00Z');
const policy = { groupThreshold: 1, groups: [{ threshold: 2, members: 3 }] };

const ago = (hours: number): string =>
  `${new Date(NOW.getTime() - hours * HOUR).toISOString().slice(0, 19)}Z`;

function cardOf(card: number, changes: Partial<RegisteredCard> = {}): RegisteredCard {
  return {
    card,
    holder: `Trustee ${card}`,
    contact: null,
    place: null,
    group: null,
    state: 'good',
    bag: null,
    issued: ago(24),
    proof: { time: ago(24), at: 'ceremony' },
    heard: null,
    challenge: null,
    ...changes,
  };
}

const registerOf = (...cards: RegisteredCard[]): Register => ({
  type: 'holdfast register v1',
  escrow: '0123456789abcdef',
  organisation: 'Northwind IT',
  set: { number: 1, id: '010102030405060708' },
  cards,
});

const newest = (hours: number): HealthInput['newest'] => ({ created: ago(hours), entries: 60, sequence: 7 });

function health(changes: Partial<HealthInput> = {}): ReturnType<typeof judgeHealth> {
  const register = registerOf(cardOf(1), cardOf(2), cardOf(3));
  return judgeHealth({ policy, register, newest: newest(9), now: NOW, ...changes });
}

test.each<[number, string]>([
  [-1, 'less than an hour'],
  [0, 'less than an hour'],
  [HOUR - 1, 'less than an hour'],
  [HOUR, '1 hour'],
  [2 * HOUR - 1, '1 hour'],
  [47 * HOUR, '47 hours'],
  [48 * HOUR, '2 days'],
  [24 * 400 * HOUR, '400 days'],
])('an age of %d ms is %s', (age, words) => {
  const created = new Date(NOW.getTime() - age).toISOString();
  const { sentence } = health({ newest: { created, entries: 60, sequence: 7 } });
  expect(sentence).toContain(`: the vault of ${words} ago, `);
});

describe('the sentence', () => {
  test.each<[string, Partial<HealthInput>, string]>([
    [
      'all is well',
      {},
      'the vault of 9 hours ago, 60 entries (package 7), opened by a quorum whose cards were all read back, and 1 card to spare.',
    ],
    [
      'no card to spare',
      { register: registerOf(cardOf(1), cardOf(2), cardOf(3, { state: 'lost' })) },
      'the vault of 9 hours ago, 60 entries (package 7), opened by a quorum whose cards were all read back, and no card to spare.',
    ],
    [
      'too few are left',
      { register: registerOf(cardOf(1), cardOf(2, { state: 'destroyed' }), cardOf(3, { state: 'seen' })) },
      'the vault of 9 hours ago, 60 entries (package 7), but the cards known to be readable do not make a quorum.',
    ],
    [
      'too few were read back',
      { register: registerOf(cardOf(1), cardOf(2, { proof: null }), cardOf(3, { proof: null })) },
      'the vault of 9 hours ago, 60 entries (package 7), but the cards known to be readable do not make a quorum; 2 of the 3 cards that still count were never read back from paper.',
    ],
    [
      'nobody here knows the cards',
      { register: undefined },
      'the vault of 9 hours ago, 60 entries (package 7), if enough cards are found; this machine does not know who holds them.',
    ],
    ['nothing was sealed', { newest: undefined }, 'there is nothing to recover, no package has been sealed.'],
    [
      'a clock that goes before the package',
      { newest: newest(-5) },
      'the vault of less than an hour ago, 60 entries (package 7), opened by a quorum whose cards were all read back, and 1 card to spare.',
    ],
  ])('%s', (_name, changes, sentence) => {
    expect(health(changes).sentence).toBe(`If it happened now: ${sentence}`);
  });
});

describe('the findings', () => {
  const codes = (changes: Partial<HealthInput>): string[] =>
    health(changes).findings.map(({ code, severity }) => `${severity} ${code}`);
  const cards = (changes: Partial<RegisteredCard>): Partial<HealthInput> => ({
    register: registerOf(cardOf(1), cardOf(2), cardOf(3, changes)),
  });
  const days = (count: number): Partial<RegisteredCard> => ({
    issued: ago(24 * count),
    proof: { time: ago(24 * count), at: 'ceremony' },
  });

  test.each<[string, Partial<HealthInput>, string[]]>([
    ['none', {}, []],
    ['nothing was sealed', { newest: undefined }, ['error no-package']],
    ['a day old', { newest: newest(24) }, []],
    ['more than a day old', { newest: newest(24.1) }, ['warning package-old']],
    ['three days old', { newest: newest(72) }, ['warning package-old']],
    ['more than three days old', { newest: newest(72.1) }, ['error package-old']],
    ['an hour ahead', { newest: newest(-1) }, []],
    ['more than an hour ahead', { newest: newest(-1.1) }, ['warning package-from-future']],
    ['no register', { register: undefined }, ['warning no-register']],
    ['unproven', cards({ proof: null }), ['warning cards-unproven']],
    ['lost', cards({ state: 'lost' }), ['error card-gone']],
    ['seen', cards({ state: 'seen' }), ['error card-gone']],
    ['destroyed', cards({ state: 'destroyed' }), ['warning card-gone']],
    ['lost and unproven is lost', cards({ state: 'lost', proof: null }), ['error card-gone']],
    ['90 days', cards(days(90)), []],
    ['91 days', cards(days(91)), ['warning check-in-overdue']],
    ['180 days', cards(days(180)), ['warning check-in-overdue']],
    ['181 days', cards(days(181)), ['error check-in-overdue']],
    ['181 days, but heard of', cards({ ...days(181), heard: ago(24) }), []],
    [
      'heard of before it was proven',
      cards({ proof: { time: ago(24), at: 'response' }, heard: ago(24 * 200) }),
      [],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  test('say the card, and what to do', () => {
    const [finding] = health(cards({ state: 'lost' })).findings;
    expect(finding).toMatchObject({
      message: 'card 3 is lost',
      hint: 'make a new key and set: whoever has it may keep it',
    });
  });

  test('and the numbers for programs', () => {
    expect(health(cards({ proof: null }))).toMatchObject({
      packageAgeHours: 9,
      unprovenCards: [3],
      spareCards: 0,
    });
    expect(health({ newest: undefined, register: undefined })).toMatchObject({
      packageAgeHours: null,
      unprovenCards: [],
      spareCards: null,
    });
  });
});

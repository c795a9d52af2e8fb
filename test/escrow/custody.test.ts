// When cards are due, which of them count, and how a change among the people opens and is settled.

import { describe, expect, test } from 'vitest';
import {
  changeDue,
  checkInDue,
  isCounted,
  lastHeard,
  openChanges,
  proofDue,
  withChangesSettled,
  withStaffChange,
} from '../../src/escrow/custody.ts';
import { judgeHealth } from '../../src/escrow/health.ts';
import { decodeRegister, encodeRegister, type RegisteredCard } from '../../src/escrow/register.ts';
import { ISSUED, registerOf } from './sample-register.ts';

const cardOf = (change: Partial<RegisteredCard>): RegisteredCard => registerOf(1, () => change).cards[0]!;
const later = '2027-02-01T00:00:00Z';

test('a card is heard of when it is made, read, or told of, whichever is last', () => {
  expect(lastHeard(cardOf({ proof: null }))).toBe(ISSUED);
  expect(lastHeard(cardOf({ proof: { time: later, at: 'response' } }))).toBe(later);
  expect(lastHeard(cardOf({ heard: later }))).toBe(later);
});

test('the bag is due in 90 days, the paper in a year, and one never read back since it was made', () => {
  expect(checkInDue(cardOf({ heard: later })).toISOString()).toBe('2027-05-02T00:00:00.000Z');
  expect(proofDue(cardOf({ heard: later })).toISOString()).toBe('2027-11-24T01:02:03.000Z');
  expect(proofDue(cardOf({ proof: null })).toISOString()).toBe('2026-11-24T01:02:03.000Z');
});

test.each<[Partial<RegisteredCard>, boolean]>([
  [{}, true],
  [{ proof: null }, true],
  [{ otherBag: null }, true],
  [{ otherBag: 'A2' }, false],
  [{ state: 'seen' }, false],
  [{ state: 'destroyed' }, false],
])('a card that is %j counts: %s', (change, counts) => {
  expect(isCounted(cardOf(change))).toBe(counts);
});

describe('a change among the people', () => {
  const left = { card: 2, change: 'left', time: ISSUED } as const;
  const role = { card: 2, change: 'role', time: ISSUED } as const;
  const other = { card: 1, change: 'left', time: ISSUED } as const;
  const register = [left, role, other].reduce(withStaffChange, registerOf(3));

  test('is due in seven days, and keeps its first day', () => {
    expect(changeDue(left).toISOString()).toBe('2026-12-01T01:02:03.000Z');
    expect(withStaffChange(register, { ...left, time: later })).toBe(register);
  });

  test('who left is settled by a new holder, the rest by any news of the card', () => {
    expect(openChanges(withChangesSettled(register, 2, 'check-in'))).toEqual([left, other]);
    expect(openChanges(withChangesSettled(register, 2, 'holder'))).toEqual([other]);
    expect(withChangesSettled(register, 3, 'holder')).toBe(register);
  });

  test('stands in the file, and a file of before there were any is read as it is', () => {
    expect(decodeRegister(encodeRegister(register), 'register.json')).toEqual(register);
    const old = registerOf(2);
    expect(decodeRegister(encodeRegister(old), 'register.json')).toEqual(old);
    expect(new TextDecoder().decode(encodeRegister(old))).not.toMatch(/changes|otherBag/);
  });

  test.each<[number, string, string]>([
    [0, 'change-open', 'info'],
    [7, 'change-open', 'info'],
    [8, 'change-overdue', 'warning'],
    [30, 'change-overdue', 'warning'],
    [31, 'change-overdue', 'error'],
  ])('after %d days is %s, %s', (days, code, severity) => {
    const now = new Date(Date.parse(ISSUED) + days * 86_400_000);
    const { findings } = judgeHealth({
      policy: { groupThreshold: 1, groups: [{ threshold: 2, members: 3 }] },
      register: withStaffChange(registerOf(3), left),
      newest: { created: now.toISOString(), entries: 1, sequence: 1 },
      now,
    });
    expect(findings.map((found) => [found.code, found.severity])).toEqual([[code, severity]]);
  });
});

test.each<[Partial<RegisteredCard>, number, readonly string[]]>([
  [{}, 365, []],
  [{}, 366, ['proof-overdue']],
  [{ proof: null }, 366, ['cards-unproven']],
  [{ otherBag: 'A2' }, 1, ['bag-differs']],
  [{ otherBag: 'A2', state: 'seen' }, 1, ['card-gone']],
])('with card 1 %j after %d days: %j', (change, days, codes) => {
  const now = new Date(Date.parse(ISSUED) + days * 86_400_000);
  const heard = now.toISOString().replace('.000Z', 'Z');
  const { findings } = judgeHealth({
    policy: { groupThreshold: 1, groups: [{ threshold: 1, members: 1 }] },
    register: registerOf(1, () => ({ heard, ...change })),
    newest: { created: heard, entries: 1, sequence: 1 },
    now,
  });
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

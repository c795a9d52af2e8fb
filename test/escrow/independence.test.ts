// The rules about the people of a plan: each finding, what brings it about and what does not.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuorum } from '../../src/core/share/policy.ts';
import { independenceFindings } from '../../src/escrow/independence.ts';
import { checkPlan, percent } from '../../src/escrow/plan-check.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import type { Trustee } from '../../src/escrow/plan.ts';

type Person = Partial<Trustee>;

const NAMES = ['Ana Ruiz', 'Łukasz Nowak', 'Mei 陈', 'Tom Baker', 'Zoë Ng'];
const named = (people: readonly Person[]): Trustee[] =>
  people.map((person, index) => ({ name: NAMES[index] ?? '', ...person }));

const flat = (threshold: number, ...people: Person[]): string =>
  JSON.stringify({ organisation: 'Northwind IT', threshold, trustees: named(people) });

/** Code and cards of every finding but the one about what a plan does not say. */
function found(source: string): string[] {
  return independenceFindings(decodePlan(source))
    .filter(({ code }) => code !== 'plan-not-judged')
    .map(({ code, message }) => `${code}: ${/cards? [\d, and]*\d/.exec(message)?.[0] ?? 'none'}`);
}

describe('one place', () => {
  test('a quorum in it', () => {
    const source = flat(2, { place: 'Main Office' }, { place: 'main  office' }, { place: 'bank' }, {});
    expect(found(source)).toEqual(['plan-quorum-in-one-place: cards 1 and 2']);
  });

  test('homes are as many as people, unless they live together', () => {
    expect(found(flat(2, { place: 'home' }, { place: 'home' }, { place: 'Home' }))).toEqual([]);
    const together = { place: 'home', household: 'Elm Street' };
    expect(found(flat(2, together, together, {}, {}))).toEqual([
      'plan-quorum-in-one-place: cards 1 and 2',
      'plan-quorum-in-one-household: cards 1 and 2',
    ]);
  });

  test('fewer than a quorum, but without it there is none', () => {
    const office = { place: 'office' };
    expect(found(flat(3, office, office, {}, {}))).toEqual(['plan-place-indispensable: cards 1 and 2']);
    expect(found(flat(3, office, office, {}, {}, {}))).toEqual([]);
  });
});

test('one household, one team', () => {
  const [ruiz, sales] = [{ household: 'Ruiz' }, { team: 'Sales' }];
  expect(found(flat(2, ruiz, { household: 'RUIZ ' }, sales, sales))).toEqual([
    'plan-quorum-in-one-household: cards 1 and 2',
    'plan-quorum-in-one-team: cards 3 and 4',
  ]);
  expect(found(flat(3, ruiz, ruiz, sales, sales))).toEqual([]);
});

describe('one chain of command', () => {
  test('whoever is above, with those below, also over steps', () => {
    const source = flat(3, {}, { reportsTo: 'Ana Ruiz' }, { reportsTo: 'łukasz nowak' }, {}, {});
    expect(found(source)).toEqual(['plan-quorum-in-one-chain: cards 1, 2 and 3']);
  });

  test('somebody above who holds no card', () => {
    const source = flat(2, { reportsTo: 'The Owner' }, { reportsTo: 'the owner' }, {}, {});
    expect(found(source)).toEqual(['plan-quorum-in-one-chain: cards 1 and 2']);
    expect(independenceFindings(decodePlan(source))[0]?.message).toContain('The Owner is above');
  });

  test('said once: of those above, the lowest', () => {
    const source = flat(2, {}, { reportsTo: 'Ana Ruiz' }, { reportsTo: 'Zoë Ng' }, {}, {});
    expect(found(source.replace('"Ana Ruiz"}', '"Ana Ruiz","place":"x"}'))).toHaveLength(2);
    const chain = flat(2, { reportsTo: 'Zoë Ng' }, { reportsTo: 'Ana Ruiz' }, {}, {}, {});
    expect(found(chain)).toEqual(['plan-quorum-in-one-chain: cards 1 and 2']);
  });

  test('people who report to each other in a circle, or to themselves', () => {
    const circle = flat(2, { reportsTo: 'Łukasz Nowak' }, { reportsTo: 'Ana Ruiz' }, {}, {});
    expect(found(circle)).toEqual(['plan-quorum-in-one-chain: cards 1 and 2']);
    expect(found(flat(2, { reportsTo: 'Ana Ruiz' }, {}, {}))).toEqual([]);
  });
});

test('somebody from outside, where the plan says who is', () => {
  expect(found(flat(2, { outside: false }, {}, {}))).toEqual(['plan-nobody-outside: none']);
  expect(found(flat(2, { outside: true }, { outside: false }, {}))).toEqual([]);
  expect(found(flat(2, {}, {}, {}))).toEqual([]);
});

describe('one person twice', () => {
  test.each([
    ['Łukasz Nowak', 'Nowak, Lukasz'],
    ['Ana Ruiz', 'Ruiz, Ana'],
    ['Zoë Ng', 'zoe ng'],
    ['Jean-Luc Petit', 'Jean Luc Petit'],
  ])('%s and %s', (one, two) => {
    expect(found(flat(2, { name: one }, { name: 'Omar' }, { name: two }, {}))).toEqual([
      'plan-same-person: cards 1 and 3',
    ]);
  });

  test.each([
    ['Ana Ruiz', 'Ana Ruiz Soto'],
    ['陈梅', '陈美'],
    ['--', '++'],
  ])('not %s and %s', (one, two) => {
    expect(found(flat(2, { name: one }, { name: 'Omar' }, { name: two }, {}))).toEqual([]);
  });
});

describe('one contact', () => {
  test.each([
    ['+1 260 555 0100', '(260) 555-0100'],
    ['+48 22 555 01 00', '0048225550100'],
    ['Desk@example.org', 'desk@example.org'],
    ['desk@example.org, 260 555 0100', '260 555 0100, desk@example.org'],
    ['ana@example.org, 260 555 0100', '+1 260-555-0100; zoe@example.org'],
  ])('%s and %s', (one, two) => {
    expect(found(flat(2, { contact: one }, { contact: two }, {}))).toEqual([
      'plan-same-contact: cards 1 and 2',
    ]);
  });

  test.each([
    ['+1 260 555 0100', '+1 260 555 0101'],
    ['ext 1', 'ext 2'],
    ['ana1234567@example.org', 'zoe1234567@example.org'],
    ['ana@example.org,', 'zoe@example.org,'],
  ])('not %s and %s', (one, two) => {
    expect(found(flat(2, { contact: one }, { contact: two }, {}))).toEqual([]);
  });
});

test('groups: a quorum counts, not a number of cards', () => {
  const office = { place: 'office' };
  const groups = (...outside: Person[]): string =>
    JSON.stringify({
      organisation: 'x',
      groupThreshold: 2,
      groups: [
        { name: 'Partners', threshold: 2, trustees: named([office, office, office]) },
        {
          name: 'Outside',
          threshold: 1,
          trustees: outside.map((person, at) => ({ name: `O${at}`, ...person })),
        },
      ],
    });
  // Three cards, and no quorum among them; but nothing without them.
  expect(found(groups({}, {}))).toEqual(['plan-place-indispensable: cards 1, 2 and 3']);
  expect(found(groups(office, {}))).toEqual(['plan-quorum-in-one-place: cards 1, 2, 3 and 4']);
});

test('what a plan does not say is one finding, and no warning', () => {
  const [finding] = independenceFindings(decodePlan(flat(2, {}, { place: 'x' }, {})));
  expect(finding).toMatchObject({ code: 'plan-not-judged', severity: 'info' });
  expect(finding?.message).toBe('the plan says nothing of: contact, household, team, reportsTo, outside');
});

test('whoever is where: a finding of a quorum names one, and every quorum in one place is named', () => {
  const people = fc.array(fc.constantFrom('a', 'b', undefined), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(people, fc.integer({ min: 2, max: 5 }), (places, wanted) => {
      const threshold = Math.min(wanted, places.length);
      const trustees = places.map((place) => (place === undefined ? {} : { place, team: place }));
      const plan = decodePlan(flat(threshold, ...trustees));
      const expected = ['a', 'b'].filter((name) => {
        const cards = places.flatMap((place, index) => (place === name ? [index + 1] : []));
        return isQuorum(plan.policy, cards);
      });
      const codes = independenceFindings(plan).map(({ code }) => code);
      for (const code of ['plan-quorum-in-one-place', 'plan-quorum-in-one-team'])
        expect(codes.filter((other) => other === code)).toHaveLength(expected.length);
    }),
  );
});

describe('numbers', () => {
  const codes = (source: string): string[] =>
    checkPlan(decodePlan(source)).findings.map(({ code, severity }) => `${code} ${severity}`);
  const reach = (reachable: number): Person => ({ reachable });

  test('locks that help nobody, and that nobody can do without', () => {
    const lock = 'passphrase';
    expect(codes(flat(2, { lock }, { lock }, {}))).toContain('plan-lock-needed warning');
    expect(codes(flat(2, { lock }, {}, {})).join()).not.toContain('plan-lock');
    const grouped = (...outside: Person[]): string[] =>
      codes(
        JSON.stringify({
          organisation: 'Northwind IT',
          groupThreshold: 2,
          groups: [
            { name: 'Partners', threshold: 2, trustees: named([{}, {}, {}]) },
            { name: 'Outside', threshold: 1, trustees: named([{}, {}, {}, ...outside]).slice(3) },
          ],
        }),
      ).filter((code) => code.startsWith('plan-lock'));
    expect(grouped({ lock }, {})).toEqual(['plan-lock-idle warning']);
    expect(grouped({ lock }, { lock })).toEqual(['plan-lock-needed warning']);
    expect(grouped({}, {})).toEqual([]);
  });

  test('cards to spare', () => {
    expect(codes(flat(2, {}, {}))).toContain('plan-no-spare warning');
    expect(codes(flat(2, {}, {}, {}))).toContain('plan-one-spare info');
    expect(codes(flat(2, {}, {}, {}, {})).join()).not.toContain('spare');
  });

  test('the chance on a weekend', () => {
    const five = (chance: number): string => flat(3, ...new Array<Person>(5).fill(reach(chance)));
    expect(codes(five(0.9)).join()).not.toContain('reach');
    expect(codes(five(0.75))).toContain('plan-hard-to-reach warning');
    expect(codes(five(0.5))).toContain('plan-hard-to-reach error');
    expect(codes(flat(2, reach(1), reach(1), {}))).toContain('plan-reachable-unknown info');
    expect(checkPlan(decodePlan(flat(2, reach(1), reach(1), {}))).alternatives).toEqual([]);
  });

  test('no chance is called better than it is', () => {
    expect([0, 0.94999, 0.95, 0.9999, 1].map(percent)).toEqual(['0 %', '94.9 %', '95 %', '99.9 %', '100 %']);
  });
});

test('255 people, each above the next, are judged in a moment', () => {
  const people = Array.from({ length: 255 }, (_, at) => ({
    name: `Person ${at}`,
    reportsTo: `Person ${at + 1}`,
    place: 'tower',
    reachable: 0.5,
  }));
  const plan = decodePlan(JSON.stringify({ organisation: 'x', threshold: 100, trustees: people }));
  const start = performance.now();
  expect(checkPlan(plan).findings.map(({ code }) => code)).toContain('plan-quorum-in-one-chain');
  expect(performance.now() - start).toBeLessThan(2_000);
});

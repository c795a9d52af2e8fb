import { describe, expect, test } from 'vitest';
import { ceremonyScript, stepHeading, stepOf, type StepId } from '../../src/escrow/ceremony-script.ts';
import { decodePlan, type Plan } from '../../src/escrow/plan.ts';
import { policyWords } from '../../src/escrow/policy-words.ts';

/** Of the test vectors of age. */
const KEY = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

const planOf = (threshold: number, cards: number): Plan =>
  decodePlan(
    JSON.stringify({
      organisation: 'Northwind IT',
      threshold,
      trustees: Array.from({ length: cards }, (_, index) => ({ name: `Trustee ${index + 1}` })),
    }),
  );

const GROUPS = decodePlan(
  JSON.stringify({
    organisation: 'Northwind IT',
    groupThreshold: 2,
    groups: [
      { name: 'Partners', threshold: 2, trustees: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
      { name: 'Outside', threshold: 1, trustees: [{ name: 'D' }, { name: 'E' }] },
    ],
  }),
);

describe('the small script', () => {
  const script = ceremonyScript(planOf(3, 5), 'small');

  test('has nine steps, two roles and half an hour', () => {
    expect(script.steps).toHaveLength(9);
    expect(script.minutes).toBe(30);
    const roles = new Set(script.steps.flatMap(({ role, initials }) => [role, ...initials]));
    expect(roles.has('Witness')).toBe(false);
  });

  test('gives the guarantees that the full one gives', () => {
    const full = ceremonyScript(planOf(3, 5), 'full').steps.map(({ id }) => id);
    for (const id of [
      'people',
      'machine',
      'plan',
      'key',
      'words',
      'cards',
      'test',
      'bags',
      'finish',
    ] as const) {
      expect([id, stepOf(script, id) !== undefined, full.includes(id)]).toEqual([id, true, true]);
    }
  });
});

test.each(['small', 'full'] as const)('%s: steps are numbered from 1, each once', (kind) => {
  const { steps } = ceremonyScript(planOf(3, 5), kind);
  expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  for (const { role, doing, initials, minutes } of steps) {
    expect(role).not.toBe('');
    expect(doing.length).toBeGreaterThan(0);
    expect(initials.length).toBeGreaterThan(0);
    expect(minutes).toBeGreaterThan(0);
  }
});

test('the full script has a witness at every step that has to be seen, lots and a second machine', () => {
  const script = ceremonyScript(planOf(3, 5), 'full');
  expect(stepOf(script, 'machine')?.initials).toContain('Witness');
  expect(stepOf(script, 'second')?.screen).toContain('Drawn by lot');
  expect(stepOf(script, 'places')?.doing.join()).toContain('No 3 cards in one building');
});

test('a card that is also a file is handed over before the folder in memory is erased', () => {
  const plan = decodePlan(
    JSON.stringify({
      organisation: 'Northwind IT',
      threshold: 2,
      trustees: [{ name: 'A' }, { name: 'B', encryptTo: KEY }, { name: 'C' }],
    }),
  );
  for (const kind of ['small', 'full'] as const) {
    const doing = stepOf(ceremonyScript(plan, kind), 'finish')?.doing ?? [];
    const at = doing.findIndex((sentence) => /Card 2 is also a file.* on a stick/.test(sentence));
    expect(at).toBeGreaterThan(doing.findIndex((sentence) => sentence.startsWith('Press Enter')));
    expect(doing[at]).toContain('before the folder in memory is erased');
    expect(stepOf(ceremonyScript(planOf(2, 3), kind), 'finish')?.doing.join()).not.toContain('stick');
  }
});

test('what the screen is to show follows from the plan and the program', () => {
  const program = { name: 'holdfast 0.1.0', hash: '7F2K-9QTR-M0D4-XW3Z' };
  const script = ceremonyScript(GROUPS, 'small', { program });
  expect(stepOf(script, 'people')?.screen).toBe('Present: 5 of 5');
  expect(stepOf(script, 'machine')?.screen).toContain('holdfast 0.1.0, 7F2K-9QTR-M0D4-XW3Z');
  expect(stepOf(script, 'plan')?.screen).toContain(
    'Plan: all 2 groups: Partners (any 2 of 3 cards), Outside (any 1 of 2 cards)',
  );
  // How many are in the room, the day decides.
  expect(stepOf(script, 'plan')?.screen).toContain('Agreed by … of 5');
  expect(stepOf(script, 'key')?.screen).toContain('6 quorums checked');
  // 8 of 20 has 125,970 quorums: how many are drawn, chance decides.
  expect(stepOf(ceremonyScript(planOf(8, 20), 'small'), 'key')?.screen).toContain('… quorums checked');
  const [first] = script.steps;
  expect(first && stepHeading(script, first)).toBe('Step 1 of 9: Who is here');
  expect(policyWords(planOf(2, 3))).toBe('any 2 of 3 cards');
  expect(policyWords(planOf(3, 3))).toBe('all 3 cards');
  expect(policyWords(GROUPS)).toBe('all 2 groups: Partners (any 2 of 3 cards), Outside (any 1 of 2 cards)');
});

test('where a set is replaced, the full script rolls dice for a new key only, and shreds old cards', () => {
  const first = ceremonyScript(planOf(3, 5), 'full');
  const next = ceremonyScript(planOf(3, 5), 'full', { isNext: true });
  expect(next.steps.map(({ id }) => id)).toEqual(first.steps.map(({ id }) => id));
  expect(stepOf(next, 'key')?.title).toBe('The cards in force give the key, and the new set is split');
  expect(stepOf(next, 'key')?.doing[0]).toBe('Dice at a rekey only: a reissue keeps the key.');
  expect(stepOf(next, 'package')?.doing[0]).toMatch(/holdfast ceremony retire DIR$/);
  expect(stepOf(next, 'package')?.screen).not.toContain('package 1');
});

describe('a card that a passphrase locks', () => {
  const plan = (...locked: readonly number[]): Plan =>
    decodePlan(
      JSON.stringify({
        organisation: 'Northwind IT',
        threshold: 2,
        trustees: [1, 2, 3].map((card) => ({
          name: `Trustee ${card}`,
          ...(locked.includes(card) ? { lock: 'passphrase' } : {}),
        })),
      }),
    );
  const doing = (script: ReturnType<typeof ceremonyScript>, id: StepId): string =>
    stepOf(script, id)?.doing.join('\n') ?? '';

  test.each([
    ['small', false],
    ['full', false],
    ['small', true],
  ] as const)('%s, next: %s: is told in the step where the program asks', (kind, isNext) => {
    const script = ceremonyScript(plan(2), kind, { isNext });
    expect(doing(script, 'key')).toContain('Enter first asks for the passphrase of card 2. ');
    expect(doing(script, 'key')).toMatch(/alone, everybody else looks away\. It is typed twice/);
    expect(doing(script, 'cards')).toMatch(/Card 2 is locked: it has five rows.*passphrase once more/);
    expect(doing(script, 'plan')).toContain('who locks a card');
    expect(doing(ceremonyScript(plan(1, 3), kind, { isNext }), 'key')).toContain(
      'of cards 1 and 3, one after',
    );
    if (kind === 'full') expect(doing(script, 'second')).toMatch(/types its passphrase there/);
  });

  test.each(['small', 'full'] as const)('%s: without one nothing is said of passphrases', (kind) => {
    expect(JSON.stringify(ceremonyScript(plan(), kind))).not.toMatch(/passphrase|\block|five rows/i);
    expect(ceremonyScript(plan(2), kind).minutes).toBe(ceremonyScript(plan(), kind).minutes + 2);
  });
});

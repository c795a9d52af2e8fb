import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEscrowError } from '../../src/core/errors.ts';
import { LANGUAGES } from '../../src/core/languages.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodePlan } from '../../src/escrow/plan.ts';

const FLAT = `organisation: Northwind IT
threshold: 2
trustees:
  - name: Ana Ruiz
    contact: "+1 260 555 0100"
    place: home
    reachable: 0.7
  - name: Tom Baker
  - name: Zoë Ng
`;

const GROUPS = `organisation: Northwind IT
groupThreshold: 2
paper: letter
groups:
  - name: Partners
    threshold: 2
    trustees: [{name: Ana}, {name: Bo}]
  - name: Staff
    threshold: 1
    trustees:
      - name: Cy
      - name: Di
`;

/** What a plan is refused for: code and facts. */
function refusalOf(source: string): { code: string; facts: unknown } {
  try {
    decodePlan(source);
  } catch (error) {
    if (isEscrowError(error)) return { code: error.code, facts: error.facts };
    throw error;
  }
  return { code: 'none', facts: {} };
}

test.each(LANGUAGES)('cards in %s', (language) => {
  expect(decodePlan(`${FLAT}language: ${language}\n`).language).toBe(language);
});

test('a flat plan is one group, A4, in English', () => {
  const plan = decodePlan(FLAT);
  expect(plan).toMatchObject({
    organisation: 'Northwind IT',
    paper: 'a4',
    language: 'en',
    policy: { groupThreshold: 1, groups: [{ threshold: 2, members: 3 }] },
  });
  expect(plan.cards.map(({ card, group, member, trustee }) => [card, group, member, trustee.name])).toEqual([
    [1, 1, 1, 'Ana Ruiz'],
    [2, 1, 2, 'Tom Baker'],
    [3, 1, 3, 'Zoë Ng'],
  ]);
  expect(plan.cards[0]?.trustee).toEqual({
    name: 'Ana Ruiz',
    contact: '+1 260 555 0100',
    place: 'home',
    reachable: 0.7,
  });
  expect(plan.cards[0]).not.toHaveProperty('groupName');
});

test('cards of a group plan are numbered through all groups', () => {
  const { cards, policy, paper } = decodePlan(GROUPS);
  expect(paper).toBe('letter');
  expect(policy).toEqual({
    groupThreshold: 2,
    groups: [
      { threshold: 2, members: 2 },
      { threshold: 1, members: 2 },
    ],
  });
  expect(cards.map(({ card, group, member, groupName }) => [card, group, member, groupName])).toEqual([
    [1, 1, 1, 'Partners'],
    [2, 1, 2, 'Partners'],
    [3, 2, 1, 'Staff'],
    [4, 2, 2, 'Staff'],
  ]);
});

test('the same plan as JSON', () => {
  const trustees = [
    { name: 'Ana Ruiz', contact: '+1 260 555 0100', place: 'home', reachable: 0.7 },
    { name: 'Tom Baker' },
    { name: 'Zoë Ng' },
  ];
  expect(decodePlan(JSON.stringify({ organisation: 'Northwind IT', threshold: 2, trustees }))).toEqual(
    decodePlan(FLAT),
  );
});

const flat = (changed: (text: string) => string): string => changed(FLAT);
const groups = (changed: (text: string) => string): string => changed(GROUPS);
const replaced =
  (from: string, to: string) =>
  (text: string): string => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };

describe('a refused field is named with its line', () => {
  test.each<[string, string, { field: string; line: number; reason: string }]>([
    [
      'no organisation',
      flat(replaced('organisation: Northwind IT\n', '')),
      { field: 'organisation', line: 1, reason: 'is missing (text is expected)' },
    ],
    [
      'an empty organisation',
      flat(replaced('Northwind IT', '"  "')),
      { field: 'organisation', line: 1, reason: 'is empty' },
    ],
    [
      'no threshold',
      flat(replaced('threshold: 2\n', '')),
      { field: 'threshold', line: 1, reason: 'is missing (a number is expected)' },
    ],
    [
      'a threshold in words',
      flat(replaced('threshold: 2', 'threshold: two')),
      { field: 'threshold', line: 2, reason: 'is not a number' },
    ],
    [
      'half a card',
      flat(replaced('threshold: 2', 'threshold: 1.5')),
      { field: 'threshold', line: 2, reason: 'is not a whole number' },
    ],
    [
      'a threshold of nothing',
      flat(replaced('threshold: 2', 'threshold: 0')),
      { field: 'threshold', line: 2, reason: 'is less than 1' },
    ],
    [
      'a threshold beyond all cards',
      flat(replaced('threshold: 2', 'threshold: 256')),
      { field: 'threshold', line: 2, reason: 'is more than 255' },
    ],
    [
      'trustees that are no list',
      `organisation: x\nthreshold: 2\ntrustees: Ana\n`,
      { field: 'trustees', line: 3, reason: 'is not a list' },
    ],
    [
      'no trustees',
      `organisation: x\nthreshold: 2\ntrustees: []\n`,
      { field: 'trustees', line: 3, reason: 'is empty' },
    ],
    [
      'a trustee who is only a word',
      flat(replaced('- name: Tom Baker', '- Tom Baker')),
      { field: 'trustees.2', line: 8, reason: 'is not a list of named fields' },
    ],
    [
      'a trustee without a name',
      flat(replaced('- name: Tom Baker', '- place: office')),
      { field: 'trustees.2.name', line: 8, reason: 'is missing (text is expected)' },
    ],
    [
      'a number for a name',
      flat(replaced('Tom Baker', '007')),
      { field: 'trustees.2.name', line: 8, reason: 'is not text' },
    ],
    [
      'a name of 81 letters',
      flat(replaced('Tom Baker', 'x'.repeat(81))),
      { field: 'trustees.2.name', line: 8, reason: 'is longer than 80 characters' },
    ],
    [
      'a name that turns the line round',
      flat(replaced('Tom Baker', '"Tom \\u202e Baker"')),
      { field: 'trustees.2.name', line: 8, reason: 'has control characters' },
    ],
    [
      'a contact over two lines',
      flat(replaced('"+1 260 555 0100"', '"a\\nb"')),
      { field: 'trustees.1.contact', line: 5, reason: 'has control characters' },
    ],
    [
      'a chance above one',
      flat(replaced('0.7', '70')),
      { field: 'trustees.1.reachable', line: 7, reason: 'is more than 1' },
    ],
    [
      'a chance finer than anybody knows it',
      flat(replaced('0.7', '0.7001')),
      { field: 'trustees.1.reachable', line: 7, reason: 'has more than three decimals' },
    ],
    [
      'outside in words',
      flat((text) => `${text}    outside: perhaps\n`),
      { field: 'trustees.3.outside', line: 10, reason: 'is not true or false' },
    ],
    [
      'a team over two lines',
      flat((text) => `${text}    team: "a\\nb"\n`),
      { field: 'trustees.3.team', line: 10, reason: 'has control characters' },
    ],
    [
      'a misspelt field',
      flat(replaced('    place: home', '    palce: home')),
      { field: 'trustees.1.palce', line: 6, reason: 'is not a field of a plan' },
    ],
    [
      'a field of another level',
      flat((text) => `${text}copies: 3\n`),
      { field: 'copies', line: 10, reason: 'is not a field of a plan' },
    ],
    [
      'paper that no printer here takes',
      flat((text) => `${text}paper: a3\n`),
      { field: 'paper', line: 10, reason: 'is none of a4, letter' },
    ],
    [
      'a language without strings',
      flat((text) => `${text}language: la\n`),
      { field: 'language', line: 10, reason: 'is none of en, es, de, fr' },
    ],
    [
      'groups without a threshold',
      groups(replaced('groupThreshold: 2\n', '')),
      { field: 'groupThreshold', line: 1, reason: 'is missing (a number is expected)' },
    ],
    [
      'a group without a name',
      groups(replaced('  - name: Staff\n    threshold: 1', '  - threshold: 1')),
      { field: 'groups.2.name', line: 8, reason: 'is missing (text is expected)' },
    ],
    [
      'a flat threshold beside groups',
      groups((text) => `${text}threshold: 2\n`),
      { field: 'threshold', line: 13, reason: 'is not a field of a plan' },
    ],
  ])('%s', (_name, source, facts) => {
    expect(refusalOf(source)).toEqual({ code: 'plan.field', facts });
  });
});

describe('a plan that is no plan', () => {
  test.each([
    ['nothing', '', 'it is not a list of named fields'],
    ['a list', '[1, 2]', 'it is not a list of named fields'],
    ['a word', 'hello', 'it is not a list of named fields'],
    ['broken YAML', 'organisation: x\ntrustees: [\n', 'line 3 is not valid YAML or JSON'],
    ['a key twice', `${FLAT}threshold: 3\n`, 'line 10 is not valid YAML or JSON'],
    [
      'aliases',
      'organisation: &a x\nthreshold: 2\ntrustees: [{name: *a}, {name: y}]\n',
      'aliases are not taken in a plan',
    ],
  ])('%s', (_name, source, reason) => {
    expect(refusalOf(source)).toEqual({ code: 'plan.format', facts: { reason } });
  });

  test('names that look alike on paper', () => {
    expect(refusalOf(FLAT.replace('Tom Baker', '"Ana   Ruiz"')).code).toBe('plan.format');
  });

  test('names that could be taken for each other', () => {
    expect(refusalOf(FLAT.replace('Tom Baker', 'ANA RUIZ'))).toEqual({
      code: 'plan.format',
      facts: { reason: 'cards 1 and 2 both go to "ANA RUIZ"; write the names so that they differ' },
    });
  });

  test('two cards sealed to one key', () => {
    const key = '\n    encryptTo: age1yd6egr6q9u8nx0vyal9pyat2xrpp2kt2fu4r6cwzmhc6a5hrvy4s5rlljt';
    expect(
      refusalOf(FLAT.replace('Ana Ruiz', `Ana Ruiz${key}`).replace('Tom Baker', `Tom Baker${key}`)),
    ).toEqual({
      code: 'plan.format',
      facts: {
        reason: 'the files of cards 1 and 2 would be sealed to the same key: one key would open both',
      },
    });
  });

  test.each([
    ['one card opens it', FLAT.replace('threshold: 2', 'threshold: 1')],
    ['more cards are needed than there are', FLAT.replace('threshold: 2', 'threshold: 4')],
    ['more groups are needed than there are', GROUPS.replace('groupThreshold: 2', 'groupThreshold: 3')],
    ['one card of a group opens it', GROUPS.replace('groupThreshold: 2', 'groupThreshold: 1')],
  ])('a policy that cannot be: %s', (_name, source) => {
    expect(refusalOf(source).code).toBe('share.policy');
  });
});

test('whatever is written, it is a plan or an error of ours', () => {
  const pieces = fc.constantFrom(
    ...'organisation threshold trustees groups groupThreshold name paper a4 : - , [ ] { } & * ! | > \' " # % @ \n'.split(
      ' ',
    ),
    '\n  ',
    '\n',
    ' ',
    '2',
    '-1',
    '1e400',
    '\t',
    '\u0000',
    '<<: ',
    '!!binary ',
    '? ',
    '---',
  );
  const source = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 40 }).map((words) => words.join('')),
  );
  fc.assert(
    fc.property(source, (text) => {
      expect(refusalOf(text).code).toMatch(/^(none|plan\.|share\.policy)/);
    }),
    { numRuns: 500 },
  );
});

describe('a hostile plan is refused soon, and the program lives on', () => {
  test.each(['[', '{a: ', '- ', 'a: [\n', '"', '!a '])('%j again and again', (piece) => {
    const source = piece.repeat(LIMITS.planBytes / piece.length);
    expect(refusalOf(source).code).toBe('plan.format');
  });

  test('names that nest between brackets, without a bracket of their own', () => {
    const piece = 'a: ';
    const source = `[${piece.repeat(LIMITS.planBytes / piece.length - 1)}]`;
    expect(refusalOf(source).code).toBe('plan.format');
  });

  test('but a plan of 255 trustees in one line of JSON is none', () => {
    const trustees = Array.from({ length: 255 }, (_, index) => ({ name: `Trustee ${index + 1}` }));
    expect(decodePlan(JSON.stringify({ organisation: 'X', threshold: 3, trustees })).cards).toHaveLength(255);
  });

  test('more than the limit', () => {
    expect(refusalOf(`# ${'x'.repeat(LIMITS.planBytes)}`).code).toBe('limit.exceeded');
  });
});

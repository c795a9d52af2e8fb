import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodeClients } from '../../src/vault/clients-file.ts';
import {
  assignClients,
  clientFindings,
  clientOrder,
  selectItems,
  type ClientAssignment,
} from '../../src/vault/clients.ts';
import { itemOf } from '../../src/vault/item.ts';
import { mergeVaults } from '../../src/vault/merge.ts';
import type { Container, Item, Vault } from '../../src/vault/model.ts';
import { utf8 } from '../support/vaults.ts';

const decode = (text: string): ReturnType<typeof decodeClients> => decodeClients(utf8(text));

const folder = (
  id: string,
  name: string,
  parentId?: string,
  kind: Container['kind'] = 'folder',
): Container => ({
  id,
  name,
  kind,
  ...(parentId === undefined ? {} : { parentId }),
});

let count = 0;
const item = (containerIds: readonly string[], parts: Partial<Item> = {}): Item =>
  itemOf({ id: `i${(count += 1)}`, type: 'login', title: `t${count}`, raw: {}, containerIds, ...parts });

const vaultOf = (containers: readonly Container[], items: readonly Item[]): Vault => ({
  source: { product: 'P', format: 'kdbx', sha256: '00' },
  containers,
  items,
  findings: [],
});

const TREE = [
  folder('c', 'Clients'),
  folder('ca', 'Alder', 'c'),
  folder('cas', 'Servers', 'ca'),
  folder('cb', 'Birch', 'c'),
  folder('cbs', 'Servers', 'cb'),
  folder('in', 'Internal'),
  folder('bin', 'Recycle Bin', undefined, 'recycleBin'),
  folder('binx', 'Alder', 'bin'),
];

/** Whose each item is, by name. */
const namesOf = ({ clients, ofItem }: ClientAssignment): readonly (string | undefined)[] =>
  [...ofItem].map((index) => clients[index]?.name);

const ownerOf = (text: string, one: Item, options: { sourceName?: string } = {}): string | undefined =>
  namesOf(assignClients(vaultOf(TREE, [one]), decode(text), options))[0];

describe('the file', () => {
  test('every field, rules alone and in a list, names that look like numbers', () => {
    const clients = decode(`
# who comes first
- name: " Northwind IT "
  tier: 0
  reason: we open the rest
  match:
    - folder: Internal / RMM
    - { tag: Break-Glass, source: IT-Glue }
- name: 007
  tier: 9
  match: {folder: "Clients/*/Servers"}
- {name: No, tier: "3"}
`);
    expect(clients).toEqual([
      {
        name: 'Northwind IT',
        tier: 0,
        reason: 'we open the rest',
        match: [{ folder: ['internal', 'rmm'] }, { tag: 'break-glass', source: 'it-glue' }],
      },
      { name: '007', tier: 9, match: [{ folder: ['clients', '*', 'servers'] }] },
      { name: 'No', tier: 3, match: [] },
    ]);
  });

  test('JSON is YAML, and an empty file has no clients', () => {
    expect(decode('[{"name":"A","tier":1}]')).toEqual([{ name: 'A', tier: 1, match: [] }]);
    expect(decode('')).toEqual([]);
    expect(decode('# nobody yet\n')).toEqual([]);
    expect(decode('[]')).toEqual([]);
  });

  test.each([
    ['a map', 'clients:\n  - name: A', 'the file', 1, 'is not a list of clients'],
    ['a text', 'A', 'the file', 1, 'is not a list of clients'],
    ['broken YAML', '- name: A\n  tier: [', 'the file', 2, 'is not valid YAML here'],
    ['a client that is a text', '- name: A\n  tier: 1\n- B', '2', 3, 'is not a list of named fields'],
    ['no name', '\n- tier: 1', '1.name', 2, 'is missing'],
    ['no tier', '- name: A', '1.tier', 1, 'is missing'],
    ['an empty name', '- name:\n  tier: 1', '1.name', 1, 'is empty'],
    ['a blank name', '- tier: 1\n  name: " "', '1.name', 2, 'is empty'],
    ['a long name', `- tier: 1\n  name: ${'x'.repeat(81)}`, '1.name', 2, 'is longer than 80 characters'],
    ['a hidden mark', '- tier: 1\n  name: "A\\u202e"', '1.name', 2, 'has control characters'],
    ['a name that is a list', '- tier: 1\n  name: [A]', '1.name', 2, 'is not text'],
    ['tier 10', '- name: A\n  tier: 10', '1.tier', 2, 'is not a whole number from 0 to 9'],
    ['tier -1', '- name: A\n  tier: -1', '1.tier', 2, 'is not a whole number from 0 to 9'],
    ['tier 1.5', '- name: A\n  tier: 1.5', '1.tier', 2, 'is not a whole number from 0 to 9'],
    [
      'another field',
      '- name: A\n  tier: 1\n  tear: 2',
      '1',
      3,
      'has a field that is none of name, tier, reason, match',
    ],
    [
      'another rule',
      '- name: A\n  tier: 1\n  match:\n    - path: x',
      '1.match.1',
      4,
      'has a field that is none of source, folder, tag',
    ],
    ['an empty rule', '- name: A\n  tier: 1\n  match: {}', '1.match', 3, 'has none of source, folder, tag'],
    [
      'a rule that is a text',
      '- name: A\n  tier: 1\n  match: Alder',
      '1.match',
      3,
      'is not a list of named fields',
    ],
    ['a folder of slashes', '- name: A\n  tier: 1\n  match: {folder: //}', '1.match.folder', 3, 'is empty'],
    ['an empty tag', '- name: A\n  tier: 1\n  match: {tag: }', '1.match.tag', 3, 'is empty'],
    [
      'two of a name',
      '- name: A\n  tier: 1\n- name: " a"\n  tier: 2',
      '2.name',
      3,
      'is the name of client 1 too',
    ],
    ['a field twice', '- name: A\n  name: B\n  tier: 1', 'the file', 2, 'is not valid YAML here'],
    ['an alias', '- &a {name: A, tier: 1}\n- *a', '2', 2, 'is not a list of named fields'],
    ['deep brackets', '['.repeat(5000), 'the file', 1, 'is nested too deeply'],
  ])('refuses %s', (_name, text, field, line, reason) => {
    expect(() => decode(text)).toThrow(
      expect.objectContaining({ code: 'vault.clients', facts: { field, line, reason } }),
    );
  });

  test('refuses what is no UTF-8, and what passes a limit', () => {
    expect(() => decodeClients(Uint8Array.of(0xff))).toThrow(
      expect.objectContaining({ code: 'vault.clients' }),
    );
    const tooLong = new Uint8Array(LIMITS.clientsBytes + 1).fill(0x23);
    expect(() => decodeClients(tooLong)).toThrow(expect.objectContaining({ code: 'limit.exceeded' }));
    expect(decodeClients(tooLong.subarray(1))).toEqual([]);
    const rules = (many: number): string =>
      `- name: A\n  tier: 1\n  match: [${Array.from({ length: many }, () => '{tag: x}').join(', ')}]`;
    expect(decode(rules(LIMITS.clientRules - 1))[0]?.match).toHaveLength(LIMITS.clientRules - 1);
    expect(() => decode(rules(LIMITS.clientRules))).toThrow(
      expect.objectContaining({ code: 'limit.exceeded' }),
    );
  });

  test('any text is a list of clients or one of our errors', () => {
    const pieces = [
      '- ',
      'name: ',
      'tier: ',
      'match: ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      'a',
      '1',
      ',',
      '&a',
      '*a',
      '"',
      ':',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (source) => {
        try {
          for (const { tier } of decode(source)) expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(tier);
        } catch (error) {
          expect(error).toBeInstanceOf(EscrowError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('whose an entry is', () => {
  const rule = (match: string): string => `- {name: X, tier: 1, match: ${match}}`;

  test.each<[string, string, readonly string[], string]>([
    ['a folder itself', '{folder: Clients/Alder}', ['ca'], 'X'],
    ['a folder below', '{folder: Clients/Alder}', ['cas'], 'X'],
    ['not the folder above', '{folder: Clients/Alder}', ['c'], 'Clients'],
    ['not the one beside', '{folder: Clients/Alder}', ['cb'], 'Clients'],
    ['not a folder that only begins so', '{folder: Clients/Ald}', ['ca'], 'Clients'],
    ['in any case', '{folder: /cLIENTS / alder/}', ['ca'], 'X'],
    ['any name of one level', '{folder: Clients/*/Servers}', ['cbs'], 'X'],
    ['which must be there', '{folder: Clients/*}', ['c'], 'Clients'],
    ['no folder at all', '{folder: "*"}', [], '(no folder)'],
    ['a folder that is not in the export', '{folder: "*"}', ['gone'], '(no folder)'],
    ['one of several folders', '{folder: Internal}', ['ca', 'in'], 'X'],
    ['the first of them otherwise', '{folder: none}', ['in', 'ca'], 'Internal'],
    ['the recycle bin is no level', '{folder: Alder}', ['binx'], 'X'],
  ])('%s', (_name, match, containerIds, expected) => {
    expect(ownerOf(rule(match), item(containerIds))).toBe(expected);
  });

  test('tags, sources, and all that a rule has', () => {
    const tagged = item(['ca'], { tags: ['red', 'Blue '] });
    expect(ownerOf(rule('{tag: blue}'), tagged)).toBe('X');
    expect(ownerOf(rule('{tag: green}'), tagged)).toBe('Clients');
    expect(ownerOf(rule('{tag: blue, folder: Internal}'), tagged)).toBe('Clients');
    expect(ownerOf(rule('{tag: blue, folder: Clients}'), tagged)).toBe('X');
    expect(ownerOf(rule('{source: Vault}'), tagged, { sourceName: 'vault' })).toBe('X');
    expect(ownerOf(rule('{source: other}'), tagged, { sourceName: 'vault' })).toBe('Clients');
    expect(ownerOf(rule('{source: vault, tag: blue}'), item([]), { sourceName: 'vault' })).toBe(
      '(no folder)',
    );
    expect(ownerOf(rule('[{tag: green}, {folder: Internal}, {tag: red}]'), tagged)).toBe('X');
  });

  test('the first client in the file, whether by tag or folder', () => {
    const byTag = '- {name: Tag, tier: 1, match: {tag: t}}';
    const byFolder = '- {name: Folder, tier: 0, match: {folder: Clients}}';
    const one = item(['ca'], { tags: ['t'] });
    expect(ownerOf(`${byTag}\n${byFolder}`, one)).toBe('Tag');
    expect(ownerOf(`${byFolder}\n${byTag}`, one)).toBe('Folder');
    const both = item(['in', 'ca'], { tags: ['t'] });
    expect(ownerOf(`${byTag}\n${byFolder}`, both)).toBe('Tag');
  });

  test('a slash in a name parts levels, but the client keeps the whole name', () => {
    const vault = vaultOf([folder('x', ' A/B ')], [item(['x'])]);
    expect(namesOf(assignClients(vault, undefined))).toEqual(['A/B']);
    expect(namesOf(assignClients(vault, decode(rule('{folder: a/b}'))))).toEqual(['X']);
  });

  test('without rules a client of the list has the top folder of its name', () => {
    const vault = vaultOf(TREE, [item(['cas']), item(['in'])]);
    const assignment = assignClients(vault, decode('- {name: INTERNAL, tier: 0}'));
    expect(namesOf(assignment)).toEqual(['Clients', 'INTERNAL']);
    expect(assignment.unmatched).toBe(1);
  });

  test('folders in a circle end somewhere', () => {
    const vault = vaultOf([folder('a', 'A', 'b'), folder('b', 'B', 'a')], [item(['a'])]);
    expect(namesOf(assignClients(vault, undefined))).toEqual(['B']);
  });

  test('of several exports: below the group of each, and by the name of each', () => {
    const parts = ['one', 'two'].map((name) => ({ name, vault: vaultOf(TREE, [item(['ca']), item([])]) }));
    const merged = mergeVaults(parts);
    expect(namesOf(assignClients(merged, undefined))).toEqual([
      'Clients',
      '(no folder)',
      'Clients',
      '(no folder)',
    ]);
    const assignment = assignClients(merged, decode(rule('{source: two}')));
    expect(namesOf(assignment)).toEqual(['Clients', '(no folder)', 'X', 'X']);
  });
});

describe('counts, findings and order', () => {
  const LIST = decode(`
- {name: Last, tier: 2, match: {folder: Clients/Birch}}
- {name: First, tier: 0, reason: we open the rest, match: {folder: Internal}}
- {name: Nobody, tier: 1, match: {folder: Typo}}
- {name: Also last, tier: 2, match: {folder: Clients/Alder}}
`);
  const vault = vaultOf(TREE, [
    item(['cb']),
    item(['cbs'], { state: 'archived' }),
    item(['cb'], { state: 'trashed' }),
    item(['in']),
    item(['c']),
    item(['c'], { state: 'trashed' }),
    item([]),
  ]);
  const assignment = assignClients(vault, LIST);

  test('entries in use, tier 0 first, ties by the list, strangers last', () => {
    expect(clientOrder(assignment)).toEqual([
      { name: 'First', tier: 0, reason: 'we open the rest', entries: 1 },
      { name: 'Nobody', tier: 1, entries: 0 },
      { name: 'Last', tier: 2, entries: 2 },
      { name: 'Also last', tier: 2, entries: 0 },
      { name: 'Clients', entries: 1 },
      { name: '(no folder)', entries: 1 },
    ]);
  });

  test('findings count and name nobody', () => {
    const findings = clientFindings(assignment);
    expect(findings.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['clients.unmatched', 'warning', '2 entries that no client in the list of clients takes'],
      ['clients.without-entries', 'warning', '2 clients in the list of clients without a single entry'],
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/Nobody|Typo|First|Alder/);
  });

  test('without a list there is nothing to say', () => {
    const free = assignClients(vault, undefined);
    expect(free.unmatched).toBe(0);
    expect(clientFindings(free)).toEqual([]);
    expect(
      clientFindings(assignClients(vaultOf(TREE, [item(['in'])]), decode('- {name: Internal, tier: 0}'))),
    ).toEqual([]);
  });

  test('over several exports', () => {
    const other = assignClients(vaultOf(TREE, [item(['ca']), item(['c'])]), LIST);
    const order = clientOrder(assignment, other);
    expect(order.map(({ name, entries }) => [name, entries])).toEqual([
      ['First', 1],
      ['Nobody', 0],
      ['Last', 2],
      ['Also last', 1],
      ['Clients', 2],
      ['(no folder)', 1],
    ]);
    expect(clientFindings(assignment, other).map(({ message }) => message)).toEqual([
      '3 entries that no client in the list of clients takes',
      '1 client in the list of clients without a single entry',
    ]);
  });

  test('a client, a tier, both, and neither', () => {
    const titles = (filter: Parameters<typeof selectItems>[2]): readonly string[] =>
      selectItems(vault, assignment, filter).items.map(({ id }) => id);
    const ids = vault.items.map(({ id }) => id);
    expect(selectItems(vault, assignment, {})).toBe(vault);
    expect(titles({ client: ' fIRST' })).toEqual([ids[3]]);
    expect(titles({ client: 'Last' })).toEqual(ids.slice(0, 3));
    expect(titles({ tier: 2 })).toEqual(ids.slice(0, 3));
    expect(titles({ tier: 1 })).toEqual([]);
    expect(titles({ client: 'Last', tier: 0 })).toEqual([]);
    expect(titles({ client: '(No Folder)' })).toEqual([ids[6]]);
  });

  test('only the folders they lie in go with them, with those above', () => {
    const chosen = selectItems({ ...vault, findings: clientFindings(assignment) }, assignment, {
      client: 'last',
    });
    expect(chosen.containers.map(({ id }) => id)).toEqual(['c', 'cb', 'cbs']);
    expect(chosen.findings).toEqual([]);
    expect(chosen.source).toBe(vault.source);
  });

  test('a client or a tier that nobody has is told with those there are', () => {
    expect(() => selectItems(vault, assignment, { client: 'Acme' })).toThrow(
      expect.objectContaining({
        code: 'vault.no-client',
        facts: {
          wanted: 'client "Acme"',
          known: ['First', 'Nobody', 'Last', 'Also last', 'Clients', '(no folder)'],
          more: 0,
        },
      }),
    );
    expect(() => selectItems(vault, assignment, { tier: 5 })).toThrow(
      expect.objectContaining({
        facts: { wanted: 'tier 5', known: ['tier 0', 'tier 1', 'tier 2'], more: 0 },
      }),
    );
    const containers = Array.from({ length: 25 }, (_, index) => folder(`f${index}`, `F${index}`));
    const many = vaultOf(
      containers,
      containers.map(({ id }) => item([id])),
    );
    expect(() => selectItems(many, assignClients(many, undefined), { client: 'x' })).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ more: 5 }) as object }),
    );
  });
});

test('a million entries take seconds, not minutes', () => {
  const containers = Array.from({ length: 2_000 }, (_, index) => folder(`f${index}`, `F${index}`));
  const made = containers.map(({ id }) => item([id], { tags: ['a'] }));
  const items = Array.from({ length: 1_000_000 }, (_, index) => made[index % made.length]!);
  const list = Array.from(
    { length: 200 },
    (_, index) => `- {name: C${index}, tier: 1, match: [{tag: t${index}}, {folder: F${index * 10}}]}`,
  );
  const began = performance.now();
  const assignment = assignClients(vaultOf(containers, items), decode(list.join('\n')));
  expect(assignment.unmatched).toBe(900_000);
  expect(performance.now() - began).toBeLessThan(20_000);
});

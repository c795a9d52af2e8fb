// A person's own mapping: what it may say, what is refused in it, and what it makes of a CSV.

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodeCsvMapping } from '../../src/vault/csv-mapping.ts';
import { inspectExport } from '../support/inspect-export.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { entry, SEED, seed } from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

const MAPPING = `
product: Acme Vault
columns:
  title: Name
  username: [Login, E-mail]
  password: Kennwort
  url: Address
  notes: Remarks
  totp: Seed
  client: Customer
  folder: Path
  tags: Labels
folder separator: /
tag separator: ";"
`;

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const open = (csv: string, mapping = MAPPING): Promise<Vault> =>
  openVault(crypto, utf8(csv), { format: 'csv', columns: decodeCsvMapping(utf8(mapping)) });

test('says which column is what', async () => {
  const header = 'Customer;Path;Name;Login;E-mail;Kennwort;Address;Remarks;Seed;Labels;Room'.replaceAll(
    ';',
    ',',
  );
  const csv = `${header}\nBirch,East/Racks,t,,a@b.test,"0,07",https://a.test,n,${SEED},a;b,12\n,,x,u,v@b.test,p,,,,,\n`;
  const vault = await open(csv);
  expect(vault.items).toEqual([
    entry({
      title: 't',
      username: 'a@b.test',
      password: '0,07',
      urls: [{ uri: 'https://a.test' }],
      notes: 'n',
      totp: [seed(SEED)] as never,
      tags: ['a', 'b'],
      fields: [{ name: 'Room', value: '12', kind: 'text' }],
      containerIds: ['folder-3'],
    }),
    entry({
      title: 'x',
      username: 'u',
      password: 'p',
      fields: [{ name: 'E-mail', value: 'v@b.test', kind: 'text' }],
    }),
  ]);
  expect(vault.containers.map(({ name, kind }) => [name, kind])).toEqual([
    ['Birch', 'client'],
    ['East', 'folder'],
    ['Racks', 'folder'],
  ]);
  expect(vault.source).toMatchObject({ product: 'Acme Vault', format: 'csv' });
  const [left, ...others] = vault.findings;
  expect(others).toEqual([]);
  expect(left).toMatchObject({ code: 'csv.columns-not-named', severity: 'info' });
  expect(left?.message).toMatch(/does not name column \d+ of the file$/);
});

test('every word it knows, and the least it may say', () => {
  const roles =
    'id title username email password url notes totp client folder tags favourite archived created modified expires';
  const text = `columns:\n${roles
    .split(' ')
    .map((role) => `  ${role}: C-${role}\n`)
    .join('')}url separator: "|"\n`;
  const { columns, product, urlSeparator } = decodeCsvMapping(utf8(text));
  expect(Object.entries(columns)).toEqual(roles.split(' ').map((role) => [role, [`C-${role}`]]));
  expect([product, urlSeparator]).toEqual(['CSV', '|']);
  expect(decodeCsvMapping(utf8('{"columns": {"title": 2026}}'))).toEqual({
    product: 'CSV',
    columns: { title: ['2026'] },
  });
});

test('inspect takes the mapping as the format', async () => {
  const columns = decodeCsvMapping(utf8('columns: {title: A, password: B}'));
  const report = await inspectExport(crypto, utf8('A,B\nt,p\n'), { name: 'x', columns });
  expect(report).toMatchObject({ format: 'csv', entries: 1 });
});

test('a column that it names and the file lacks is an error, a list needs one', async () => {
  await expect(open('Name,Kennwort\nt,p\n')).rejects.toMatchObject({
    code: 'vault.columns',
    facts: {
      reason: expect.stringContaining('"Login" or "E-mail" and none "Address"') as string,
    },
  });
  const vault = await open('Name,B\nt,p\n', 'columns: {title: Name, password: [A, B]}');
  expect(vault.items[0]?.password).toBe('p');
});

test('without a mapping there is nothing to read by', async () => {
  await expect(openVault(crypto, utf8('A,B\nt,p\n'), { format: 'csv' })).rejects.toMatchObject({
    code: 'vault.columns',
  });
});

describe('is refused:', () => {
  test.each([
    ['no YAML', 'columns: [', 'line 1: this is not valid YAML'],
    ['a name given twice', 'columns: {title: A}\ncolumns: {title: B}', 'line 2: this is not valid YAML'],
    ['nothing', '', 'the file must be a list of names and values'],
    ['a list', '- title', 'the file must be a list of names and values'],
    ['no columns', 'product: x', 'it has no "columns"'],
    ['columns as a list', 'columns: [A]', '"columns" must be a list of names and values'],
    ['no title', 'columns: {password: A}', '"columns" must say which column is the title'],
    ['a word it does not know', 'columns: {title: A, pasword: B}', '"columns" knows id, title'],
    ['a word of JavaScript', 'columns: {title: A, constructor: B}', '"columns" knows id, title'],
    ['one beside columns', 'columns: {title: A}\nseparator: /', 'the file knows product, columns'],
    [
      'a column twice',
      'columns: {title: A, password: " a"}',
      '"password" names a column that was named before',
    ],
    ['an empty name', 'columns: {title: ""}', '"title" must be a text'],
    ['an empty list', 'columns: {title: []}', '"title" names no column'],
    ['a map for a column', 'columns: {title: {a: b}}', '"title" must be a text'],
    ['a truth value', 'columns: {title: A, password: yes, totp: true}', '"totp" must be a text'],
    ['an alias', 'columns: {title: &a A, password: *a}', '"password" must be a text'],
    ['deep brackets', `columns: ${'['.repeat(5_000)}`, 'it is nested too deeply'],
    ['deep lists', `columns:\n${'- '.repeat(20_000)}`, 'it is nested too deeply'],
  ])('%s', (_name, text, reason) => {
    expect(() => decodeCsvMapping(utf8(text))).toThrow(
      expect.objectContaining({
        code: 'vault.columns',
        facts: { reason: expect.stringContaining(reason) as string },
      }),
    );
  });

  test('bytes that are no UTF-8, and too many', () => {
    expect(() => decodeCsvMapping(Uint8Array.of(0xff))).toThrow(
      expect.objectContaining({ code: 'vault.columns' }),
    );
    expect(() => decodeCsvMapping(new Uint8Array(LIMITS.csvMappingBytes + 1))).toThrow(
      expect.objectContaining({ code: 'limit.exceeded' }),
    );
  });

  test('or read: any text gives a mapping or an error of ours', () => {
    const piece = fc.constantFrom(
      'columns',
      'title',
      ':',
      ' ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '- ',
      '"',
      'A',
      '&a ',
      '*a',
      '!!map ',
      '? ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          expect(decodeCsvMapping(utf8(pieces.join(''))).columns.title).toBeDefined();
        } catch (error) {
          if (!(error instanceof EscrowError)) throw error;
          expect(error.code).toBe('vault.columns');
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a word that is neither yes nor no stays a field', async () => {
  const mapping = 'columns:\n  title: Name\n  password: P\n  archived: Old\n  favourite: Star\n';
  const { items } = await open('Name,P,Old,Star\na,p,ja,n\nb,p,Yes,2\nc,p,No,on\n', mapping);
  expect(items.map(({ state, favourite, fields }) => [state, favourite, fields])).toEqual([
    ['active', false, [{ name: 'Old', value: 'ja', kind: 'text' }]],
    ['archived', false, [{ name: 'Star', value: '2', kind: 'text' }]],
    ['active', true, []],
  ]);
});

// CSV as a file: what is read, what is refused because its cells may have slipped, and what is said of how
// it was saved. Which column is what, the products' own tests look at.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { LIMITS } from '../../src/core/limits.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { entry, sampleOf } from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const open = (bytes: Uint8Array, format: FormatId = 'chrome-csv'): Promise<Vault> =>
  openVault(crypto, bytes, { format });
const chrome = (text: string): Promise<Vault> => open(utf8(`name,url,username,password,note\n${text}`));
const codesOf = (vault: Vault): readonly string[] => vault.findings.map(({ code }) => code);

describe('is read', () => {
  test('with every awkward value as it stands', async () => {
    const note = 'line one\nline "two", three\n\n🔑 &amp; äöü\t';
    const { items } = await chrome(
      `"Ä ""x""",https://a.test,u,"  00123,""' ","${note.replaceAll('"', '""')}"\n`,
    );
    expect(items).toEqual([
      {
        ...entry({ title: 'Ä "x"', username: 'u', password: '  00123,"\' ', notes: note }),
        id: 'row-5',
        urls: [{ uri: 'https://a.test' }],
        raw: ['Ä "x"', 'https://a.test', 'u', '  00123,"\' ', note],
      },
    ]);
  });

  test.each(['\n', '\r\n', '\r'])('with line ends %j, the last one missing', async (end) => {
    const text = ['name,url,username,password,note', 'a,,u,p,', 'b,,v,q,'].join(end);
    const { items } = await open(utf8(text));
    expect(items.map(({ title, password }) => [title, password])).toEqual([
      ['a', 'p'],
      ['b', 'q'],
    ]);
  });

  test('in UTF-16 and with a byte order mark', async () => {
    const text = 'name,url,username,password,note\nä,,u,ö,\n';
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    for (const bytes of [utf16, utf16.slice().map((_byte, at, all) => all[at ^ 1]!), utf8(`\uFEFF${text}`)]) {
      const { items } = await open(bytes);
      expect(items.map(({ title, password }) => [title, password])).toEqual([['ä', 'ö']]);
    }
  });

  test('with columns in another order, in other case, and unknown ones as fields', async () => {
    const text = 'PASSWORD,Backup Code,username,URL,Name,,colour\np,c-1,u,https://a.test,n,odd,red\n';
    const { items } = await open(utf8(text));
    expect(items).toEqual([
      entry({
        title: 'n',
        username: 'u',
        password: 'p',
        urls: [{ uri: 'https://a.test' }],
        fields: [
          { name: 'Backup Code', value: 'c-1', kind: 'hidden' },
          { name: 'column 6', value: 'odd', kind: 'hidden' },
          { name: 'colour', value: 'red', kind: 'text' },
        ],
      }),
    ]);
  });

  test('with two columns of one name: the first counts, the second is kept', async () => {
    const { items } = await open(utf8('name,url,username,password,password\nn,,u,p,q\n'));
    expect(items[0]).toMatchObject({
      password: 'p',
      fields: [{ name: 'password', value: 'q', kind: 'hidden' }],
    });
  });

  test('with a header only, as a vault without entries', async () => {
    const vault = await chrome('');
    expect(vault.items).toEqual([]);
    expect(codesOf(vault)).toEqual([]);
  });
});

describe('is refused', () => {
  test.each([
    ['a row too short', 'a,,u,p\n', 'the row that ends in line 2 has 4 cells, the first has 5'],
    ['a row too long', 'a,,u,p,n,x\n', 'the row that ends in line 2 has 6 cells, the first has 5'],
    ['a comma in a cell without quotes', 'a,,u,p,q,n\n', 'has 6 cells'],
    ['a line break in a cell without quotes', 'a,,u,p,one\ntwo\n', 'has 1 cells'],
    ['a quote in a cell that does not begin with one', 'a,,u,p"q,n\n', 'a quote stands in the middle'],
    ['text behind a quoted cell', 'a,,u,"p"q,n\n', 'a quoted cell is followed by more text'],
    ['a cut file', 'a,,u,p,"note that', 'a quoted cell never ends'],
    ['line ends written twice', 'a,,u,p,n\r\r\nb,,v,q,n\r\r\n', 'is empty, and more rows follow'],
  ])('%s', async (_name, text, reason) => {
    await expect(chrome(text)).rejects.toMatchObject({
      code: 'vault.format',
      facts: { format: 'chrome-csv', reason: expect.stringContaining(reason) as string },
    });
  });

  test('a header that lacks columns, which are named', async () => {
    await expect(open(utf8('name,url,user,secret\na,b,c,d\n'))).rejects.toMatchObject({
      code: 'vault.format',
      facts: {
        reason:
          'its first row has no column "username" and none "password"; perhaps the file has no header row',
      },
    });
  });

  test('bytes that are no text', async () => {
    await expect(open(Uint8Array.of(0x61, 0, 0x62))).rejects.toMatchObject({
      code: 'vault.format',
      facts: { reason: 'it is no text' },
    });
  });

  test('no error holds text of the file', async () => {
    const canary = 'CANARY-SECRET';
    for (const text of [`${canary},"x"${canary}\n`, `${canary}\n`, `a,,u,"${canary}`]) {
      const error: unknown = await chrome(text).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'vault.format' });
      expect(JSON.stringify(error) + String(error)).not.toContain(canary);
    }
  });

  test('a cell beyond any size', async () => {
    const huge = 'x'.repeat(LIMITS.csvRowChars + 1);
    await expect(chrome(`a,,u,p,${huge}\n`)).rejects.toMatchObject({
      facts: { reason: expect.stringContaining('a row is too long') as string },
    });
  });
});

describe('says', () => {
  test('that a spreadsheet saved it', async () => {
    const semicolons = await open(utf8('name;url;username;password;note\na;;u;p;n\n'));
    expect(semicolons.items).toHaveLength(1);
    expect(codesOf(semicolons)).toEqual(['csv.spreadsheet']);
    const windows = await open(
      new Uint8Array(Buffer.from('name,url,username,password\nM\xfcller,,u,p\n', 'latin1')),
    );
    expect(windows.items[0]?.title).toBe('Müller');
    expect(codesOf(windows)).toEqual(['csv.not-utf8']);
  });

  test.each(['1.23457E+11', '1E+10', '1,5E+20', '#NAME?', '#REF!', '#N/A'])(
    'that %s is not what stood there',
    async (value) => {
      const vault = await chrome(`a,,u,"${value}",\nb,,u,fine,\n`);
      expect(codesOf(vault)).toEqual(['csv.spreadsheet-values']);
      expect(vault.items[0]?.password).toBe(value);
      expect(vault.findings[0]?.message).toMatch(/^1 entry /);
      expect(vault.findings[0]?.message).not.toContain('a,');
    },
  );

  test.each(['E+10', '12E+10', '1E10', 'x1E+10', '#NAMES', '1.123456E+10'])(
    'nothing of %s',
    async (value) => {
      expect(codesOf(await chrome(`a,,u,"${value}",\n`))).toEqual([]);
    },
  );

  test('that a column for seeds is missing, gravely where the product has one', async () => {
    const old = await open(
      utf8('url,username,password,extra,name,grouping,fav\n,u,p,,n,,0\n'),
      'lastpass-csv',
    );
    expect(old.findings.find(({ code }) => code === 'csv.no-totp-column')?.severity).toBe('warning');
    const nord = await open(
      sampleOf('nordpass-csv', { name: 'n', password: 'p', type: 'password' }),
      'nordpass-csv',
    );
    expect(nord.findings.find(({ code }) => code === 'csv.no-totp-column')?.severity).toBe('info');
    const newer = await open(sampleOf('lastpass-csv', { name: 'n', password: 'p' }), 'lastpass-csv');
    expect(codesOf(newer)).not.toContain('csv.no-totp-column');
  });
});

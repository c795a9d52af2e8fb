// CSV of IT Glue, Hudu and Passportal. No real export of these is at hand: the files below follow the
// descriptions that docs/vaults.md names, and are synthetic.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import {
  csvOf,
  entry,
  PASSWORD,
  sampleOf,
  SEED,
  seed,
  tableOf,
  type HeadedFormat,
} from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const openText = (format: FormatId, text: string): Promise<Vault> =>
  openVault(crypto, utf8(text), { format });
const open = (format: HeadedFormat, ...rows: readonly Record<string, string>[]): Promise<Vault> =>
  openVault(crypto, sampleOf(format, ...rows), { format });

function placesOf({ containers, items }: Vault): readonly (readonly string[])[] {
  const paths = pathsOf(containers);
  return items.map(({ containerIds }) => containerIds.map((id) => (paths.get(id) ?? []).join(' > ')));
}

const severityOf = ({ findings }: Vault): Readonly<Record<string, string>> =>
  Object.fromEntries(findings.map(({ code, severity }) => [code, severity]));

describe('IT Glue', () => {
  test('every column', async () => {
    const vault = await open(
      'itglue-csv',
      {
        id: '1234567',
        organization: 'Birch, Inc.',
        name: 't',
        password_category: 'Network',
        resource_type: 'Configuration',
        resource_id: '42',
        username: 'u',
        password: PASSWORD,
        one_time_password: 'Yes',
        otp_secret: SEED,
        archived: 'Yes',
        url: 'https://a.test',
        notes: 'two\nlines',
      },
      {
        id: '8',
        organization: 'Alder',
        name: 'x',
        password: '00123',
        one_time_password: 'No',
        archived: 'No',
      },
    );
    expect(vault.items).toEqual([
      entry({
        id: '1234567',
        sourceType: 'Network',
        state: 'archived',
        containerIds: ['folder-1'],
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'two\nlines',
        totp: [seed(SEED)] as never,
        fields: [
          { name: 'resource_type', value: 'Configuration', kind: 'text' },
          { name: 'resource_id', value: '42', kind: 'text' },
        ],
        tags: ['Network'],
      }),
      entry({ id: '8', title: 'x', password: '00123', containerIds: ['folder-2'] }),
    ]);
    expect(vault.containers).toEqual([
      { id: 'folder-1', name: 'Birch, Inc.', kind: 'client' },
      { id: 'folder-2', name: 'Alder', kind: 'client' },
    ]);
    expect(severityOf(vault)).toEqual({
      'csv.leaves-out': 'info',
      'itglue.unverified': 'info',
      'itglue.embedded': 'info',
    });
  });

  test('an older export has codes but not their seeds', async () => {
    const header = 'id,organization,name,password_category,username,password,one_time_password,url,notes';
    const rows = [
      { id: '1', organization: 'Birch', name: 'a', password: 'p', one_time_password: 'Yes' },
      { id: '2', organization: 'Birch', name: 'b', password: 'p', one_time_password: 'No' },
    ];
    const vault = await openText('itglue-csv', tableOf(header, rows));
    expect(severityOf(vault)).toMatchObject({
      'itglue.seeds-missing': 'warning',
      'csv.no-totp-column': 'warning',
    });
    expect(vault.findings.find(({ code }) => code === 'itglue.seeds-missing')?.message).toMatch(/^1 entry /);
    expect(vault.items.map(({ unmapped }) => unmapped)).toEqual([['one-time password'], []]);
  });

  test('columns missing, in another order, and more of them', async () => {
    const vault = await openText(
      'itglue-csv',
      'otp_secret,password,shared,name,organization\n,p,yes,t,Birch\n',
    );
    expect(vault.items).toEqual([
      entry({
        title: 't',
        password: 'p',
        containerIds: ['folder-1'],
        fields: [{ name: 'shared', value: 'yes', kind: 'text' }],
      }),
    ]);
    await expect(openText('itglue-csv', 'id,organization,name,username\n1,B,t,u\n')).rejects.toMatchObject({
      code: 'vault.format',
      facts: {
        reason: expect.stringContaining('no column "password" and none "password_category" or') as string,
      },
    });
  });
});

test('IT Glue: a column for yes and no that holds a seed keeps it', async () => {
  const header = 'organization,name,password,one_time_password\n';
  const { items } = await openText('itglue-csv', `${header}Alder,a,p,${SEED}\nAlder,b,p,No\n`);
  expect(items.map(({ fields }) => fields)).toEqual([
    [{ name: 'one_time_password', value: SEED, kind: 'hidden' }],
    [],
  ]);
});

test('Passportal: a date where yes or no is expected is kept', async () => {
  const { items } = await open('passportal-csv', { Description: 't', 'Expires (Yes/No)': '03/04/2030' });
  expect(items[0]?.fields).toEqual([{ name: 'Expires (Yes/No)', value: '03/04/2030', kind: 'text' }]);
});

describe('Hudu', () => {
  test('every column', async () => {
    const vault = await open('hudu-csv', {
      id: '7',
      name: 't',
      company_name: 'Birch',
      password_folder_name: 'Routers',
      username: 'u',
      password: PASSWORD,
      otp_secret: SEED,
      url: 'https://a.test',
      description: 'n',
      password_type: 'Network',
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-03',
    });
    expect(vault.items).toEqual([
      entry({
        id: '7',
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(SEED)] as never,
        tags: ['Network'],
        containerIds: ['folder-2'],
        created: '2026-01-02T03:04:05.000Z',
        modified: '2026-01-03T00:00:00.000Z',
      }),
    ]);
    expect(vault.containers.map(({ name, kind }) => [name, kind])).toEqual([
      ['Birch', 'client'],
      ['Routers', 'folder'],
    ]);
    expect(severityOf(vault)).toMatchObject({ 'hudu.unverified': 'info' });
  });

  test('other names for the same things, and numbers instead of names', async () => {
    const text = 'Company,Name,Username,Password,URL,Notes,OTP Secret,company_id\nBirch,t,u,p,,n,,12\n';
    const { items, containers } = await openText('hudu-csv', text);
    expect(items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: 'p',
        notes: 'n',
        containerIds: ['folder-1'],
        fields: [{ name: 'company_id', value: '12', kind: 'text' }],
      }),
    ]);
    expect(containers[0]?.kind).toBe('client');
  });
});

describe('Passportal', () => {
  test('every column; a description serves as title, the kind of credential without one', async () => {
    const vault = await open(
      'passportal-csv',
      {
        'Client Name': 'Birch',
        Credential: 'Router',
        Username: 'u',
        Password: PASSWORD,
        Description: 'Edge',
        'Expires (Yes/No)': 'Yes',
        Notes: 'n',
        URL: 'https://a.test',
        'Folder(Optional)': 'East',
        'TOTP Secret': SEED,
      },
      {
        'Client Name': 'Birch',
        Credential: 'Website',
        Username: 'v',
        Password: 'p',
        'Expires (Yes/No)': 'No',
      },
    );
    expect(vault.items).toEqual([
      entry({
        sourceType: 'Router',
        title: 'Edge',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(SEED)] as never,
        tags: ['Router'],
        containerIds: ['folder-2'],
        unmapped: ['expires by policy'],
      }),
      entry({
        sourceType: 'Website',
        title: 'Website - v',
        username: 'v',
        password: 'p',
        tags: ['Website'],
        containerIds: ['folder-1'],
      }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch > East'], ['Birch']]);
    expect(vault.containers.map(({ kind }) => kind)).toEqual(['client', 'folder']);
    expect(severityOf(vault)).toEqual({ 'csv.leaves-out': 'info', 'passportal.unverified': 'info' });
  });

  const common = ['Router', 'admin', 'pw', 'Edge', 'No', 'n', 'https://r.test', 'East'];
  test.each([
    ['clients', ['', 'Birch', ...common], ['Birch > East'], 0],
    ['clients with seeds', ['', 'Birch', ...common, SEED], ['Birch > East'], 1],
    ['My Vault', ['', ...common], ['East'], 0],
    ['My Vault with seeds', ['', ...common, SEED], ['East'], 1],
  ])('without a header: %s; the first row is an entry', async (_name, row, place, seeds) => {
    const vault = await openText('passportal-csv', csvOf([row, row]));
    expect(vault.items).toHaveLength(2);
    expect(vault.items[0]).toMatchObject({
      title: 'Edge',
      username: 'admin',
      password: 'pw',
      notes: 'n',
      fields: [],
    });
    expect(vault.items.map(({ totp }) => totp.length)).toEqual([seeds, seeds]);
    expect(placesOf(vault)).toEqual([place, place]);
    expect(Object.keys(severityOf(vault)).includes('csv.no-totp-column')).toBe(seeds === 0);
    expect(Object.keys(severityOf(vault)).includes('passportal.no-clients')).toBe(place[0] === 'East');
  });

  test('without a header, and not as Passportal writes rows: refused', async () => {
    const row = ['', 'Birch', 'Router', 'admin', 'pw', 'Edge', 'perhaps', 'n', '', ''];
    await expect(openText('passportal-csv', csvOf([row]))).rejects.toMatchObject({ code: 'vault.format' });
  });
});

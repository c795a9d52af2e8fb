// CSV of NordPass, Proton Pass, RoboForm, Zoho Vault, Dashlane, Delinea, Passwordstate, Nextcloud Passwords
// and the browsers: every field of an entry, and each product's quirks.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { targetOf } from '../../src/vault/targets.ts';
import { readDashlaneCsv } from '../../src/vault/readers/dashlane.ts';
import {
  csvOf,
  entry,
  HEADERS,
  OTPAUTH,
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

describe('NordPass', () => {
  test('logins, notes, cards and identities; folders are no entries', async () => {
    const vault = await open(
      'nordpass-csv',
      { name: 'Birch', type: 'folder' },
      { name: 'Empty one', type: 'folder' },
      {
        name: 't',
        url: 'https://a.test',
        additional_urls: '["https://b.test","https://c.test"]',
        username: 'u',
        password: PASSWORD,
        note: 'n',
        folder: 'Birch',
        type: 'password',
        custom_fields:
          '[{"label":"place","type":"text","value":"hall"},{"label":"x","type":"hidden","value":"y"}]',
      },
      {
        name: 'c',
        cardholdername: 'A. B',
        cardnumber: '4111',
        cvc: '007',
        pin: '0042',
        expirydate: '01 / 30',
        zipcode: '01067',
        type: 'credit_card',
      },
      { name: 'i', full_name: 'Anna', email: 'a@b.test', country: 'DE', type: 'identity' },
      { name: 'bare', type: 'note' },
    );
    expect(vault.items).toEqual([
      entry({
        sourceType: 'password',
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }, { uri: 'https://b.test' }, { uri: 'https://c.test' }],
        notes: 'n',
        containerIds: ['folder-1'],
        fields: [
          { name: 'place', value: 'hall', kind: 'text' },
          { name: 'x', value: 'y', kind: 'hidden' },
        ],
      }),
      entry({
        type: 'card',
        sourceType: 'credit_card',
        title: 'c',
        card: {
          cardholderName: 'A. B',
          number: '4111',
          code: '007',
          pin: '0042',
          expMonth: '1',
          expYear: '2030',
          zipcode: '01067',
        },
      }),
      entry({
        type: 'identity',
        sourceType: 'identity',
        title: 'i',
        identity: { full_name: 'Anna', email: 'a@b.test', country: 'DE' },
      }),
      entry({ type: 'note', sourceType: 'note', title: 'bare' }),
    ]);
    expect(vault.containers).toEqual([
      { id: 'folder-1', name: 'Birch', kind: 'folder' },
      { id: 'folder-2', name: 'Empty one', kind: 'folder' },
    ]);
  });

  test('before types: a row with nothing but a name is a folder', async () => {
    const header =
      'name,url,username,password,note,cardholdername,cardnumber,cvc,expirydate,zipcode,folder,full_name';
    const text = tableOf(header, [
      { name: 'Birch' },
      { name: 't', password: 'p', folder: 'Birch' },
      { name: 'c', cardnumber: '4111' },
      { name: 'i', full_name: 'Anna' },
      { name: 'n', note: 'x' },
    ]);
    const { items, containers } = await openText('nordpass-csv', text);
    expect(items.map(({ title, type }) => [title, type])).toEqual([
      ['t', 'login'],
      ['c', 'card'],
      ['i', 'identity'],
      ['n', 'note'],
    ]);
    expect(containers).toHaveLength(1);
  });

  test('custom fields in another form stay one hidden field', async () => {
    const { items } = await open('nordpass-csv', {
      name: 't',
      password: 'p',
      type: 'password',
      custom_fields: '[1',
    });
    expect(items[0]?.fields).toEqual([{ name: 'custom_fields', value: '[1', kind: 'hidden' }]);
  });
});

test('NordPass: custom fields and addresses that are no plain texts stay as they are', async () => {
  const custom = '[{"label":"x","type":"text","value":{"secret":"s"}}]';
  const more = '[{"url":"https://b.test"}]';
  const { items } = await open('nordpass-csv', {
    name: 't',
    password: 'p',
    type: 'password',
    custom_fields: custom,
    additional_urls: more,
  });
  expect(items[0]?.fields.map(({ value }) => value).sort()).toEqual([more, custom].sort());
});

test('NordPass: further addresses one after the other, however they are parted', async () => {
  const cell = `, https://b.test,${','.repeat(200_000)} https://c.test/?a,b`;
  const started = Date.now();
  const { items } = await open('nordpass-csv', { name: 't', additional_urls: cell });
  expect(items[0]?.urls).toEqual([{ uri: 'https://b.test' }, { uri: 'https://c.test/?a,b' }]);
  expect(Date.now() - started).toBeLessThan(10_000);
});

test('a type that is the name of something every object has is an unknown type', async () => {
  const type = 'constructor';
  const mac = 'notes,password,title,type,url,username\n';
  const vaults = [
    await open('proton-pass-csv', { type, name: 't', password: 'p' }),
    await open('bitwarden-csv', { type, name: 't', login_password: 'p' }),
    await open('nordpass-csv', { type, name: 't', password: 'p' }),
    await openText('1password-csv-mac', `${mac}n,p,t,${type},,u\n`),
  ];
  expect(vaults.map(({ items }) => items[0]?.type)).toEqual(['other', 'login', 'login', 'other']);
});

test.each<[HeadedFormat, Record<string, string>]>([
  ['nordpass-csv', { name: 'c', cardnumber: '4111', expirydate: '01/30', type: 'credit_card' }],
  [
    'proton-pass-csv',
    { name: 'c', type: 'creditCard', note: '{"number":"4111","expirationDate":"2030-01"}' },
  ],
  [
    'lastpass-csv',
    { name: 'c', url: 'http://sn', extra: 'NoteType:Credit Card\nNumber:4111\nExpiration Date:January,2030' },
  ],
])('a card of %s is a card in Bitwarden too, and no custom fields', async (format, row) => {
  const written = await targetOf('bitwarden-json').write(crypto, await open(format, row), {
    passphrase: utf8(''),
    now: '2026-01-01T00:00:00Z',
  });
  expect(JSON.parse(new TextDecoder().decode(written.bytes))).toMatchObject({
    items: [{ type: 3, card: { number: '4111', expMonth: '1', expYear: '2030' }, fields: [] }],
  });
});

describe('Proton Pass', () => {
  test('logins, aliases, cards, notes; the address stands in for a name', async () => {
    const card = {
      cardholderName: 'A. B',
      number: '4111',
      verificationNumber: '007',
      pin: '',
      note: 'two\nlines',
    };
    const vault = await open(
      'proton-pass-csv',
      {
        type: 'login',
        name: 't',
        url: 'https://a.test/?a=1,2,https://b.test',
        email: 'a@b.test',
        username: 'u',
        password: PASSWORD,
        note: 'n',
        totp: OTPAUTH,
        createTime: '1700000000',
        modifyTime: '1700000001',
        vault: 'Birch',
      },
      { type: 'login', name: 'only mail', email: 'a@b.test', password: 'p', vault: 'Birch' },
      { type: 'alias', name: 'x', email: 'alias@b.test', vault: 'Personal' },
      { type: 'creditCard', name: 'c', note: JSON.stringify(card) },
      { type: 'identity', name: 'i', note: '{"fullName":"Anna","extra":[{"a":1}],"none":[]}' },
      { type: 'custom', name: 'o', note: '{"apiKey":"k","note":"m"}' },
      { type: 'note', name: 'n', note: '{"kept":"as it stands"}' },
      { type: 'creditCard', name: 'broken', note: '{not JSON' },
    );
    expect(vault.items).toEqual([
      entry({
        sourceType: 'login',
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test/?a=1,2' }, { uri: 'https://b.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
        fields: [{ name: 'email', value: 'a@b.test', kind: 'text' }],
        containerIds: ['folder-1'],
        created: '2023-11-14T22:13:20.000Z',
        modified: '2023-11-14T22:13:21.000Z',
      }),
      entry({
        sourceType: 'login',
        title: 'only mail',
        username: 'a@b.test',
        password: 'p',
        containerIds: ['folder-1'],
      }),
      entry({
        type: 'other',
        sourceType: 'alias',
        title: 'x',
        username: 'alias@b.test',
        containerIds: ['folder-2'],
      }),
      entry({
        type: 'card',
        sourceType: 'creditCard',
        title: 'c',
        notes: 'two\nlines',
        card: { cardholderName: 'A. B', number: '4111', code: '007' },
      }),
      entry({
        type: 'identity',
        sourceType: 'identity',
        title: 'i',
        identity: { fullName: 'Anna', extra: '[{"a":1}]' },
      }),
      entry({
        type: 'other',
        sourceType: 'custom',
        title: 'o',
        notes: 'm',
        fields: [{ name: 'apiKey', value: 'k', kind: 'hidden' }],
      }),
      entry({ type: 'note', sourceType: 'note', title: 'n', notes: '{"kept":"as it stands"}' }),
      entry({ type: 'card', sourceType: 'creditCard', title: 'broken', notes: '{not JSON' }),
    ]);
    expect(vault.containers.map(({ name, kind }) => [name, kind])).toEqual([
      ['Birch', 'vault'],
      ['Personal', 'vault'],
    ]);
  });
});

describe('RoboForm', () => {
  test('form fields behind the named columns, newer and older', async () => {
    const newer = csvOf([
      HEADERS['roboform-csv'].split(','),
      [
        't',
        'https://a.test',
        'https://a.test/in',
        'u',
        "'007",
        'n',
        '/Birch/East',
        'User ID$,,,txt,u',
        "Password$,,,pwd,'007",
        'PIN$,,,pwd,00,42',
        `TOTP KEY$,,,txt,${SEED}`,
        'odd',
      ],
      ['n', '', '', '', '', 'x', '/', ''],
    ]);
    const vault = await openText('roboform-csv', newer);
    expect(vault.items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: "'007",
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(SEED)] as never,
        fields: [
          { name: 'PIN', value: '00,42', kind: 'hidden' },
          { name: 'column 12', value: 'odd', kind: 'hidden' },
        ],
        containerIds: ['folder-2'],
        unmapped: ['address to match'],
      }),
      entry({ type: 'note', title: 'n', notes: 'x' }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch > East'], []]);
    const older =
      'Name,Url,Login,Pwd,Note,Folder,Rf_fields\nt,,u,p,,/B,User ID$:txt:u,Answer$:txt:a:b\nx,,u,p,,/B,\n';
    const { items } = await openText('roboform-csv', older);
    expect(items.map(({ fields }) => fields)).toEqual([
      [{ name: 'Answer', value: 'a:b', kind: 'hidden' }],
      [],
    ]);
  });

  test('a row too short is refused', async () => {
    const text = `${HEADERS['roboform-csv']}\nt,https://a.test,,u,p\n`;
    await expect(openText('roboform-csv', text)).rejects.toMatchObject({
      facts: { reason: 'the row that ends in line 2 has 5 cells, not 6 or more' },
    });
  });
});

describe('Zoho Vault', () => {
  test('the secret and its custom fields, in several chambers', async () => {
    const data = `SecretType:Web Account\nUser Name:u\nPassword:${PASSWORD}\nPort:0022\n`;
    const vault = await open('zoho-csv', {
      'Secret Name': 't',
      Description: 'd',
      'Secret URL': 'https://a.test',
      SecretData: data,
      Notes: 'n',
      CustomData: `pin:0042\ncode:${OTPAUTH}\n`,
      Tags: 'a,b',
      Classification: 'E',
      Favorite: '1',
      ChamberName: 'Birch\nEast',
    });
    expect(vault.items).toEqual([
      entry({
        sourceType: 'Web Account',
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
        fields: [
          { name: 'Port', value: '0022', kind: 'text' },
          { name: 'pin', value: '0042', kind: 'hidden' },
          { name: 'Description', value: 'd', kind: 'text' },
        ],
        tags: ['a', 'b'],
        favourite: true,
        unmapped: ['classification'],
        containerIds: ['folder-1', 'folder-2'],
      }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch', 'East']]);
  });

  test('rows may end in a comma, but in no cell more', async () => {
    const header = HEADERS['zoho-csv'];
    const row = 't,,,"SecretType:Bank Account\nPassword:p",,,,P,0,';
    const { items } = await openText('zoho-csv', `\uFEFF${header}\n${row},\n`);
    expect(items.map(({ title, type, password }) => [title, type, password])).toEqual([['t', 'bank', 'p']]);
    for (const wrong of [',x', ',,'])
      await expect(openText('zoho-csv', `${header}\n${row}${wrong}\n`)).rejects.toMatchObject({
        code: 'vault.format',
      });
  });
});

describe('Dashlane', () => {
  test('credentials: names to sign in with beyond the first are kept', async () => {
    const vault = await open(
      'dashlane-csv',
      {
        username: 'u',
        username2: 'v',
        title: 't',
        password: PASSWORD,
        note: 'n',
        url: 'https://a.test',
        category: 'Birch',
        otpSecret: SEED,
      },
      { username2: 'only', password: 'p' },
    );
    expect(vault.items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(SEED)] as never,
        fields: [{ name: 'username2', value: 'v', kind: 'text' }],
        containerIds: ['folder-1'],
      }),
      entry({ username: 'only', password: 'p' }),
    ]);
  });

  test('the other files of its ZIP', () => {
    const read = (header: string, row: Record<string, string>): unknown =>
      readDashlaneCsv(utf8(tableOf(header, [row])), 'file/').items;
    expect(read('title,note', { title: 'Wi-Fi', note: 'two\nlines' })).toEqual([
      entry({ id: 'file/row-3', type: 'note', title: 'Wi-Fi', notes: 'two\nlines' }),
    ]);
    const payments =
      'type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,account_number,country,issuing_bank';
    const card = { account_holder: 'A. B', cc_number: '4111', code: '007', expiration_month: '01' };
    expect(read(payments, { type: 'payment_card', account_name: 'Visa', ...card })).toEqual([
      entry({
        type: 'card',
        sourceType: 'payment_card',
        title: 'Visa',
        card: { account_name: 'Visa', cardholderName: 'A. B', number: '4111', code: '007', expMonth: '1' },
      }),
    ]);
    expect(read(payments, { type: 'bank', account_name: 'Giro', account_number: '0042' })).toEqual([
      entry({
        type: 'bank',
        sourceType: 'bank',
        title: 'Giro',
        fields: [
          { name: 'account_name', value: 'Giro', kind: 'hidden' },
          { name: 'account_number', value: '0042', kind: 'hidden' },
        ],
      }),
    ]);
    const id = { number: 'P1', name: 'Anna', expiration_date: '2030-01-01' };
    expect(
      read('type,number,name,issue_date,expiration_date,place_of_issue,state', { type: 'passport', ...id }),
    ).toEqual([
      entry({
        type: 'identity',
        sourceType: 'passport',
        title: 'Anna',
        identity: id,
        expires: '2030-01-01T00:00:00.000Z',
      }),
    ]);
    const person = { first_name: 'Anna', last_name: 'Birch', email: 'a@b.test' };
    expect(
      read('type,first_name,middle_name,last_name,email,phone_number,address,item_name', {
        type: 'name',
        ...person,
      }),
    ).toEqual([
      entry({
        type: 'identity',
        sourceType: 'name',
        title: 'Anna Birch',
        identity: { firstName: 'Anna', lastName: 'Birch', email: 'a@b.test' },
      }),
    ]);
  });

  test('the old file without a header: what a cell is, its place says', async () => {
    const rows = [
      ['Router', 'https://r.test', 'admin', PASSWORD, 'note'],
      ['NAS', '', 'a@b.test', 'root', 'p', ''],
      ['Three', '', 'a', '', 'c', 'p', 'n'],
      ['bare'],
    ];
    const vault = await openText('dashlane-csv', csvOf(rows));
    expect(vault.items).toEqual([
      entry({
        title: 'Router',
        urls: [{ uri: 'https://r.test' }],
        username: 'admin',
        password: PASSWORD,
        notes: 'note',
      }),
      entry({
        title: 'NAS',
        username: 'a@b.test',
        password: 'p',
        fields: [{ name: 'username', value: 'root', kind: 'text' }],
      }),
      entry({
        title: 'Three',
        username: 'a',
        password: 'p',
        notes: 'n',
        fields: [{ name: 'username', value: 'c', kind: 'text' }],
      }),
      entry({ type: 'note', title: 'bare' }),
    ]);
    expect(vault.findings.map(({ code }) => code)).toContain('dashlane.no-header');
  });

  test('an old row of another width is refused: nobody could say what its cells are', async () => {
    const text = csvOf([
      ['a', 'https://a.test', 'u', 'p', ''],
      ['b', 'u', 'p'],
    ]);
    await expect(openText('dashlane-csv', text)).rejects.toMatchObject({ code: 'vault.format' });
  });

  test('nor is one read behind the rows by which the file was known', async () => {
    const good = Array.from({ length: 30 }, (_, number) => [`a${number}`, 'https://a.test', 'u', 'p', '']);
    const slipped = ['b', 'https://b.test', 'u', 'v', 'w', 'p', 'a note', ' with a comma'];
    await expect(openText('dashlane-csv', csvOf([...good, slipped]))).rejects.toMatchObject({
      code: 'vault.format',
      facts: { reason: 'the row that ends in line 31 has 8 cells, not 1 or 5 or 6 or 7' },
    });
  });
});

test('Delinea, every column; a date of two meanings stays text', async () => {
  const vault = await open('delinea-csv', {
    'Secret Name': 't',
    Username: 'u',
    URL: 'https://a.test',
    Password: PASSWORD,
    Notes: 'n',
    'Date Created': '3/9/2026 9:29',
    Expires: '2030-01-01',
    Folder: '\\Birch\\East',
    'TOTP Key': SEED,
    'TOTP Backup Codes': '0011 0022',
  });
  expect(vault.items).toEqual([
    entry({
      title: 't',
      username: 'u',
      password: PASSWORD,
      urls: [{ uri: 'https://a.test' }],
      notes: 'n',
      totp: [seed(SEED)] as never,
      fields: [
        { name: 'Date Created', value: '3/9/2026 9:29', kind: 'text' },
        { name: 'TOTP Backup Codes', value: '0011 0022', kind: 'hidden' },
      ],
      containerIds: ['folder-2'],
      expires: '2030-01-01T00:00:00.000Z',
    }),
  ]);
  expect(placesOf(vault)).toEqual([['Birch > East']]);
});

test('Passwordstate: a list without passwords is a folder and no entry', async () => {
  const rows = [
    { PasswordListID: '7', 'Password List': 'Spare', TreePath: '\\Birch' },
    { PasswordListID: '8', 'Password List': 'Routers', TreePath: '\\Birch', PasswordID: '1', Password: 'p' },
  ];
  const vault = await openText('passwordstate-csv', tableOf(HEADERS['passwordstate-csv'], rows));
  expect(vault.items.map(({ id }) => id)).toEqual(['1']);
  expect(vault.containers.map(({ name }) => name)).toEqual(['Birch', 'Spare', 'Routers']);
});

test('Passwordstate: a row whose cells slipped is refused, never read', async () => {
  const slipped = '8,Routers,\\Birch,1,t,,u,,,call, then wait,,p,,,';
  await expect(
    openText('passwordstate-csv', `${HEADERS['passwordstate-csv']}\n${slipped}\n`),
  ).rejects.toMatchObject({
    code: 'vault.format',
    facts: { reason: 'the row that ends in line 2 has 16 cells, its header has 15' },
  });
});

test('Passwordstate: headers that come again and blank rows are no entries', async () => {
  const first = tableOf(HEADERS['passwordstate-csv'], [
    {
      PasswordListID: '7',
      'Password List': 'Routers',
      TreePath: '\\Birch\\Routers',
      PasswordID: '12',
      Title: 't',
      DomainOrHost: 'r.test',
      UserName: 'u',
      Notes: 'n',
      URL: 'https://a.test',
      Password: PASSWORD,
      ExpiryDate: '2030-01-01',
      OTPUri: OTPAUTH,
      'Generic Field 1': 'x',
    },
  ]);
  const second = tableOf(HEADERS['passwordstate-csv'].replace('Generic Field 1', 'Enable secret'), [
    {
      PasswordListID: '8',
      'Password List': 'Switches',
      TreePath: '\\Birch',
      PasswordID: '12',
      Title: 's',
      Password: 'p',
      'Enable secret': '0042',
    },
  ]);
  const blank = `\n${','.repeat(14)}\n`;
  const vault = await openText('passwordstate-csv', first + blank + second + blank);
  expect(vault.items).toEqual([
    entry({
      id: '12',
      title: 't',
      username: 'u',
      password: PASSWORD,
      urls: [{ uri: 'https://a.test' }],
      notes: 'n',
      totp: [seed(OTPAUTH)] as never,
      fields: [
        { name: 'DomainOrHost', value: 'r.test', kind: 'text' },
        { name: 'Generic Field 1', value: 'x', kind: 'text' },
      ],
      containerIds: ['folder-2'],
      expires: '2030-01-01T00:00:00.000Z',
    }),
    entry({
      id: 'row-6',
      title: 's',
      password: 'p',
      fields: [{ name: 'Enable secret', value: '0042', kind: 'hidden' }],
      containerIds: ['folder-3'],
    }),
  ]);
  expect(placesOf(vault)).toEqual([['Birch > Routers'], ['Birch > Switches']]);
});

test('Nextcloud Passwords, every column', async () => {
  const vault = await open(
    'nextcloud-csv',
    {
      Label: 't',
      Username: 'u',
      Password: PASSWORD,
      Notes: 'n',
      Url: 'https://a.test',
      'Custom Fields': 'PIN, secret: 0042\nplace, text: hall: left',
      Folder: 'Birch',
      Tags: 'a,b',
      Favorite: 'true',
      Edited: 'Thu Oct 20 2022 21:31:42 GMT+0200 (Central European Summer Time)',
      Id: 'id-1',
      Revision: 'r',
      'Folder Id': 'f',
    },
    { Label: 'x', Password: 'p', 'Custom Fields': 'no such form', Favorite: 'false', Edited: 'yesterday' },
  );
  expect(vault.items).toEqual([
    entry({
      id: 'id-1',
      title: 't',
      username: 'u',
      password: PASSWORD,
      urls: [{ uri: 'https://a.test' }],
      notes: 'n',
      fields: [
        { name: 'PIN', value: '0042', kind: 'hidden' },
        { name: 'place', value: 'hall: left', kind: 'text' },
      ],
      tags: ['a', 'b'],
      favourite: true,
      modified: '2022-10-20T19:31:42.000Z',
      containerIds: ['folder-1'],
      unmapped: ['revision'],
    }),
    entry({
      title: 'x',
      password: 'p',
      fields: [
        { name: 'Custom Fields', value: 'no such form', kind: 'hidden' },
        { name: 'Edited', value: 'yesterday', kind: 'text' },
      ],
    }),
  ]);
});

test('Nextcloud: a value that looks like a field of its own stays with its name', async () => {
  const { items } = await open('nextcloud-csv', {
    Label: 't',
    'Custom Fields': 'hint, text: see foo, secret: bar',
  });
  expect(items[0]?.fields).toEqual([{ name: 'hint', value: 'see foo, secret: bar', kind: 'text' }]);
});

describe('browsers', () => {
  test('Firefox has no titles: the host stands in for one', async () => {
    const { items } = await open(
      'firefox-csv',
      {
        url: 'https://u@a.test:8443/x',
        username: 'u',
        password: PASSWORD,
        guid: '{1}',
        timeCreated: '1700000000000',
        timePasswordChanged: '1700000001000',
      },
      { url: 'chrome://FirefoxAccounts', username: 'v', password: 'p' },
    );
    expect(items).toEqual([
      entry({
        title: 'a.test:8443',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://u@a.test:8443/x' }],
        fields: [{ name: 'guid', value: '{1}', kind: 'text' }],
        created: '2023-11-14T22:13:20.000Z',
        modified: '2023-11-14T22:13:21.000Z',
      }),
      entry({
        title: 'FirefoxAccounts',
        username: 'v',
        password: 'p',
        urls: [{ uri: 'chrome://FirefoxAccounts' }],
      }),
    ]);
  });

  test('Apple, every column', async () => {
    const { items } = await open('apple-csv', {
      Title: 't',
      URL: 'https://a.test',
      Username: 'u',
      Password: PASSWORD,
      Notes: 'n',
      OTPAuth: OTPAUTH,
    });
    expect(items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
      }),
    ]);
  });
});

// CSV of Bitwarden, LastPass, Keeper, KeePass and 1Password: every field of an entry, and each product's
// quirks.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import {
  csvOf,
  entry,
  HEADERS,
  OTPAUTH,
  PASSWORD,
  sampleOf,
  SEED,
  seed,
  type HeadedFormat,
} from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const openBytes = (format: FormatId, bytes: Uint8Array): Promise<Vault> =>
  openVault(crypto, bytes, { format });
const open = (format: HeadedFormat, ...rows: readonly Record<string, string>[]): Promise<Vault> =>
  openBytes(format, sampleOf(format, ...rows));

/** Where each entry lies, as text. */
function placesOf({ containers, items }: Vault): readonly (readonly string[])[] {
  const paths = pathsOf(containers);
  return items.map(({ containerIds }) => containerIds.map((id) => (paths.get(id) ?? []).join(' > ')));
}

describe('Bitwarden', () => {
  test('a login, every column of it', async () => {
    const vault = await open('bitwarden-csv', {
      folder: 'Birch/Wi-Fi',
      favorite: '1',
      type: 'login',
      name: 'Edge, "west"',
      notes: 'two\nlines',
      fields: 'PIN: 0042\nplace: hall: left\nand more',
      reprompt: '1',
      login_uri: 'https://a.test/?x=1,2,https://b.test',
      login_username: 'admin',
      login_password: PASSWORD,
      login_totp: OTPAUTH,
    });
    expect(vault.items).toEqual([
      entry({
        id: 'row-5',
        sourceType: 'login',
        containerIds: ['folder-2'],
        title: 'Edge, "west"',
        username: 'admin',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test/?x=1,2' }, { uri: 'https://b.test' }],
        notes: 'two\nlines',
        totp: [seed(OTPAUTH)] as never,
        fields: [
          { name: 'PIN', value: '0042', kind: 'hidden' },
          { name: 'place', value: 'hall: left\nand more', kind: 'text' },
        ],
        favourite: true,
        unmapped: ['master password re-prompt'],
        raw: expect.arrayContaining(['Birch/Wi-Fi', PASSWORD]),
      }),
    ]);
    expect(vault.containers).toEqual([
      { id: 'folder-1', name: 'Birch', kind: 'folder', implied: true },
      { id: 'folder-2', parentId: 'folder-1', name: 'Wi-Fi', kind: 'folder' },
    ]);
    expect(vault.source).toMatchObject({ product: 'Bitwarden', format: 'bitwarden-csv' });
    expect(vault.findings.map(({ code }) => code)).toEqual(['csv.leaves-out']);
  });

  test('a note, and an organisation whose entries lie in several collections', async () => {
    const vault = await open(
      'bitwarden-csv-org',
      { collections: 'Clinics,Clinics/North', type: 'login', name: 'a', login_password: 'p' },
      { type: 'note', name: 'b', notes: 'n' },
    );
    expect(vault.items.map(({ type, sourceType }) => [type, sourceType])).toEqual([
      ['login', 'login'],
      ['note', 'note'],
    ]);
    expect(placesOf(vault)).toEqual([['Clinics', 'Clinics > North'], []]);
    expect(vault.containers.map(({ kind, implied }) => [kind, implied])).toEqual([
      ['collection', undefined],
      ['collection', undefined],
    ]);
  });
});

describe('LastPass', () => {
  test('a login, every column of it', async () => {
    const vault = await open('lastpass-csv', {
      url: 'https://a.test',
      username: 'u',
      password: PASSWORD,
      totp: SEED,
      extra: 'note',
      name: 'n',
      grouping: 'Birch\\Servers',
      fav: '1',
    });
    expect(vault.items).toEqual([
      entry({
        title: 'n',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'note',
        totp: [seed(SEED)] as never,
        favourite: true,
        containerIds: ['folder-2'],
      }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch > Servers']]);
  });

  test('secure notes: plain ones, and each template', async () => {
    const key =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nAAAA\n-----END RSA PRIVATE KEY-----';
    const note = (name: string, extra: string): Record<string, string> => ({ url: 'http://sn', name, extra });
    const { items } = await open(
      'lastpass-csv',
      note('plain', 'Wi-Fi: x'),
      note(
        'card',
        'NoteType:Credit Card\nName on Card:A. B\nNumber:4111\nSecurity Code:007\nNotes:kept: so\nnext: line',
      ),
      note('bank', 'NoteType:Bank Account\nIBAN Number:DE00\nBranch:West\nNotes:'),
      note(
        'key',
        `NoteType:SSH Key\nBit Strength:2048\nPassphrase:pp\nPrivate Key:${key}\nPublic Key:ssh-rsa A\nNotes:n`,
      ),
      note('address', 'NoteType:Address\nFirst Name:Anna\nNotes:'),
      note('licence', 'NoteType:Software License\nLicense Key:K-1\nLicensee:\nNotes:'),
    );
    expect(items).toEqual([
      entry({ type: 'note', sourceType: 'secure note', title: 'plain', notes: 'Wi-Fi: x' }),
      entry({
        type: 'card',
        sourceType: 'Credit Card',
        title: 'card',
        notes: 'kept: so\nnext: line',
        card: { cardholderName: 'A. B', number: '4111', code: '007' },
      }),
      entry({
        type: 'bank',
        sourceType: 'Bank Account',
        title: 'bank',
        fields: [
          { name: 'IBAN Number', value: 'DE00', kind: 'hidden' },
          { name: 'Branch', value: 'West', kind: 'text' },
        ],
      }),
      entry({
        type: 'sshKey',
        sourceType: 'SSH Key',
        title: 'key',
        notes: 'n',
        ssh: { privateKey: key, publicKey: 'ssh-rsa A', fingerprint: '' },
        fields: [
          { name: 'Bit Strength', value: '2048', kind: 'text' },
          { name: 'Passphrase', value: 'pp', kind: 'hidden' },
        ],
      }),
      entry({
        type: 'identity',
        sourceType: 'Address',
        title: 'address',
        identity: { firstName: 'Anna' },
      }),
      entry({
        type: 'note',
        sourceType: 'Software License',
        title: 'licence',
        fields: [{ name: 'License Key', value: 'K-1', kind: 'hidden' }],
      }),
    ]);
  });

  test('a template loses nothing: text above it, lines of one name, blanks that belong to a password', async () => {
    const note = (extra: string): Record<string, string> => ({ url: 'http://sn', name: 'n', extra });
    const { items } = await open(
      'lastpass-csv',
      note('by hand\nNoteType:Server\nHostname:h\nNotes:'),
      note(
        'NoteType:Credit Card\nNumber:1\nNumber:2\nExpiration Date:January,2030\nStart Date:May,2020\nNotes:',
      ),
      note('NoteType:SSH Key\nPrivate Key:a\nPrivate Key:b\nPublic Key:c\nPublic Key:d\nNotes:'),
      note('NoteType:Server\nPassword: p\nNoteType:again\nNotes:'),
    );
    expect(items[0]?.notes).toBe('by hand\nNoteType:Server\nHostname:h\nNotes:');
    expect(items[1]?.card).toEqual({ number: '1', expMonth: '1', expYear: '2030', 'Start Date': 'May,2020' });
    expect(items[1]?.fields).toEqual([{ name: 'Number', value: '2', kind: 'hidden' }]);
    expect(items[2]?.ssh).toEqual({ privateKey: 'a', publicKey: 'c', fingerprint: '' });
    expect(items[2]?.fields.map(({ value }) => value)).toEqual(['b', 'd']);
    expect(items[3]?.password).toBe(' p');
    expect(items[3]?.fields.map(({ value }) => value)).toEqual(['again']);
  });

  test('a server among the notes is a login; without a password it stays a note', async () => {
    const note = (extra: string): Record<string, string> => ({ url: 'http://sn', name: 'n', extra });
    const { items } = await open(
      'lastpass-csv',
      note('NoteType:Server\nHostname:h\nUsername:root\nPassword:p\nNotes:n'),
      note('NoteType:Database\nHostname:h\nUsername:root\nPassword:\nNotes:'),
    );
    expect(items[0]).toMatchObject({ type: 'login', username: 'root', password: 'p', notes: 'n' });
    expect(items[0]?.fields.map(({ name }) => name)).toEqual(['Hostname']);
    expect(items[1]).toMatchObject({ type: 'note', username: '' });
    expect(items[1]?.fields.map(({ name }) => name)).toEqual(['Hostname', 'Username']);
  });

  test('a row for a folder is no entry, unless it holds something', async () => {
    const vault = await open(
      'lastpass-csv',
      { url: 'http://group', grouping: 'Birch\\Servers' },
      { url: 'http://group', grouping: 'Birch', name: 'n', password: 'p' },
    );
    expect(vault.items.map(({ title }) => title)).toEqual(['n']);
    expect(vault.containers.map(({ name }) => name)).toEqual(['Birch', 'Servers']);
  });

  test('HTML entities are counted and kept as they stand', async () => {
    const vault = await open(
      'lastpass-csv',
      { name: 'a', password: 'x&amp;y&lt;' },
      { name: 'b &quot;c&quot;', password: 'p' },
      { name: 'c', password: 'a&b; &amp' },
    );
    expect(vault.items[0]?.password).toBe('x&amp;y&lt;');
    const found = vault.findings.find(({ code }) => code === 'vault.html-entities');
    expect(found).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/^2 entries /) as string,
    });
    expect(JSON.stringify(found)).not.toContain('x&amp;y');
    const clean = await open('lastpass-csv', { name: 'a', password: 'x&y' });
    expect(clean.findings.map(({ code }) => code)).not.toContain('vault.html-entities');
  });
});

test('Keeper: a long name of a shared folder takes no longer than others', async () => {
  const name = `${'#edit'.repeat(100_000)}x`;
  const started = Date.now();
  const vault = await openBytes('keeper-csv', utf8(`f,t,l,p,http://a.test,n,${name}#edit#reshare\n`));
  expect(vault.containers.map((each) => each.name)).toEqual([name, 'f']);
  expect(Date.now() - started).toBeLessThan(10_000);
});

describe('Keeper', () => {
  const keeper = (...rows: readonly (readonly string[])[]): Promise<Vault> =>
    openBytes('keeper-csv', utf8(csvOf(rows)));

  test('the first row is an entry, and every cell of it has its place', async () => {
    const vault = await keeper(
      [
        'Servers\\East',
        'Router',
        'admin',
        PASSWORD,
        'https://r.test',
        'note',
        'Birch#edit#reshare',
        'PIN',
        '0042',
        'TFC:Keeper',
        OTPAUTH,
      ],
      ['A\\\\B', 'NAS', '', '', '', 'two\nlines', '', '', ''],
    );
    expect(vault.items).toEqual([
      entry({
        title: 'Router',
        username: 'admin',
        password: PASSWORD,
        urls: [{ uri: 'https://r.test' }],
        notes: 'note',
        totp: [seed(OTPAUTH)] as never,
        fields: [{ name: 'PIN', value: '0042', kind: 'hidden' }],
        containerIds: ['folder-3'],
        unmapped: ['rights in the shared folder'],
      }),
      entry({ type: 'note', title: 'NAS', notes: 'two\nlines', containerIds: ['folder-4'] }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch > Servers > East'], ['A\\B']]);
    expect(vault.findings.map(({ code }) => code)).toEqual(['csv.leaves-out']);
  });

  test('a name without a value is kept', async () => {
    const { items } = await keeper(['', 't', 'u', 'p', 'https://a.test', '', 'Shared', 'alone']);
    expect(items[0]).toMatchObject({
      fields: [{ name: 'column 8', value: 'alone', kind: 'hidden' }],
      unmapped: [],
    });
  });

  test('a row too short is refused: a line break has split it', async () => {
    await expect(
      keeper(['f', 't', 'u', 'p', '', 'note', ''], ['rest of the note', '']),
    ).rejects.toMatchObject({
      code: 'vault.format',
      facts: { reason: 'the row that ends in line 2 has 2 cells, not 7 or more' },
    });
  });
});

describe('KeePass', () => {
  test('KeePassXC, every column; the outermost group is the database itself', async () => {
    const vault = await open(
      'keepassxc-csv',
      {
        Group: 'Passwords/Birch/Wi-Fi',
        Title: 't',
        Username: 'u',
        Password: PASSWORD,
        URL: 'https://a.test',
        Notes: 'n',
        TOTP: OTPAUTH,
        Icon: '12',
        'Last Modified': '2026-05-02T10:00:00Z',
        Created: '2025-01-02T03:04:05Z',
      },
      { Group: 'Passwords', Title: 'top', Password: 'p', Icon: '0' },
      { Group: 'Passwords/Recycle Bin', Title: 'gone', Password: 'p' },
    );
    expect(vault.items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
        containerIds: ['folder-2'],
        created: '2025-01-02T03:04:05.000Z',
        modified: '2026-05-02T10:00:00.000Z',
        unmapped: ['icon'],
      }),
      entry({ title: 'top', password: 'p' }),
      entry({ title: 'gone', password: 'p', state: 'trashed', containerIds: ['folder-3'] }),
    ]);
    expect(placesOf(vault)).toEqual([['Birch > Wi-Fi'], [], ['Recycle Bin']]);
    expect(vault.containers[0]?.kind).toBe('group');
  });

  test('KeePass 1 puts a backslash before quotes and backslashes', async () => {
    const row = String.raw`"He said \"no\"","a\\b","c:\\\"d","https://a.test","two` + '\nlines"';
    const { items } = await openBytes(
      'keepass1-csv',
      utf8(`"Account","Login Name","Password","Web Site","Comments"\n${row}\n`),
    );
    expect(items).toEqual([
      entry({
        title: 'He said "no"',
        username: 'a\\b',
        password: 'c:\\"d',
        urls: [{ uri: 'https://a.test' }],
        notes: 'two\nlines',
      }),
    ]);
  });
});

describe('1Password', () => {
  test('version 8, every column', async () => {
    const { items } = await open('1password-csv', {
      Title: 't',
      Url: 'https://a.test',
      Username: 'u',
      Password: PASSWORD,
      OTPAuth: OTPAUTH,
      Favorite: 'true',
      Archived: 'true',
      Tags: 'Birch;router',
      Notes: 'n',
    });
    expect(items).toEqual([
      entry({
        title: 't',
        username: 'u',
        password: PASSWORD,
        urls: [{ uri: 'https://a.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
        tags: ['Birch', 'router'],
        favourite: true,
        state: 'archived',
      }),
    ]);
  });

  test('version 7 for Windows: a column for each field of each section', async () => {
    const { items } = await open('1password-csv-windows', {
      UUID: 'uuid1',
      TITLE: 't',
      USERNAME: 'u',
      PASSWORD: 'p',
      URL: 'https://a.test',
      URLS: 'https://a.test\nhttps://b.test',
      SCOPE: 'Never',
      AUTOSUBMIT: 'Default',
      NOTES: 'n',
      'SECTION_ABC 1: ONE-TIME PASSWORD': OTPAUTH,
      'SECTION_DEF 2: RECOVERY CODE': '00-11',
    });
    expect(items).toEqual([
      entry({
        id: 'uuid1',
        title: 't',
        username: 'u',
        password: 'p',
        urls: [{ uri: 'https://a.test' }, { uri: 'https://b.test' }],
        notes: 'n',
        totp: [seed(OTPAUTH)] as never,
        fields: [{ name: 'RECOVERY CODE', value: '00-11', kind: 'hidden' }],
        unmapped: ['filling settings'],
      }),
    ]);
  });

  test('version 7 for Mac: a column for each label', async () => {
    const { items } = await open(
      '1password-csv-mac',
      {
        title: 't',
        type: 'Login',
        username: 'u',
        password: 'p',
        'one-time password(TOTP_1A)': SEED,
        'PIN(pin)': '0042',
      },
      {
        title: 'c',
        type: 'Credit Card',
        'number(ccnum)': '4111',
        'verification number(cvv)': '007',
        notes: 'n',
      },
      { title: 's', type: 'Server', password: 'p' },
      { title: 'n', type: 'Secure Note', notes: 'x' },
    );
    expect(items).toEqual([
      entry({
        sourceType: 'Login',
        title: 't',
        username: 'u',
        password: 'p',
        totp: [seed(SEED)] as never,
        fields: [{ name: 'PIN', value: '0042', kind: 'hidden' }],
      }),
      entry({
        type: 'card',
        sourceType: 'Credit Card',
        title: 'c',
        notes: 'n',
        card: { number: '4111', 'verification number': '007' },
      }),
      entry({ type: 'other', sourceType: 'Server', title: 's', password: 'p' }),
      entry({ type: 'note', sourceType: 'Secure Note', title: 'n', notes: 'x' }),
    ]);
  });
});

test.each([
  ['1password-csv-mac', `a${' ('.repeat(60_000)}`],
  ['1password-csv-windows', `SECTION${'1'.repeat(300_000)}`],
] as const)('%s: the name of a column costs no more than its length', async (format, name) => {
  const header = HEADERS[format].split(',');
  const table = csvOf([
    [...header, name],
    [...header.map(() => ''), 'x'],
  ]);
  const began = performance.now();
  const { items } = await openBytes(format, utf8(table));
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(items[0]?.fields.map(({ value }) => value)).toEqual(['x']);
});

import { expect, test } from 'vitest';
import { LIMITS } from '../../src/core/limits.ts';
import { bookOf, writeBook } from '../../src/cli/vault-book.ts';
import type { BookContent } from '../../src/paper/book.ts';
import { parseTotp, totpFromParts } from '../../src/vault/totp.ts';
import { entry, fullVault, vaultOf } from '../support/full-vault.ts';

const NOW = '2026-11-24T08:00:00.000Z';

const placesOf = ({ clients }: BookContent): unknown =>
  clients.map(({ name, folders }) => [
    name,
    folders.map(({ path, entries }) => [path, entries.map(({ title }) => title)]),
  ]);

const CONTAINERS = [
  { id: 'z', name: 'Zebra', kind: 'folder' },
  { id: 'a', name: 'alder', kind: 'folder' },
  { id: 's', parentId: 'a', name: 'Servers', kind: 'folder' },
  { id: 'w', parentId: 's', name: 'Wi-Fi', kind: 'folder' },
] as const;

const ITEMS = [
  entry({ id: '1', title: 'z1', containerIds: ['z'] }),
  entry({ id: '2', title: 'none', containerIds: ['gone'] }),
  entry({ id: '3', title: 'b 10', containerIds: ['w', 'z'] }),
  entry({ id: '4', title: 'b 9', containerIds: ['w'] }),
  entry({ id: '5', title: 'a', containerIds: ['a'] }),
];

test('by client and folder, each in the order of the alphabet', () => {
  const book = bookOf(vaultOf(ITEMS, CONTAINERS), { now: NOW });
  expect(book).toMatchObject({ name: 'Test vault', product: 'Test', made: NOW, leftOut: [] });
  expect(placesOf(book)).toEqual([
    [
      'alder',
      [
        ['', ['a']],
        ['Servers / Wi-Fi', ['b 9', 'b 10']],
      ],
    ],
    ['Zebra', [['', ['z1']]]],
    ['(no folder)', [['', ['none']]]],
  ]);
  expect(book.clients[0]!.folders[1]!.entries[1]!.values).toEqual([
    { label: 'Also in', value: 'Zebra', look: 'plain' },
  ]);
});

test('by tier and client, where these are known', () => {
  const vault = vaultOf(ITEMS, CONTAINERS);
  const assignment = {
    clients: [
      { name: 'Mill', tier: 2, entries: 1 },
      { name: 'Nobody', tier: 0, entries: 0 },
      { name: 'Ours', tier: 0, entries: 1 },
      { name: 'ALDER', tier: 2, entries: 1 },
      { name: '(no folder)', entries: 1 },
      { name: 'Zebra', entries: 1 },
    ],
    ofItem: Uint32Array.of(5, 4, 0, 3, 2),
    unmatched: 0,
  };
  const book = bookOf(vault, { now: NOW, name: 'Ours', assignment });
  expect(placesOf(book)).toEqual([
    ['Ours', [['alder', ['a']]]],
    ['Mill', [['alder / Servers / Wi-Fi', ['b 10']]]],
    ['ALDER', [['Servers / Wi-Fi', ['b 9']]]],
    ['Zebra', [['', ['z1']]]],
    ['(no folder)', [['', ['none']]]],
  ]);
  expect(book.clients.map(({ tier }) => tier)).toEqual([0, 2, 2, undefined, undefined]);
});

test('everything an entry has is on paper, or named', () => {
  const book = bookOf(fullVault(), { now: NOW });
  const [first] = book.clients[0]!.folders.flatMap(({ entries }) => entries).filter(
    ({ codes }) => codes.length > 0,
  );
  expect(first!.title).toBe('Everything "quoted", ä');
  expect(first!.values.map(({ label, value, look }) => [label, value, look])).toEqual([
    ['User name', 'me@alder.test', 'exact'],
    ['Password', '=cmd|\u00a0"p"\n end', 'secret'],
    ['Address', 'https://a.test/?q=1 2', 'plain'],
    ['Address', 'ssh://b.test', 'plain'],
    ['Address', 'c', 'plain'],
    ['Asset', 'A1', 'plain'],
    ['pin', '0099', 'secret'],
    ['on', 'true', 'plain'],
    ['who', 'the same as the user name', 'plain'],
    ['Unreadable seed', 'no seed!', 'exact'],
    ['Notes', 'line one\r\nline two', 'plain'],
    ['Tags', 'red, blue; green', 'plain'],
    ['Also in', 'Shared', 'plain'],
    ['Expires', '2030-01-01', 'plain'],
    ['Passkey', 'a.test, me: not in this book', 'plain'],
    [
      'File',
      expect.stringMatching(/^\.\.\/\.\.\/etc\/passwd: not in this book, 4 bytes, SHA-256 [0-9a-f]{16}…$/),
      'plain',
    ],
    ['File', expect.stringMatching(/^a\.txt: not/), 'plain'],
    ['File', expect.stringMatching(/^A\.TXT: not/), 'plain'],
    ['File', 'gone.pdf: was not in the export', 'plain'],
  ]);
  expect(first!.codes.map(({ seed, detail }) => [seed, detail])).toEqual([
    ['JBSWY3DP', 'SHA256, 8 digits, every 60 seconds'],
    ['GEZDGNBV', ''],
  ]);
  const others = new Map(
    book.clients.flatMap(({ folders }) =>
      folders.flatMap(({ entries }) =>
        entries.map(
          ({ title, values }) => [title, values.map(({ label, value }) => `${label}=${value}`)] as const,
        ),
      ),
    ),
  );
  expect(others.get('Card')).toEqual(['Number=4111', 'Code=007', 'Issued by=Bank']);
  expect(others.get('Person')).toEqual(['State=archived', 'First name=Ada', 'Username=ada', 'Fax=12']);
  expect(others.get('Key')).toEqual([
    'Private key=private\nkey',
    'Public key=public',
    'Fingerprint=SHA256:x',
  ]);
  expect(others.get('Trash')).toEqual(['State=in the trash', 'Password=p']);
  expect(others.get('Without a title')).toEqual(['bank account: pin=0042']);
  expect(book.leftOut).toEqual(['4 attachments', '1 passkey', '2 earlier passwords']);
});

test('a code names what it is for, so that an app can show it', () => {
  const items = [
    entry({ title: 'A: b', username: 'u', totp: [parseTotp('GEZDGNBV')] }),
    entry({ title: 'x'.repeat(100), totp: [parseTotp('steam://GEZDGNBV')] }),
  ];
  const codes = bookOf(vaultOf(items), { now: NOW }).clients[0]!.folders[0]!.entries.flatMap(
    (one) => one.codes,
  );
  expect(codes.map(({ link }) => parseTotp(link))).toMatchObject([
    { issuer: 'A  b', account: 'u', secret: 'GEZDGNBV', digits: 6, period: 30 },
    { issuer: 'x'.repeat(40), encoder: 'steam' },
  ]);
  expect(codes.map(({ detail }) => detail)).toEqual(['', "Steam's five letters"]);
});

test('the report says what paper cannot hold', async () => {
  const long = totpFromParts({ secret: 'A'.repeat(1_000) }, 'long');
  const vault = fullVault();
  const { bytes, pages, loss } = await writeBook(
    { ...vault, items: [...vault.items, entry({ title: 'long', totp: [long] })] },
    { now: NOW, paper: 'letter' },
  );
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 5))).toBe('%PDF-');
  expect(pages).toBeGreaterThan(5);
  expect(
    Object.fromEntries(loss.losses.map(({ kind, field, count }) => [`${kind} ${field}`, count])),
  ).toEqual({
    'dropped attachment': 4,
    'dropped passkey': 1,
    'dropped earlier password': 2,
    'dropped url match rule': 2,
    'dropped date of an entry': 1,
    'dropped favourite': 1,
    'dropped who may see a collection': 1,
    'degraded one-time-code seed': 1,
    'dropped master password re-prompt': 1,
    'dropped auto-type': 1,
  });
  expect(loss).toMatchObject({
    target: 'book',
    before: { items: 16, totp: 3, passkeys: 1, attachments: 3 },
    after: { items: 16, totp: 3, passkeys: 0, attachments: 0 },
  });
});

test('more entries than a person can leaf through are refused before any is drawn', async () => {
  const items = Array.from({ length: LIMITS.bookEntries + 1 }, () => ITEMS[0]!);
  await expect(writeBook(vaultOf(items, CONTAINERS), { now: NOW })).rejects.toMatchObject({
    code: 'vault.book-too-long',
    facts: { entries: 5_001, limit: 5_000 },
  });
});

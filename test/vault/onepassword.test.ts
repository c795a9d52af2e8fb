import { describe, expect, test } from 'vitest';
import { AWKWARD, LINK_TOTP, SEED_TOTP } from '../support/exports/awkward.ts';
import {
  ONEPASSWORD_ITEMS,
  onePasswordItem,
  onePif,
  onePux,
  onePuxData,
  sectionField,
} from '../support/exports/onepassword.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const CREATED = '2021-04-26T19:28:02.000Z';
const MODIFIED = '2021-10-29T15:54:32.000Z';
const KEY_SHA256 = '3a0aac44832e55528a834fec737786c999e7b8dea8bd601bb59f195237d58b2e';

describe('1PUX', () => {
  test('vaults are containers, entries lie in theirs', async () => {
    const { vault, items, codes } = await openExport('1pux', onePux());
    expect(vault.source).toMatchObject({ product: '1Password', format: '1pux', version: '3' });
    expect(vault.containers).toEqual([
      { id: 'vault1', name: 'Private', kind: 'vault' },
      { id: 'vault2', name: 'Shared', kind: 'vault' },
    ]);
    expect(items.map(({ containerIds }) => containerIds[0])).toEqual([
      ...ONEPASSWORD_ITEMS.map(() => 'vault1'),
      'vault2',
    ]);
    expect(codes).toEqual(['vault.unknown-type']);
  });

  test('keeps every part of a login', async () => {
    const { items } = await openExport('1pux', onePux());
    expect(items[0]).toEqual(
      bare({
        id: 'item1',
        type: 'login',
        sourceType: 'Login',
        containerIds: ['vault1'],
        title: 'Item 1',
        username: 'ops',
        password: AWKWARD,
        urls: [{ uri: 'https://alder.test' }, { uri: 'https://b.alder.test' }],
        notes: 'two\nlines',
        totp: [LINK_TOTP, { ...SEED_TOTP, secret: '', valid: false, original: 'not a seed!' }],
        fields: fieldsOf({
          '*old': '0815',
          '*Security: PIN': '0012',
          'Security: site': 'https://alder.test/admin',
          'Security: mail': 'ops@alder.test',
          '*Security: odd: part': 'x',
          '*Security: odd: more: deep': '2',
        }),
        attachments: [
          { name: 'key.txt', size: 7, sha256: KEY_SHA256, bytes: utf8('the key'), status: 'present' },
        ],
        history: [
          { value: 'older', at: '2016-03-18T17:32:35.000Z' },
          { value: 'newer', at: MODIFIED },
        ],
        tags: ['ops', 'tier 0'],
        favourite: true,
        created: CREATED,
        modified: MODIFIED,
      }),
    );
  });

  test('a password of its own, an archived state, a document', async () => {
    const { items } = await openExport('1pux', onePux());
    expect(items[1]).toMatchObject({
      type: 'login',
      sourceType: 'Password',
      state: 'archived',
      password: 'only here',
    });
    expect(items[2]).toMatchObject({ type: 'other', sourceType: 'Document', title: 'Plan' });
    expect(items[2]?.attachments).toMatchObject([
      { name: 'plan.pdf', size: 4, bytes: utf8('%PDF'), status: 'present' },
    ]);
  });

  test('a card, a server, a key, a person, something unknown', async () => {
    const { items } = await openExport('1pux', onePux());
    expect(items[3]).toMatchObject({
      type: 'card',
      card: {
        cardholderName: 'Äda Birch',
        brand: 'visa',
        number: '0011223344556677',
        code: '007',
        expMonth: '4',
        expYear: '2099',
      },
      fields: fieldsOf({ 'issuing bank': 'Bank' }),
    });
    expect(items[4]).toMatchObject({
      type: 'login',
      sourceType: 'Server',
      username: 'root',
      password: 'toor',
      urls: [{ uri: 'ssh://db1' }],
      fields: [],
    });
    expect(items[5]).toMatchObject({
      type: 'sshKey',
      ssh: {
        privateKey: '-----BEGIN PRIVATE KEY-----\nAA==\n',
        publicKey: 'ssh-ed25519 AAAA',
        fingerprint: 'SHA256:x',
      },
      fields: [],
    });
    expect(items[6]).toMatchObject({
      type: 'identity',
      identity: { firstName: 'Äda', address1: '1 Lane\nUlm\n00789\nde' },
      fields: fieldsOf({ 'Identification: birth date': '1969-12-31' }),
    });
    expect(items[7]).toMatchObject({ type: 'other', sourceType: '999', fields: fieldsOf({ A: 'b' }) });
  });

  test('a value of another shape than 1Password writes loses none of its texts', async () => {
    const fields = [
      sectionField('a', 'plain', 'one' as never),
      sectionField('b', 'two', { string: '', concealed: 'two' }),
      sectionField('c', 'mail', { email: { email_address: 'a@b.test', provider: 'three' } }),
      sectionField('d', 'list', { list: ['four'] }),
      sectionField('e', 'bare', ['five'] as never),
    ];
    const sections = [{ title: '', fields }];
    const data = onePuxData([onePasswordItem(1, '001', { sections })]);
    const { items } = await openExport('1pux', jsonBytes(data));
    expect(items[0]?.fields).toEqual(
      fieldsOf({
        '*plain': 'one',
        '*two: concealed': 'two',
        mail: 'a@b.test',
        '*mail: provider': 'three',
        '*list: 0': 'four',
        '*bare: 0': 'five',
      }),
    );
  });

  test('the JSON alone: every file is missing, and its size is known', async () => {
    const { items } = await openExport('1pux', jsonBytes(onePuxData()));
    expect(items.flatMap(({ attachments }) => attachments)).toEqual([
      { name: 'key.txt', size: 7, status: 'referenced-missing' },
      { name: 'plan.pdf', size: 4, status: 'referenced-missing' },
    ]);
  });

  test('a file that many fields name is in memory once', async () => {
    const file = { fileName: 'key.txt', documentId: 'doc1', decryptedSize: 7 };
    const fields = [1, 2, 3].map((number) => sectionField(`f${number}`, 'file', { file }));
    const data = onePuxData([onePasswordItem(1, '001', { sections: [{ title: '', fields }] })]);
    const bytes = zipOfFiles({ 'export.data': JSON.stringify(data), 'files/doc1__key.txt': 'the key' });
    const { items } = await openExport('1pux', bytes);
    const [first, ...others] = items[0]?.attachments ?? [];
    expect(others).toHaveLength(2);
    for (const other of others) expect(other.bytes).toBe(first?.bytes);
  });

  test('a file of no entry is counted', async () => {
    const { codes, vault } = await openExport('1pux', onePux({ 'files/doc9__stray.bin': 'x' }));
    expect(codes).toEqual(['vault.unknown-type', 'vault.files-left-over']);
    expect(vault.findings[1]?.message).toBe('1 file that belongs to no entry of the export');
  });

  test('several accounts: each is above its vaults', async () => {
    const [account] = onePuxData()['accounts'] as { attrs: object; vaults: object[] }[];
    const other = {
      attrs: { uuid: 'account2', name: 'Birch' },
      vaults: [{ attrs: { uuid: 'v3', name: 'B' }, items: [] }],
    };
    const { vault } = await openExport('1pux', jsonBytes({ accounts: [account, other] }));
    expect(vault.containers).toEqual([
      { id: 'account1', name: 'Alder', kind: 'group' },
      { id: 'vault1', parentId: 'account1', name: 'Private', kind: 'vault' },
      { id: 'vault2', parentId: 'account1', name: 'Shared', kind: 'vault' },
      { id: 'account2', name: 'Birch', kind: 'group' },
      { id: 'v3', parentId: 'account2', name: 'B', kind: 'vault' },
    ]);
  });

  test('an older entry, wrapped once more; one in the trash; a second password', async () => {
    const wrapped = { item: onePasswordItem(1, '003', { notesPlain: 'n' }, { trashed: true }) };
    const twice = onePasswordItem(2, '001', {
      loginFields: [{ value: 'a', designation: 'password', name: 'p', fieldType: 'P' }],
      password: 'b',
      sections: [{ title: '', fields: [sectionField('x', '', { string: 'no title' })] }],
    });
    const { items } = await openExport('1pux', jsonBytes(onePuxData([wrapped, twice])));
    expect(items[0]).toMatchObject({ id: 'item1', type: 'note', state: 'trashed', notes: 'n' });
    expect(items[1]).toMatchObject({ password: 'a', fields: fieldsOf({ '*password': 'b', x: 'no title' }) });
  });

  test.each([
    ['no data', zipOfFiles({ 'export.attributes': '{}' }), 'it holds no export.data'],
    ['no accounts', jsonBytes({ vaults: [] }), 'it has no accounts'],
    [
      'an entry that is none',
      jsonBytes(onePuxData(['x'])),
      'accounts[0].vaults[0].items[0] is not an object',
    ],
    ['cut short', onePux().subarray(0, 900), 'the ZIP is cut short or damaged'],
    ['data cut short', zipOfFiles({ 'export.data': '{"accounts":[' }), 'the JSON is cut short or damaged'],
  ])('%s', async (_name, bytes, reason) => {
    await expect(openExport('1pux', bytes)).rejects.toMatchObject({
      code: 'vault.format',
      facts: { format: '1pux', reason },
    });
  });
});

describe('1PIF', () => {
  test('folders are containers and no entries', async () => {
    const { vault, items, codes } = await openExport('1pif', onePif());
    expect(vault.containers).toEqual([
      { id: 'F1', name: 'Customers', kind: 'folder' },
      { id: 'F2', parentId: 'F1', name: 'Alder', kind: 'folder' },
    ]);
    expect(items.map(({ id }) => id)).toEqual(['P1', 'P2', 'P3']);
    expect(codes).toEqual(['1pif.files-left-out', 'vault.unknown-type']);
  });

  test('keeps every part of a login', async () => {
    const { items } = await openExport('1pif', onePif());
    expect(items[0]).toEqual(
      bare({
        id: 'P1',
        type: 'login',
        sourceType: 'Login',
        containerIds: ['F2'],
        title: 'Router',
        username: 'ops',
        password: AWKWARD,
        urls: [{ uri: 'https://alder.test' }, { uri: 'https://b.alder.test' }],
        notes: 'note',
        totp: [SEED_TOTP],
        fields: fieldsOf({ '*htmlMethod': 'post' }),
        history: [{ value: 'former', at: '2015-12-13T09:46:40.000Z' }],
        tags: ['a'],
        favourite: true,
        created: '2015-12-14T19:54:26.000Z',
        modified: '2015-12-14T19:55:09.000Z',
      }),
    );
  });

  test('a card without sections, in the trash; a type nobody knows', async () => {
    const { items } = await openExport('1pif', onePif());
    expect(items[1]).toMatchObject({
      type: 'card',
      state: 'trashed',
      card: { number: '0042', code: '001' },
      fields: fieldsOf({ '*expiry_mm': '4', '*expiry_yy': '2030' }),
    });
    expect(items[2]).toMatchObject({
      type: 'other',
      sourceType: 'wallet.future.Thing',
      fields: fieldsOf({ '*a: b': 'c' }),
    });
  });

  test.each([
    [
      'a line that is no entry',
      '{"typeName":"x","uuid":"1","secureContents":{}}\n[]\n***\n',
      'line 2 is no entry',
    ],
    ['a line that is no JSON', '{"typeName":\n***\n', 'the JSON is cut short or damaged'],
    ['cut short', onePif().subarray(0, 500), 'it is cut short, or no 1PIF file'],
    ['empty', '', 'it is cut short, or no 1PIF file'],
  ])('%s', async (_name, text, reason) => {
    const bytes = typeof text === 'string' ? utf8(text) : text;
    await expect(openExport('1pif', bytes)).rejects.toMatchObject({ facts: { format: '1pif', reason } });
  });
});

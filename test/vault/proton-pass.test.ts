import { describe, expect, test } from 'vitest';
import { AWKWARD, LINK_TOTP, SEED_TOTP } from '../support/exports/awkward.ts';
import { PROTON_ITEMS, protonData, protonItem, protonZip } from '../support/exports/proton.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const JSON_FORMAT = 'proton-pass-json';
const TIMES = { created: '2023-11-14T22:13:20.000Z', modified: '2024-03-09T16:00:00.000Z' };

describe('the JSON', () => {
  test('vaults and their folders', async () => {
    const { vault, codes } = await openExport(JSON_FORMAT, jsonBytes(protonData()));
    expect(vault.source).toMatchObject({ product: 'Proton Pass', format: JSON_FORMAT, version: '1.32.0' });
    expect(vault.containers).toEqual([
      { id: 'share1==', name: 'Work', kind: 'vault' },
      { id: 'f1', parentId: 'share1==', name: 'Customers', kind: 'folder' },
      { id: 'f2', parentId: 'f1', name: 'Alder', kind: 'folder' },
      { id: 'share2==', name: 'Empty', kind: 'vault' },
    ]);
    expect(codes).toEqual(['vault.unknown-type']);
  });

  test('keeps every part of a login', async () => {
    const { item } = await openExport(JSON_FORMAT, jsonBytes(protonData()));
    expect(item('login')).toEqual(
      bare({
        id: 'id-login',
        type: 'login',
        sourceType: 'login',
        containerIds: ['f2'],
        title: 'login',
        username: 'ops',
        password: AWKWARD,
        urls: [{ uri: 'https://alder.test' }, { uri: 'https://b.alder.test' }],
        totp: [LINK_TOTP, SEED_TOTP],
        fields: fieldsOf({
          email: 'ops@alder.test',
          '*PIN': '0012',
          Rack: 'B 12',
          '*passkey: key id': 'k',
          '*passkey: content': 'blob',
          '*passkey: domain': 'alder.test',
          '*passkey: rp id': 'alder.test',
        }),
        attachments: [
          { name: '1.key.txt', size: 0, status: 'referenced-missing' },
          { name: '2.lost.txt', size: 0, status: 'referenced-missing' },
        ],
        favourite: true,
        unmapped: ["passkeys in a form of Proton's own"],
        ...TIMES,
      }),
    );
  });

  test('every other type', async () => {
    const { item } = await openExport(JSON_FORMAT, jsonBytes(protonData()));
    expect(item('Note')).toMatchObject({ type: 'note', state: 'trashed', notes: 'two\nlines' });
    expect(item('alias')).toMatchObject({ type: 'other', username: 'x@passmail.test' });
    expect(item('creditCard')).toMatchObject({
      type: 'card',
      card: { cardholderName: 'Äda', number: '0011', code: '007', expMonth: '4', expYear: '2030' },
      fields: fieldsOf({ '*pin': '0042' }),
    });
    expect(item('identity')).toMatchObject({
      type: 'identity',
      identity: { fullName: 'Äda Birch' },
      fields: [],
    });
    expect(item('sshKey')).toMatchObject({
      type: 'sshKey',
      ssh: { privateKey: 'PEM', publicKey: 'ssh-ed25519 AAAA', fingerprint: '' },
    });
    expect(item('wifi')).toMatchObject({
      type: 'login',
      password: 'wlan',
      fields: fieldsOf({ 'More: Channel': '06', '*ssid': 'guest', '*security': '3' }),
    });
    expect(item('future')).toMatchObject({ type: 'other', fields: fieldsOf({ '*thing': 'x' }) });
  });

  test('the older form: a user name that holds either; an address alone', async () => {
    const items = [
      protonItem('login', { username: 'either', password: 'p' }, { itemId: 'a' }),
      protonItem('login', { itemEmail: 'only@mail.test' }, { itemId: 'b' }),
    ];
    const opened = await openExport(JSON_FORMAT, jsonBytes(protonData(items)));
    expect(opened.items.map(({ username, fields }) => [username, fields])).toEqual([
      ['either', []],
      ['only@mail.test', []],
    ]);
  });

  test.each([
    ['no vaults', jsonBytes({ version: '1', userId: 'u' }), 'it has no vaults'],
    ['a vault that is none', jsonBytes({ vaults: { secretid: 'x' } }), 'vaults[0] is not an object'],
    ['an item that is none', jsonBytes(protonData([1])), 'vaults[0].items[0] is not an object'],
    ['cut short', jsonBytes(protonData()).subarray(0, 900), 'the JSON is cut short or damaged'],
  ])('%s is refused', async (_name, bytes, reason) => {
    await expect(openExport(JSON_FORMAT, bytes)).rejects.toMatchObject({
      code: 'vault.format',
      facts: { format: JSON_FORMAT, reason },
    });
  });
});

describe('the ZIP', () => {
  test('attachments are with their entries', async () => {
    const { item, items, vault, codes } = await openExport('proton-pass-zip', protonZip());
    expect(items).toHaveLength(PROTON_ITEMS.length);
    expect(item('login').attachments).toMatchObject([
      { name: '1.key.txt', size: 7, bytes: utf8('the key'), status: 'present' },
      { name: '2.lost.txt', size: 0, status: 'referenced-missing' },
    ]);
    expect(codes).toEqual(['vault.unknown-type', 'vault.files-left-over']);
    expect(vault.findings[1]?.message).toBe('1 file that belongs to no entry of the export');
  });

  test('protected by a passphrase, it is refused', async () => {
    const bytes = zipOfFiles({ 'Proton Pass/data.pgp': '-----BEGIN PGP MESSAGE-----' });
    await expect(openExport('proton-pass-zip', bytes)).rejects.toMatchObject({
      code: 'vault.unsupported',
      facts: { name: 'the export', format: 'proton-pass-zip', feature: 'pgp' },
    });
  });

  test('without data it is refused', async () => {
    await expect(openExport('proton-pass-zip', zipOfFiles({ x: 'y' }))).rejects.toMatchObject({
      facts: { reason: 'it holds no Proton Pass/data.json' },
    });
  });
});

// The targets that are tables. Their bytes are judged by a CSV reader of this test's own.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recognise } from '../../src/vault/recognise.ts';
import type { VaultTarget, WrittenVault } from '../../src/vault/target.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { csvTarget } from '../../src/vault/writers/csv.ts';
import { onePasswordCsvTarget } from '../../src/vault/writers/onepassword-csv.ts';
import { entry, fullVault, lossesOf, SECOND_SEED, vaultOf } from '../support/full-vault.ts';
import { AWKWARD_TEXTS } from '../support/vaults.ts';

const LINK = 'otpauth://totp/Acme:me?secret=JBSWY3DP&period=60&digits=8&algorithm=SHA256&issuer=Acme';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const write = (target: VaultTarget, vault: Vault): Promise<WrittenVault> =>
  target.write(crypto, vault, { passphrase: new Uint8Array(), now: '2026-11-24T08:00:00.000Z' });

/** Cells of a CSV in which every cell is quoted, and nothing else is allowed. */
function tableOf(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const rows: string[][] = [[]];
  let rest = text;
  while (rest !== '') {
    const [whole, cell = '', end] = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no cell at ${text.length - rest.length}`);
    rows.at(-1)!.push(cell.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (end === '\r\n' && rest !== '') rows.push([]);
  }
  return rows;
}

function recordsOf(bytes: Uint8Array): Record<string, string>[] {
  const [header = [], ...rows] = tableOf(bytes);
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index]!])));
}

describe('the generic CSV', () => {
  let written: WrittenVault;
  let records: Record<string, string>[];
  beforeAll(async () => {
    written = await write(csvTarget, fullVault());
    records = recordsOf(written.bytes);
  });

  test('has a column for each thing, and JSON where a thing has parts', () => {
    const { 'Custom fields': fields, Passkeys: passkeys, ...cells } = records[0]!;
    expect(cells).toEqual({
      Title: 'Everything "quoted", ä',
      Username: 'me@alder.test',
      Password: '=cmd|\u00a0"p"\n end',
      URLs: 'https://a.test/?q=1 2\nssh://b.test\nc',
      TOTP: LINK,
      Notes: 'line one\r\nline two\n',
      Folder: 'Alder Lane/Servers',
      'Also in': 'Shared',
      Tags: 'red\nblue; green',
      Type: 'login',
      State: 'active',
      Favourite: 'yes',
      Created: '2024-01-02T03:04:05.000Z',
      Modified: '2025-05-06T07:08:09.000Z',
      Expires: '2030-01-01T00:00:00.000Z',
      Attachments: '../../etc/passwd\na.txt\nA.TXT\ngone.pdf',
      'Earlier passwords': '[{"value":"older"},{"value":"old","at":"2025-04-01T00:00:00.000Z"}]',
      Id: 'aaaaaaaa-bbbb-4ccc-8ddd-000000000001',
    });
    expect(JSON.parse(fields!)).toEqual([
      { name: 'Asset', value: 'A1', kind: 'text' },
      { name: 'pin', value: '0099', kind: 'hidden' },
      { name: 'on', value: 'true', kind: 'boolean' },
      { name: 'who', value: 'username', kind: 'linked' },
      { name: 'TOTP (unreadable)', value: 'no seed!', kind: 'hidden' },
      { name: 'further one-time-code seed', value: SECOND_SEED, kind: 'hidden' },
    ]);
    expect(JSON.parse(passkeys!)).toEqual(
      fullVault().items[0]!.passkeys.map((key) => ({
        ...key,
        privateKey: expect.any(String) as string,
      })),
    );
  });

  test('cards, persons and keys are among the custom fields', () => {
    const fields = records
      .slice(1, 7)
      .map((record) =>
        record['Custom fields'] === ''
          ? []
          : (JSON.parse(record['Custom fields']!) as { name: string; value: string }[]).map(
              ({ name, value }) => `${name}=${value}`,
            ),
      );
    expect(fields).toEqual([
      [],
      ['card: number=4111', 'card: code=007', 'card: issued by=Bank'],
      ['identity: first name=Ada', 'identity: username=ada', 'identity: fax=12'],
      ['SSH: private key=private\nkey', 'SSH: public key=public', 'SSH: fingerprint=SHA256:x'],
      ['bank account: pin=0042'],
      [],
    ]);
    expect(records.slice(0, 7).map(({ Type, State, Folder }) => [Type, State, Folder])).toEqual([
      ['login', 'active', 'Alder Lane/Servers'],
      ['note', 'active', 'Alder Lane'],
      ['card', 'active', ''],
      ['identity', 'archived', 'Alder Lane'],
      ['sshKey', 'active', ''],
      ['bank', 'active', ''],
      ['login', 'trashed', 'Recycle Bin'],
    ]);
  });

  test('no text is altered, whatever a spreadsheet would make of it', () => {
    expect(
      records.slice(7).map(({ Title, Username, Password, Notes }) => [Title, Username, Password, Notes]),
    ).toEqual(AWKWARD_TEXTS.map((text) => [text, text, text, text]));
  });

  test('reports exactly what is not as it was', () => {
    expect(lossesOf(written)).toEqual({
      'dropped who may see a collection': 1,
      'dropped empty folder': 1,
      'dropped url match rule': 2,
      'dropped attachment': 4,
      'dropped master password re-prompt': 1,
      'dropped auto-type': 1,
      'degraded passkey': 1,
      'moved earlier password': 2,
      'moved further one-time-code seeds': 1,
      'moved unreadable one-time-code seeds': 1,
      'moved part of a card, identity or SSH key': 9,
    });
    expect(written.loss).toMatchObject({
      source: 'bitwarden-json',
      target: 'csv',
      before: { items: 15, totp: 2 },
      after: { items: 15, totp: 1, passkeys: 1, attachments: 0 },
    });
  });

  test('what a cell cannot hold is respelt, and said to be so', async () => {
    const item = entry({
      password: 'a\0b\ud800',
      urls: [{ uri: 'https://a.test/\r\nb' }, { uri: '' }],
      tags: ['two\nlines', 'two lines'],
      fields: [{ name: 'n', value: 'x\0', kind: 'text' }],
      containerIds: ['a'],
    });
    const containers = [{ id: 'a', name: 'A/B\nC', kind: 'folder' }] as const;
    const odd = await write(csvTarget, vaultOf([item], containers));
    expect(recordsOf(odd.bytes)).toMatchObject([
      {
        Password: 'a\uFFFDb\uFFFD',
        URLs: 'https://a.test/%0D%0Ab',
        Tags: 'two lines',
        Folder: 'A/B C',
        'Custom fields': '[{"name":"n","value":"x\uFFFD","kind":"text"}]',
      },
    ]);
    expect(lossesOf(odd)).toEqual({
      'normalised characters': 2,
      'normalised address': 1,
      'normalised tag': 1,
      'normalised folder name': 1,
    });
  });

  test('ids are each their own', async () => {
    const items = ['a', 'a', '', 'entry-2'].map((id) => entry({ id }));
    const { bytes } = await write(csvTarget, vaultOf(items));
    expect(recordsOf(bytes).map(({ Id }) => Id)).toEqual(['a', 'entry-2-', 'entry-3', 'entry-2']);
  });

  test('is read by the mapping that docs/vaults.md shows', async () => {
    const columns = {
      title: ['Title'],
      username: ['Username'],
      password: ['Password'],
      url: ['URLs'],
      totp: ['TOTP'],
      notes: ['Notes'],
      folder: ['Folder'],
      tags: ['Tags'],
    };
    const read = await openVault(crypto, written.bytes, {
      format: 'csv',
      columns: { product: 'x', columns, urlSeparator: '\n', folderSeparator: '/', tagSeparator: '\n' },
    });
    expect(read.items[0]).toMatchObject({
      password: '=cmd|\u00a0"p"\n end',
      urls: [{ uri: 'https://a.test/?q=1 2' }, { uri: 'ssh://b.test' }, { uri: 'c' }],
      totp: [parseTotp(LINK)],
      tags: ['red', 'blue; green'],
    });
  });
});

describe('the CSV of 1Password', () => {
  let written: WrittenVault;
  let records: Record<string, string>[];
  beforeAll(async () => {
    written = await write(onePasswordCsvTarget, fullVault());
    records = recordsOf(written.bytes);
  });

  test('has the nine columns, and below the notes what they cannot hold', () => {
    expect(recognise(written.bytes)).toBe('1password-csv');
    expect(tableOf(written.bytes)[0]).toEqual([
      'Title',
      'Url',
      'Username',
      'Password',
      'OTPAuth',
      'Favorite',
      'Archived',
      'Tags',
      'Notes',
    ]);
    expect(records[0]).toEqual({
      Title: 'Everything "quoted", ä',
      Url: 'https://a.test/?q=1 2',
      Username: 'me@alder.test',
      Password: '=cmd|\u00a0"p"\n end',
      OTPAuth: LINK,
      Favorite: 'true',
      Archived: 'false',
      Tags: 'Alder Lane/Servers;Shared;red;blue  green',
      Notes: [
        'line one\r\nline two\n',
        '',
        'address: ssh://b.test',
        'address: c',
        'Asset: A1',
        'pin: 0099',
        'on: true',
        'who: username',
        'TOTP (unreadable): no seed!',
        `further one-time-code seed: ${SECOND_SEED}`,
        'earlier password: older',
        'earlier password, 2025-04-01T00:00:00.000Z: old',
        'expires: 2030-01-01T00:00:00.000Z',
        'attachment, not in this file: ../../etc/passwd',
        'attachment, not in this file: a.txt',
        'attachment, not in this file: A.TXT',
        'attachment, not in this file: gone.pdf',
      ].join('\n'),
    });
    expect(records[4]!['Notes']).toBe(
      'SSH: private key:\nprivate\nkey\nSSH: public key: public\nSSH: fingerprint: SHA256:x',
    );
    expect(records[3]).toMatchObject({ Archived: 'true', Tags: 'Alder Lane' });
    expect(records[6]).toMatchObject({ Archived: 'true', Tags: 'Recycle Bin;Trash', Notes: '' });
  });

  test('no text is altered', () => {
    expect(
      records.slice(7).map(({ Title, Username, Password, Notes }) => [Title, Username, Password, Notes]),
    ).toEqual(AWKWARD_TEXTS.map((text) => [text, text, text, text]));
  });

  test('reports exactly what is not as it was', () => {
    expect(lossesOf(written)).toEqual({
      'dropped who may see a collection': 1,
      'dropped empty folder': 1,
      'dropped url match rule': 2,
      'dropped attachment': 4,
      'dropped master password re-prompt': 1,
      'dropped auto-type': 1,
      'dropped passkey': 1,
      'dropped date of an entry': 1,
      'degraded folder': 5,
      'degraded type of an entry': 5,
      'degraded custom field': 5,
      'degraded entry in the trash': 1,
      'normalised tag': 1,
      'moved further address': 2,
      'moved earlier password': 2,
      'moved expiry': 1,
      'moved further one-time-code seeds': 1,
      'moved unreadable one-time-code seeds': 1,
      'moved part of a card, identity or SSH key': 9,
    });
    expect(written.loss.after).toMatchObject({ items: 15, totp: 1, passkeys: 0, attachments: 0 });
  });

  test('a seed of Steam is kept, and said to be of no use there', async () => {
    const steam = await write(
      onePasswordCsvTarget,
      vaultOf([entry({ totp: [parseTotp('steam://GEZDGNBV')], urls: [{ uri: ' https://a.test ' }] })]),
    );
    expect(recordsOf(steam.bytes)).toMatchObject([
      { OTPAuth: expect.stringContaining('encoder=steam') as string, Url: 'https://a.test' },
    ]);
    expect(lossesOf(steam)).toEqual({ 'degraded Steam seed': 1 });
  });
});

test.each([
  ['csv', csvTarget],
  ['1password-csv', onePasswordCsvTarget],
])('%s: an empty vault is a header', async (_name, target) => {
  const written = await write(target, vaultOf([]));
  expect(tableOf(written.bytes)).toHaveLength(1);
  expect(written.loss.losses).toEqual([]);
});

test('an entry of very many texts is compared in no more time than it takes to write it', async () => {
  const many = (word: string): readonly string[] =>
    Array.from({ length: 100_000 }, (_, at) => `${word} ${at}`);
  const fields = many('value').map((value) => ({ name: 'n', value, kind: 'text' as const }));
  const history = many('old').map((value) => ({ value }));
  const began = performance.now();
  await write(csvTarget, vaultOf([entry({ title: 't', history })]));
  await write(onePasswordCsvTarget, vaultOf([entry({ title: 't', fields })]));
  expect(performance.now() - began).toBeLessThan(15_000);
});

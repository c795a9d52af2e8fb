import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { FormatId, Item, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import {
  accountRestrictedV1,
  jsonBytes,
  loginItem,
  logins,
  organisationExport,
  personalExport,
  utf8,
} from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const open = (bytes: Uint8Array, format: FormatId = 'bitwarden-json'): Promise<Vault> =>
  openVault(crypto, bytes, { format });

async function openItem(parts: Record<string, unknown>): Promise<Item> {
  const { items } = await open(personalExport([loginItem(1, parts)]));
  return items[0]!;
}

describe('a personal export', () => {
  test('keeps every field of a login', async () => {
    const raw = loginItem(7, {
      notes: 'two\nlines',
      favorite: true,
      fields: [
        { name: 'text', value: 'a', type: 0 },
        { name: 'hidden', value: 'b', type: 1 },
        { name: 'yes', value: 'true', type: 2 },
        { name: 'same as user', value: null, type: 3, linkedId: 100 },
        { name: null, value: null, type: 0 },
      ],
      passwordHistory: [
        { lastUsedDate: '2026-04-01T00:00:00Z', password: 'newer' },
        { lastUsedDate: '2025-04-01T00:00:00Z', password: 'older' },
      ],
      login: {
        uris: [{ match: 3, uri: 'https://a.test' }, { match: null, uri: 'https://b.test' }, { uri: null }],
        username: 'u',
        password: ' p ',
        totp: 'JBSW Y3DP',
        fido2Credentials: [
          {
            credentialId: 'b64._-8',
            keyType: 'public-key',
            keyValue: 'MIGH_-8',
            rpId: 'a.test',
            rpName: 'A',
            userHandle: 'dXNlcg==',
            userName: 'u@a.test',
            counter: '5',
          },
        ],
      },
    });
    const vault = await open(personalExport([raw]));
    expect(vault.items[0]).toEqual({
      id: 'aaaaaaaa-bbbb-4ccc-8ddd-000000000007',
      type: 'login',
      sourceType: 'login',
      state: 'active',
      containerIds: ['22222222-2222-4222-8222-222222222222'],
      title: 'Login 7',
      username: 'u',
      password: ' p ',
      urls: [{ uri: 'https://a.test', match: 'exact' }, { uri: 'https://b.test' }],
      notes: 'two\nlines',
      totp: [expect.objectContaining({ secret: 'JBSWY3DP', valid: true })],
      fields: [
        { name: 'text', value: 'a', kind: 'text' },
        { name: 'hidden', value: 'b', kind: 'hidden' },
        { name: 'yes', value: 'true', kind: 'boolean' },
        { name: 'same as user', value: 'username', kind: 'linked' },
        { name: '', value: '', kind: 'text' },
      ],
      attachments: [],
      passkeys: [
        {
          credentialId: '_-8',
          relyingParty: 'a.test',
          userName: 'u@a.test',
          userHandle: 'dXNlcg',
          privateKey: 'MIGH/+8=',
        },
      ],
      history: [
        { value: 'older', at: '2025-04-01T00:00:00Z' },
        { value: 'newer', at: '2026-04-01T00:00:00Z' },
      ],
      tags: [],
      favourite: true,
      created: '2025-01-02T03:04:05.000Z',
      modified: '2026-05-02T10:00:00.000Z',
      unmapped: ['passkey counter', 'passkey display names'],
      raw,
    });
    expect(vault.source).toMatchObject({ product: 'Bitwarden', format: 'bitwarden-json' });
    expect(vault.source.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a passkey id that is a UUID becomes its sixteen bytes', async () => {
    const fido2Credentials = [
      { credentialId: '00112233-4455-6677-8899-aabbccddeeff', keyValue: 'AA', rpId: 'x' },
    ];
    const { passkeys } = await openItem({ login: { fido2Credentials } });
    expect(passkeys[0]?.credentialId).toBe('ABEiM0RVZneImaq7zN3u_w');
  });

  test('cards, identities and SSH keys keep their own names', async () => {
    const card = { cardholderName: 'N', number: '4111', expMonth: '08', code: null };
    expect(await openItem({ type: 3, login: null, card })).toMatchObject({
      type: 'card',
      card: { cardholderName: 'N', number: '4111', expMonth: '08' },
    });
    const identity = { firstName: 'A', passportNumber: 'P', email: '' };
    expect(await openItem({ type: 4, identity })).toMatchObject({
      type: 'identity',
      identity: { firstName: 'A', passportNumber: 'P' },
    });
    const sshKey = { privateKey: 'k', publicKey: 'p', keyFingerprint: 'f' };
    expect(await openItem({ type: 5, sshKey })).toMatchObject({
      type: 'sshKey',
      ssh: { privateKey: 'k', publicKey: 'p', fingerprint: 'f' },
    });
  });

  test('what this program does not know is kept as hidden fields', async () => {
    const bank = await openItem({
      type: 6,
      login: undefined,
      bankAccount: { bankName: 'B', accountNumber: '12', pin: null, more: { list: ['x'] } },
    });
    expect(bank).toMatchObject({ type: 'bank', sourceType: 'bankAccount' });
    expect(bank.fields).toEqual([
      { name: 'bank account: bank name', value: 'B', kind: 'hidden' },
      { name: 'bank account: account number', value: '12', kind: 'hidden' },
      { name: 'bank account: more: list: 0', value: 'x', kind: 'hidden' },
    ]);
    const odd = await open(personalExport([loginItem(1, { type: 'constructor' })]));
    expect(odd.items[0]).toMatchObject({ type: 'other', sourceType: 'constructor' });
    expect(odd.findings.map(({ code }) => code)).toContain('vault.unknown-type');
    const future = await open(personalExport([loginItem(1, { type: 99, orbit: 'geo' })]));
    expect(future.items[0]).toMatchObject({
      type: 'other',
      sourceType: '99',
      fields: [{ name: 'orbit', value: 'geo' }],
    });
    expect(future.findings.map(({ code }) => code)).toContain('vault.unknown-type');
  });

  test('trash and archive are told apart, re-prompt and named attachments are not lost', async () => {
    expect((await openItem({ deletedDate: '2026-01-01T00:00:00Z' })).state).toBe('trashed');
    expect((await openItem({ archivedDate: '2026-01-01T00:00:00Z' })).state).toBe('archived');
    expect((await openItem({ reprompt: 1 })).unmapped).toEqual(['master password re-prompt']);
    const { attachments } = await openItem({ attachments: [{ id: '1', fileName: 'plan.pdf', size: '120' }] });
    expect(attachments).toEqual([{ name: 'plan.pdf', size: 120, status: 'referenced-missing' }]);
  });

  test('items without type, login or `encrypted` are read', async () => {
    const items = [
      { name: 'bare' },
      { name: 'login', login: { username: 'u' } },
      { name: 'card', card: { number: '1' } },
    ];
    const vault = await open(jsonBytes({ folders: null, items }));
    expect(vault.items.map(({ type, title, id }) => [type, title, id])).toEqual([
      ['note', 'bare', 'item-0'],
      ['login', 'login', 'item-1'],
      ['card', 'card', 'item-2'],
    ]);
  });
});

describe('folders', () => {
  test('nest by slashes; a level that no folder names is made and marked', async () => {
    const { containers } = await open(personalExport(logins(1)));
    const paths = pathsOf(containers);
    expect(containers.map(({ id, implied }) => [paths.get(id)?.join(' > '), implied ?? false])).toEqual([
      ['Alder Lane', false],
      ['Alder Lane > Servers', false],
      ['Birchwood > Wi-Fi > Guests', false],
      ['Birchwood', true],
      ['Birchwood > Wi-Fi', true],
    ]);
  });

  test('a child listed before its parent still finds it', async () => {
    const folders = [
      { id: 'c', name: 'A/B' },
      { id: 'p', name: 'A' },
    ];
    const { containers } = await open(personalExport([], { folders }));
    expect(containers).toEqual([
      { id: 'c', name: 'B', kind: 'folder', parentId: 'p' },
      { id: 'p', name: 'A', kind: 'folder' },
    ]);
  });

  test('names of slashes alone, and very many slashes, make no trouble', async () => {
    const folders = [
      { id: 'a', name: '//' },
      { id: 'b', name: 'x/'.repeat(100_000) },
      { id: 'c', name: '' },
    ];
    const { containers } = await open(personalExport([], { folders }));
    expect(containers.find(({ id }) => id === 'a')?.name).toBe('//');
    expect(pathsOf(containers).get('b')).toHaveLength(LIMITS.vaultFolderDepth);
  });
});

test('an organisation export has collections, and items may lie in several', async () => {
  const vault = await open(organisationExport(2), 'bitwarden-json-org');
  expect(vault.containers.map(({ kind, name }) => [kind, name])).toEqual([
    ['collection', 'Clinics'],
    ['collection', 'Radiology'],
  ]);
  expect(vault.items.map(({ containerIds }) => containerIds.length)).toEqual([1, 2]);
  expect(vault.findings.map(({ code }) => code)).not.toContain('bitwarden.personal-only');
});

describe('refuses', () => {
  const code = (code: string, facts: object = {}): object =>
    expect.objectContaining({ code, facts: expect.objectContaining(facts) as object }) as object;

  test.each([
    ['what is cut short', '{"encrypted":false,"items":[{"name":"x"', 'the JSON is cut short or damaged'],
    ['what is no JSON', '{"items":[,]}', 'it is not well-formed JSON'],
    ['a list', '[]', 'it is not a JSON object'],
    ['no items', '{"encrypted":false}', 'it has no items'],
    ['items that are no list', '{"items":{}}', 'it has no items'],
    ['an item that is none', '{"items":[{"name":"a"},null]}', 'items[1] is not an object'],
    ['fields that are no list', '{"items":[{"name":"a","fields":"x"}]}', 'items[0].fields is not a list'],
    [
      'addresses that are texts',
      '{"items":[{"login":{"uris":["x"]}}]}',
      'items[0].login.uris[0] is not an object',
    ],
  ])('%s', async (_name, text, reason) => {
    await expect(open(utf8(text))).rejects.toEqual(code('vault.format', { reason }));
  });

  test('bytes that are no UTF-8', async () => {
    const bytes = Uint8Array.from([...utf8('{"items":[{"name":"'), 0xff, ...utf8('"}]}')]);
    await expect(open(bytes)).rejects.toEqual(code('vault.format', { reason: 'it is not UTF-8 text' }));
  });

  test('depth beyond the limit, before parsing', async () => {
    const deep = `{"items":[],"x":${'['.repeat(LIMITS.jsonDepth)}${']'.repeat(LIMITS.jsonDepth)}}`;
    await expect(open(utf8(deep))).rejects.toEqual(code('limit.exceeded', { limit: LIMITS.jsonDepth }));
    const justDeepEnough = `{"items":[],"x":${'['.repeat(LIMITS.jsonDepth - 1)}${']'.repeat(LIMITS.jsonDepth - 1)}}`;
    expect((await open(utf8(justDeepEnough))).items).toEqual([]);
  });

  test('brackets in strings do not count as depth', async () => {
    const items = [{ name: `${'[{'.repeat(200)}"\\` }];
    expect((await open(jsonBytes({ items }))).items).toHaveLength(1);
  });

  test('what is locked to the account, however it is labelled', async () => {
    const name = 'nightly';
    const options = { format: 'bitwarden-json', name } as const;
    await expect(openVault(crypto, jsonBytes(accountRestrictedV1), options)).rejects.toEqual(
      code('vault.account-restricted', { name }),
    );
    const { items } = accountRestrictedV1;
    await expect(openVault(crypto, jsonBytes({ encrypted: false, items }), options)).rejects.toEqual(
      code('vault.account-restricted'),
    );
  });
});

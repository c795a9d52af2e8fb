import { entry } from '../support/full-vault.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { Item, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { assertReadBack } from '../../src/vault/read-back.ts';
import type { WrittenVault } from '../../src/vault/target.ts';
import { KDBX_RULES, writeKdbx } from '../../src/vault/writers/kdbx.ts';
import {
  AWKWARD_TEXTS,
  loginItem,
  logins,
  organisationExport,
  personalExport,
  utf8,
} from '../support/vaults.ts';

const PASSPHRASE = utf8('p');
const CHEAP = { memoryMiB: 1, iterations: 1, parallelism: 1 };

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const write = (vault: Vault): Promise<WrittenVault> =>
  writeKdbx(crypto, vault, { passphrase: PASSPHRASE, argon2: CHEAP });
const reopen = (bytes: Uint8Array): Promise<Vault> =>
  openVault(crypto, bytes, { format: 'kdbx', passphrase: PASSPHRASE });
const bitwarden = (items: readonly unknown[], parts: Record<string, unknown> = {}): Promise<Vault> =>
  openVault(crypto, personalExport(items, parts), { format: 'bitwarden-json' });

/** An entry of the model with everything empty but what is given. */
const itemOf = (parts: Partial<Item>): Item => entry({ title: '', ...parts });

const vaultOf = (items: readonly Item[], parts: Partial<Vault> = {}): Vault => ({
  source: { product: 'Test', format: 'bitwarden-json', sha256: '' },
  containers: [],
  items,
  findings: [],
  ...parts,
});

async function attachment(name: string, bytes: Uint8Array): Promise<Item['attachments'][number]> {
  const sha256 = Buffer.from(await crypto.sha256(bytes)).toString('hex');
  return { name, size: bytes.length, sha256, bytes, status: 'present' };
}

const losses = ({ loss }: WrittenVault): Record<string, number> =>
  Object.fromEntries(loss.losses.map(({ kind, field, count }) => [`${kind} ${field}`, count]));

describe('a login', () => {
  test('keeps what KDBX has a place for, under the names KeePass programs use', async () => {
    const raw = loginItem(1, {
      notes: 'n',
      favorite: true,
      reprompt: 1,
      fields: [
        { name: 'Asset', value: 'A1', type: 0 },
        { name: 'pin', value: '99', type: 1 },
        { name: 'yes', value: 'true', type: 2 },
        { name: 'who', value: null, type: 3, linkedId: 100 },
      ],
      passwordHistory: [{ lastUsedDate: '2025-04-01T00:00:00Z', password: 'old' }],
      login: {
        uris: [{ match: 3, uri: 'https://a.test' }, { uri: 'https://b.test' }, { uri: 'https://c.test' }],
        username: 'u',
        password: 'p',
        totp: 'otpauth://totp/Acme:me?secret=JBSWY3DP&digits=8&period=60&algorithm=SHA256&issuer=Acme',
        fido2Credentials: [
          { credentialId: 'b64.AAAA', keyValue: 'QUJD', rpId: 'a.test', userName: 'me', userHandle: 'AQ' },
        ],
      },
    });
    const written = await write(await bitwarden([raw]));
    const { items, source } = await reopen(written.bytes);
    expect(source.version).toBe('4.0');
    expect(items[0]).toMatchObject({
      id: 'aaaaaaaabbbb4ccc8ddd000000000001',
      title: 'Login 1',
      username: 'u',
      password: 'p',
      urls: [{ uri: 'https://a.test' }, { uri: 'https://b.test' }, { uri: 'https://c.test' }],
      notes: 'n',
      totp: [
        {
          secret: 'JBSWY3DP',
          digits: 8,
          period: 60,
          algorithm: 'SHA256',
          issuer: 'Acme',
          account: 'me',
          valid: true,
        },
      ],
      fields: [
        { name: 'Asset', value: 'A1', kind: 'hidden' },
        { name: 'pin', value: '99', kind: 'hidden' },
        { name: 'yes', value: 'true', kind: 'hidden' },
        { name: 'who', value: '{USERNAME}', kind: 'hidden' },
      ],
      passkeys: [
        {
          credentialId: 'AAAA',
          privateKey: 'QUJD',
          relyingParty: 'a.test',
          userName: 'me',
          userHandle: 'AQ',
        },
      ],
      history: [{ value: 'old', at: '2025-04-01T00:00:00.000Z' }],
      tags: ['Favorite'],
      created: '2025-01-02T03:04:05.000Z',
      modified: '2026-05-02T10:00:00.000Z',
    });
    expect(losses(written)).toEqual({
      'dropped url match rule': 1,
      'dropped master password re-prompt': 1,
      'degraded linked field': 1,
      'degraded yes-or-no field': 1,
      'moved favourite': 1,
    });
    expect(written.loss).toMatchObject({
      source: 'bitwarden-json',
      target: 'kdbx',
      before: { items: 1, totp: 1 },
      after: { items: 1, totp: 1, passkeys: 1 },
    });
  });

  test('keeps every awkward text exactly, in every secret place', async () => {
    const items = AWKWARD_TEXTS.map((text, index) =>
      loginItem(index, {
        notes: text,
        fields: [{ name: 'f', value: text, type: 1 }],
        login: { uris: [{ uri: text }], username: text, password: text },
      }),
    );
    const { items: read } = await reopen((await write(await bitwarden(items))).bytes);
    const byTitle = new Map(read.map((item) => [item.title, item]));
    for (const [index, text] of AWKWARD_TEXTS.entries())
      expect(byTitle.get(`Login ${index}`)).toMatchObject({
        notes: text,
        username: text,
        password: text,
        urls: [{ uri: text }],
        fields: [{ value: text }],
      });
  });

  test('NUL and lone surrogates become U+FFFD, counted', async () => {
    const written = await write(vaultOf([itemOf({ password: 'a\0b', notes: 'x\uD800y' })]));
    const { items } = await reopen(written.bytes);
    expect(items[0]).toMatchObject({ password: 'a\uFFFDb', notes: 'x\uFFFDy' });
    expect(losses(written)).toEqual({ 'normalised characters': 2 });
  });
});

describe('names that KDBX cannot protect', () => {
  const NASTY = 'a\u000bb\u0000c\uFFFEd\uD800e\nf';
  const CLEAN = 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe f';

  test('are cleaned: title, group, field, attachment, tag', async () => {
    const item = itemOf({
      title: NASTY,
      containerIds: ['g'],
      fields: [{ name: NASTY, value: 'v', kind: 'text' }],
      attachments: [await attachment(`../${NASTY}`, Uint8Array.of(1))],
      tags: [`${NASTY},two;three`],
    });
    const written = await write(vaultOf([item], { containers: [{ id: 'g', name: NASTY, kind: 'folder' }] }));
    const { items, containers } = await reopen(written.bytes);
    expect(items[0]).toMatchObject({
      title: CLEAN,
      fields: [{ name: CLEAN, value: 'v' }],
      attachments: [{ name: `.._${CLEAN}` }],
      tags: [`${CLEAN} two three`],
    });
    expect(containers.map(({ name }) => name)).toContain(CLEAN);
    expect(Object.keys(losses(written)).sort()).toEqual([
      'normalised attachment name',
      'normalised custom field name',
      'normalised tag',
      'normalised title',
    ]);
  });

  test('custom fields never take a name that is taken or means something', async () => {
    const names = [
      'x',
      'x',
      '',
      ' ',
      'Password',
      'otp',
      'otp_2',
      'KP2A_URL_1',
      'KPEX_PASSKEY_USERNAME',
      'TimeOtp-Length',
      'x (2)',
      '__proto__',
    ];
    const fields = names.map((name, index) => ({ name, value: `v${index}`, kind: 'text' as const }));
    const { items } = await reopen((await write(vaultOf([itemOf({ password: 'real', fields })]))).bytes);
    expect(items[0]).toMatchObject({ password: 'real', totp: [], passkeys: [], urls: [] });
    expect(items[0]?.fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'x=v0',
      'x (2)=v1',
      'field=v2',
      'field (2)=v3',
      'Password (2)=v4',
      'otp (2)=v5',
      'otp_2 (2)=v6',
      'KP2A_URL_1 (2)=v7',
      'KPEX_PASSKEY_USERNAME (2)=v8',
      'TimeOtp-Length (2)=v9',
      'x (2) (2)=v10',
      '__proto__=v11',
    ]);
  });

  test('attachments of one name are all kept', async () => {
    const files = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(1), new Uint8Array()];
    const attachments = await Promise.all(files.map((bytes) => attachment('same.txt', bytes)));
    const { items } = await reopen((await write(vaultOf([itemOf({ attachments })]))).bytes);
    expect(items[0]?.attachments.map(({ name, bytes }) => [name, [...bytes!]])).toEqual([
      ['same.txt', [1]],
      ['same.txt (2)', [2]],
      ['same.txt (3)', [1]],
      ['same.txt (4)', []],
    ]);
  });
});

describe('places', () => {
  const pathOf = (vault: Vault, index: number): string | undefined =>
    pathsOf(vault.containers)
      .get(vault.items[index]?.containerIds[0] ?? '')
      ?.join(' > ');

  test('folders become nested groups, empty ones too', async () => {
    const { bytes } = await write(await bitwarden(logins(2)));
    const vault = await reopen(bytes);
    const byTitle = new Map(vault.items.map((item, index) => [item.title, pathOf(vault, index)]));
    expect([...byTitle]).toEqual([
      ['Login 0', 'Alder Lane'],
      ['Login 1', 'Alder Lane > Servers'],
    ]);
    expect([...pathsOf(vault.containers).values()].map((path) => path.join(' > '))).toContain(
      'Birchwood > Wi-Fi > Guests',
    );
  });

  test('an entry of several collections lies in the first and names the others', async () => {
    const org = await openVault(crypto, organisationExport(2), { format: 'bitwarden-json-org' });
    const written = await write(org);
    const vault = await reopen(written.bytes);
    const second = vault.items.findIndex(({ title }) => title === 'Login 1');
    expect(pathOf(vault, second)).toBe('Clinics');
    expect(vault.items[second]?.fields).toEqual([
      { name: 'Also in', value: 'Clinics/Radiology', kind: 'hidden' },
    ]);
    expect(losses(written)).toEqual({
      'degraded entry in several collections': 1,
      'dropped who may see a collection': 2,
    });
  });

  test('trash goes to the recycle bin, the archive to a group of its own, each saying whence', async () => {
    const items = [
      loginItem(0, { deletedDate: '2026-01-01T00:00:00Z' }),
      loginItem(1, { archivedDate: '2026-01-01T00:00:00Z' }),
      loginItem(2, { folderId: 'gone' }),
    ];
    const vault = await reopen((await write(await bitwarden(items))).bytes);
    const places = new Map(
      vault.items.map((item, index) => [
        item.title,
        [item.state, pathOf(vault, index), item.fields[0]?.value],
      ]),
    );
    expect(places.get('Login 0')).toEqual(['trashed', 'Recycle Bin', 'Alder Lane']);
    expect(places.get('Login 1')).toEqual(['active', 'Archived', 'Alder Lane/Servers']);
    expect(places.get('Login 2')).toEqual(['active', undefined, undefined]);
  });

  test('folders whose parents run in a circle do no harm', async () => {
    const containers = [
      { id: 'a', parentId: 'b', name: 'A', kind: 'folder' as const },
      { id: 'b', parentId: 'a', name: 'B', kind: 'folder' as const },
    ];
    const vault = vaultOf([itemOf({})], { containers });
    expect((await reopen((await write(vault)).bytes)).containers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['A', 'B']),
    );
  });
});

test('codes, cards, identities and keys are not lost', async () => {
  const written = await write(
    vaultOf([
      itemOf({
        totp: (
          await bitwarden([
            loginItem(1, { login: { totp: 'steam://JBSWY3DP' } }),
            loginItem(2, { login: { totp: 'GEZDGNBV' } }),
            loginItem(3, { login: { totp: 'no seed!' } }),
          ])
        ).items.flatMap(({ totp }) => totp),
        passkeys: ['A', 'B'].map((name) => ({
          credentialId: name,
          relyingParty: 'x',
          userName: name,
          userHandle: '',
          privateKey: 'QUJD',
        })),
        card: { cardholderName: 'N', number: '4111' },
        identity: { firstName: 'F' },
        ssh: { privateKey: '-----BEGIN\nk\n', publicKey: 'pub', fingerprint: '' },
      }),
    ]),
  );
  const { items } = await reopen(written.bytes);
  expect(items[0]).toMatchObject({
    totp: [{ secret: 'JBSWY3DP', encoder: 'steam' }, { secret: 'GEZDGNBV' }],
    passkeys: [{ credentialId: 'A' }, { credentialId: 'B' }],
  });
  expect(Object.fromEntries(items[0]!.fields.map(({ name, value }) => [name, value]))).toEqual({
    'TOTP (unreadable)': 'no seed!',
    'card: cardholder name': 'N',
    'card: number': '4111',
    'identity: first name': 'F',
    'SSH private key': '-----BEGIN\nk\n',
    'SSH public key': 'pub',
  });
  expect(losses(written)).toEqual({
    'moved further one-time-code seeds': 1,
    'moved unreadable one-time-code seeds': 1,
    'degraded further passkeys': 1,
  });
});

test('text that KeePass would take for a placeholder is reported, unless the source is KeePass', async () => {
  const item = itemOf({
    password: 'a{USERNAME}b',
    username: '{not one}',
    urls: [{ uri: 'cmd://{REF:P@I:00}' }],
  });
  expect(losses(await write(vaultOf([item])))).toEqual({ 'degraded text in braces': 2 });
  const source = { product: 'KeePass', format: 'kdbx', sha256: '' } as const;
  expect(losses(await write(vaultOf([item], { source })))).toEqual({});
});

test('the report of losses holds no text of an entry', async () => {
  const canary = 'c4naryTweet\u000b';
  const item = itemOf({
    title: canary,
    username: `${canary}{URL}`,
    password: `${canary}\0`,
    notes: canary,
    urls: [{ uri: canary, match: 'exact' }],
    totp: (await bitwarden([loginItem(1, { login: { totp: canary } })])).items.flatMap(({ totp }) => totp),
    fields: [{ name: canary, value: canary, kind: 'linked' }],
    attachments: [{ name: canary, size: 1, status: 'referenced-missing' }],
    tags: [canary],
  });
  const { loss } = await write(vaultOf([item]));
  expect(loss.losses.length).toBeGreaterThan(6);
  expect(JSON.stringify(loss)).not.toContain('c4naryTweet');
});

test('entries of one id, or of none, are all kept', async () => {
  const ids = [
    'aaaaaaaa-bbbb-4ccc-8ddd-000000000001',
    'AAAAAAAA-BBBB-4CCC-8DDD-000000000001',
    '',
    '0'.repeat(32),
  ];
  const vault = vaultOf(ids.map((id, index) => itemOf({ id, title: `T${index}` })));
  const { items } = await reopen((await write(vault)).bytes);
  expect(items.map(({ title }) => title).sort()).toEqual(['T0', 'T1', 'T2', 'T3']);
  expect(new Set(items.map(({ id }) => id)).size).toBe(4);
});

test('a KeePass vault written again is the same vault', async () => {
  const first = await reopen(
    (await write(await bitwarden([...logins(5), loginItem(9, { deletedDate: '2026-01-01' })]))).bytes,
  );
  const second = await reopen((await write(first)).bytes);
  const plain = (vault: Vault): unknown =>
    vault.items.map((item) => ({ ...item, raw: null, containerIds: [] }));
  expect(plain(second)).toEqual(plain(first));
  const paths = (vault: Vault): readonly string[] =>
    [...pathsOf(vault.containers).values()].map((path) => path.join('/')).sort();
  expect(paths(second)).toEqual(paths(first));
});

describe('the comparison after writing', () => {
  const base = itemOf({
    id: 'a',
    title: 't',
    username: 'u',
    password: 'p',
    notes: 'n',
    urls: [{ uri: 'x' }],
    containerIds: ['g'],
  });
  const containers = [{ id: 'g', name: 'G', kind: 'folder' as const }];
  const compare = (written: Partial<Item>, source: Partial<Item> = {}): void => {
    const from = vaultOf([{ ...base, ...source }], { containers });
    assertReadBack('kdbx', from, ['a'], vaultOf([{ ...base, ...written }], { containers }), KDBX_RULES);
  };

  test('accepts what is equal', () => {
    expect(() => {
      compare({});
    }).not.toThrow();
  });

  test.each<[string, Partial<Item>, Partial<Item>?]>([
    ['title', { title: 'T' }],
    ['user name', { username: '' }],
    ['password', { password: 'p ' }],
    ['notes', { notes: 'N' }],
    ['addresses', { urls: [] }],
    [
      'one-time codes',
      { totp: [] },
      {
        totp: [
          {
            secret: 'AA',
            algorithm: 'SHA1',
            digits: 6,
            period: 30,
            encoder: 'decimal',
            issuer: '',
            account: '',
            valid: true,
            original: '',
          },
        ],
      },
    ],
    [
      'passkeys',
      { passkeys: [] },
      { passkeys: [{ credentialId: '', relyingParty: '', userName: '', userHandle: '', privateKey: '' }] },
    ],
    [
      'custom fields',
      { fields: [{ name: 'x', value: 'v', kind: 'text' }] },
      { card: { number: 'v', code: 'v' } },
    ],
    [
      'attachments',
      { attachments: [] },
      { attachments: [{ name: 'x', size: 1, sha256: 'y', status: 'present' }] },
    ],
    ['history', { history: [] }, { history: [{ value: 'former' }] }],
    ['tags', { tags: [] }, { tags: ['x'] }],
    ['state', { state: 'trashed' }],
    ['folder', { containerIds: [] }],
  ])('names a difference in %s', (aspect, written, source) => {
    expect(() => {
      compare(written, source);
    }).toThrow(
      expect.objectContaining({
        code: 'vault.write-mismatch',
        facts: { target: 'kdbx', reason: `entry 1 differs in its ${aspect}` },
      }) as Error,
    );
  });

  test('counts', () => {
    const two = vaultOf([base, { ...base, id: 'b' }]);
    const fail = (written: Vault): void => {
      assertReadBack('kdbx', two, ['a', 'b'], written, KDBX_RULES);
    };
    expect(() => {
      fail(vaultOf([base]));
    }).toThrow(
      expect.objectContaining({
        facts: { target: 'kdbx', reason: '2 entries went in, 1 came out' },
      }) as Error,
    );
    expect(() => {
      fail(vaultOf([base, base]));
    }).toThrow(expect.objectContaining({ facts: { target: 'kdbx', reason: 'entry 2 is missing' } }) as Error);
  });
});

test('whatever texts a vault holds, it is written and read back', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const field = fc.record({
    name: text,
    value: text,
    kind: fc.constantFrom('text', 'hidden', 'boolean', 'linked'),
  });
  const item = fc
    .record({
      id: fc.oneof(fc.uuid(), text),
      state: fc.constantFrom('active', 'archived', 'trashed'),
      title: text,
      username: text,
      password: text,
      notes: text,
      urls: fc.array(
        text.filter((uri) => uri !== '').map((uri) => ({ uri })),
        { maxLength: 3 },
      ),
      fields: fc.array(field, { maxLength: 4 }),
      tags: fc.array(text, { maxLength: 3 }),
      history: fc.array(
        text.map((value) => ({ value })),
        { maxLength: 3 },
      ),
      containerIds: fc.array(fc.constantFrom('a', 'b', 'lost'), { maxLength: 3 }),
    })
    .map((parts) => itemOf(parts as Partial<Item>));
  const containers = fc.tuple(text, text).map(([a, b]) => [
    { id: 'a', name: a, kind: 'folder' as const },
    { id: 'b', parentId: 'a', name: b, kind: 'folder' as const },
  ]);
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 4 }), containers, async (items, folders) => {
      const { loss } = await write(vaultOf(items, { containers: folders }));
      expect(loss.after.items).toBe(items.length);
    }),
    { numRuns: 60 },
  );
});

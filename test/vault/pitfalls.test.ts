// The checks at their edges, and each of the twelve pitfalls of docs/vaults.md at least once.

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { firstsAlike, hashOf, repeatsIn } from '../../src/vault/checks/alike.ts';
import { inspectVault, type Inspection } from '../../src/vault/inspect.ts';
import { inspectExport, type InspectOptions } from '../support/inspect-export.ts';
import { itemOf } from '../../src/vault/item.ts';
import type { Item, Vault } from '../../src/vault/model.ts';
import { checkVault } from '../../src/vault/pitfalls.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { HEADERS, sampleOf } from '../support/csv-samples.ts';
import { keeperJson } from '../support/exports/keeper.ts';
import { onePasswordItem, onePux, onePuxData } from '../support/exports/onepassword.ts';
import { passStore } from '../support/exports/pass-store.ts';
import {
  accountRestrictedV1,
  accountRestrictedV2,
  jsonBytes,
  kdbxOf,
  loginItem,
  logins,
  organisationExport,
  personalExport,
  utf8,
} from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const inspect = (bytes: Uint8Array, options: Partial<InspectOptions> = {}): Promise<Inspection> =>
  inspectExport(crypto, bytes, { name: 'x', ...options });
const codes = ({ findings }: Pick<Inspection, 'findings'>): readonly string[] =>
  findings.map(({ code }) => code);

const vaultOf = (...items: readonly Partial<Item>[]): Vault => ({
  source: { product: 'P', format: 'kdbx', sha256: '' },
  containers: [],
  items: items.map((parts, index) =>
    itemOf({
      id: `${index}`,
      type: 'login',
      title: `t${index}`,
      password: `unlike-${index}`,
      raw: 0,
      ...parts,
    }),
  ),
  findings: [],
});

type Context = Parameters<typeof checkVault>[1];

/** Severity and message of one finding, if it is there. */
function told(vault: Vault, code: string, context: Context = {}): readonly [string, string] | undefined {
  const found = checkVault(vault, context).filter((each) => each.code === code);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0] && [found[0].severity, found[0].message];
}

const passwords = (...list: readonly string[]): Vault => vaultOf(...list.map((password) => ({ password })));

describe('passwords', () => {
  test('shared ones: how many entries, how many passwords; exactly, and by case', () => {
    const code = 'vault.reused-passwords';
    expect(told(passwords('aaaaaaaa', 'aaaaaaaA', ' aaaaaaaa', '', ''), code)).toBeUndefined();
    expect(told(passwords('same-one', 'same-one'), code)).toEqual([
      'info',
      '2 entries that share a password with another (1 different password)',
    ]);
    expect(told(passwords('x1', 'y2', 'x1', 'z3', 'x1', 'y2', ''), code)?.[1]).toBe(
      '5 entries that share a password with another (2 different passwords)',
    );
    const trashed = vaultOf({ password: 'x1' }, { password: 'x1', state: 'trashed' });
    expect(told(trashed, code)).toBeUndefined();
  });

  test.each<[string, boolean]>([
    ['', false],
    ['a', true],
    ['Zx-7Qp!', true],
    ['Zx-7Qp!k', false],
    ['🔑🔑🔑🔑🔑🔑🔑', true],
    ['🔑🔑🔑🔑🔑🔑🔑🔑', false],
    ['84937261', true],
    ['849372615039485726150394', true],
    ['84937261x', false],
    ['Password1', true],
    ['QWERTYUIOP', true],
    ['Password1!', false],
  ])('weak: %j is %j', (password, isWeak) => {
    expect(told(passwords(password, 'unlike-any'), 'vault.weak-passwords')?.[0]).toBe(
      isWeak ? 'info' : undefined,
    );
  });

  test('weak ones are counted', () => {
    expect(told(passwords('a', '1', 'fine-and-long', 'changeme'), 'vault.weak-passwords')?.[1]).toMatch(
      /^3 entries with/,
    );
  });

  test('missing: a warning where most of ten or more logins have none', () => {
    const mixed = (without: number, of: number): Vault =>
      vaultOf(...Array.from({ length: of }, (_, index) => (index < without ? { password: '' } : {})));
    const code = 'vault.no-password';
    expect(told(mixed(0, 10), code)).toBeUndefined();
    expect(told(mixed(1, 1), code)).toEqual([
      'info',
      '1 login without a password; notes and the like are not counted',
    ]);
    expect(told(mixed(9, 9), code)?.[0]).toBe('info');
    expect(told(mixed(5, 10), code)?.[0]).toBe('info');
    expect(told(mixed(6, 10), code)).toEqual([
      'warning',
      '6 logins without a password; notes and the like are not counted',
    ]);
    expect(told(vaultOf({ type: 'note', password: '' }), code)).toBeUndefined();
  });
});

describe('copies', () => {
  const place = { title: 'Rack', username: 'root', urls: [{ uri: 'https://a.test' }] };

  test('repeats and stale copies, each entry counted once', () => {
    const vault = vaultOf(
      { ...place, password: 'one' },
      { ...place, password: 'one', title: 'RACK' },
      { ...place, password: 'two' },
      { ...place, password: 'two', username: 'Root' },
      { ...place, password: 'three', urls: [] },
      { ...place, password: '', title: 'Rack' },
    );
    expect(told(vault, 'vault.duplicates')).toEqual(['info', '2 entries that repeat another one exactly']);
    expect(told(vault, 'vault.stale-copies')?.[1]).toMatch(/^1 entry with the same title/);
  });

  test('what looks alike at two clients is no stale copy; within one it is, however deep', () => {
    const containers = [
      { id: 'a', name: 'Alder', kind: 'folder' },
      { id: 'a1', name: 'Old', kind: 'folder', parentId: 'a' },
      { id: 'b', name: 'Birch', kind: 'folder' },
    ] as const;
    const copies = (one: string, two: string): Vault => {
      const vault = vaultOf(
        { ...place, password: 'one', containerIds: [one] },
        { ...place, password: 'two', containerIds: [two] },
      );
      return { ...vault, containers };
    };
    expect(told(copies('a', 'b'), 'vault.stale-copies')).toBeUndefined();
    expect(told(copies('a', 'a1'), 'vault.stale-copies')?.[1]).toMatch(/^1 entry with the same title/);
  });

  test('texts that only run together alike are not alike', () => {
    const vault = vaultOf(
      { title: 'ab', username: 'c', password: 'p' },
      { title: 'a', username: 'bc', password: 'p' },
      { title: 'a', username: 'b', password: 'cp' },
    );
    expect(told(vault, 'vault.duplicates')).toBeUndefined();
  });

  test('alike is what equality says, whatever the numbers', () => {
    const words = fc.array(fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'abc'), { maxLength: 60 });
    fc.assert(
      fc.property(words, fc.boolean(), (list, isBadHash) => {
        const hash = (word: string): number => (isBadHash ? 7 : hashOf(word));
        const firsts = firstsAlike(list, hash, (a, b) => a === b);
        expect([...firsts]).toEqual(list.map((word) => list.indexOf(word)));
        expect(repeatsIn(firsts)).toBe(list.length - new Set(list).size);
      }),
    );
  });
});

describe('time and former counts', () => {
  const expiring = (...times: readonly (string | undefined)[]): Vault =>
    vaultOf(...times.map((expires) => (expires === undefined ? {} : { expires })));

  test('expired is before now, to the millisecond', () => {
    const now = '2026-11-24T00:00:00.000Z';
    const code = 'vault.expired';
    expect(told(expiring(now, '2026-11-24T00:00:00.001Z', undefined, 'soon'), code, { now })).toBeUndefined();
    expect(
      told(expiring('2026-11-23T23:59:59.999Z', '2026-11-24T00:59:59+01:00', now), code, { now }),
    ).toEqual(['info', '2 entries past the day they expire']);
    expect(told(expiring('2000-01-01'), code)).toBeUndefined();
    expect(told(expiring('2000-01-01'), code, { now: 'today' })).toBeUndefined();
  });

  test('fewer entries or seeds than before', () => {
    const vault = vaultOf({ totp: [parseTotp('JBSWY3DP'), parseTotp('???')] }, {}, { state: 'trashed' });
    const code = 'vault.shrunk';
    expect(told(vault, code)).toBeUndefined();
    expect(told(vault, code, { previous: { entries: 2, totp: 1 } })).toBeUndefined();
    expect(told(vault, code, { previous: { entries: 1 } })).toBeUndefined();
    expect(told(vault, code, { previous: { entries: 3, totp: 1 } })).toEqual([
      'warning',
      '2 entries where there were 3',
    ]);
    expect(told(vault, code, { previous: { entries: 3, totp: 2 } })?.[1]).toBe(
      '2 entries where there were 3, and 1 one-time-code seed where there were 2',
    );
    expect(told(vaultOf(), code, { previous: { entries: 3 } })).toBeUndefined();
  });

  test('inspectExport passes both on', async () => {
    const bytes = await kdbxOf('p', (db, root) => {
      const entry = db.createEntry(root);
      entry.times.expires = true;
      entry.times.expiryTime = new Date('2020-01-01T00:00:00Z');
    });
    const options = { passphrase: utf8('p'), now: '2026-11-24T00:00:00Z', previous: { entries: 2 } };
    expect(codes(await inspect(bytes, options))).toEqual(
      expect.arrayContaining(['vault.expired', 'vault.shrunk']),
    );
    const bare = codes(await inspect(bytes, { passphrase: utf8('p') }));
    expect(bare).not.toContain('vault.expired');
    expect(bare).not.toContain('vault.shrunk');
  });
});

test('a passkey without its key is no passkey', () => {
  const passkey = { credentialId: 'AA', relyingParty: 'r', userName: 'u', userHandle: '', privateKey: 'k' };
  expect(told(vaultOf({ passkeys: [passkey] }), 'vault.passkeys-missing')).toBeUndefined();
  const lost = vaultOf({ passkeys: [passkey, { ...passkey, privateKey: '' }] });
  expect(told(lost, 'vault.passkeys-missing')).toEqual([
    'warning',
    '1 entry with a passkey whose private key is not in the export',
  ]);
});

describe('the twelve pitfalls', () => {
  test('1: an export that only the account can open is refused', async () => {
    for (const bytes of [accountRestrictedV1, accountRestrictedV2].map(jsonBytes))
      await expect(inspect(bytes)).rejects.toMatchObject({ code: 'vault.account-restricted' });
  });

  test('2: a personal export, an empty one, and one that is a fraction of the last', async () => {
    expect(codes(await inspect(personalExport(logins(1))))).toContain('bitwarden.personal-only');
    const empty = jsonBytes({ encrypted: false, collections: [], items: [] });
    expect((await inspect(empty)).findings[0]).toMatchObject({ code: 'vault.empty', severity: 'error' });
    const fraction = await inspect(organisationExport(2), { previous: { entries: 5_000 } });
    expect(codes(fraction)).toContain('vault.shrunk');
  });

  test('3: attachments that are named and not there', async () => {
    const report = await inspect(keeperJson());
    expect(report.attachments.missing).toBeGreaterThan(0);
    expect(codes(report)).toContain('vault.attachments-missing');
    expect(codes(await inspect(personalExport(logins(1))))).toContain('bitwarden.attachments-left-out');
  });

  test('4: HTML entities in a password are told and left alone', async () => {
    const report = await inspect(sampleOf('lastpass-csv', { name: 't', password: 'a&amp;b', url: 'x' }));
    expect(codes(report)).toContain('vault.html-entities');
  });

  test('5: rows that shifted make no count; a spreadsheet leaves marks', async () => {
    const header = HEADERS['lastpass-csv'];
    for (const text of [`${header}\na,b,c\n`, `${header}\nu,n,p"q,,,,,\n`, `${header}\r\r\nu,n,p,,,,,\r\r\n`])
      await expect(inspect(utf8(text))).rejects.toMatchObject({ code: 'vault.format' });
    const saved = sampleOf('lastpass-csv', { name: 't', password: '1.23E+11', url: 'x' });
    expect(codes(await inspect(saved))).toContain('csv.spreadsheet-values');
    const semicolons = utf8('name;url;username;password\nt;u;n;p\n');
    expect(codes(await inspect(semicolons))).toContain('csv.spreadsheet');
  });

  test('6: no seeds', async () => {
    const many = await inspect(personalExport(logins(20)));
    expect(many.findings.find(({ code }) => code === 'vault.no-totp')?.severity).toBe('warning');
    const old = utf8('url,username,password,extra,name,grouping,fav\nu,n,p,,t,,0\n');
    expect(codes(await inspect(old))).toContain('csv.no-totp-column');
  });

  test('7: what a CSV leaves out', async () => {
    for (const format of ['bitwarden-csv', 'keepassxc-csv', 'lastpass-csv'] as const)
      expect(codes(await inspect(sampleOf(format, {})))).toContain('csv.leaves-out');
  });

  test('8: archive, trash and stale copies are kept apart', async () => {
    const [first] = logins(1);
    const report = await inspect(
      personalExport([
        first,
        loginItem(0, { login: { ...(first?.['login'] as object), password: 'dead' } }),
        loginItem(1, { archivedDate: '2026-01-01' }),
        loginItem(2, { deletedDate: '2026-01-01' }),
      ]),
    );
    expect(report).toMatchObject({ entries: 3, archived: 1, trashed: 1 });
    expect(codes(report)).toEqual(
      expect.arrayContaining(['vault.stale-copies', 'vault.archived', 'vault.trashed']),
    );
  });

  test('9: 1PUX: a password beside the login fields, and a document whose file is missing', async () => {
    const password = onePasswordItem(1, '005', { password: 'kept-and-long' });
    const document = onePasswordItem(2, '006', {
      documentAttributes: { fileName: 'a.txt', documentId: 'gone', decryptedSize: 3 },
    });
    const bytes = zipOfFiles({
      'export.attributes': '{"version":3}',
      'export.data': JSON.stringify(onePuxData([password, document])),
    });
    const report = await inspect(bytes);
    expect(codes(report)).toContain('vault.attachments-missing');
    expect(codes(report)).not.toContain('vault.no-password');
    expect(codes(await inspect(onePux()))).not.toContain('vault.empty');
  });

  test('10: a look-alike or a file without a header is asked about', async () => {
    const row = 'F,T,u,p,https://a.test,,,TFC:Keeper,otpauth://totp/x?secret=JBSWY3DP\n';
    await expect(inspect(utf8(row + row))).rejects.toMatchObject({ code: 'vault.ambiguous' });
    await expect(inspect(utf8('name,url,username,password,note,extra\na,b,c,d,e,f\n'))).rejects.toMatchObject(
      {
        code: 'vault.ambiguous',
      },
    );
  });

  test('11: a database is opened in full, or not sealed', async () => {
    const bytes = await kdbxOf('p', (db, root) => void db.createEntry(root));
    await expect(inspect(bytes)).rejects.toMatchObject({ code: 'vault.passphrase-needed' });
    await expect(inspect(bytes, { passphrase: utf8('q') })).rejects.toMatchObject({
      code: 'vault.wrong-passphrase',
    });
    const cut = bytes.slice(0, -40);
    await expect(inspect(cut, { passphrase: utf8('p') })).rejects.toMatchObject({ name: 'EscrowError' });
    expect(await inspect(bytes, { passphrase: utf8('p') })).toMatchObject({ encrypted: true, entries: 1 });
    expect(codes(await inspect(passStore()))).toContain('pass.needs-private-key');
  });

  test('12: what the exporter could not see', async () => {
    const lost = await inspect(personalExport([loginItem(1, { folderId: 'gone' })]));
    expect(codes(lost)).toContain('vault.lost-folders');
    const blind = logins(10).map((item) => ({ ...item, login: { username: 'u', password: '' } }));
    const unseen = await inspect(personalExport(blind));
    expect(unseen.findings.find(({ code }) => code === 'vault.no-password')?.severity).toBe('warning');
    const itglue = sampleOf('itglue-csv', {
      name: 't',
      one_time_password: 'Yes',
      resource_id: '42',
      organization: 'o',
    });
    expect(codes(await inspect(itglue))).toEqual(
      expect.arrayContaining(['itglue.seeds-missing', 'itglue.embedded']),
    );
  });
});

test('a million entries are checked in seconds', () => {
  const made = vaultOf(
    ...Array.from({ length: 1_000 }, (_, index) => ({ username: `u${index}`, urls: [{ uri: `u${index}` }] })),
  );
  const items = Array.from({ length: 1_000_000 }, (_, index) => made.items[index % 1_000]!);
  const began = performance.now();
  const { findings } = inspectVault({ ...made, items });
  expect(findings.find(({ code }) => code === 'vault.duplicates')?.message).toMatch(/^999000 entries/);
  expect(performance.now() - began).toBeLessThan(20_000);
});

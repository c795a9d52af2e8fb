import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import type { Inspection } from '../../src/vault/inspect.ts';
import { inspectExport, type InspectOptions } from '../support/inspect-export.ts';
import {
  accountRestrictedV1,
  accountRestrictedV2,
  encryptedExport,
  jsonBytes,
  kdbxOf,
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

const inspect = (bytes: Uint8Array, options: Partial<InspectOptions> = {}): Promise<Inspection> =>
  inspectExport(crypto, bytes, { name: 'x', ...options });

const codes = ({ findings }: Inspection): readonly string[] => findings.map(({ code }) => code);
const messageOf = ({ findings }: Inspection, code: string): string | undefined =>
  findings.find((found) => found.code === code)?.message;

const codesOf = async (...items: readonly object[]): Promise<readonly string[]> =>
  codes(await inspect(personalExport(items)));
const withLogin = (number: number, login: object): object => loginItem(number, { login });

describe('counts', () => {
  test('of a personal export', async () => {
    const items = [
      ...logins(3),
      withLogin(3, { username: 'u', password: 'p', totp: 'JBSWY3DP' }),
      withLogin(4, {
        username: 'u',
        password: 'q',
        fido2Credentials: [{ credentialId: 'b64.AA', keyValue: 'AA' }],
      }),
      loginItem(5, { archivedDate: '2026-01-01' }),
      loginItem(6, { deletedDate: '2026-01-01', login: { totp: 'JBSWY3DP' } }),
      loginItem(7, {
        attachments: [
          { fileName: 'a', size: '1' },
          { fileName: 'b', size: '2' },
        ],
      }),
    ];
    const report = await inspect(personalExport(items));
    expect({ ...report, findings: [] }).toEqual({
      findings: [],
      format: 'bitwarden-json',
      product: 'Bitwarden',
      entries: 7,
      archived: 1,
      trashed: 1,
      folders: 3,
      attachments: { present: 0, missing: 2 },
      totp: 1,
      passkeys: 1,
      encrypted: false,
    });
  });

  test('of an organisation export', async () => {
    expect(await inspect(organisationExport(5))).toMatchObject({
      format: 'bitwarden-json-org',
      entries: 5,
      folders: 2,
      encrypted: false,
    });
  });

  test('of a locked export', async () => {
    const locked = await encryptedExport(personalExport(logins(2)), 'p', { type: 'pbkdf2', iterations: 10 });
    expect(await inspect(locked, { passphrase: utf8('p') })).toMatchObject({
      format: 'bitwarden-encrypted',
      entries: 2,
      encrypted: true,
    });
  });
});

describe('findings', () => {
  test('an export without entries, and one whose entries are all trash', async () => {
    const empty = await inspect(personalExport([]));
    expect(empty.findings[0]).toMatchObject({ code: 'vault.empty', severity: 'error' });
    expect(codes(empty)).not.toContain('bitwarden.personal-only');
    expect(await codesOf(loginItem(1, { deletedDate: '2026-01-01' }))).toEqual(
      expect.arrayContaining(['vault.empty', 'vault.trashed']),
    );
  });

  test('every finding says what is true and what to do', async () => {
    const { findings } = await inspect(personalExport([...logins(3), loginItem(4, { deletedDate: 'x' })]));
    expect(findings.length).toBeGreaterThan(2);
    for (const { message, hint, code } of findings) {
      expect(message.length).toBeGreaterThan(10);
      expect(hint.length).toBeGreaterThan(5);
      expect(code).toMatch(/^[a-z]+\.[a-z-]+$/);
    }
  });

  test('one person only, and attachments never inside', async () => {
    expect(await codesOf(...logins(1))).toEqual(
      expect.arrayContaining(['bitwarden.personal-only', 'bitwarden.attachments-left-out']),
    );
    expect(codes(await inspect(organisationExport(1)))).not.toContain('bitwarden.personal-only');
    expect(await codesOf(loginItem(1, { organizationId: 'o' }))).not.toContain('bitwarden.personal-only');
  });

  test('no codes: a hint in a small vault, a warning in a large one, nothing where there is one', async () => {
    const severity = async (items: readonly object[]): Promise<string | undefined> =>
      (await inspect(personalExport(items))).findings.find(({ code }) => code === 'vault.no-totp')?.severity;
    expect(await severity(logins(3))).toBe('info');
    expect(await severity(logins(25))).toBe('warning');
    expect(await severity([...logins(25), withLogin(30, { totp: 'JBSWY3DP' })])).toBeUndefined();
    expect(await severity([loginItem(1, { type: 2, login: null })])).toBeUndefined();
  });

  test.each<[string, readonly object[], string]>([
    [
      'vault.totp-unreadable',
      [withLogin(1, { password: 'x', totp: '???' })],
      '1 entry with a one-time-code seed that cannot be read',
    ],
    [
      'vault.no-password',
      [withLogin(1, { username: 'x' }), withLogin(2, { password: '' })],
      '2 logins without a password; notes and the like are not counted',
    ],
    [
      'vault.attachments-missing',
      [loginItem(1, { attachments: [{ fileName: 'a' }] })],
      '1 attachment that is named but not in the export',
    ],
    ['vault.trashed', [loginItem(1, { deletedDate: 'x' })], '1 entry in the trash'],
    ['vault.archived', [loginItem(1, { archivedDate: 'x' })], '1 entry archived'],
    [
      'vault.duplicates',
      [loginItem(1), loginItem(1), loginItem(1)],
      '2 entries that repeat another one exactly',
    ],
    [
      'vault.lost-folders',
      [loginItem(1, { folderId: 'gone' })],
      '1 entry in a folder that is not in the export',
    ],
    ['vault.passkeys', [withLogin(1, { fido2Credentials: [{}] })], '1 entry with a passkey'],
    ['vault.unknown-type', [loginItem(1, { type: 42 })], '1 entry of a type this program does not know'],
  ])('%s', async (code, items, message) => {
    const report = await inspect(personalExport([...items, loginItem(99)]));
    expect(messageOf(report, code)).toBe(message);
    expect(await codesOf(...logins(3))).not.toContain(code);
  });

  test('copies that went stale: same place, other password', async () => {
    const stale = loginItem(1, {
      name: 'LOGIN 1',
      login: { uris: [{ uri: 'https://host1.example.com/' }], username: 'user1', password: 'old' },
    });
    const report = await inspect(personalExport([loginItem(1), stale]));
    expect(messageOf(report, 'vault.stale-copies')).toMatch(/^1 entry with the same title/);
    expect(codes(report)).not.toContain('vault.duplicates');
    expect(await codesOf(loginItem(1), loginItem(1))).not.toContain('vault.stale-copies');
  });

  test.each([' x', 'x ', 'a\r\nb', 'a\tb', '\u0007', 'x\u007f'])(
    'a password such as %j is odd',
    async (password) => {
      expect(await codesOf(withLogin(1, { password }))).toContain('vault.odd-passwords');
      expect(await codesOf(withLogin(1, { password: 'a b ü' }))).not.toContain('vault.odd-passwords');
    },
  );

  test('the gravest come first', async () => {
    const { findings } = await inspect(personalExport([loginItem(1, { deletedDate: 'x' })]));
    const rank = findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
    expect(rank).toEqual([...rank].sort());
    expect(rank[0]).toBe(0);
  });
});

describe('refuses', () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['what no format claims', () => utf8('hello'), 'vault.unrecognised'],
    ['an empty file', () => new Uint8Array(), 'vault.unrecognised'],
    ['an account-restricted export', () => jsonBytes(accountRestrictedV1), 'vault.account-restricted'],
    ['the newer kind of it', () => jsonBytes(accountRestrictedV2), 'vault.account-restricted'],
    [
      'a locked export without its passphrase',
      () => encryptedExport(personalExport([]), 'p', { type: 'pbkdf2', iterations: 1 }),
      'vault.passphrase-needed',
    ],
    ['a database without its passphrase', () => kdbxOf('p', () => undefined), 'vault.passphrase-needed'],
  ])('%s, by name', async (_name, make, code) => {
    const facts = expect.objectContaining({ name: 'nightly' }) as object;
    await expect(inspect(await make(), { name: 'nightly' })).rejects.toEqual(
      expect.objectContaining({ code, facts }),
    );
  });

  test('what the caller calls something it is not', async () => {
    await expect(inspect(utf8('hello'), { as: 'bitwarden-json' })).rejects.toMatchObject({
      code: 'vault.format',
    });
    await expect(inspect(personalExport([]), { as: 'kdbx', passphrase: utf8('p') })).rejects.toMatchObject({
      code: 'vault.format',
    });
  });
});

/** In every place that holds a secret or could; short, since a parser quotes only a few letters around a fault. */
const CANARY = 'q7Zx';

function everywhere(number: number): object {
  const text = `${CANARY} ${number}`;
  return loginItem(number, {
    name: text,
    notes: text,
    fields: [{ name: text, value: text, type: 1 }],
    passwordHistory: [{ password: text, lastUsedDate: text }],
    attachments: [{ fileName: text }],
    bankAccount: { pin: text },
    login: {
      uris: [{ uri: text }],
      username: text,
      password: `${text}\n`,
      totp: `otpauth://totp/${text}?secret=${CANARY}`,
    },
  });
}

describe('no secret reaches a report or an error', () => {
  const items = [everywhere(1), everywhere(1), everywhere(2)];
  const plain = personalExport(items);

  test('in a report with nearly every finding', async () => {
    const report = await inspect(
      personalExport([
        ...items,
        { ...everywhere(3), deletedDate: 'x' },
        { ...everywhere(5), archivedDate: 'x' },
        { ...everywhere(4), folderId: CANARY, type: 77 },
      ]),
    );
    expect(codes(report).length).toBeGreaterThan(8);
    expect(JSON.stringify(report)).not.toContain(CANARY);
  });

  test('in an error, whatever is broken', async () => {
    const text = new TextDecoder().decode(plain);
    const broken: Uint8Array[] = [
      ...[0.3, 0.5, 0.7, 0.9].map((part) => plain.subarray(0, Math.floor(plain.length * part))),
      utf8(text.replace(`"notes":"${CANARY}`, `"notes":${CANARY}`)),
      utf8(text.replace(`"${CANARY}`, `"\n${CANARY}`)),
      jsonBytes({ encrypted: false, items: [{ name: CANARY, fields: [CANARY], login: {} }] }),
      jsonBytes({ encrypted: false, items: [CANARY, { login: {} }] }),
      await encryptedExport(utf8(`{"items":[${CANARY}`), CANARY, { type: 'pbkdf2', iterations: 1 }),
      await encryptedExport(plain, `not ${CANARY}`, { type: 'pbkdf2', iterations: 1 }),
      await kdbxOf(`not ${CANARY}`, () => undefined),
    ];
    for (const bytes of broken) {
      const error: unknown = await inspect(bytes, { as: undefined, passphrase: utf8(CANARY) }).catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(EscrowError);
      const { message, facts, cause, code } = error as EscrowError;
      expect(cause).toBeUndefined();
      expect(JSON.stringify([message, facts, code])).not.toContain(CANARY);
    }
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { countEntries, isKeePassXcInstalled, keepassxc, sayIfLeftOut } from '../support/keepassxc.ts';
import { AWKWARD_TEXTS, loginItem, logins, personalExport, utf8 } from '../support/vaults.ts';

const PASSPHRASE = 'Anker-Möwe 7';
const CHEAP = { memoryMiB: 8, iterations: 1, parallelism: 2 };

sayIfLeftOut('opening written databases in KeePassXC');

describe.runIf(isKeePassXcInstalled)('KeePassXC opens what we write', () => {
  let crypto: CryptoPort;
  let folder: string;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
    folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const bitwarden = (bytes: Uint8Array): Promise<Vault> =>
    openVault(crypto, bytes, { format: 'bitwarden-json' });

  async function written(name: string, vault: Vault, options: object = { argon2: CHEAP }): Promise<string> {
    const { bytes } = await writeKdbx(crypto, vault, { passphrase: utf8(PASSPHRASE), ...options });
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  }

  const show = (file: string, entry: string, attribute: string): string =>
    keepassxc('show', PASSPHRASE, '-s', '-a', attribute, file, entry).slice(0, -1);

  test('with the default cost and the right count, the trash left out', async () => {
    const items = [
      ...logins(7),
      loginItem(8, { deletedDate: '2026-01-01T00:00:00Z' }),
      loginItem(9, { archivedDate: '2026-01-01' }),
    ];
    const file = await written('count.kdbx', await bitwarden(personalExport(items)), {});
    expect(countEntries(file, PASSPHRASE)).toBe(8);
    expect(keepassxc('db-info', PASSPHRASE, file)).toMatch(/KDF: Argon2id \(3 rounds, 65536 KB\)/);
    const list = keepassxc('ls', PASSPHRASE, '-R', '-f', file);
    expect(list).toContain('Alder Lane/Servers/Login 1\n');
    expect(list).toContain('Recycle Bin/Login 8\n');
    expect(list).toContain('Archived/Login 9\n');
  });

  test.each(AWKWARD_TEXTS.map((text, index) => [index, text]))(
    '%i: %j in every secret place',
    async (index, text) => {
      const item = loginItem(0, {
        folderId: null,
        notes: text,
        name: `Title ${text}`,
        fields: [
          { name: 'Custom', value: text, type: 1 },
          { name: `Field ${text}`, value: 'x', type: 0 },
        ],
        login: { uris: [{ uri: 'https://a.test' }, { uri: text }], username: text, password: text },
      });
      const vault = await bitwarden(
        personalExport([item], { folders: [{ id: 'f', name: `Group ${text}` }] }),
      );
      const file = await written(`awkward-${index}.kdbx`, vault);
      expect(countEntries(file, PASSPHRASE)).toBe(1);
      const entry = keepassxc('search', PASSPHRASE, file, 'Title').replace(/\n$/, '');
      for (const attribute of ['Password', 'UserName', 'Notes', 'Custom', 'KP2A_URL_1'])
        expect(show(file, entry, attribute)).toBe(text);
    },
  );

  test('codes: plain, of eight digits with SHA-512, and Steam', async () => {
    const seeds = [
      'jbsw y3dp ehpk 3pxp',
      'otpauth://totp/A%26B:me%40x?secret=JBSWY3DPEHPK3PXP&digits=8&algorithm=SHA512&issuer=A%26B',
      'steam://JBSWY3DPEHPK3PXP',
    ];
    const items = seeds.map((totp, index) =>
      loginItem(index, { folderId: null, login: { username: 'u', password: 'p', totp } }),
    );
    const file = await written('totp.kdbx', await bitwarden(personalExport(items)));
    const code = (index: number): string =>
      keepassxc('show', PASSPHRASE, '-t', file, `Login ${index}`).trim();
    expect(code(0)).toMatch(/^\d{6}$/);
    expect(code(1)).toMatch(/^\d{8}$/);
    expect(code(2)).toMatch(/^[23456789BCDFGHJKMNPQRTVWXY]{5}$/);
  });

  test('attachments, byte by byte', async () => {
    const vault = await bitwarden(personalExport([loginItem(0, { folderId: null })]));
    const bytes = crypto.randomBytes(100_000);
    const sha256 = Buffer.from(await crypto.sha256(bytes)).toString('hex');
    const attachment = {
      name: 'plan "v2"\u000b.pdf',
      size: bytes.length,
      sha256,
      bytes,
      status: 'present' as const,
    };
    const items = vault.items.map((item) => ({
      ...item,
      attachments: [attachment, { ...attachment, name: 'again' }],
    }));
    const file = await written('attachments.kdbx', { ...vault, items });
    for (const name of ['plan "v2"\uFFFD.pdf', 'again']) {
      const out = join(folder, 'out.bin');
      rmSync(out, { force: true });
      keepassxc('attachment-export', PASSPHRASE, file, 'Login 0', name, out);
      expect(readFileSync(out).equals(bytes)).toBe(true);
    }
  });

  test('cards, identities, keys, passkeys and former passwords', async () => {
    const items = [
      loginItem(0, {
        folderId: null,
        passwordHistory: [{ lastUsedDate: '2025-01-01T00:00:00Z', password: 'former' }],
        login: {
          password: 'now',
          fido2Credentials: [{ credentialId: 'b64.AAAA', keyValue: 'QUJD', rpId: 'x.test' }],
        },
      }),
      loginItem(1, { folderId: null, type: 3, login: null, card: { number: '4111', expMonth: '8' } }),
      loginItem(2, { folderId: null, type: 4, login: null, identity: { passportNumber: 'P1' } }),
      loginItem(3, {
        folderId: null,
        type: 5,
        login: null,
        sshKey: { privateKey: 'line 1\nline 2\n', publicKey: 'pub', keyFingerprint: 'fp' },
      }),
    ];
    const file = await written('kinds.kdbx', await bitwarden(personalExport(items)));
    expect(show(file, 'Login 0', 'KPEX_PASSKEY_PRIVATE_KEY_PEM')).toBe(
      '-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n',
    );
    expect(show(file, 'Login 1', 'card: number')).toBe('4111');
    expect(show(file, 'Login 1', 'card: exp month')).toBe('8');
    expect(show(file, 'Login 2', 'identity: passport number')).toBe('P1');
    expect(show(file, 'Login 3', 'SSH private key')).toBe('line 1\nline 2\n');
    const xml = keepassxc('export', PASSPHRASE, '-f', 'xml', file);
    expect(xml).toMatch(/<History>[\s\S]*former[\s\S]*<\/History>/);
  });

  test('the sample vault', async () => {
    const file = await written('sample.kdbx', await bitwarden(sampleBitwardenExport(400)));
    expect(countEntries(file, PASSPHRASE)).toBe(400);
  });
});

// Attachments of real exports, byte by byte, as KeePassXC hands them out of what we wrote. Of KeePass there are
// real databases with files in them. Real exports of 1Password and Bitwarden are here without files; their own
// JSON is packed as these programs pack it, with a file put beside it. Where ../shared/fixtures/vaults or
// KeePassXC is absent these tests are left out, and say so.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { countEntries, isKeePassXcInstalled, keepassxc, sayIfLeftOut } from '../support/keepassxc.ts';
import {
  areFixturesHere,
  bytesOfFixture,
  formatOfFixture,
  refusalOfFixture,
  sharedFixtures,
  type SharedFixture,
} from '../support/shared-fixtures.ts';
import { utf8 } from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const PASSPHRASE = 'p';
const CHEAP = { memoryMiB: 8, iterations: 1, parallelism: 1 };

if (!areFixturesHere)
  console.warn('left out: real attachments, because ../shared/fixtures/vaults is not here');
sayIfLeftOut('real attachments');

const rows = sharedFixtures();
const withFiles = rows.filter(
  (row) =>
    formatOfFixture(row) === 'kdbx' &&
    refusalOfFixture(row) === undefined &&
    row.passphrase !== undefined &&
    row.passphrase.length > 0 &&
    /attachments=[1-9]/.test(row.notes),
);

type Json = Record<string, unknown>;

const DOCUMENT = randomBytes(70_000);

/** 1Password's own export.data, its first item with a document, in the ZIP that 1Password makes. */
function as1pux(row: SharedFixture): Uint8Array {
  const data = JSON.parse(Buffer.from(bytesOfFixture(row)).toString('utf8')) as {
    accounts: { vaults: { items: { details: Json }[] }[] }[];
  };
  const item = data.accounts[0]?.vaults[0]?.items[0];
  if (!item) throw new Error(`${row.file} has no item`);
  const document = {
    fileName: 'licence ü.pdf',
    documentId: 'o2xjvw2q5j2yx6rtpxfjdqopom',
    decryptedSize: 70_000,
  };
  item.details['documentAttributes'] = document;
  return zipOfFiles({
    'export.attributes': JSON.stringify({ version: 3, description: '1Password Unencrypted Export' }),
    'export.data': JSON.stringify(data),
    [`files/${document.documentId}__${document.fileName}`]: DOCUMENT,
  });
}

/** A real JSON export of Bitwarden in the ZIP that Bitwarden makes, with a file of its first entry. */
function asBitwardenZip(row: SharedFixture): Uint8Array {
  const data = JSON.parse(Buffer.from(bytesOfFixture(row)).toString('utf8')) as { items: Json[] };
  // This one is older than the ids.
  const id = '9c2f6e0e-1df0-4c12-a7c1-b0f600a1c2d3';
  Object.assign(data.items[0] ?? {}, { id });
  return zipOfFiles({ 'data.json': JSON.stringify(data), [`attachments/${id}/licence ü.pdf`]: DOCUMENT });
}

const named = (file: string): SharedFixture => {
  const row = rows.find((candidate) => candidate.file === file);
  if (!row) throw new Error(`${file} is not in the manifest`);
  return row;
};

const PACKED: readonly (readonly [string, FormatId, (row: SharedFixture) => Uint8Array])[] = [
  ...['CreditCard', 'LoginData', 'Onepux_example', 'Server'].map(
    (name) => [`bitwarden-jslib/onePassword1Pux.${name}.export.data`, '1pux', as1pux] as const,
  ),
  ['buttercup/bitwarden.json', 'bitwarden-zip', asBitwardenZip],
];

describe.runIf(areFixturesHere && isKeePassXcInstalled)('attachments of real exports in KeePassXC', () => {
  let crypto: CryptoPort;
  let folder: string;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
    folder = mkdtempSync(join(tmpdir(), 'holdfast-attachments-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** An attachment as KeePassXC gives it out. */
  function exported(
    file: string,
    passphrase: string,
    keyFile: string | undefined,
    entry: string,
    name: string,
  ): Buffer {
    const out = join(folder, 'out.bin');
    rmSync(out, { force: true });
    const key = keyFile === undefined ? [] : ['-k', keyFile];
    keepassxc('attachment-export', passphrase, ...key, file, entry, name, out);
    return readFileSync(out);
  }

  test.each(PACKED)('%s as %s', async (file, format, pack) => {
    const vault = await openVault(crypto, pack(named(file)), { format });
    const holder = vault.items.find(({ attachments }) => attachments.length > 0)!;
    const items = vault.items.map((item) => (item === holder ? { ...item, title: 'Holder' } : item));
    const { bytes } = await writeKdbx(
      crypto,
      { ...vault, items },
      { passphrase: utf8(PASSPHRASE), argon2: CHEAP },
    );
    const path = join(folder, 'packed.kdbx');
    writeFileSync(path, bytes);
    expect(countEntries(path, PASSPHRASE)).toBe(items.filter(({ state }) => state !== 'trashed').length);
    const place = keepassxc('search', PASSPHRASE, path, 'title:Holder').trim();
    expect(exported(path, PASSPHRASE, undefined, place, 'licence ü.pdf').equals(DOCUMENT)).toBe(true);
  });

  test('there are real databases with files in them', () => {
    expect(withFiles.length).toBeGreaterThanOrEqual(8);
  });

  test.each(withFiles)('$file, from KeePassXC to KeePassXC', async (row) => {
    const [original, written] = [join(folder, 'original.kdbx'), join(folder, 'written.kdbx')];
    writeFileSync(original, bytesOfFixture(row));
    let keyFile: string | undefined;
    if (row.keyFile) {
      keyFile = join(folder, 'original.key');
      writeFileSync(keyFile, row.keyFile);
    }
    const { passphrase, keyFile: keyBytes } = row;
    const vault = await openVault(crypto, bytesOfFixture(row), {
      format: 'kdbx',
      passphrase,
      keyFile: keyBytes,
    });
    const { bytes } = await writeKdbx(crypto, vault, { passphrase: utf8(PASSPHRASE), argon2: CHEAP });
    writeFileSync(written, bytes);
    const holders = vault.items.filter(
      ({ attachments, state }) => attachments.length > 0 && state !== 'trashed',
    );
    let compared = 0;
    for (const { title, attachments } of holders) {
      for (const { name } of attachments) {
        const secret = Buffer.from(passphrase ?? []).toString('utf8');
        const key = keyFile === undefined ? [] : ['-k', keyFile];
        const [before] = keepassxc('search', secret, ...key, original, `title:"${title}"`).split('\n');
        const [after] = keepassxc('search', PASSPHRASE, written, `title:"${title}"`).split('\n');
        const expected = exported(original, secret, keyFile, before ?? '', name);
        expect(exported(written, PASSPHRASE, undefined, after ?? '', name).equals(expected)).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});

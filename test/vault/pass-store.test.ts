import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recogniseExport } from '../../src/vault/recognise.ts';
import { GPG_MESSAGE, passStore } from '../support/exports/pass-store.ts';
import { openExport } from '../support/open-items.ts';
import { utf8 } from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const FORMAT = 'pass-store';

test('entries are counted and named by path, each with its locked file', async () => {
  const { vault, items } = await openExport(FORMAT, passStore());
  expect(vault.source).toMatchObject({ product: 'pass, gopass', format: FORMAT });
  expect(vault.containers).toEqual([
    { id: 'folder-1', name: 'Alder', kind: 'folder' },
    { id: 'folder-2', parentId: 'folder-1', name: 'Net', kind: 'folder' },
  ]);
  expect(
    items.map(({ title, type, sourceType, containerIds }) => [title, type, sourceType, containerIds]),
  ).toEqual([
    ['mail', 'other', 'gpg', []],
    ['router ä', 'other', 'gpg', ['folder-1']],
    ['switch', 'other', 'age', ['folder-2']],
  ]);
  expect(items.flatMap(({ attachments }) => attachments)).toEqual([]);
});

test('without a private key it says so', async () => {
  const { vault } = await openExport(FORMAT, passStore());
  expect(vault.findings).toMatchObject([
    { code: 'pass.locked', severity: 'info' },
    { code: 'pass.needs-private-key', severity: 'warning' },
  ]);
});

test('an entry that begins as a private key does is none', async () => {
  const { codes } = await openExport(
    FORMAT,
    passStore({ 'password-store/odd.gpg': Uint8Array.of(0x94, 1, 2) }),
  );
  expect(codes).toContain('pass.needs-private-key');
});

test.each([
  ['armoured', 'key.asc', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'],
  ['an age identity', 'identity.txt', '# created\nAGE-SECRET-KEY-1QQQ\n'],
  ['binary, old packets', 'secret.gpg', Uint8Array.of(0x95, 1, 2, 4)],
  ['binary, new packets', 'secret.bin', Uint8Array.of(0xc5, 0x58, 4)],
  ['binary, a long new packet', 'secret.bin', Uint8Array.of(0xc5, 0xc8, 0x10, 6)],
])('with a private key it does not: %s', async (_name, path, content) => {
  const { codes } = await openExport(FORMAT, passStore({ [path]: content }));
  expect(codes).not.toContain('pass.needs-private-key');
});

test.each([
  ['a public key', 'key.asc', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n'],
  ['a text that begins with the byte of one', 'readme.txt', 'šifra je u sefu'],
  ['a key among objects of Git', 'password-store/.git/x', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'],
])('%s is no private key', async (_name, path, content) => {
  const { codes } = await openExport(FORMAT, passStore({ [path]: content }));
  expect(codes).toContain('pass.needs-private-key');
});

test('files that are no entries are counted', async () => {
  const { vault } = await openExport(FORMAT, passStore({ 'password-store/readme.md': 'x' }));
  expect(vault.findings[2]).toMatchObject({
    code: 'vault.files-left-over',
    message: '1 file that belongs to no entry of the export',
  });
});

test('locked files alone may be a store: a person must say so', async () => {
  const bytes = zipOfFiles({ 'a.gpg': GPG_MESSAGE, 'b/c.gpg': GPG_MESSAGE });
  expect(recogniseExport(bytes, bytes)).toEqual({ id: undefined, candidates: [FORMAT] });
  expect((await openExport(FORMAT, bytes)).items).toHaveLength(2);
});

test('an empty store has no entries; another archive is none', async () => {
  expect((await openExport(FORMAT, zipOfFiles({ '.gpg-id': 'x' }))).items).toHaveLength(0);
  await expect(openExport(FORMAT, zipOfFiles({ 'a.txt': 'x' }))).rejects.toMatchObject({
    code: 'vault.format',
    facts: { reason: 'it holds no .gpg or .age files' },
  });
});

test('a private key that is given beside it is enough; another file is not', async () => {
  const crypto = await loadNodeCrypto();
  const open = (keyFile: string): Promise<Vault> =>
    openVault(crypto, passStore(), { format: FORMAT, name: 'it', keyFile: utf8(keyFile) });
  expect((await open('AGE-SECRET-KEY-1QQQ')).findings).toMatchObject([{ code: 'pass.locked' }]);
  expect((await open('-----BEGIN PGP PUBLIC KEY BLOCK-----')).findings).toMatchObject([
    { code: 'pass.locked' },
    { code: 'pass.needs-private-key' },
  ]);
});

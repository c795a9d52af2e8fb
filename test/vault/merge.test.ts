import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import { mergeVaults } from '../../src/vault/merge.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { targetOf } from '../../src/vault/targets.ts';
import { entry, lossesOf, vaultOf } from '../support/full-vault.ts';
import { loginItem, logins, organisationExport, personalExport, utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const personal = (items: readonly unknown[]): Promise<Vault> =>
  openVault(crypto, personalExport(items), { format: 'bitwarden-json' });

/** Title and place of every entry. */
function placesOf({ items, containers }: Vault): string[] {
  const paths = pathsOf(containers);
  return items
    .map(({ title, containerIds: [id = ''] }) => [...(paths.get(id) ?? []), title].join(' > '))
    .sort();
}

test('a single vault stays as it is', async () => {
  const vault = await personal(logins(2));
  expect(mergeVaults([{ name: 'only', vault }])).toBe(vault);
});

test('each vault lies below a group of its own, with what has no folder or a lost one', async () => {
  const ours = await personal([
    loginItem(0),
    loginItem(1, { folderId: null }),
    loginItem(2, { folderId: 'gone' }),
  ]);
  const org = await openVault(crypto, organisationExport(1), { format: 'bitwarden-json-org' });
  const merged = mergeVaults([
    { name: 'ours', vault: ours },
    { name: 'clinics', vault: org },
  ]);
  expect(placesOf(merged)).toEqual([
    'clinics > Clinics > Login 0',
    'ours > Alder Lane > Login 0',
    'ours > Login 1',
    'ours > Login 2',
  ]);
});

test('vaults of the same ids and names, written as one KDBX, are kept apart and whole', async () => {
  const vault = await personal([...logins(3), loginItem(4, { deletedDate: '2026-01-01' })]);
  const merged = mergeVaults(['one', 'two'].map((name) => ({ name, vault })));
  const passphrase = utf8('p');
  const argon2 = { memoryMiB: 1, iterations: 1, parallelism: 1 };
  const { bytes, loss } = await writeKdbx(crypto, merged, { passphrase, argon2 });
  expect(loss.after.items).toBe(8);
  const read = await openVault(crypto, bytes, { format: 'kdbx', passphrase });
  expect(placesOf(read)).toEqual([
    'Recycle Bin > Login 4',
    'Recycle Bin > Login 4',
    ...['one', 'two'].flatMap((name) => [
      `${name} > Alder Lane > Login 0`,
      `${name} > Alder Lane > Servers > Login 1`,
      `${name} > Birchwood > Wi-Fi > Guests > Login 2`,
    ]),
  ]);
});

const mixed = (first: Vault, second: Vault): Vault =>
  mergeVaults([
    { name: 'one', vault: first },
    { name: 'two', vault: second },
  ]);

test('a reference of KeePass is reported, wherever among the sources it comes from', async () => {
  const plain = await personal(logins(1));
  const reference = entry({ password: '{REF:P@I:46C9B1FFBD4ABC4BBB260C6190BAD20C}' });
  const keepass: Vault = {
    ...vaultOf([reference]),
    source: { product: 'KeePass', format: 'kdbx', sha256: 'x' },
  };
  for (const merged of [mixed(plain, keepass), mixed(keepass, plain)]) {
    expect(merged.source).toMatchObject({ format: 'bitwarden-json', sha256: '' });
    expect(merged.source.product.split(', ').sort()).toEqual(['Bitwarden', 'KeePass']);
    const written = await targetOf('csv').write(crypto, merged, {
      passphrase: utf8(''),
      now: '2026-01-01T00:00:00Z',
    });
    expect(lossesOf(written)).toMatchObject({ 'degraded reference to another entry': 1 });
  }
  expect(mixed(keepass, keepass).source).toMatchObject({ product: 'KeePass', format: 'kdbx' });
});

test('a folder whose parent is not in its export stays below its source', async () => {
  const stray = vaultOf(
    [entry({ containerIds: ['a'] })],
    [{ id: 'a', parentId: 'gone', name: 'A', kind: 'folder' }],
  );
  expect(placesOf(mixed(await personal([]), stray))).toEqual(['two > A > t']);
});

import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { inspectExport } from '../support/inspect-export.ts';
import { openVault } from '../../src/vault/open.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

test('the same number gives the same bytes, another number others', () => {
  expect(sampleBitwardenExport(200)).toEqual(sampleBitwardenExport(200));
  expect(sampleBitwardenExport(200)).not.toEqual(sampleBitwardenExport(201));
});

test.each([0, 1, 61, 1_000])('%i entries are %i entries', async (entries) => {
  expect(await inspectExport(crypto, sampleBitwardenExport(entries), { name: 'x' })).toMatchObject({
    format: 'bitwarden-json',
    entries,
    trashed: 0,
  });
});

test('it looks like the vault of a provider', async () => {
  const vault = await openVault(crypto, sampleBitwardenExport(5_000), { format: 'bitwarden-json' });
  const report = await inspectExport(crypto, sampleBitwardenExport(5_000), { name: 'x' });
  expect(report.folders).toBe(61);
  expect(report.totp).toBeGreaterThan(1_400);
  expect(report.totp).toBeLessThan(1_700);
  const types = new Map<string, number>();
  for (const { type } of vault.items) types.set(type, (types.get(type) ?? 0) + 1);
  for (const type of ['note', 'card', 'identity', 'sshKey']) expect(types.get(type)).toBeGreaterThan(40);
  expect(new Set(vault.items.map(({ id }) => id)).size).toBe(5_000);
  expect(new Set(vault.items.map(({ title }) => title)).size).toBe(5_000);
  expect(vault.items.every(({ totp }) => totp.every(({ valid }) => valid))).toBe(true);
  // Nothing for a person to worry about but what every Bitwarden JSON has.
  expect(report.findings.map(({ code }) => code).sort()).toEqual([
    'bitwarden.attachments-left-out',
    'bitwarden.personal-only',
  ]);
});

test('names no host that could be somebody’s', async () => {
  const { items } = await openVault(crypto, sampleBitwardenExport(2_000), { format: 'bitwarden-json' });
  const hosts = items.flatMap(({ urls }) => urls.map(({ uri }) => new URL(uri).hostname));
  expect(hosts.length).toBeGreaterThan(1_500);
  for (const host of hosts) expect(host).toMatch(/\.test$|^portal\.example\.com$/);
  const addresses = items
    .flatMap(({ username, identity }) => [username, identity?.['email'] ?? ''])
    .filter((text) => text.includes('@'));
  for (const address of addresses) expect(address).toMatch(/\.test$/);
});

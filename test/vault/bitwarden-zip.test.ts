import { expect, test } from 'vitest';
import { bitwardenZip } from '../support/exports/bitwarden-zip.ts';
import { openExport } from '../support/open-items.ts';
import { accountRestrictedV1, utf8 } from '../support/vaults.ts';
import { zipOf, zipOfFiles } from '../support/zips.ts';

test('attachments are with their entries, byte for byte', async () => {
  const { vault, items, codes } = await openExport('bitwarden-zip', bitwardenZip());
  expect(vault.source).toMatchObject({ product: 'Bitwarden', format: 'bitwarden-zip' });
  expect(items.map(({ attachments }) => attachments.map(({ name, bytes }) => [name, bytes]))).toEqual([
    [
      ['ä.txt', utf8('abc')],
      ['lost.txt', undefined],
    ],
    [
      ['k.bin', Uint8Array.of(0, 1, 255)],
      ['K.bin', utf8('upper')],
    ],
  ]);
  expect(items[0]?.attachments).toMatchObject([
    {
      size: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      status: 'present',
    },
    { size: 12, status: 'referenced-missing' },
  ]);
  expect(codes).toEqual(['bitwarden.personal-only']);
});

test('everything else is as in the JSON', async () => {
  const { vault, items } = await openExport('bitwarden-zip', bitwardenZip());
  expect(items[0]).toMatchObject({ title: 'Login 1', username: 'user1', password: 'pass-1' });
  expect(vault.containers.map(({ name }) => name)).toContain('Alder Lane');
});

test('files of no entry are counted', async () => {
  const { vault, codes } = await openExport(
    'bitwarden-zip',
    bitwardenZip({ 'attachments/unknown/x': '1', 'readme.txt': '2' }),
  );
  expect(codes).toContain('vault.files-left-over');
  expect(vault.findings.at(-1)?.message).toBe('2 files that belong to no entry of the export');
});

test.each([
  [
    'no data',
    zipOfFiles({ 'attachments/a/b': 'x' }),
    { code: 'vault.format', facts: { reason: 'it holds no data.json' } },
  ],
  [
    'an account-restricted one',
    zipOfFiles({ 'data.json': JSON.stringify(accountRestrictedV1) }),
    { code: 'vault.account-restricted', facts: { name: 'the export' } },
  ],
  [
    'locked with a password',
    zipOf([{ name: 'data.json', content: '{}', isLocked: true }]),
    { code: 'vault.format', facts: { reason: 'a file in it is locked with a password of its own' } },
  ],
])('%s is refused', async (_name, bytes, refusal) => {
  await expect(openExport('bitwarden-zip', bytes)).rejects.toMatchObject(refusal);
});

import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { exportOfFolder } from '../../src/adapters/export-folder.ts';
import { collect } from '../../src/adapters/read-file.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { openExport } from '../support/open-items.ts';
import { GPG_MESSAGE } from '../support/exports/pass-store.ts';

let folder: string;
beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'holdfast-folder-'));
  onTestFinished(() => rm(base, { recursive: true }));
  folder = join(base, '.password-store');
  await mkdir(join(folder, 'Alder'), { recursive: true });
  const files = { '.gpg-id': 'x', 'mail.gpg': GPG_MESSAGE, 'Alder/router.gpg': GPG_MESSAGE };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), 1_700_000_000, 1_700_000_000);
  }
});

const bytesOf = async (): Promise<Uint8Array> => {
  const file = await exportOfFolder(folder);
  return collect(file.open(), LIMITS.exportBytes, 'it');
};

test('a store of pass is its folder as a ZIP, the same every time', async () => {
  const { fileName, size } = await exportOfFolder(folder);
  const bytes = await bytesOf();
  expect({ fileName, size }).toEqual({ fileName: 'password-store.zip', size: bytes.length });
  expect(await bytesOf()).toEqual(bytes);
  const { items } = await openExport('pass-store', bytes);
  expect(items.map(({ title }) => title).sort()).toEqual(['mail', 'router']);
});

test('links are not followed', async () => {
  await symlink('/', join(folder, 'Alder', 'root'));
  await expect(exportOfFolder(folder)).rejects.toMatchObject({ code: 'file.link' });
});

test('another folder is no export', async () => {
  await expect(exportOfFolder(join(folder, 'Alder'))).rejects.toMatchObject({ code: 'file.is-directory' });
});

test('an escrow folder is told apart from any other', async () => {
  const isEscrow = async (): Promise<unknown> =>
    exportOfFolder(join(folder, 'Alder')).catch(
      (error: unknown) => isEscrowError(error, 'file.is-directory') && error.facts.isEscrow,
    );
  expect(await isEscrow()).toBe(false);
  await writeFile(join(folder, 'Alder', 'charter.json'), '{}');
  expect(await isEscrow()).toBe(true);
});

test('it is not deleted afterwards', async () => {
  const file = await exportOfFolder(folder);
  await expect(file.discard?.()).rejects.toMatchObject({ code: 'file.is-directory' });
});

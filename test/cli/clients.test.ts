// The list of clients from the plan folder: held against the exports when they are sealed, taken along, and
// the measure of --client and --tier when the vault is rebuilt.

import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import { ESCROW, MORNING, useSampleFolder } from '../support/sample-folder.ts';

const EXPORT = {
  encrypted: false,
  folders: [
    { id: '1', name: 'North Clinic' },
    { id: '2', name: 'South Law/Servers' },
    { id: '3', name: 'Ourselves' },
  ],
  items: ['1', '2', '3'].map((folderId) => ({
    type: 1,
    name: `entry ${folderId}`,
    folderId,
    login: { username: 'admin', password: `secret ${folderId}` },
  })),
};
const CLIENTS =
  '- name: Ourselves\n  tier: 0\n- name: North Clinic\n  tier: 1\n- name: Gone Ltd\n  tier: 2\n';

const { at, holdfast } = useSampleFolder(MORNING);
beforeEach(async () => {
  await writeFile(at('clients.json'), JSON.stringify(EXPORT));
});

/** Puts a file into the plan folder of the escrow. */
async function plan(text: string): Promise<void> {
  const { escrow } = JSON.parse(await readFile(at(ESCROW, 'charter.json'), 'utf8')) as { escrow: string };
  await mkdir(at('home', escrow, 'plan'), { recursive: true });
  await writeFile(at('home', escrow, 'plan', 'clients.yaml'), text);
}

test('sealed with the exports, it says who is missing, and chooses what is rebuilt', async () => {
  const without = await holdfast('seal', ESCROW, 'clients.json', '--accept-drop');
  expect(without.err).toMatch(/no clients\.yaml in the plan folder: the top folder of an entry counts/);
  await plan(CLIENTS);
  const sealed = await holdfast('seal', ESCROW, 'clients.json');
  expect(sealed.err).not.toContain('in the plan folder');
  expect(sealed.out).toMatch(/warning: 1 entry that no client in the list of clients takes/);
  expect(sealed.out).toMatch(/warning: 1 client in the list of clients without a single entry/);
  expect(sealed.out).not.toContain('South');

  const cards = [1, 2, 3].map((card) => `card-${card}.txt`);
  const one = await holdfast('recover', ESCROW, ...cards, '--out', 'one', '--to', 'json', '--tier', '0');
  expect(one.code, one.err).toBe(0);
  const vault = await readFile(at('one', 'vault.json'), 'utf8');
  expect([vault.includes('entry 3'), vault.includes('entry 1')]).toEqual([true, false]);
  expect(await readFile(at('one', 'plan', 'clients.yaml'), 'utf8')).toBe(CLIENTS);
  // What is left out of the new vault is in the exports all the same.
  expect(await readFile(at('one', 'exports', 'clients', 'clients.json'), 'utf8')).toContain('entry 1');
});

test('one with a slip is refused while there is time', async () => {
  await plan('- name: Ourselves\n  teir: 0\n');
  const before = await readdir(at(ESCROW, 'packages'));
  const { code, err } = await holdfast('seal', ESCROW, 'clients.json', '--accept-drop');
  expect(code).toBe(2);
  expect(err).toMatch(/teir|tier/);
  expect(await readdir(at(ESCROW, 'packages'))).toEqual(before);
});

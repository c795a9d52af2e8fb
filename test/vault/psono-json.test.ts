import { expect, test } from 'vitest';
import { AWKWARD, SEED_TOTP } from '../support/exports/awkward.ts';
import { PSONO_DATA } from '../support/exports/psono.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { jsonBytes } from '../support/vaults.ts';

const FORMAT = 'psono-json';

test('keeps every part of a login, in folders within folders', async () => {
  const { vault, item, codes } = await openExport(FORMAT, jsonBytes(PSONO_DATA));
  expect(vault.source).toMatchObject({ product: 'Psono', format: FORMAT });
  expect(vault.containers).toEqual([
    { id: 'folder-1', name: 'Customers', kind: 'folder' },
    { id: 'folder-2', parentId: 'folder-1', name: 'Alder', kind: 'folder' },
  ]);
  expect(codes).toEqual(['psono.files-left-out', 'vault.unknown-type']);
  expect(item('Router')).toEqual(
    bare({
      id: 'i1',
      type: 'login',
      sourceType: 'website_password',
      containerIds: ['folder-2'],
      title: 'Router',
      username: 'ops',
      password: AWKWARD,
      urls: [{ uri: 'https://alder.test' }],
      notes: 'two\nlines',
      totp: [{ ...SEED_TOTP, algorithm: 'SHA256', digits: 8, period: 60 }],
      fields: fieldsOf({ '*PIN': '0012', '*callback url': 'https://hook.test' }),
      tags: ['ops'],
      created: '2022-12-13T19:41:02.028Z',
      modified: '2023-12-13T19:41:02.028Z',
      unmapped: ['rule for matching addresses'],
    }),
  );
});

test('every other type', async () => {
  const { item, items } = await openExport(FORMAT, jsonBytes(PSONO_DATA));
  expect(items).toHaveLength(8);
  expect(item('Note')).toMatchObject({ type: 'note', notes: 'n', containerIds: [], fields: [] });
  expect(item('Code')).toMatchObject({ type: 'login', totp: [SEED_TOTP], fields: [] });
  expect(item('DB')).toMatchObject({ type: 'login', state: 'trashed', username: 'sa', password: 'p' });
  expect(item('Env')).toMatchObject({ type: 'other', fields: fieldsOf({ '*A': '1' }) });
  expect(item('Card')).toMatchObject({
    type: 'card',
    card: { number: '0011', cardholderName: 'Äda', code: '007', expMonth: '4', expYear: '2030' },
    fields: fieldsOf({ '*pin': '0042' }),
  });
  expect(item('Key')).toMatchObject({
    type: 'sshKey',
    ssh: { privateKey: 'PEM', publicKey: 'ssh-ed25519 AAAA', fingerprint: '' },
    fields: [],
  });
  expect(item('Odd')).toMatchObject({ type: 'other', fields: fieldsOf({ '*thing': 'x' }) });
});

test('a title that is missing, a description, a seed nobody can read', async () => {
  const odd = { type: 'totp', name: 'N', totp_code: '???', description: 'd' };
  const { items } = await openExport(FORMAT, jsonBytes({ items: [odd] }));
  expect(items[0]).toMatchObject({ title: 'N', fields: fieldsOf({ description: 'd' }) });
  expect(items[0]?.totp).toMatchObject([{ valid: false, original: '???' }]);
});

test.each([
  ['no items', jsonBytes({ x: [] }), 'it has no items'],
  [
    'an entry that is none',
    jsonBytes({ folders: [{ name: 'f', items: ['x'] }] }),
    'folders[0].items[0] is not an object',
  ],
  ['cut short', jsonBytes(PSONO_DATA).subarray(0, 300), 'the JSON is cut short or damaged'],
])('%s is refused', async (_name, bytes, reason) => {
  await expect(openExport(FORMAT, bytes)).rejects.toMatchObject({
    code: 'vault.format',
    facts: { format: FORMAT, reason },
  });
});

test("a key's owner is kept beside the entry's own name, and what another type calls a code", async () => {
  const key = {
    type: 'mail_gpg_own_key',
    name: 'N',
    mail_gpg_own_key_name: 'Ada',
    mail_gpg_own_key_code: 'c',
  };
  const { items } = await openExport(FORMAT, jsonBytes({ items: [key] }));
  expect(items[0]).toMatchObject({ title: 'N', fields: fieldsOf({ '*name': 'Ada', '*code': 'c' }) });
});

import { expect, test } from 'vitest';
import { AWKWARD, SEED, SEED_TOTP } from '../support/exports/awkward.ts';
import { ENPASS_ITEMS, enpassField, enpassJson } from '../support/exports/enpass.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { jsonBytes, utf8 } from '../support/vaults.ts';

const FORMAT = 'enpass-json';

test('keeps every part of a login', async () => {
  const { vault, item } = await openExport(FORMAT, enpassJson());
  expect(vault.source).toMatchObject({ product: 'Enpass', format: FORMAT });
  expect(vault.containers).toEqual([
    { id: 'f1', name: 'Customers', kind: 'folder' },
    { id: 'f2', parentId: 'f1', name: 'Alder', kind: 'folder' },
  ]);
  expect(item('Router')).toEqual(
    bare({
      id: 'e1',
      type: 'login',
      sourceType: 'login',
      containerIds: ['f2'],
      title: 'Router',
      username: 'ops',
      password: AWKWARD,
      urls: [{ uri: 'https://alder.test' }, { uri: 'https://b.alder.test' }],
      notes: 'two\nlines',
      totp: [{ ...SEED_TOTP, original: SEED.toLowerCase() }],
      fields: fieldsOf({
        email: 'ops@alder.test',
        'Additional details: Rack': 'B 12',
        '*Additional details: Console': '0012',
      }),
      attachments: [
        {
          name: 'key.txt',
          size: 7,
          sha256: '3a0aac44832e55528a834fec737786c999e7b8dea8bd601bb59f195237d58b2e',
          bytes: utf8('the key'),
          status: 'present',
        },
        { name: 'lost.txt', size: 0, status: 'referenced-missing' },
      ],
      history: [
        { value: 'older', at: '2023-11-26T12:00:00.000Z' },
        { value: 'newer', at: '2024-01-11T19:06:40.000Z' },
      ],
      favourite: true,
      created: '2023-11-14T22:13:20.000Z',
      modified: '2024-03-09T16:00:00.000Z',
      unmapped: ['fields that were removed'],
    }),
  );
});

test('a card in the trash, a note in the archive', async () => {
  const { item } = await openExport(FORMAT, enpassJson());
  expect(item('Card')).toMatchObject({
    type: 'card',
    state: 'trashed',
    card: { cardholderName: 'Äda', number: '0011', code: '007', expMonth: '4', expYear: '2030' },
    fields: fieldsOf({ '*PIN': '0042' }),
  });
  expect(item('Note')).toMatchObject({ type: 'note', state: 'archived', notes: 'n' });
});

test('an address alone is the user name; a damaged attachment is missing', async () => {
  const one = {
    uuid: 'x',
    title: 'x',
    category: 'misc',
    fields: [enpassField('email', 'E-mail', 'a@alder.test')],
    attachments: [{ name: 'bad.bin', data: 'no base64!' }],
  };
  const { items } = await openExport(FORMAT, enpassJson([one]));
  expect(items[0]).toMatchObject({
    type: 'other',
    username: 'a@alder.test',
    fields: [],
    attachments: [{ name: 'bad.bin', size: 0, status: 'referenced-missing' }],
  });
});

test.each([
  ['no items', jsonBytes({ folders: [] }), 'it has no items'],
  ['an item that is none', enpassJson([...ENPASS_ITEMS, null]), 'items[3] is not an object'],
  ['fields that are none', enpassJson([{ uuid: 'x', fields: {} }]), 'items[0].fields is not a list'],
  ['cut short', enpassJson().subarray(0, 300), 'the JSON is cut short or damaged'],
])('%s is refused', async (_name, bytes, reason) => {
  await expect(openExport(FORMAT, bytes)).rejects.toMatchObject({
    code: 'vault.format',
    facts: { format: FORMAT, reason },
  });
});

test('folders that lie in one another without end are refused, before any path is spelt out', async () => {
  const folders = Array.from({ length: 50_000 }, (_, number) => ({
    uuid: `f${number}`,
    title: 'x',
    parent_uuid: `f${number - 1}`,
  }));
  await expect(openExport('enpass-json', jsonBytes({ folders, items: [] }))).rejects.toMatchObject({
    code: 'limit.exceeded',
    facts: { what: 'depth of folders', limit: 128 },
  });
});

test('a folder without an id is above no other', async () => {
  const folders = [{ title: 'F' }, { uuid: 'g', title: 'G', parent_uuid: '' }];
  const { vault } = await openExport('enpass-json', jsonBytes({ folders, items: [] }));
  expect(vault.containers).toEqual([
    { id: 'folder-1', name: 'F', kind: 'folder' },
    { id: 'g', name: 'G', kind: 'folder' },
  ]);
});

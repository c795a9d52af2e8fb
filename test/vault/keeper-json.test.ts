import { expect, test } from 'vitest';
import { AWKWARD, LINK_TOTP, SEED } from '../support/exports/awkward.ts';
import { KEEPER_RECORDS, keeperJson } from '../support/exports/keeper.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { jsonBytes } from '../support/vaults.ts';

test('shared and private folders; a doubled backslash is one in a name', async () => {
  const { vault } = await openExport('keeper-json', keeperJson());
  expect(vault.containers).toEqual([
    { id: 'folder-1', name: 'Customers', kind: 'folder', implied: true },
    { id: 'folder-2', parentId: 'folder-1', name: 'Alder', kind: 'collection' },
    { id: 'folder-3', parentId: 'folder-2', name: 'Net\\work', kind: 'folder' },
    { id: 'folder-4', name: 'Mine', kind: 'folder' },
  ]);
});

test('keeps every part of a record', async () => {
  const { items } = await openExport('keeper-json', keeperJson());
  expect(items[0]).toEqual(
    bare({
      id: 'r1',
      type: 'login',
      sourceType: 'login',
      containerIds: ['folder-3', 'folder-4'],
      title: AWKWARD,
      username: 'ops',
      password: '007',
      urls: [{ uri: 'https://alder.test' }, { uri: 'https://b.alder.test' }],
      notes: 'two\nlines',
      totp: [LINK_TOTP],
      fields: fieldsOf({
        Rack: 'B 12',
        '*Door': '0012',
        '*phone: region': 'DE',
        '*phone: number': '0731 1',
        '*API Key': 'k',
        Colour: 'blue',
      }),
      attachments: [
        { name: 'file1', size: 0, status: 'referenced-missing' },
        { name: 'file2', size: 0, status: 'referenced-missing' },
      ],
      card: { number: '0011', code: '007', expMonth: '4', expYear: '2030' },
      ssh: { privateKey: 'PEM', publicKey: 'ssh-ed25519 AAAA', fingerprint: '' },
      modified: '2023-11-14T22:13:20.000Z',
      unmapped: ['sharing rights', 'links to other records'],
    }),
  );
});

test('the older spelling of a seed, and a record without id or type', async () => {
  const { items } = await openExport('keeper-json', keeperJson());
  expect(items[1]).toMatchObject({ id: 'record-1', type: 'login', sourceType: '' });
  expect(items[1]?.totp).toMatchObject([{ secret: SEED, account: 'x', valid: true }]);
  expect(items[2]).toMatchObject({ type: 'note', sourceType: 'encryptedNotes', notes: 'n' });
});

test('custom fields as a list, and files with names', async () => {
  const record = {
    title: 't',
    custom_fields: [
      { name: 'PIN', type: 'text', value: '0012' },
      { type: 'oneTimeCode', value: SEED },
    ],
    attachments: [{ name: 'a.pdf', size: 12 }],
  };
  const { items } = await openExport('keeper-json', keeperJson([record]));
  expect(items[0]).toMatchObject({
    fields: fieldsOf({ '*PIN': '0012' }),
    attachments: [{ name: 'a.pdf', size: 12, status: 'referenced-missing' }],
  });
  expect(items[0]?.totp).toHaveLength(1);
});

test('parts that a card, a key or a list has beyond the usual ones are kept', async () => {
  const record = {
    title: 't',
    custom_fields: {
      '$paymentCard::1': { cardNumber: '0042', issuer: { name: 'one' } },
      '$keyPair::1': { privateKey: 'k', publicKey: 'p', passphrase: 'two' },
      '$multi::1': [['three']],
    },
  };
  const { items } = await openExport('keeper-json', keeperJson([record]));
  expect(items[0]).toMatchObject({
    card: { number: '0042' },
    ssh: { privateKey: 'k', publicKey: 'p' },
    fields: fieldsOf({
      '*payment card: issuer: name': 'one',
      '*key pair: passphrase': 'two',
      '*multi: 0': 'three',
    }),
  });
});

test('folders without records', async () => {
  const { items, vault } = await openExport('keeper-json', jsonBytes({ shared_folders: [{ path: 'A\\B' }] }));
  expect([items.length, vault.containers.length]).toEqual([0, 2]);
});

test.each([
  ['no records', jsonBytes({ items: [] }), 'it has no records'],
  ['a record that is none', keeperJson([...KEEPER_RECORDS, 1]), 'records[3] is not an object'],
  ['folders that are none', keeperJson([{ title: 'x', folders: 'y' }]), 'records[0].folders is not a list'],
  ['cut short', keeperJson().subarray(0, 300), 'the JSON is cut short or damaged'],
])('%s is refused', async (_name, bytes, reason) => {
  await expect(openExport('keeper-json', bytes)).rejects.toMatchObject({
    code: 'vault.format',
    facts: { format: 'keeper-json', reason },
  });
});

test('a label that is a number is a label', async () => {
  const custom = { '$text:2024': 'a', '$text:2025:1': 'b', '$pinCode::2': 'c' };
  const { items } = await openExport(
    'keeper-json',
    jsonBytes({ records: [{ title: 't', custom_fields: custom }] }),
  );
  expect(items[0]?.fields.map(({ name, value }) => [name, value])).toEqual([
    ['2024', 'a'],
    ['2025', 'b'],
    ['pin code', 'c'],
  ]);
});

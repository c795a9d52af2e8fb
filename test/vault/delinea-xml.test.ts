import { expect, test } from 'vitest';
import { SEED_TOTP } from '../support/exports/awkward.ts';
import { delineaXml } from '../support/exports/delinea.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { utf8 } from '../support/vaults.ts';

const FORMAT = 'delinea-xml';

test('keeps every part of a secret', async () => {
  const { vault, items } = await openExport(FORMAT, delineaXml());
  expect(vault.source).toMatchObject({ product: 'Delinea Secret Server', format: FORMAT });
  expect(items[0]).toEqual(
    bare({
      id: 'secret-1',
      type: 'login',
      sourceType: 'Password',
      containerIds: ['folder-2'],
      title: 'Router & <Switch>',
      username: 'ops',
      password: 'p&amp; "q" äöü 🔑\ttab',
      urls: [{ uri: 'https://alder.test' }],
      notes: 'two\nlines',
      totp: [SEED_TOTP],
      fields: fieldsOf({
        '*Private Key Passphrase': '0012',
        Rack: 'B 12',
        '*TOTP backup codes': '111 222',
        '*Active': 'True',
      }),
    }),
  );
  expect(items[1]).toMatchObject({ type: 'note', title: 'Note', notes: 'n', containerIds: [] });
});

test('folders without secrets are kept', async () => {
  const { vault } = await openExport(FORMAT, delineaXml());
  expect(vault.containers).toEqual([
    { id: 'folder-1', name: 'Customers', kind: 'folder' },
    { id: 'folder-2', parentId: 'folder-1', name: 'Alder', kind: 'folder' },
    { id: 'folder-3', name: 'Unused', kind: 'folder' },
  ]);
});

test('a second password and permissions', async () => {
  const item = (slug: string, value: string): string =>
    `<SecretItem><FieldName>${slug}</FieldName><Value>${value}</Value></SecretItem>`;
  const secret = `<Secret><SecretName>S</SecretName><Permissions><Permission/></Permissions><SecretItems>${item('Password', 'a')}${item('Password', 'b')}</SecretItems></Secret>`;
  const { items } = await openExport(FORMAT, utf8(`<ImportFile><Secrets>${secret}</Secrets></ImportFile>`));
  expect(items[0]).toMatchObject({
    password: 'a',
    fields: fieldsOf({ '*Password': 'b' }),
    unmapped: ['permissions'],
  });
});

test('elements nobody knows are kept, however deep their text', async () => {
  const secret =
    '<Secret><SecretName>S</SecretName><Launcher><Login>a</Login><Key>b</Key></Launcher></Secret>';
  const { items } = await openExport(FORMAT, utf8(`<ImportFile><Secrets>${secret}</Secrets></ImportFile>`));
  expect(items[0]?.fields).toEqual(fieldsOf({ '*Launcher: Login': 'a', '*Launcher: Key': 'b' }));
});

test.each([
  ['no secrets', utf8('<ImportFile><Folders/></ImportFile>'), 'it has no secrets'],
  ['another root', utf8('<KeePassFile><Secrets/></KeePassFile>'), 'it has no secrets'],
  ['cut short', delineaXml().subarray(0, 500), 'it is not well-formed XML'],
])('%s is refused', async (_name, bytes, reason) => {
  await expect(openExport(FORMAT, bytes)).rejects.toMatchObject({
    code: 'vault.format',
    facts: { format: FORMAT, reason },
  });
});

test('what stands beside the value of a field, and backup codes of several elements', async () => {
  const secret =
    '<Secret><SecretName>S</SecretName><TotpBackupCodes><Code>1</Code><Code>2</Code></TotpBackupCodes>' +
    '<SecretItems><SecretItem><FieldName>Key</FieldName><FileName>id.pem</FileName></SecretItem></SecretItems></Secret>';
  const { items } = await openExport(FORMAT, utf8(`<ImportFile><Secrets>${secret}</Secrets></ImportFile>`));
  expect(items[0]?.fields.map(({ name, value }) => [name, value])).toEqual([
    ['Key: FileName', 'id.pem'],
    ['TOTP backup codes: Code', '1'],
    ['TOTP backup codes: Code', '2'],
  ]);
});

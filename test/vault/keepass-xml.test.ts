import kdbxweb from 'kdbxweb';
import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { AWKWARD, LINK, LINK_TOTP } from '../support/exports/awkward.ts';
import { keepassXml } from '../support/exports/keepass-xml.ts';
import { bare, fieldsOf, openExport } from '../support/open-items.ts';
import { AWKWARD_TEXTS, kdbxOf, utf8 } from '../support/vaults.ts';

/** What XML 1.0 cannot hold, and carriage returns, which it makes line breaks of. */
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\r\uFFFE\uFFFF]/g;

const TIMES = {
  created: '2024-01-02T03:04:05.000Z',
  modified: '2025-01-02T03:04:05.000Z',
  expires: '2030-01-01T00:00:00.000Z',
};

const text = new TextDecoder().decode(keepassXml());
const changed = (from: string, to: string): Uint8Array => utf8(text.replaceAll(from, to));

test('keeps every part of an entry', async () => {
  const { vault, item } = await openExport('keepass-xml', keepassXml());
  expect(vault.source).toMatchObject({ product: 'KeePass', format: 'keepass-xml' });
  expect(vault.containers).toEqual([
    { id: '06'.repeat(16), name: 'Alder & Söhne', kind: 'group' },
    { id: '09'.repeat(16), name: 'Recycle Bin', kind: 'recycleBin' },
  ]);
  expect(item('Router & <Switch>')).toEqual(
    bare({
      id: '01'.repeat(16),
      type: 'login',
      containerIds: ['06'.repeat(16)],
      title: 'Router & <Switch>',
      username: 'ops',
      password: AWKWARD,
      urls: [{ uri: 'https://alder.test' }],
      notes: 'tab\there',
      totp: [LINK_TOTP],
      fields: fieldsOf({ '*PIN': '0012', Rack: 'B 12' }),
      attachments: [
        {
          name: 'a.txt',
          size: 6,
          sha256: '63c5cdfc617fb8fe93888e68674717590957a25b5e08219b1a61c3f031f88ee6',
          bytes: utf8('file a'),
          status: 'present',
        },
      ],
      history: [{ value: 'former', at: TIMES.modified }],
      tags: ['ops', 'tier 0'],
      unmapped: ['earlier versions of other fields'],
      ...TIMES,
    }),
  );
});

test('notes and the recycle bin', async () => {
  const { item, items } = await openExport('keepass-xml', keepassXml());
  expect(items).toHaveLength(3);
  expect(item('Note')).toMatchObject({ type: 'note', notes: 'only', containerIds: [] });
  expect(item('Old')).toMatchObject({ state: 'trashed', password: 'p' });
});

test('an attachment without bytes is told, once for all versions of the entry', async () => {
  const { vault } = await openExport('keepass-xml', keepassXml());
  expect(vault.findings).toMatchObject([
    {
      code: 'keepass-xml.attachments-missing',
      severity: 'warning',
      message: '1 attachment that is named but not in the export',
    },
  ]);
});

test('the other mark for protection hides a field just as well', async () => {
  const { item } = await openExport('keepass-xml', changed('ProtectInMemory="True"', 'Protected="True"'));
  expect(item('Router & <Switch>')).toMatchObject({
    password: AWKWARD,
    fields: fieldsOf({ '*PIN': '0012', Rack: 'B 12' }),
  });
});

test('entries come out exactly as from KDBX', async () => {
  let xml = '';
  const kdbx = await kdbxOf('p', async (db, root) => {
    db.createRecycleBin();
    const group = db.createGroup(root, 'Alder & Söhne');
    const entry = db.createEntry(group);
    for (const [index, text] of AWKWARD_TEXTS.entries())
      entry.fields.set(`field ${index}`, kdbxweb.ProtectedValue.fromString(text.replace(NOT_XML, '')));
    entry.fields.set('Title', 'Router').set('UserName', 'ops').set('URL', 'https://alder.test');
    entry.fields.set('otp', kdbxweb.ProtectedValue.fromString(LINK));
    entry.binaries.set('a.bin', await db.createBinary(Uint8Array.of(0, 1, 255).buffer));
    entry.tags = ['ops'];
    entry.pushHistory();
    entry.fields.set('Password', kdbxweb.ProtectedValue.fromString('new'));
    db.remove(db.createEntry(group));
    xml = await db.saveXml();
  });
  const crypto = await loadNodeCrypto();
  const fromKdbx = await openVault(crypto, kdbx, { format: 'kdbx', passphrase: utf8('p') });
  const fromXml = await openVault(crypto, utf8(xml), { format: 'keepass-xml' });
  const bareOf = ({ items }: Vault): object[] => items.map((item) => ({ ...item, raw: undefined }));
  expect(fromKdbx.items).toHaveLength(2);
  expect(bareOf(fromXml)).toEqual(bareOf(fromKdbx));
  expect(fromXml.containers).toEqual(fromKdbx.containers);
});

test.each([
  [
    'a document type',
    utf8(`<!DOCTYPE x [<!ENTITY a "b">]>${text.slice(text.indexOf('<KeePassFile'))}`),
    'it declares a document type',
  ],
  ['cut short', keepassXml().subarray(0, 900), 'it is not well-formed XML'],
  ['another root', utf8('<ImportFile/>'), 'its outermost element is no KeePassFile'],
  ['no groups', utf8('<KeePassFile><Meta/></KeePassFile>'), 'it is not what KeePass programs write'],
])('%s is refused', async (_name, bytes, reason) => {
  await expect(openExport('keepass-xml', bytes)).rejects.toMatchObject({
    code: 'vault.format',
    facts: { format: 'keepass-xml', reason },
  });
});

test('a compressed attachment is bounded by the size it states', async () => {
  const attempt = openExport('keepass-xml', changed('ID="0"', 'ID="0" Compressed="True"'));
  await expect(attempt).rejects.toMatchObject({
    code: 'limit.exceeded',
    facts: { what: 'bytes of a KDBX payload' },
  });
});

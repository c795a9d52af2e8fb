import { expect, test } from 'vitest';
import { FORMATS, formatOf, isFormatId } from '../../src/vault/formats.ts';
import { recognise, recogniseExport, RECOGNITION_BYTES, sampleOf } from '../../src/vault/recognise.ts';
import { FOREIGN_EXPORTS } from '../support/foreign-exports.ts';
import {
  accountRestrictedV1,
  accountRestrictedV2,
  encryptedExport,
  jsonBytes,
  kdbxOf,
  logins,
  organisationExport,
  personalExport,
  utf8,
} from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const ITEMS = logins(3);

test('knows each format by its content', async () => {
  expect(recognise(personalExport(ITEMS))).toBe('bitwarden-json');
  expect(recognise(organisationExport(3))).toBe('bitwarden-json-org');
  const locked = await encryptedExport(personalExport(ITEMS), 'x', { type: 'pbkdf2', iterations: 1 });
  expect(recognise(locked)).toBe('bitwarden-encrypted');
  expect(recognise(jsonBytes(accountRestrictedV1))).toBe('bitwarden-account-restricted');
  expect(recognise(jsonBytes(accountRestrictedV2))).toBe('bitwarden-account-restricted');
  expect(recognise(await kdbxOf('x', () => undefined))).toBe('kdbx');
});

test.each([
  [
    'a byte order mark',
    utf8(`\uFEFF${JSON.stringify({ encrypted: false, folders: [], items: [] })}`),
    'bitwarden-json',
  ],
  ['an empty personal vault', jsonBytes({ encrypted: false, folders: [], items: [] }), 'bitwarden-json'],
  [
    'an empty organisation',
    jsonBytes({ encrypted: false, collections: [], items: [] }),
    'bitwarden-json-org',
  ],
  [
    'no `encrypted`, no types',
    jsonBytes({ folders: [], items: [{ folderId: null, name: 'x' }] }),
    'bitwarden-json',
  ],
  ['KeePass 1', Uint8Array.of(0x03, 0xd9, 0xa2, 0x9a, 0x65, 0xfb, 0x4b, 0xb5, 0, 0), 'kdbx'],
])('%s', (_name, bytes, format) => {
  expect(recognise(bytes)).toBe(format);
});

test.each([
  ['nothing', new Uint8Array()],
  ['text', utf8('title,username,password\na,b,c\n')],
  ['a list', jsonBytes([{ name: 'x', login: {} }])],
  ['other JSON', jsonBytes({ name: 'x', version: 1 })],
  [
    'Bitwarden, without a key of its own',
    jsonBytes({ folders: [{ name: 'f' }], items: [{ name: 'x', fields: [] }] }),
  ],
  [
    'Psono, without a key of its own',
    jsonBytes({
      folders: [{ name: 'f', items: [] }],
      items: [{ type: 'website_password', name: 'x', folderId: 1 }],
    }),
  ],
  ['Enpass, without a category', jsonBytes({ folders: [], items: [{ uuid: '2', title: 't', fields: [] }] })],
  ['Proton Pass, without vaults', jsonBytes({ version: '1.1', userId: 'u', encrypted: true })],
  ['Keeper, with keys of another', jsonBytes({ shared_folders: [{ path: 'x' }], users: [] })],
  ['records of something else', jsonBytes({ records: [{ title: 'x', artist: 'y' }] })],
  ['accounts of something else', jsonBytes({ accounts: [{ name: 'x' }] })],
  ['other XML', utf8('<?xml version="1.0"?><svg/>')],
  ['a ZIP of other files', zipOfFiles({ 'a.txt': '1', 'data.json': '{}' })],
  ['a ZIP archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)],
  ['UTF-16', new Uint8Array(Buffer.from('\uFEFF{"encrypted":false,"items":[]}', 'utf16le'))],
  ['half a signature', Uint8Array.of(0x03, 0xd9, 0xa2, 0x9a)],
])('%s is none we know', (_name, bytes) => {
  expect(recognise(bytes)).toBeUndefined();
});

test.each(FOREIGN_EXPORTS)('%s is known as itself and as nothing else', (format, make) => {
  const bytes = make();
  expect(recogniseExport(bytes.subarray(0, RECOGNITION_BYTES), bytes)).toEqual({
    id: format,
    candidates: [],
  });
  const claims = FORMATS.filter((candidate) => candidate.recognise(sampleOf(bytes)) !== 'no');
  expect(claims.map(({ id }) => id)).toEqual([format]);
});

test('files before the data do not hide what a ZIP is', () => {
  const files = Object.fromEntries(
    Array.from({ length: 900 }, (_, i) => [`files/${i}__${'x'.repeat(80)}`, `${i}`]),
  );
  const bytes = zipOfFiles({ ...files, 'export.data': '{"accounts":[]}' });
  const head = bytes.subarray(0, RECOGNITION_BYTES);
  expect(recognise(head)).toBeUndefined();
  expect(recognise(head, bytes)).toBe('1pux');
});

test('a head without the items is enough where the export says so at its start', () => {
  const folders = Array.from({ length: 3_000 }, (_, i) => ({ id: `id-${i}`, name: `Folder ${i}` }));
  const whole = personalExport(ITEMS, { folders });
  expect(whole.length).toBeGreaterThan(RECOGNITION_BYTES);
  expect(recognise(whole.subarray(0, RECOGNITION_BYTES))).toBe('bitwarden-json');
});

test('where the telling keys come last, the whole decides', () => {
  const filler = Array.from({ length: 4_000 }, (_, i) => ({ id: `id-${i}`, name: `Folder ${i}` }));
  const plain = jsonBytes({ folders: filler, items: ITEMS, encrypted: false });
  const head = plain.subarray(0, RECOGNITION_BYTES);
  expect(recognise(head)).toBeUndefined();
  expect(recognise(head, plain)).toBe('bitwarden-json');

  const padding = 'x'.repeat(RECOGNITION_BYTES);
  const locked = jsonBytes({
    encrypted: true,
    encKeyValidation_DO_NOT_EDIT: padding,
    passwordProtected: true,
  });
  expect(recognise(locked, locked)).toBe('bitwarden-encrypted');
});

test('the list of formats and their ids agree', () => {
  for (const format of FORMATS) {
    expect(isFormatId(format.id)).toBe(true);
    expect(formatOf(format.id)).toBe(format);
  }
  expect(isFormatId('toString')).toBe(false);
  expect(isFormatId('file')).toBe(false);
});

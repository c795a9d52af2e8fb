import { expect, test } from 'vitest';
import { LINK_TOTP } from '../support/exports/awkward.ts';
import { dashlaneZip } from '../support/exports/dashlane.ts';
import { openExport } from '../support/open-items.ts';
import { zipOfFiles } from '../support/zips.ts';

const FORMAT = 'dashlane-zip';

test('every file is read, whichever it is', async () => {
  const { vault, items } = await openExport(FORMAT, dashlaneZip());
  expect(vault.source).toMatchObject({ product: 'Dashlane', format: FORMAT });
  expect(items.map(({ title, type }) => [title, type])).toEqual([
    ['Router', 'login'],
    ['Mail', 'login'],
    ['Door', 'note'],
    ['Card', 'card'],
  ]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(4);
});

test('keeps the parts of an entry, and its folder', async () => {
  const { vault, item } = await openExport(FORMAT, dashlaneZip());
  expect(item('Router')).toMatchObject({
    username: 'ops',
    password: 'q"uo,te 007',
    notes: 'two\nlines',
    urls: [{ uri: 'https://alder.test' }],
    totp: [LINK_TOTP],
    fields: [{ name: 'username2', value: 'second' }],
    containerIds: ['credentials-folder-1'],
  });
  expect(vault.containers).toEqual([{ id: 'credentials-folder-1', name: 'Network', kind: 'folder' }]);
  expect(item('Door')).toMatchObject({ notes: '0012, äöü' });
  expect(item('Card')).toMatchObject({
    card: { number: '0011', code: '007', expMonth: '4', expYear: '2030' },
  });
});

test('networks are read: the passphrase is the password', async () => {
  const wifi =
    'ssid,passphrase,name,note,hidden,encription_type\nguest,p,,,false,WPA\nstaff,q,Office,n,true,WPA\n';
  const { item } = await openExport(FORMAT, dashlaneZip({ 'wifi.csv': wifi }));
  expect(item('guest')).toMatchObject({ type: 'login', password: 'p' });
  expect(item('Office')).toMatchObject({
    password: 'q',
    notes: 'n',
    fields: [{ name: 'ssid', value: 'staff' }, {}, {}],
  });
});

test('a file with titles and notes among other things is not one of notes', async () => {
  const odd = 'title,note,login,password\nt,n,u,p\n';
  await expect(openExport(FORMAT, dashlaneZip({ 'odd.csv': odd }))).rejects.toMatchObject({
    code: 'vault.format',
  });
});

test('a file that is no CSV is counted', async () => {
  const { codes } = await openExport(FORMAT, dashlaneZip({ 'readme.txt': 'x' }));
  expect(codes).toContain('vault.files-left-over');
});

test('what is said of every file is said once', async () => {
  const { codes } = await openExport(FORMAT, dashlaneZip());
  expect(codes).toEqual([...new Set(codes)]);
});

test.each([
  ['no CSV', zipOfFiles({ 'a.txt': 'x' }), FORMAT],
  ['a CSV of something else', dashlaneZip({ 'other.csv': 'a,b,c,d\n1,2,3,4\n' }), 'dashlane-csv'],
])('%s is refused', async (_name, bytes, format) => {
  await expect(openExport(FORMAT, bytes)).rejects.toMatchObject({ code: 'vault.format', facts: { format } });
});

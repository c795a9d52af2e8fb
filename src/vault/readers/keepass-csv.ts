// CSV that KeePassXC saves, and the one of KeePass 1 (KeePass 2 writes it as well). Both leave out most of a
// database; its .kdbx is the better export.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import type { FolderTree } from '../folder-tree.ts';
import { typeByContent, type ItemParts } from '../item.ts';

const LEAVES_OUT = {
  what: 'custom fields, attachments, passkeys and earlier passwords',
  instead: 'seal the .kdbx database itself, with its password',
};

const BIN = 'Recycle Bin';

/** The first level is the database's own group, which holds all others. */
function refine(parts: ItemParts, row: CsvRecord, folders: FolderTree): ItemParts {
  const path = row.take('Group').split('/').slice(1);
  const icon = row.take('Icon');
  return {
    ...parts,
    type: typeByContent(parts),
    containerIds: folders.place(path),
    state: path[0] === BIN ? 'trashed' : 'active',
    unmapped: icon === '' || icon === '0' ? [] : ['icon'],
  };
}

export const keepassxcCsv = csvFormat({
  id: 'keepassxc-csv',
  product: 'KeePassXC',
  required: ['Group', 'Title', 'Username', 'Password', 'URL', 'Notes'],
  optional: ['TOTP', 'Icon', 'Last Modified', 'Created'],
  columns: {
    title: ['Title'],
    username: ['Username'],
    password: ['Password'],
    url: ['URL'],
    notes: ['Notes'],
    totp: ['TOTP'],
    created: ['Created'],
    modified: ['Last Modified'],
  },
  containerKind: 'group',
  refine,
  leavesOut: LEAVES_OUT,
});

export const keepass1Csv = csvFormat({
  id: 'keepass1-csv',
  product: 'KeePass 1',
  required: ['Account', 'Login Name', 'Password', 'Web Site', 'Comments'],
  optional: [],
  columns: {
    title: ['Account'],
    username: ['Login Name'],
    password: ['Password'],
    url: ['Web Site'],
    notes: ['Comments'],
  },
  escapesByBackslash: true,
  leavesOut: { ...LEAVES_OUT, what: `groups, one-time-code seeds, ${LEAVES_OUT.what}` },
});

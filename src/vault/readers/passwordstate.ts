// CSV of Passwordstate. Every password list begins anew, with blank lines and a header of its own, in which
// generic fields have that list's names: neither is an entry. A list without passwords has a row that only names it.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import type { FolderTree } from '../folder-tree.ts';

/** What a row says of the list itself; one that says no more stands for a list without passwords. */
const OF_LIST = ['PasswordListID', 'Password List', 'TreePath'];

function placeOf(row: CsvRecord, folders: FolderTree): readonly string[] {
  row.take('PasswordListID');
  const path = row
    .take('TreePath')
    .split('\\')
    .map((level) => level.trim());
  const list = row.take('Password List').trim();
  // The tree's path may or may not end with the list itself.
  return folders.place(path.at(-1) === list ? path : [...path, list]);
}

/** Blank rows are none, nor are lists without passwords; these count as folders. */
function isEntry(row: CsvRecord, folders: FolderTree): boolean {
  const ofList = OF_LIST.map((name) => row.header.indexOf(name));
  if (row.cells.some((cell, index) => cell.trim() !== '' && !ofList.includes(index))) return true;
  placeOf(row, folders);
  return false;
}

export const passwordstateCsv = csvFormat({
  id: 'passwordstate-csv',
  product: 'Passwordstate',
  required: ['PasswordListID', 'Password List', 'TreePath', 'PasswordID', 'Title', 'UserName', 'Password'],
  optional: ['DomainOrHost', 'Description', 'Account Type', 'Notes', 'URL', 'ExpiryDate', 'OTPUri'],
  // A list names its generic fields as it likes.
  telling: ['PasswordListID'],
  columns: {
    id: ['PasswordID'],
    title: ['Title'],
    username: ['UserName'],
    password: ['Password'],
    url: ['URL'],
    notes: ['Notes'],
    totp: ['OTPUri'],
    expires: ['ExpiryDate'],
  },
  shortestRow: 1,
  repeatsHeader: true,
  isEntry,
  refine: (parts, row, folders) => ({ ...parts, containerIds: placeOf(row, folders) }),
  leavesOut: {
    what: 'attachments, earlier passwords, who may see what, and lists the exporter cannot see',
    instead: 'back up its database as well, with the split secrets of web.config',
  },
});

// CSV of Passwordstate. Every password list begins anew, with blank lines and a header of its own, in which
// generic fields have that list's names: neither is an entry.

import { csvFormat } from '../csv-profile.ts';

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
  isEntry: (row) => row.cells.some((cell) => cell.trim() !== ''),
  refine: (parts, row, folders) => {
    row.take('PasswordListID');
    const path = row
      .take('TreePath')
      .split('\\')
      .map((level) => level.trim());
    const list = row.take('Password List').trim();
    // The tree's path may or may not end with the list itself.
    const place = path.at(-1) === list ? path : [...path, list];
    return { ...parts, containerIds: folders.place(place) };
  },
  leavesOut: {
    what: 'attachments, earlier passwords, who may see what, and lists the exporter cannot see',
    instead: 'back up its database as well, with the split secrets of web.config',
  },
});

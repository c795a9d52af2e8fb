// CSV of Delinea (Thycotic) Secret Server. It has one template's secrets; those of other templates are in
// files of their own.

import { csvFormat } from '../csv-profile.ts';

export const delineaCsv = csvFormat({
  id: 'delinea-csv',
  product: 'Delinea Secret Server',
  required: ['Secret Name', 'Username', 'Password', 'Notes', 'Folder'],
  optional: ['URL', 'Date Created', 'Expires', 'TOTP Key', 'TOTP Backup Codes'],
  columns: {
    title: ['Secret Name'],
    username: ['Username'],
    password: ['Password'],
    url: ['URL'],
    notes: ['Notes'],
    totp: ['TOTP Key'],
    folder: ['Folder'],
    created: ['Date Created'],
    expires: ['Expires'],
  },
  folderSeparator: '\\',
  leavesOut: {
    what: 'secrets of other templates, attachments, earlier passwords and who may see what',
    instead: 'export as XML, which holds all templates at once',
  },
});

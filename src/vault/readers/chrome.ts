// Passwords that Chrome, Edge, Brave and other browsers of that family save as CSV.

import { csvFormat } from '../csv-profile.ts';

export const chromeCsv = csvFormat({
  id: 'chrome-csv',
  product: 'Chrome, Edge',
  required: ['name', 'url', 'username', 'password'],
  optional: ['note'],
  hasNoTotpColumn: true,
  columns: {
    title: ['name'],
    url: ['url'],
    username: ['username'],
    password: ['password'],
    notes: ['note'],
  },
});

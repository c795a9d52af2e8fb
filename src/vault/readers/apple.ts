// Passwords that Safari and Apple's Passwords save as CSV.

import { csvFormat } from '../csv-profile.ts';

export const appleCsv = csvFormat({
  id: 'apple-csv',
  product: 'Apple Passwords',
  required: ['Title', 'URL', 'Username', 'Password', 'Notes', 'OTPAuth'],
  optional: [],
  columns: {
    title: ['Title'],
    url: ['URL'],
    username: ['Username'],
    password: ['Password'],
    notes: ['Notes'],
    totp: ['OTPAuth'],
  },
});

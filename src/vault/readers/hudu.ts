// A CSV of Hudu passwords. No description of its header was to be found, so this reader goes by the names
// that Hudu's API gives the same things, and is never sure of a file: a person must say that it is Hudu's.

import { csvFormat } from '../csv-profile.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';

const COMPANY = ['company_name', 'company', 'client', 'organization'];

export const huduCsv = csvFormat({
  id: 'hudu-csv',
  product: 'Hudu',
  required: ['name', 'password', [...COMPANY, 'company_id', 'passwordable_type', 'password_folder_name']],
  optional: [],
  isUnsure: true,
  columns: {
    id: ['id'],
    client: COMPANY,
    folder: ['password_folder_name', 'password_folder', 'folder'],
    title: ['name', 'title'],
    username: ['username', 'user name'],
    password: ['password'],
    url: ['url', 'login_url'],
    notes: ['description', 'notes'],
    totp: ['otp_secret', 'otp', 'otp secret', 'totp'],
    tags: ['password_type', 'type'],
    archived: ['archived'],
    created: ['created_at'],
    modified: ['updated_at'],
  },
  findings: (): readonly Finding[] => [
    finding(
      'info',
      'hudu.unverified',
      "no description of this file's columns is known; they were taken for what Hudu's API calls by the same names",
      'compare the count and a few entries with Hudu; columns this program does not know are kept as fields',
    ),
  ],
  leavesOut: {
    what: 'attachments, earlier passwords, personal vaults and who may see what',
    instead: "have a backup of Hudu's own database as well",
  },
});

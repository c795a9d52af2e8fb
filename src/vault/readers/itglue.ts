// passwords.csv of an IT Glue account export. Its columns are known from descriptions by others, not from a
// real export (docs/vaults.md names them), so they may be missing, more, or in another order. A password
// that is embedded in another asset names that asset by type and number only.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { entriesOf, finding } from '../findings.ts';
import type { Finding } from '../../core/finding.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Item } from '../model.ts';

const WITHOUT_SEED = 'one-time password';
const YES = /^(?:yes|true|1)$/i;
const NO = /^(?:no|false|0|)$/i;

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const code = row.get('one_time_password').trim();
  const hasCode = YES.test(code);
  // Anything but yes and no may be the seed itself, and stays a field.
  if (hasCode || NO.test(code)) row.take('one_time_password');
  const category = row.take('password_category');
  return {
    ...parts,
    type: typeByContent(parts),
    sourceType: category,
    tags: category === '' ? [] : [category],
    unmapped: hasCode && parts.totp?.length === 0 ? [WITHOUT_SEED] : [],
  };
}

const isEmbedded = (item: Item): boolean =>
  item.fields.some(({ name }) => name === 'resource_type' || name === 'resource_id');

function findings(items: readonly Item[]): readonly Finding[] {
  const found: Finding[] = [
    finding(
      'info',
      'itglue.unverified',
      'the columns of this file are known from descriptions, not from a real IT Glue export',
      'compare the count and a few entries with IT Glue; columns this program does not know are kept as fields',
    ),
  ];
  const seedless = items.filter(({ unmapped }) => unmapped.includes(WITHOUT_SEED)).length;
  if (seedless > 0)
    found.push(
      finding(
        'warning',
        'itglue.seeds-missing',
        `${entriesOf(seedless)} with a one-time password in IT Glue, but without its seed in the file`,
        'export the account again (exports since 2023 hold the seeds), or escrow the seeds beside it',
      ),
    );
  const embedded = items.filter(isEmbedded).length;
  if (embedded > 0)
    found.push(
      finding(
        'info',
        'itglue.embedded',
        `${entriesOf(embedded)} embedded in another asset, of which the file gives the number only`,
        'seal the whole account export, whose other files say which asset that is',
      ),
    );
  return found;
}

export const itglueCsv = csvFormat({
  id: 'itglue-csv',
  product: 'IT Glue',
  required: [
    'organization',
    'name',
    'password',
    ['password_category', 'resource_type', 'otp_secret', 'one_time_password'],
  ],
  optional: ['id', 'username', 'url', 'notes', 'archived', 'resource_id'],
  telling: ['password_category', 'resource_type'],
  columns: {
    id: ['id'],
    client: ['organization'],
    title: ['name'],
    username: ['username'],
    password: ['password'],
    url: ['url'],
    notes: ['notes'],
    totp: ['otp_secret'],
    archived: ['archived'],
  },
  refine,
  findings,
  leavesOut: {
    what: 'folders, attachments, earlier passwords, personal passwords of others and who may see what',
    instead: 'export the whole account as somebody who sees every organisation, and seal that too',
  },
});

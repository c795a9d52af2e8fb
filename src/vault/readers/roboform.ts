// RoboForm CSV. After its named columns come as many cells as a login has form fields, each of them
// "label:type:value" in older files and "label,,,type,value" in newer ones. Values stay as they stand, a
// leading apostrophe too.

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field, Totp } from '../model.ts';
import { parseTotp } from '../totp.ts';

interface FormField {
  readonly label: string;
  readonly type: string;
  readonly value: string;
}

/** `User ID$:txt:…`, or `User ID$,,,txt,…`. */
function formField(cell: string, isNew: boolean): FormField | undefined {
  const pattern = isNew ? /^([^,]*),[^,]*,[^,]*,([a-z]*),(.*)$/s : /^([^:]*):([a-z]*):(.*)$/s;
  const [, label, type = '', value = ''] = pattern.exec(cell) ?? [];
  return label === undefined ? undefined : { label: label.replace(/\$$/, ''), type, value };
}

function takeForm(row: CsvRecord): readonly FormField[] {
  const isNew = row.header.has('RfFieldsV2');
  const first = row.header.indexOf(isNew ? 'RfFieldsV2' : 'Rf_fields') ?? row.cells.length;
  return row.cells.slice(first).flatMap((cell, offset): FormField[] => {
    const field = formField(cell, isNew);
    if (field === undefined) return [];
    row.takeAt(first + offset);
    return [field];
  });
}

const isSeed = ({ label }: FormField): boolean => /^totp/i.test(label);

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  const form = takeForm(row).filter(({ value }) => value !== '');
  const totp = form.filter(isSeed).map(({ value }): Totp => parseTotp(value));
  // What only repeats the columns for login and password is not kept twice.
  const extra = form.filter(
    (field) => !isSeed(field) && field.value !== parts.username && field.value !== parts.password,
  );
  const fields = extra.map(({ label, type, value }): Field => ({
    name: label,
    value,
    kind: type === 'pwd' ? 'hidden' : kindOfName(label),
  }));
  const matchUrl = row.take('MatchUrl');
  const isRule = matchUrl !== '' && matchUrl !== row.get('Url');
  const named = { ...parts, totp, fields };
  return { ...named, type: typeByContent(named), unmapped: isRule ? ['address to match'] : [] };
}

const NAMED = ['Name', 'Url', 'Login', 'Pwd', 'Note', 'Folder'];

export const roboformCsv = csvFormat({
  id: 'roboform-csv',
  product: 'RoboForm',
  required: [...NAMED, ['RfFieldsV2', 'Rf_fields']],
  optional: ['MatchUrl'],
  columns: {
    title: ['Name'],
    username: ['Login'],
    password: ['Pwd'],
    url: ['Url'],
    notes: ['Note'],
    folder: ['Folder'],
  },
  folderSeparator: '/',
  shortestRow: NAMED.length,
  hasNoTotpColumn: true,
  refine,
  leavesOut: {
    what: 'identities, bookmarks, attachments and who shares what',
    instead: 'export those kinds of entry too, each to its own file',
  },
});

// CSV of Passwords for Nextcloud. Its custom fields stand in one cell as lines "name, type: value".

import { csvFormat } from '../csv-profile.ts';
import type { CsvRecord } from '../csv-record.ts';
import { kindOfName } from '../key-words.ts';
import { typeByContent, type ItemParts } from '../item.ts';
import type { Field } from '../model.ts';

/** A value may look like the beginning of another; a name does not. */
const LINE = /^(.+?), (text|email|url|file|secret|data): (.*)$/;

/** Only when every line is of that form; else the cell stays one custom field. */
function takeCustom(row: CsvRecord): readonly Field[] {
  const cell = row.get('Custom Fields');
  const lines = cell.split(/\r\n|\n|\r/).filter((line) => line !== '');
  const matches = lines.map((line) => LINE.exec(line));
  if (matches.length === 0 || matches.includes(null)) return [];
  row.take('Custom Fields');
  return matches.map((match) => {
    const [, name = '', type, value = ''] = match ?? [];
    return { name, value, kind: type === 'secret' ? 'hidden' : kindOfName(name) };
  });
}

function refine(parts: ItemParts, row: CsvRecord): ItemParts {
  row.take('Folder Id');
  const hasRevision = row.take('Revision') !== '';
  return {
    ...parts,
    type: typeByContent(parts),
    fields: takeCustom(row),
    unmapped: hasRevision ? ['revision'] : [],
  };
}

export const nextcloudCsv = csvFormat({
  id: 'nextcloud-csv',
  product: 'Nextcloud Passwords',
  required: ['Label', 'Username', 'Password', 'Notes', 'Url', 'Folder', 'Tags', 'Favorite', 'Edited'],
  optional: ['Custom Fields', 'Id', 'Revision', 'Folder Id'],
  columns: {
    id: ['Id'],
    title: ['Label'],
    username: ['Username'],
    password: ['Password'],
    url: ['Url'],
    notes: ['Notes'],
    folder: ['Folder'],
    tags: ['Tags'],
    favourite: ['Favorite'],
    modified: ['Edited'],
  },
  tagSeparator: ',',
  refine,
  leavesOut: {
    what: 'which folder lies in which, one-time-code seeds and earlier passwords',
    instead: "export as the app's own JSON backup as well",
  },
});

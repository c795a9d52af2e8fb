// 1Password's older 1PIF: one JSON object a line, with a fixed separator between lines. Folders are entries
// of a type of their own. Each entry is brought into the shape of 1PUX and read as one. Files lie beside
// the export in a folder, which one file cannot hold, and nothing in it names them.

import { encodeHex, encodeUtf8 } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { missingFile } from '../attached.ts';
import { assertCounts } from '../bounds.ts';
import { finding, unknownTypeFindings } from '../findings.ts';
import { listedFolders } from '../folder-tree.ts';
import { claimIf, type Sample, type VaultFormat } from '../format.ts';
import {
  decodeExportText,
  isJsonObject,
  objectOrEmpty,
  objectsOf,
  parseExportJson,
  textOf,
  type JsonObject,
} from '../json.ts';
import type { Vault } from '../model.ts';
import { ONEPASSWORD_PRODUCT } from './onepassword-1pux.ts';
import { categoryNumberOf } from './onepassword-categories.ts';
import { isKnownCategory, readOnePasswordItem } from './onepassword-item.ts';

const FORMAT = '1pif';
const END = '***';
const FOLDER = 'system.folder.Regular';
/** Saved searches, and marks of what was deleted: nothing one could lose. */
const NO_ENTRY = 'system.';

const KNOWN_CONTENTS = new Set(
  'fields sections notesPlain password passwordHistory URLs htmlForm'.split(' '),
);

function objectOfLine(line: string, number: number): JsonObject {
  const json = parseExportJson(encodeUtf8(line), FORMAT);
  if (isJsonObject(json) && typeof json['typeName'] === 'string') return json;
  throw new EscrowError('vault.format', { format: FORMAT, reason: `line ${number} is no entry` });
}

/** The objects of a file; a line that begins with `***` ends each, so that a cut file shows. */
function objectsIn(bytes: Uint8Array): readonly JsonObject[] {
  const lines = decodeExportText(bytes, FORMAT).trimEnd().split(/\r?\n/);
  if (lines.at(-1)?.startsWith(END) !== true)
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it is cut short, or no 1PIF file' });
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith(END)) return [];
    return [objectOfLine(line, index + 1)];
  });
}

/** `{k, n, t, v}` as the fields of 1PUX are. */
function sectionOf(raw: JsonObject, place: string): JsonObject {
  const fields = objectsOf(raw['fields'], `${place}.fields`, FORMAT).map((field) => ({
    id: textOf(field['n']),
    title: textOf(field['t']),
    value: { [kindOf(field)]: field['v'] },
  }));
  return { title: textOf(raw['title']), fields };
}

function kindOf(field: JsonObject): string {
  const kind = textOf(field['k']);
  // Seeds had no kind of their own.
  if (textOf(field['n']).startsWith('TOTP_')) return 'totp';
  return kind === 'concealed' && textOf(field['n']) === 'ccnum' ? 'creditCardNumber' : kind;
}

/** Older versions repeat the fields of sections as plain keys; only what the sections lack is kept. */
function looseFields(contents: JsonObject, sections: readonly JsonObject[]): JsonObject[] {
  const seen = new Set(
    sections.flatMap(({ fields }) => objectsOf(fields, 'sections', FORMAT).map(({ id }) => textOf(id))),
  );
  return Object.entries(contents).flatMap(([key, value]) => {
    if (KNOWN_CONTENTS.has(key) || seen.has(key) || seen.has(key.replace(/_(?:yy|mm|dd)$/, ''))) return [];
    return [{ id: key, title: key, value: { [typeof value === 'object' ? 'unknown' : 'concealed']: value } }];
  });
}

function as1pux(raw: JsonObject, place: string): JsonObject {
  const contents = objectOrEmpty(raw['secureContents']);
  const open = objectOrEmpty(raw['openContents']);
  const sections = objectsOf(contents['sections'], `${place}.sections`, FORMAT).map((section) =>
    sectionOf(section, place),
  );
  const fields = objectsOf(contents['fields'], `${place}.fields`, FORMAT);
  const location = textOf(raw['location']);
  return {
    uuid: raw['uuid'],
    categoryUuid: categoryNumberOf(textOf(raw['typeName'])),
    trashed: raw['trashed'],
    createdAt: raw['createdAt'],
    updatedAt: raw['updatedAt'],
    favIndex: open['faveIndex'],
    details: {
      loginFields: fields.map((field) => ({ ...field, fieldType: field['type'] })),
      notesPlain: contents['notesPlain'],
      password: contents['password'],
      passwordHistory: contents['passwordHistory'],
      sections: [...sections, { title: '', fields: looseFields(contents, sections) }],
    },
    overview: {
      title: raw['title'],
      tags: open['tags'],
      url: location,
      urls: objectsOf(contents['URLs'], `${place}.URLs`, FORMAT),
    },
  };
}

function filesFinding(): Finding {
  return finding(
    'info',
    '1pif.files-left-out',
    'a 1PIF file never holds attachments and does not name them',
    'export as 1PUX, which holds them, or seal the folder with the files beside it',
  );
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const objects = objectsIn(bytes);
  const folders = objects.filter(({ typeName }) => typeName === FOLDER);
  const raws = objects.filter(({ typeName }) => !textOf(typeName).startsWith(NO_ENTRY));
  assertCounts(raws.length, folders.length);
  const items = [];
  let unknown = 0;
  for (const [index, raw] of raws.entries()) {
    const place = `entries[${index}]`;
    const shaped = as1pux(raw, place);
    if (!isKnownCategory(shaped)) unknown += 1;
    const folder = textOf(raw['folderUuid']);
    const item = await readOnePasswordItem(shaped, place, FORMAT, folder === '' ? [] : [folder], (file) =>
      Promise.resolve(missingFile(textOf(file['fileName']))),
    );
    items.push({ ...item, raw });
  }
  return {
    source: { product: ONEPASSWORD_PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: listedFolders(folders, 'folderUuid'),
    items,
    findings: [filesFinding(), ...unknownTypeFindings(unknown)],
  };
}

function isOurs({ json }: Sample): boolean {
  const kinds = json?.kinds;
  return kinds?.get('typeName') === 'string' && kinds.has('uuid') && kinds.has('secureContents');
}

export const onePassword1pif: VaultFormat = {
  id: FORMAT,
  product: ONEPASSWORD_PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample)),
  read,
};

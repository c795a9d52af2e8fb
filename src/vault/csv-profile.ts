// A product's CSV as a table of columns: which column is what in the model. Each product's file in
// readers/ is one such profile and its quirks; a person's own mapping for any other CSV is one as well.

import { encodeHex } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { LIMITS } from '../core/limits.ts';
import { decodeCsv, delimiterOf, readCsv, type CsvText } from './csv.ts';
import { CsvHeader, CsvRecord } from './csv-record.ts';
import { finding } from './findings.ts';
import { FolderTree } from './folder-tree.ts';
import type { Claim, ReadOptions, Sample, VaultFormat } from './format.ts';
import { itemOf, typeByContent, type ItemParts } from './item.ts';
import type { Container, FormatId, Item, Vault } from './model.ts';
import { isoTime } from './times.ts';
import { parseTotp } from './totp.ts';

/** What a column can be. */
export type CsvRole =
  | 'title'
  | 'username'
  | 'email'
  | 'password'
  | 'url'
  | 'notes'
  | 'totp'
  | 'folder'
  | 'tags'
  | 'favourite'
  | 'archived'
  | 'created'
  | 'modified'
  | 'expires';

export interface CsvProfile {
  readonly id: FormatId;
  readonly product: string;
  /** Columns without which it is not this product. */
  readonly required: readonly string[];
  /** Further columns it is known to write; with others beside them it is only perhaps this product. */
  readonly optional: readonly string[];
  /** Which column is what. Of several names, the first one that is not empty counts. */
  readonly columns: Readonly<Partial<Record<CsvRole, readonly string[]>>>;
  /** What separates levels of a folder, addresses, tags. Absent: the cell is one. */
  readonly folderSeparator?: string | RegExp;
  readonly urlSeparator?: string | RegExp;
  readonly tagSeparator?: string | RegExp;
  readonly containerKind?: Container['kind'];
  /** Rows differ in length. */
  readonly isRagged?: boolean;
  /** For files that come without a header: the names of the columns, and whether rows look like it. */
  readonly headerless?: { readonly names: readonly string[]; readonly fits: (rows: Rows) => boolean };
  /** Rows that are no entries: folders, repeated headers. */
  readonly isEntry?: (row: CsvRecord) => boolean;
  /** The product's quirks: last word on an entry. Cells it takes from the row become no custom fields. */
  readonly refine?: (parts: ItemParts, row: CsvRecord, folders: FolderTree) => ItemParts;
  /** What only this product's export can be said to lack. */
  readonly findings?: (items: readonly Item[], header: CsvHeader) => readonly Finding[];
}

type Rows = readonly (readonly string[])[];

/** What a profile says to a sample; see {@link Claim}. */
export function claimOf(profile: CsvProfile, { csv }: Sample): Claim {
  const [first] = csv?.rows ?? [];
  if (!csv || !first) return 'no';
  if (hasHeader(profile, first)) {
    const known = new CsvHeader([...profile.required, ...profile.optional]);
    return first.every((name) => name.trim() === '' || known.has(name)) ? 'yes' : 'maybe';
  }
  return profile.headerless?.fits(csv.rows) === true ? 'maybe' : 'no';
}

function hasHeader(profile: CsvProfile, first: readonly string[]): boolean {
  const header = new CsvHeader(first);
  return profile.required.every((name) => header.has(name));
}

const YES = /^(?:1|true|yes|y|x|on)$/i;

function split(text: string, separator: string | RegExp | undefined): readonly string[] {
  const parts = separator === undefined ? [text] : text.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Reads one file by a profile. */
class ProfileReader {
  readonly items: Item[] = [];
  readonly folders: FolderTree;
  header: CsvHeader | undefined;
  readonly #profile: CsvProfile;

  constructor(profile: CsvProfile) {
    this.#profile = profile;
    this.folders = new FolderTree(profile.containerKind);
  }

  row(cells: readonly string[], line: number): void {
    if (this.header === undefined) {
      const isHeader = hasHeader(this.#profile, cells);
      this.header = new CsvHeader(isHeader ? cells : this.#namesWithout(cells));
      if (isHeader) return;
    }
    const record = new CsvRecord(this.header, cells, line);
    if (this.#profile.isEntry?.(record) === false) return;
    if (this.items.length >= LIMITS.vaultItems)
      throw new EscrowError('limit.exceeded', { what: 'entries in an export', limit: LIMITS.vaultItems });
    this.items.push(this.#item(record));
  }

  #namesWithout(first: readonly string[]): readonly string[] {
    const { id, required, headerless } = this.#profile;
    if (headerless) return headerless.names;
    const header = new CsvHeader(first);
    const missing = required.filter((name) => !header.has(name));
    throw new EscrowError('vault.format', {
      format: id,
      reason: `its first row has no column ${missing.map((name) => `"${name}"`).join(' and none ')}`,
    });
  }

  #item(record: CsvRecord): Item {
    const profile = this.#profile;
    const take = (role: CsvRole): string => takeFirst(record, profile.columns[role] ?? []);
    const email = take('email');
    const seed = take('totp');
    const parts: ItemParts = {
      id: `row-${record.line}`,
      type: 'login',
      title: take('title'),
      username: take('username'),
      password: take('password'),
      urls: split(take('url'), profile.urlSeparator).map((uri) => ({ uri })),
      notes: take('notes'),
      totp: seed.trim() === '' ? [] : [parseTotp(seed)],
      tags: split(take('tags'), profile.tagSeparator),
      favourite: YES.test(take('favourite').trim()),
      state: YES.test(take('archived').trim()) ? 'archived' : 'active',
      containerIds: this.folders.place(split(take('folder'), profile.folderSeparator)),
      ...timesOf(record, profile),
      raw: record.cells,
    };
    const named = withEmail(parts, email);
    const refined = profile.refine?.(named, record, this.folders) ?? { ...named, type: typeByContent(named) };
    return itemOf({ ...refined, fields: [...(refined.fields ?? []), ...record.rest()] });
  }
}

/** The first of several columns that is not empty; the others stay for the custom fields. */
function takeFirst(record: CsvRecord, names: readonly string[]): string {
  const name = names.find((candidate) => record.get(candidate) !== '');
  return name === undefined ? '' : record.take(name);
}

/** An e-mail address is what one signs in with where there is no other name. */
function withEmail(parts: ItemParts, email: string): ItemParts {
  if (email === '' || email === parts.username) return parts;
  if (parts.username === '') return { ...parts, username: email };
  return { ...parts, fields: [...(parts.fields ?? []), { name: 'email', value: email, kind: 'text' }] };
}

function timesOf(record: CsvRecord, { columns }: CsvProfile): Pick<Item, 'created' | 'modified' | 'expires'> {
  const times: { created?: string; modified?: string; expires?: string } = {};
  for (const role of ['created', 'modified', 'expires'] as const) {
    const name = columns[role]?.find((candidate) => record.get(candidate) !== '');
    const time = name === undefined ? undefined : isoTime(record.get(name));
    // What is no time for sure stays a text among the custom fields.
    if (name === undefined || time === undefined) continue;
    record.take(name);
    times[role] = time;
  }
  return times;
}

function encodingFindings(csv: CsvText): readonly Finding[] {
  const findings: Finding[] = [];
  const again = 'export it again and seal that file, without opening it in between';
  if (csv.encoding === 'Windows-1252')
    findings.push(
      finding('warning', 'csv.not-utf8', 'the text is not UTF-8: letters beyond English may be wrong', again),
    );
  if (delimiterOf(csv.text) === ';')
    findings.push(
      finding(
        'warning',
        'csv.spreadsheet',
        'columns are separated by semicolons: a spreadsheet saved this',
        again,
      ),
    );
  return findings;
}

async function read(profile: CsvProfile, crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const csv = decodeCsv(bytes);
  if (!csv) throw new EscrowError('vault.format', { format: profile.id, reason: 'it is no text' });
  const reader = new ProfileReader(profile);
  readCsv(
    csv,
    profile.id,
    ({ cells, line }) => {
      reader.row(cells, line);
    },
    { isRagged: profile.isRagged === true },
  );
  const header = reader.header ?? new CsvHeader([]);
  return {
    source: { product: profile.product, format: profile.id, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: reader.folders.containers,
    items: reader.items,
    findings: [...encodingFindings(csv), ...(profile.findings?.(reader.items, header) ?? [])],
  };
}

/** A format that a profile describes. */
export function csvFormat(profile: CsvProfile): VaultFormat {
  return {
    id: profile.id,
    product: profile.product,
    encrypted: false,
    recognise: (sample) => claimOf(profile, sample),
    read: (crypto: CryptoPort, bytes: Uint8Array, _options: ReadOptions) => read(profile, crypto, bytes),
  };
}

// Reads one CSV file by a product's profile, row by row: entries and the folders they lie in, and what is
// to be said of the file. A ZIP of several CSV files is read with it as well, file by file.

import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { LIMITS } from '../core/limits.ts';
import { csvFindings, SpreadsheetMarks } from './csv-findings.ts';
import type { CsvProfile, CsvRole } from './csv-profile.ts';
import { CsvHeader, CsvRecord } from './csv-record.ts';
import { decodeCsv, readCsv } from './csv.ts';
import { FolderTree } from './folder-tree.ts';
import { itemOf, typeByContent, type ItemParts } from './item.ts';
import type { Container, Item } from './model.ts';
import { isoTime } from './times.ts';
import { parseTotp } from './totp.ts';

export interface CsvEntries {
  readonly items: readonly Item[];
  readonly containers: readonly Container[];
  readonly findings: readonly Finding[];
}

/** Whether a row holds the names of a profile's columns. */
export function hasHeader({ required }: CsvProfile, row: readonly string[]): boolean {
  const header = new CsvHeader(row);
  return required.every((names) => [names].flat().some((name) => header.has(name)));
}

const YES = /^(?:1|true|yes|y|x|on)$/i;
const NO = /^(?:0|false|no|n|off|)$/i;

const NONE: readonly never[] = [];

function split(text: string, separator: string | RegExp | undefined): readonly string[] {
  if (text === '') return NONE;
  if (separator === undefined) return text.trim() === '' ? NONE : [text.trim()];
  const parts = text.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The first of several columns that is not empty; the others stay for the custom fields. */
function takeFirst(record: CsvRecord, names: readonly string[] = NONE): string {
  for (const name of names) if (record.get(name) !== '') return record.take(name);
  return '';
}

/** A cell that says yes or no; one that says anything else stays for the custom fields. */
function takeYes(record: CsvRecord, names: readonly string[] = NONE): boolean {
  const name = names.find((candidate) => record.get(candidate) !== '');
  const text = name === undefined ? '' : record.get(name).trim();
  const isYes = YES.test(text);
  if (name !== undefined && (isYes || NO.test(text))) record.take(name);
  return isYes;
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

/** Reads one file by a profile. */
class ProfileReader {
  readonly items: Item[] = [];
  readonly folders: FolderTree;
  readonly marks = new SpreadsheetMarks();
  header: CsvHeader | undefined;
  readonly #profile: CsvProfile;
  readonly #idPrefix: string;
  readonly #ids = new Set<string>();

  constructor(profile: CsvProfile, idPrefix: string) {
    this.#profile = profile;
    this.#idPrefix = idPrefix;
    this.folders = new FolderTree(profile.containerKind);
  }

  row(cells: readonly string[], line: number): void {
    if (this.header === undefined || this.#profile.repeatsHeader === true) {
      const isHeader = hasHeader(this.#profile, cells);
      if (isHeader) this.header = new CsvHeader(cells);
      if (isHeader) return;
    }
    this.header ??= new CsvHeader(this.#namesWithout(cells));
    this.#assertLength(cells, line);
    const record = new CsvRecord(this.header, cells, line);
    if (this.#profile.isEntry?.(record, this.folders) === false) return;
    this.#assertWidth(this.header, cells, line);
    if (this.items.length >= LIMITS.vaultItems)
      throw new EscrowError('limit.exceeded', { what: 'entries in an export', limit: LIMITS.vaultItems });
    this.marks.look(cells);
    this.items.push(this.#item(record));
  }

  #namesWithout(first: readonly string[]): readonly string[] {
    const { id, required, headerless, missingColumn } = this.#profile;
    const names = headerless?.names(first);
    if (names !== undefined) return names;
    const header = new CsvHeader(first);
    const missing = required
      .filter((column) => ![column].flat().some((name) => header.has(name)))
      .map((column) =>
        [column]
          .flat()
          .map((name) => `"${name}"`)
          .join(' or '),
      );
    const reason = `its first row has no column ${missing.join(' and none ')}; perhaps the file has no header row`;
    throw missingColumn?.(reason) ?? new EscrowError('vault.format', { format: id, reason });
  }

  #assertLength(cells: readonly string[], line: number): void {
    const { id, shortestRow = 0, widths } = this.#profile;
    if (widths?.includes(cells.length) === false) {
      const reason = `the row that ends in line ${line} has ${cells.length} cells, not ${widths.join(' or ')}`;
      throw new EscrowError('vault.format', { format: id, reason });
    }
    if (cells.length >= shortestRow) return;
    const reason = `the row that ends in line ${line} has ${cells.length} cells, not ${shortestRow} or more`;
    throw new EscrowError('vault.format', { format: id, reason });
  }

  /** Beneath a header of its own, a row of another width is one whose cells slipped. */
  #assertWidth({ names }: CsvHeader, cells: readonly string[], line: number): void {
    const { id, repeatsHeader } = this.#profile;
    if (repeatsHeader !== true || cells.length === names.length) return;
    const reason = `the row that ends in line ${line} has ${cells.length} cells, its header has ${names.length}`;
    throw new EscrowError('vault.format', { format: id, reason });
  }

  /** The product's own id, or the row's number where it has none or gave it away before. */
  #idOf(record: CsvRecord): string {
    const own = takeFirst(record, this.#profile.columns.id);
    const id = this.#idPrefix + (own === '' || this.#ids.has(own) ? `row-${record.line}` : own);
    this.#ids.add(own);
    return id;
  }

  #placeOf(record: CsvRecord): readonly string[] {
    const { columns, folderSeparator } = this.#profile;
    const client = takeFirst(record, columns.client).trim();
    const path = split(takeFirst(record, columns.folder), folderSeparator);
    return client === '' ? this.folders.place(path) : this.folders.place([client, ...path], 'client');
  }

  #item(record: CsvRecord): Item {
    const profile = this.#profile;
    const take = (role: CsvRole): string => takeFirst(record, profile.columns[role]);
    const email = take('email');
    const seed = take('totp');
    const parts: ItemParts = {
      id: this.#idOf(record),
      type: 'login',
      title: take('title'),
      username: take('username'),
      password: take('password'),
      urls: split(take('url'), profile.urlSeparator).map((uri) => ({ uri })),
      notes: take('notes'),
      totp: seed.trim() === '' ? [] : [parseTotp(seed)],
      tags: split(take('tags'), profile.tagSeparator),
      favourite: takeYes(record, profile.columns.favourite),
      state: takeYes(record, profile.columns.archived) ? 'archived' : 'active',
      containerIds: this.#placeOf(record),
      ...timesOf(record, profile),
      // A copy takes what it needs; the parser's own list has room for more.
      raw: record.cells.slice(),
    };
    const named = withEmail(parts, email);
    const refined = profile.refine?.(named, record, this.folders) ?? { ...named, type: typeByContent(named) };
    const rest = record.rest();
    return itemOf(rest.length === 0 ? refined : { ...refined, fields: [...(refined.fields ?? []), ...rest] });
  }
}

/**
 * Reads a CSV file by a profile.
 *
 * @param idPrefix - Goes before the entries' ids, where several files become one vault.
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export function readByProfile(profile: CsvProfile, bytes: Uint8Array, idPrefix = ''): CsvEntries {
  const csv = decodeCsv(bytes);
  if (!csv) throw new EscrowError('vault.format', { format: profile.id, reason: 'it is no text' });
  const reader = new ProfileReader(profile, idPrefix);
  readCsv(
    csv,
    profile.id,
    ({ cells, line }) => {
      reader.row(cells, line);
    },
    {
      isRagged: profile.shortestRow !== undefined,
      endsInComma: profile.endsInComma === true,
      escapesByBackslash: profile.escapesByBackslash === true,
    },
  );
  const header = reader.header ?? new CsvHeader([]);
  const { items, folders, marks } = reader;
  return {
    items,
    containers: folders.containers,
    findings: [
      ...csvFindings(profile, csv, header, items),
      ...marks.findings(),
      ...(profile.findings?.(items, header) ?? []),
    ],
  };
}

// A product's CSV as a table of columns: which column is what in the model. Each product's file in
// readers/ is one such profile and its quirks; a person's own mapping for any other CSV is one as well.
// csv-entries.ts reads a file by a profile.

import { encodeHex } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import type { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { hasHeader, readByProfile } from './csv-entries.ts';
import { CsvHeader, type CsvRecord } from './csv-record.ts';
import type { FolderTree } from './folder-tree.ts';
import type { Claim, Sample, VaultFormat } from './format.ts';
import type { ItemParts } from './item.ts';
import type { Container, FormatId, Item, Vault } from './model.ts';

/** What a column can be. */
export type CsvRole =
  | 'id'
  | 'title'
  | 'username'
  | 'email'
  | 'password'
  | 'url'
  | 'notes'
  | 'totp'
  | 'client'
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
  /** Columns without which it is not this product; of a list of names, one is enough. */
  readonly required: readonly (string | readonly string[])[];
  /** Further columns it is known to write; with others beside them it is only perhaps this product. */
  readonly optional: readonly string[];
  /** Further columns it names by a rule of its own. */
  readonly known?: RegExp;
  /** Names that only this product writes: with one of them, columns it is not known for cast no doubt. */
  readonly telling?: readonly string[];
  /** Its header is not known from a real export: a match is never more than `maybe`. */
  readonly isUnsure?: boolean;
  /** Which column is what. Of several names, the first one that is not empty counts. */
  readonly columns: Readonly<Partial<Record<CsvRole, readonly string[]>>>;
  /** What separates levels of a folder, addresses, tags. Absent: the cell is one. */
  readonly folderSeparator?: string | RegExp;
  readonly urlSeparator?: string | RegExp;
  readonly tagSeparator?: string | RegExp;
  readonly containerKind?: Container['kind'];
  /** Rows differ in length; none has fewer cells than this. */
  readonly shortestRow?: number;
  /** Of rows that differ in length, the lengths there are; any other is one whose cells slipped. */
  readonly widths?: readonly number[];
  /** Rows end in a comma that the header lacks. */
  readonly endsInComma?: boolean;
  /** A quote within a cell is written as backslash and quote, and a backslash as two. */
  readonly escapesByBackslash?: boolean;
  /** Each part of the file has a header of its own; the names in it may differ. */
  readonly repeatsHeader?: boolean;
  /** For files that come without a header: whether rows look like it, and what their columns are. */
  readonly headerless?: { readonly fits: (rows: Rows) => boolean; readonly names: Naming };
  /** Whose fault a missing column is, where it is not the file's. */
  readonly missingColumn?: (reason: string) => EscrowError;
  /** Rows that are no entries, such as folders. */
  readonly isEntry?: (row: CsvRecord, folders: FolderTree) => boolean;
  /** The product's quirks: last word on an entry. Cells it takes from the row become no custom fields. */
  readonly refine?: (parts: ItemParts, row: CsvRecord, folders: FolderTree) => ItemParts;
  /** One-time-code seeds are in no column of their own, or the product has none at all. */
  readonly hasNoTotpColumn?: boolean;
  /** What this CSV leaves out for sure, and what to do instead. */
  readonly leavesOut?: { readonly what: string; readonly instead: string };
  /** What only this product's export can be said to lack. */
  readonly findings?: (items: readonly Item[], header: CsvHeader) => readonly Finding[];
}

export type Rows = readonly (readonly string[])[];
/** The columns' names, told from the first row; undefined where it cannot be this product's. */
type Naming = (first: readonly string[]) => readonly string[] | undefined;

/** What a profile says to a sample; see {@link Claim}. */
export function claimOf(profile: CsvProfile, { csv }: Sample): Claim {
  const [first] = csv?.rows ?? [];
  if (!csv || !first) return 'no';
  if (!hasHeader(profile, first)) return profile.headerless?.fits(csv.rows) === true ? 'maybe' : 'no';
  if (profile.isUnsure === true) return 'maybe';
  const known = new CsvHeader([...profile.required.flat(), ...profile.optional]);
  const isKnown = (name: string): boolean =>
    name.trim() === '' || known.has(name) || profile.known?.test(name) === true;
  const header = new CsvHeader(first);
  const isTold = profile.telling?.some((name) => header.has(name)) === true;
  return isTold || first.every(isKnown) ? 'yes' : 'maybe';
}

/** Reads a whole export by a profile. */
export async function readCsvVault(
  profile: CsvProfile,
  crypto: CryptoPort,
  bytes: Uint8Array,
): Promise<Vault> {
  const { items, containers, findings } = readByProfile(profile, bytes);
  const sha256 = encodeHex(await crypto.sha256(bytes));
  const source = { product: profile.product, format: profile.id, sha256 };
  return { source, containers, items, findings };
}

/** A format that a profile describes. */
export function csvFormat(profile: CsvProfile): VaultFormat {
  return {
    id: profile.id,
    product: profile.product,
    encrypted: false,
    recognise: (sample) => claimOf(profile, sample),
    read: (crypto, bytes) => readCsvVault(profile, crypto, bytes),
  };
}

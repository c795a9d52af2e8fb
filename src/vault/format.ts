// What a format is to the rest of the vault: a name, a way to know it by content, and a reader. One
// file of readers/ exports one or more of these; formats.ts lists them. File names play no part.

import type { CryptoPort } from '../core/crypto.ts';
import type { CsvMapping } from './csv-mapping.ts';
import type { CsvOutline } from './csv.ts';
import type { JsonOutline } from './json-outline.ts';
import type { FormatId, Vault } from './model.ts';

/** The first bytes of an export, and their outline as whatever kind of file they begin as. */
export interface Sample {
  readonly head: Uint8Array;
  readonly json: JsonOutline | undefined;
  readonly csv: CsvOutline | undefined;
  /** Name of the outermost element. */
  readonly xmlRoot: string | undefined;
  /** Names of files in a ZIP. */
  readonly zip: readonly string[] | undefined;
}

/**
 * What a format says to a sample: it is mine; it could be mine, a person must say so; it is not. A CSV
 * without a header, or with columns the product never wrote, is never more than `maybe`.
 */
export type Claim = 'yes' | 'maybe' | 'no';

export const claimIf = (isMine: boolean): Claim => (isMine ? 'yes' : 'no');

export interface ReadOptions {
  /** What errors call the export. */
  readonly name: string;
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase?: Uint8Array | undefined;
  /** A KeePass key file, whole. Borrowed likewise. */
  readonly keyFile?: Uint8Array | undefined;
  /** Which column is what, for a CSV that no other reader knows. */
  readonly columns?: CsvMapping | undefined;
}

export interface VaultFormat {
  readonly id: FormatId;
  readonly product: string;
  /** Locked: it needs a passphrase or a key file to be read. */
  readonly encrypted: boolean;
  /** Its entries are locked one by one and are not opened here: there is nothing to convert. */
  readonly staysLocked?: boolean;
  recognise(sample: Sample): Claim;
  /**
   * @throws {@link EscrowError} `vault.*` or `limit.exceeded`; nothing else, whatever the bytes.
   */
  read(crypto: CryptoPort, bytes: Uint8Array, options: ReadOptions): Promise<Vault>;
}

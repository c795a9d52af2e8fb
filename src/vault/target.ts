// What a target is to the rest of the vault: a name, an ending, and a writer that reads back what it wrote.
// One file of writers/ exports one or more of these; targets.ts lists them.

import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import type { LossReport } from './loss.ts';
import type { Vault } from './model.ts';

export type TargetId =
  | 'kdbx'
  | 'bitwarden-json'
  | 'bitwarden-json-org'
  | 'bitwarden-zip'
  | '1password-csv'
  | 'csv'
  | 'json'
  | 'sheet';

export interface WriteOptions {
  /** For targets that are locked. UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase: Uint8Array;
  /** ISO 8601: for targets that want a date where the source has none. */
  readonly now: string;
  /** What the vault is called where the target shows a name. */
  readonly name?: string | undefined;
}

export interface WrittenVault {
  /** In the clear, unless the target is locked; the caller wipes it. */
  readonly bytes: Bytes;
  readonly loss: LossReport;
}

export interface VaultTarget {
  readonly id: TargetId;
  /** Of the file's name: "kdbx". */
  readonly ending: string;
  /** The programs that take it, for a sentence: "opens in KeePassXC". */
  readonly use: string;
  /** Whether it is encrypted with a passphrase; all others are secrets in the clear. */
  readonly isLocked: boolean;
  /** @throws {@link EscrowError} `vault.write-mismatch` when reading back gives anything else. */
  write(crypto: CryptoPort, vault: Vault, options: WriteOptions): Promise<WrittenVault>;
}

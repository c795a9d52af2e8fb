// What a format is to the rest of the vault: a name, a way to know it by content, and a reader. One
// file of readers/ exports one or more of these; formats.ts lists them. File names play no part.

import type { CryptoPort } from '../core/crypto.ts';
import type { JsonOutline } from './json-outline.ts';
import type { FormatId, Vault } from './model.ts';

/** The first bytes of an export, with the outline of its JSON when it is an object. */
export interface Sample {
  readonly head: Uint8Array;
  readonly json: JsonOutline | undefined;
}

export interface ReadOptions {
  /** What errors call the export. */
  readonly name: string;
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase?: Uint8Array | undefined;
  /** A KeePass key file, whole. Borrowed likewise. */
  readonly keyFile?: Uint8Array | undefined;
}

export interface VaultFormat {
  readonly id: FormatId;
  readonly product: string;
  /** Locked: it needs a passphrase or a key file to be read. */
  readonly encrypted: boolean;
  recognise(sample: Sample): boolean;
  /**
   * @throws {@link EscrowError} `vault.*` or `limit.exceeded`; nothing else, whatever the bytes.
   */
  read(crypto: CryptoPort, bytes: Uint8Array, options: ReadOptions): Promise<Vault>;
}

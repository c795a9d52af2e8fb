// From the bytes of an export to what there is to say of it, in one call, as the commands do it in several.

import type { CryptoPort } from '../../src/core/crypto.ts';
import type { CheckContext } from '../../src/vault/checks/check.ts';
import type { CsvMapping } from '../../src/vault/csv-mapping.ts';
import { inspectVault, sureFormat, type Inspection } from '../../src/vault/inspect.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';

/** `now` and `previous` are what some checks compare with; without them these find nothing. */
export interface InspectOptions extends CheckContext {
  /** What errors call the export. */
  readonly name: string;
  /** The format, where the caller was told; recognised by content otherwise. */
  readonly as?: FormatId | undefined;
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase?: Uint8Array | undefined;
  readonly keyFile?: Uint8Array | undefined;
  /** Which column is what: with it, the export is a `csv` unless `as` says otherwise. */
  readonly columns?: CsvMapping | undefined;
}

/**
 * Opens an export and reports on it. An empty one is reported (`vault.empty`, an error), not thrown:
 * whether to refuse it is the caller's to say.
 *
 * @throws {@link EscrowError} `vault.ambiguous`, `vault.unrecognised`, and whatever `openVault` throws.
 */
export async function inspectExport(
  crypto: CryptoPort,
  bytes: Uint8Array,
  options: InspectOptions,
): Promise<Inspection> {
  const { name, passphrase, keyFile, columns, now, previous } = options;
  const format = options.as ?? (columns ? 'csv' : sureFormat(bytes, name));
  const vault = await openVault(crypto, bytes, { format, name, passphrase, keyFile, columns });
  return inspectVault(vault, { now, previous });
}

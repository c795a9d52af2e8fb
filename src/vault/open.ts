// From an export's bytes to the model: the one door to the readers. It does not guess formats
// (recognise.ts) and does not judge what it read (inspect.ts).

import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { depthOf } from './container-paths.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { formatOf } from './formats.ts';
import type { FormatId, Vault } from './model.ts';

export interface OpenOptions {
  readonly format: FormatId;
  /** What errors call the export; "export" when left out. */
  readonly name?: string | undefined;
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase?: Uint8Array | undefined;
  /** A KeePass key file, whole. Borrowed likewise. */
  readonly keyFile?: Uint8Array | undefined;
  /** For the format `csv`: which column is what. */
  readonly columns?: CsvMapping | undefined;
}

/**
 * Reads an export into the model.
 *
 * @throws {@link EscrowError} `vault.format`, `vault.account-restricted`, `vault.unsupported`,
 * `vault.passphrase-needed`, `vault.wrong-passphrase`, `vault.key-file`, `vault.columns` or `limit.exceeded`.
 */
export async function openVault(crypto: CryptoPort, bytes: Uint8Array, options: OpenOptions): Promise<Vault> {
  const { format, name = 'export', passphrase, keyFile, columns } = options;
  if (bytes.length > LIMITS.exportBytes)
    throw new EscrowError('limit.exceeded', { what: 'bytes of an export', limit: LIMITS.exportBytes });
  if ((keyFile?.length ?? 0) > LIMITS.keyFileBytes)
    throw new EscrowError('limit.exceeded', { what: 'bytes of a key file', limit: LIMITS.keyFileBytes });
  try {
    const vault = await formatOf(format).read(crypto, bytes, { name, passphrase, keyFile, columns });
    assertDepth(vault);
    return vault;
  } catch (error) {
    // Readers do not know which of several exports they read.
    if (!isEscrowError(error, 'vault.format') || options.name === undefined) throw error;
    throw new EscrowError('vault.format', { ...error.facts, name });
  }
}

/** Every writer spells out paths, which together grow with the square of the depth. */
function assertDepth({ containers }: Vault): void {
  const limit = LIMITS.vaultContainerDepth;
  if (depthOf(containers) > limit)
    throw new EscrowError('limit.exceeded', { what: 'depth of folders', limit });
}

// What a package holds beside raw bytes: its exports as vaults, opened with what lies in unlock/, and the
// list of clients. Where the files lie, on a disk or in memory, only the reader knows.

import { wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { LIMITS } from '../core/limits.ts';
import { CLIENTS_FILE } from '../vault/client.ts';
import type { Client } from '../vault/client.ts';
import { decodeClients } from '../vault/clients-file.ts';
import { decodeCsvMapping } from '../vault/csv-mapping.ts';
import { formatOf, isFormatId } from '../vault/formats.ts';
import type { Vault } from '../vault/model.ts';
import { openVault } from '../vault/open.ts';
import type { Manifest, ManifestSource } from './manifest.ts';
import { COLUMNS_NAME } from './seal.ts';

/** Where the list of clients lies in a package. */
const CLIENTS_PATH = `plan/${CLIENTS_FILE}`;

/** Reads a file of the payload by its path there, up to so many bytes. What it gives is wiped after use. */
export type ReadPayloadFile = (path: string, limit: number) => Promise<Bytes>;

/**
 * An export of a package as a vault.
 *
 * @returns undefined for a file that was sealed as it is, because no reader knows it or none can open it.
 * @throws {@link EscrowError} as `openVault` and the reader do.
 */
export async function openSource(
  crypto: CryptoPort,
  source: ManifestSource,
  read: ReadPayloadFile,
): Promise<Vault | undefined> {
  const { format, name } = source;
  if (!isFormatId(format) || formatOf(format).staysLocked === true) return undefined;
  const readIf = async (path: string | null, limit: number): Promise<Bytes | undefined> =>
    path === null ? undefined : await read(path, limit);
  let [bytes, passphrase, keyFile]: (Bytes | undefined)[] = [];
  try {
    bytes = await read(source.path, LIMITS.exportBytes);
    passphrase = await readIf(source.passphrase, LIMITS.passphraseBytes);
    keyFile = await readIf(source.keyFile, LIMITS.keyFileBytes);
    const columns =
      format === 'csv' ? await read(`unlock/${name}/${COLUMNS_NAME}`, LIMITS.csvMappingBytes) : undefined;
    return await openVault(crypto, bytes, {
      format,
      name,
      passphrase,
      keyFile,
      columns: columns && decodeCsvMapping(columns),
    });
  } finally {
    wipe(bytes, passphrase, keyFile);
  }
}

/**
 * The list of clients that was sealed with the exports; undefined where there is none.
 *
 * @throws {@link EscrowError} as `decodeClients` and the reader do.
 */
export async function readSealedClients(
  manifest: Manifest,
  read: ReadPayloadFile,
): Promise<readonly Client[] | undefined> {
  if (!manifest.plan.some(({ path }) => path === CLIENTS_PATH)) return undefined;
  return decodeClients(await read(CLIENTS_PATH, LIMITS.clientsBytes));
}

// Everything an escrow folder holds, gathered for verify and status.

import { EMPTY_DOCUMENT } from '../adapters/documents.ts';
import type { EscrowFolder, PackageFile } from '../adapters/escrow-folder.ts';
import { digestOfFile } from '../adapters/read-file.ts';
import type { EscrowError } from '../core/errors.ts';
import { isEscrowError } from '../core/errors.ts';
import type { EscrowContents, PresentPackage } from '../escrow/ports.ts';

async function present(file: PackageFile, isRead: boolean): Promise<PresentPackage> {
  const { name, size } = file;
  return isRead ? { name, size, sha256: (await digestOfFile(file.path)).sha256 } : { name, size };
}

/** Is told of what cannot be read; the rest is judged as if that were empty. */
type Unread = (problem: EscrowError) => void;

async function orElse<T>(instead: T, reading: Promise<T>, unread: Unread | undefined): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!unread || !isEscrowError(error)) throw error;
    unread(error);
    return instead;
  }
}

/**
 * @param read - Which packages to read whole: none, the newest, or all.
 * @param unread - Where it is missing, what cannot be read is thrown.
 */
export async function readContents(
  folder: EscrowFolder,
  read: 'none' | 'newest' | 'all',
  unread?: Unread,
): Promise<EscrowContents> {
  // The reverse of the order in which a seal writes, so that one that ends meanwhile accuses nobody.
  const ledger = await orElse(new Uint8Array(), folder.ledger(), unread);
  const charter = await orElse(EMPTY_DOCUMENT, folder.charters.current(), unread);
  const none = { chain: [], pending: [] };
  const { chain, pending } = await orElse(none, folder.charters.chainAndPending(), unread);
  const records = await orElse([], folder.records(), unread);
  const packages: PresentPackage[] = [];
  for (const [index, file] of (await orElse([], folder.packages(), unread)).entries()) {
    packages.push(await present(file, read === 'all' || (read === 'newest' && index === 0)));
  }
  return { charter, chain, pending, records, packages, ledger };
}

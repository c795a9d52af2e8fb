// Everything an escrow folder holds, gathered for verify and status.

import type { EscrowFolder, PackageFile } from '../adapters/escrow-folder.ts';
import { digestOfFile } from '../adapters/read-file.ts';
import type { EscrowContents, PresentPackage } from '../escrow/verify.ts';

async function present(file: PackageFile, isRead: boolean): Promise<PresentPackage> {
  const { name, size } = file;
  return isRead ? { name, size, sha256: (await digestOfFile(file.path)).sha256 } : { name, size };
}

/** @param read - Which packages to read whole: none, the newest, or all. */
export async function readContents(
  folder: EscrowFolder,
  read: 'none' | 'newest' | 'all',
): Promise<EscrowContents> {
  // The reverse of the order in which a seal writes, so that one that ends meanwhile accuses nobody.
  const ledger = await folder.ledger();
  const charter = await folder.charter();
  const chain = await folder.charterChain();
  const records = await folder.records();
  const packages: PresentPackage[] = [];
  for (const [index, file] of (await folder.packages()).entries()) {
    packages.push(await present(file, read === 'all' || (read === 'newest' && index === 0)));
  }
  return { charter, chain, records, packages, ledger };
}

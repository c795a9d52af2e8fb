// An export that somebody named: a file, or standard input; opened, recognised and read into the model.

import { exportFromStream, exportOnDisk, readWhole } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { isFolder } from '../adapters/read-file.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { wipe } from '../core/bytes.ts';
import type { ReadFile, Unlock } from '../escrow/seal.ts';
import type { FormatId, Vault } from '../vault/model.ts';
import { openVault } from '../vault/open.ts';
import { recognise, sampleOf } from '../vault/recognise.ts';
import { exportFormat } from './export-format.ts';
import type { Session } from './session.ts';
import { sourceName } from './source-names.ts';
import { readerKeys } from './unlock.ts';

/** A pipe has no name, and whoever recovers it needs to know what to open it with. */
function endingOf(head: Uint8Array): string {
  const sample = sampleOf(head);
  if (recognise(head) === 'kdbx') return '.kdbx';
  if (sample.json) return '.json';
  if (sample.zip) return '.zip';
  if (sample.xmlRoot !== undefined) return '.xml';
  return sample.csv ? '.csv' : '.export';
}

export async function openExport(
  session: Session,
  named: string,
  options: { readonly name?: string } = {},
): Promise<ExportFile> {
  if (named === '-') {
    const file = await exportFromStream(await session.crypto(), session.io.stdin, 'stdin');
    return { ...file, fileName: sourceName(options.name ?? 'stdin') + endingOf(file.head) };
  }
  const path = session.path(named);
  const service = syncedBy(path);
  if (service !== undefined) {
    session.warn(
      `${named} lies in a folder that ${service} seems to sync: the plain export may already be in the cloud`,
    );
  }
  if (!(await isFolder(path))) return exportOnDisk(path);
  // Zipping is loaded for those who have a folder.
  const { exportOfFolder } = await import('../adapters/export-folder.ts');
  return exportOfFolder(path);
}

interface ReadExport {
  readonly read: ReadFile;
  readonly format: FormatId;
  readonly vault: Vault;
}

/**
 * Reads an export into the model.
 *
 * @param as - What --as says.
 * @throws {@link EscrowError} `vault.*`, `usage`, `limit.exceeded`, `file.*`.
 */
export async function readExport(
  session: Session,
  file: ExportFile,
  as: string | undefined,
  unlock: Unlock,
): Promise<ReadExport> {
  const { fileName: name } = file;
  const keys = await readerKeys(unlock);
  const { bytes, read } = await readWhole(file);
  try {
    const format = await exportFormat(session, { name, bytes, as, hasColumns: keys.columns !== undefined });
    return { read, format, vault: await openVault(await session.crypto(), bytes, { format, name, ...keys }) };
  } finally {
    wipe(bytes);
  }
}

// One export named on the command line: opened, recognised, read once and judged fit or unfit to seal.

import { exportFromStream, exportOnDisk, readOnce, readWhole } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { SealSource, Unlock } from '../escrow/seal.ts';
import { assignClients } from '../vault/clients.ts';
import type { ClientAssignment } from '../vault/clients.ts';
import type { Client } from '../vault/clients-file.ts';
import { inspectVault } from '../vault/inspect.ts';
import { openVault } from '../vault/open.ts';
import { isWorthReading, recognise, sampleOf } from '../vault/recognise.ts';
import { exportFormat } from './export-format.ts';
import type { SourceOptions } from './export-sources.ts';
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
  options: Pick<SourceOptions, 'name'>,
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
  return exportOnDisk(path);
}

interface Inspected {
  readonly source: Omit<SealSource, 'name'>;
  /** Whose its entries are; absent where nothing was looked into. */
  readonly clients?: ClientAssignment;
  /** Locked, and what opens it stays behind. */
  readonly isLeftLocked: boolean;
}

interface Inspecting {
  readonly unlock: Unlock;
  /** What the source is called in the package. */
  readonly name: string;
  /** Of plan/clients.yaml, where there is one. */
  readonly clients: readonly Client[] | undefined;
}

/** Looks into an export; refuses what a quorum could not use later. */
export async function inspectSource(
  session: Session,
  file: ExportFile,
  options: SourceOptions,
  { unlock, name, clients }: Inspecting,
): Promise<Inspected> {
  const isUnlockKept = options.unlock !== false;
  if (options.as === 'file') {
    // Nothing helps against this one: it opens for nobody but the account that made it.
    const whole = file.size <= file.head.length ? file.head : undefined;
    if (recognise(file.head, whole) === 'bitwarden-account-restricted')
      throw new EscrowError('vault.account-restricted', { name: file.fileName });
    const read = await readOnce(file);
    return { source: isUnlockKept ? { ...read, unlock } : read, isLeftLocked: false };
  }
  // Gigabytes of something else are not read into memory to find that out.
  if (options.as === undefined && unlock.columns === undefined && !isWorthReading(file.head)) {
    throw new EscrowError('vault.unrecognised', { name: file.fileName });
  }
  const { bytes, read } = await readWhole(file);
  try {
    const format = await exportFormat(session, {
      name: file.fileName,
      bytes,
      as: options.as,
      hasColumns: unlock.columns !== undefined,
    });
    const vault = await openVault(await session.crypto(), bytes, {
      format,
      name: file.fileName,
      ...readerKeys(unlock),
    }).catch((error: unknown) => {
      if (!isUnlockKept && isEscrowError(error, 'vault.passphrase-needed')) return undefined;
      throw error;
    });
    if (!vault) return { source: read, isLeftLocked: true };
    const inspection = inspectVault(vault, { now: session.io.now().toISOString() });
    if (inspection.entries === 0) throw new EscrowError('vault.empty', { name: file.fileName });
    const source = { ...read, inspection };
    const assigned = { clients: assignClients(vault, clients, { sourceName: name }) };
    const { columns, ...keys } = unlock;
    if (format === 'csv' && columns)
      return { ...assigned, source: { ...source, unlock: { columns } }, isLeftLocked: false };
    if (!inspection.encrypted) return { ...assigned, source, isLeftLocked: false };
    return {
      ...assigned,
      source: isUnlockKept ? { ...source, unlock: keys } : source,
      isLeftLocked: !isUnlockKept,
    };
  } finally {
    wipe(bytes);
  }
}

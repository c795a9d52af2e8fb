// One export named on the command line: opened, recognised, read once and judged fit or unfit to seal.

import { readOnce } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { SealSource, Unlock } from '../escrow/seal.ts';
import type { Client } from '../vault/client.ts';
import { assignClients } from '../vault/clients.ts';
import type { ClientAssignment } from '../vault/clients.ts';
import { inspectVault } from '../vault/inspect.ts';
import { unrecognised } from '../vault/other-file.ts';
import { isWorthReading, recognise } from '../vault/recognise.ts';
import type { SourceOptions } from './export-sources.ts';
import { readExport } from './open-export.ts';
import type { Session } from './session.ts';

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
  /** How many entries it had when this machine sealed it last. */
  readonly before: number | undefined;
}

/** Looks into an export; refuses what a quorum could not use later. */
export async function inspectSource(
  session: Session,
  file: ExportFile,
  options: SourceOptions,
  { unlock, name, clients, before }: Inspecting,
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
    throw unrecognised(file.fileName, file.head);
  }
  const reading = { as: options.as, unlock, mayAsk: isUnlockKept };
  const { read, format, vault, asked } = await readExport(session, file, reading).catch(
    async (error: unknown) => {
      if (isUnlockKept || !isEscrowError(error, 'vault.passphrase-needed')) throw error;
      return { read: await readOnce(file), format: undefined, vault: undefined, asked: undefined };
    },
  );
  if (!vault) return { source: read, isLeftLocked: true };
  const now = session.io.now().toISOString();
  const previous = before === undefined ? undefined : { entries: before };
  const inspection = inspectVault(vault, { now, previous });
  if (inspection.entries === 0) throw new EscrowError('vault.empty', { name: file.fileName });
  const source = { ...read, inspection };
  const assigned = { clients: assignClients(vault, clients, { sourceName: name }) };
  const { columns, ...keys } = unlock;
  if (format === 'csv' && columns)
    return { ...assigned, source: { ...source, unlock: { columns } }, isLeftLocked: false };
  if (!inspection.encrypted) return { ...assigned, source, isLeftLocked: false };
  return {
    ...assigned,
    source: isUnlockKept ? { ...source, unlock: asked ? { ...keys, passphrase: asked } : keys } : source,
    isLeftLocked: !isUnlockKept,
  };
}

// An export that somebody named: a file, or standard input; opened, recognised and read into the model.

import { exportFromStream, exportOnDisk, readWhole } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { isFolder } from '../adapters/read-file.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { ReadFile, Unlock } from '../escrow/seal.ts';
import { formatOf } from '../vault/formats.ts';
import type { FormatId, Vault } from '../vault/model.ts';
import { openVault } from '../vault/open.ts';
import { recognise, sampleOf } from '../vault/recognise.ts';
import { decline } from './dialogue.ts';
import { exportFormat } from './export-format.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';
import { shownName } from './shown-text.ts';
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

/** @throws {@link EscrowError} `usage` for an export that was named before, by whatever path. */
export function assertNotNamed(before: readonly ExportFile[], file: ExportFile, named: string): void {
  if (file.id !== undefined && before.some(({ id }) => id === file.id))
    throw new EscrowError('usage', { reason: `${named} is named twice` });
}

/** Wrong passwords that are taken from a terminal before the command ends. */
const TRIES = 3;

/**
 * Opens an export; where that needs a password which nobody gave, it is asked for.
 *
 * @param name - What the question calls it; without one nobody is asked.
 */
async function askingIfLocked(
  session: Session,
  name: string | undefined,
  open: (passphrase?: Uint8Array) => Promise<Vault>,
): Promise<{ vault: Vault; asked: Uint8Array | undefined }> {
  try {
    return { vault: await open(), asked: undefined };
  } catch (error) {
    if (!isEscrowError(error, 'vault.passphrase-needed') || !session.canAsk || name === undefined)
      throw error;
  }
  for (let tries = 1; ; tries += 1) {
    const asked = await session.askSecret({ question: `Password of ${shownName(name)}` });
    try {
      return { vault: await open(asked), asked };
    } catch (error) {
      wipe(asked);
      if (!isEscrowError(error, 'vault.wrong-passphrase') || tries === TRIES) throw error;
      decline(session, reportOf(error).message);
    }
  }
}

interface Reading {
  /** What --as says. */
  readonly as: string | undefined;
  readonly unlock: Unlock;
  /** False where its password is left out on purpose. */
  readonly mayAsk?: boolean;
}

interface ReadExport {
  readonly read: ReadFile;
  readonly format: FormatId;
  readonly vault: Vault;
  /** Whether something was needed to open it. */
  readonly isLocked: boolean;
  /** The password that was asked for at the terminal; the caller wipes it. */
  readonly asked: Uint8Array | undefined;
}

/**
 * Reads an export into the model. Of one that is locked, and came without a password, somebody at the terminal
 * is asked for it.
 *
 * @throws {@link EscrowError} `vault.*`, `usage`, `limit.exceeded`, `file.*`.
 */
export async function readExport(
  session: Session,
  file: ExportFile,
  { as, unlock, mayAsk = true }: Reading,
): Promise<ReadExport> {
  const { fileName: name } = file;
  const keys = await readerKeys(unlock);
  const { bytes, read } = await readWhole(file);
  try {
    const format = await exportFormat(session, { name, bytes, as, hasColumns: keys.columns !== undefined });
    const crypto = await session.crypto();
    const { encrypted, staysLocked = false } = formatOf(format);
    const { vault, asked } = await askingIfLocked(
      session,
      mayAsk ? name : undefined,
      (passphrase = keys.passphrase) =>
        openVault(crypto, bytes, { format, name, ...keys, passphrase }).catch((error: unknown) => {
          // Perhaps a file that nothing was written to.
          if (!isEscrowError(error, 'vault.wrong-passphrase') || passphrase?.length !== 0) throw error;
          throw new EscrowError('vault.wrong-passphrase', { ...error.facts, isEmpty: true });
        }),
    );
    return { read, format, vault, asked, isLocked: encrypted || staysLocked };
  } finally {
    wipe(bytes);
  }
}

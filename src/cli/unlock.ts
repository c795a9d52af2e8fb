// What opens an export that is itself locked, from files or standard input, never from arguments.

import { readBounded } from '../adapters/read-file.ts';
import { wipe } from '../core/bytes.ts';
import { LIMITS } from '../core/limits.ts';
import type { Unlock } from '../escrow/seal.ts';
import type { CsvMapping } from '../vault/csv-mapping.ts';
import type { Session } from './session.ts';
import { shownName } from './shown-text.ts';

export interface UnlockOptions {
  readonly exportPasswordFile?: string;
  readonly keyFile?: string;
  /** Which column is what, of a CSV that no reader knows. */
  readonly columns?: string;
}

const EXPORT_PASSWORD = { question: 'Password of the export', mayBeEmpty: true } as const;

/** The caller wipes it with {@link wipeUnlock}. */
export async function readUnlock(session: Session, options: UnlockOptions): Promise<Unlock> {
  const { exportPasswordFile, keyFile, columns } = options;
  return {
    ...(exportPasswordFile === undefined
      ? {}
      : { passphrase: await session.secretFrom(exportPasswordFile, EXPORT_PASSWORD) }),
    ...(keyFile === undefined
      ? {}
      : { keyFile: await readBounded(session.path(keyFile), LIMITS.keyFileBytes) }),
    ...(columns === undefined
      ? {}
      : { columns: await readBounded(session.path(columns), LIMITS.csvMappingBytes) }),
  };
}

/** What a reader is given to open an export with. @throws {@link EscrowError} `vault.columns`. */
export async function readerKeys({ passphrase, keyFile, columns }: Unlock): Promise<{
  readonly passphrase: Uint8Array | undefined;
  readonly keyFile: Uint8Array | undefined;
  readonly columns: CsvMapping | undefined;
}> {
  if (!columns) return { passphrase, keyFile, columns: undefined };
  // Reading YAML is loaded for those who give some.
  const { decodeCsvMapping } = await import('../vault/csv-mapping.ts');
  return { passphrase, keyFile, columns: decodeCsvMapping(columns) };
}

/** Whoever gave a password should not believe that it was needed, or is kept. */
export function tellUnused(session: Session, options: UnlockOptions, names: readonly string[]): void {
  const given = [
    ...(options.exportPasswordFile === undefined ? [] : ['--export-password-file']),
    ...(options.keyFile === undefined ? [] : ['--key-file']),
  ];
  if (given.length === 0) return;
  const [one = ''] = names;
  const open = names.length === 1 ? `${shownName(one)} is not locked` : 'none of the exports is locked';
  const verb = given.length === 1 ? 'is' : 'are';
  session.warn(`${open}: ${given.join(' and ')} ${verb} not used for ${names.length === 1 ? 'it' : 'them'}`);
}

export function wipeUnlock(unlock: Unlock): void {
  wipe(unlock.passphrase, unlock.keyFile);
}

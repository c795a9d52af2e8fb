// The exports named on the command line, read once, looked into, and judged fit or unfit to seal.

import { basename, parse } from 'node:path';
import { exportOnDisk, readOnce } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { isCompressible } from '../adapters/gzip.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { portableName } from '../escrow/portable-name.ts';
import type { ReadFile, SealSource } from '../escrow/seal.ts';
import { clientFindings } from '../vault/clients.ts';
import type { ClientAssignment } from '../vault/clients.ts';
import { CLIENTS_FILE } from '../vault/client.ts';
import { readClients } from './client-list.ts';
import { inspectSource } from './inspect-source.ts';
import { assertNotNamed, openExport } from './open-export.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';
import { distinctName, sourceName, sourceNames } from './source-names.ts';
import { readUnlock, tellUnused, wipeUnlock } from './unlock.ts';
import type { UnlockOptions } from './unlock.ts';

export interface SourceOptions extends UnlockOptions {
  readonly as?: string;
  readonly name?: string;
  readonly attach?: readonly string[];
  /** Paths of what goes into every package of this escrow. */
  readonly plan?: readonly string[];
  /** Entries of each source when this machine sealed it last. */
  readonly remembered?: ReadonlyMap<string, number>;
  /** False after --no-unlock. */
  readonly unlock?: boolean;
}

/** Everything that goes into one package. The caller disposes of it. */
export interface GatheredSources {
  readonly sources: readonly SealSource[];
  readonly attachments: readonly ReadFile[];
  readonly plan: readonly ReadFile[];
  readonly findings: readonly Finding[];
  /** Whether samples say that compression pays. */
  readonly isCompressible: boolean;
  /** Bytes of all exports together. */
  readonly bytes: number;
  /** Deletes the exports on disk. @returns a finding for each that is still there. */
  discard(): Promise<readonly Finding[]>;
  dispose(): Promise<void>;
}

const lockedFinding = (name: string): Finding => ({
  code: 'sealed-locked',
  severity: 'warning',
  message: `${name} was sealed locked and without what opens it: a quorum alone does not suffice`,
  hint: 'seal it again with --export-password-file; one that needs a hardware key opens for nobody else: seal a copy that needs none',
});

/** Names that have to be changed where Windows recovers them. */
function namesNotPortable(files: readonly Pick<ReadFile, 'fileName'>[]): Finding[] {
  return files
    .map(({ fileName }) => ({ fileName, portable: portableName(fileName) }))
    .filter(({ fileName, portable }) => fileName !== portable)
    .map(({ fileName, portable }) => ({
      code: 'name-not-portable',
      severity: 'warning',
      message: `"${fileName}" cannot be the name of a file on Windows; recovered there it is called "${portable}"`,
      hint: 'rename the file before the next seal',
    }));
}

/**
 * Reads and inspects everything that was named.
 *
 * @throws {@link EscrowError} `seal.nothing-given`, `vault.*`, `file.*`.
 */
export async function gatherSources(
  session: Session,
  exports: readonly string[],
  options: SourceOptions,
): Promise<GatheredSources> {
  if (exports.length === 0) throw new EscrowError('seal.nothing-given', {});
  if (exports.length > 1 && options.name !== undefined)
    throw new EscrowError('usage', { reason: `--name names one export, and ${exports.length} are given` });
  const unlock = await readUnlock(session, options);
  const files: ExportFile[] = [];
  const passwords: (Uint8Array | undefined)[] = [];
  const dispose = async (): Promise<void> => {
    wipeUnlock(unlock);
    for (const asked of passwords) wipe(asked);
    for (const file of files) await file.dispose();
  };
  try {
    const sources: SealSource[] = [];
    const findings: Finding[] = [];
    // It goes into the package with the exports.
    const clientsPath = options.plan?.find((path) => basename(path) === CLIENTS_FILE);
    const listed = await readClients(clientsPath);
    const assigned: ClientAssignment[] = [];
    const names =
      options.name === undefined
        ? sourceNames(exports.map((named) => (named === '-' ? 'stdin' : basename(session.path(named)))))
        : [sourceName(options.name)];
    for (const [index, named] of exports.entries()) {
      session.say(`reading ${named === '-' ? 'standard input' : named}`);
      const file = await openExport(session, named, options);
      const before = [...files];
      files.push(file);
      assertNotNamed(before, file, named);
      const name = names[index] ?? '';
      const { source, clients, isLeftLocked } = await inspectSource(session, file, options, {
        unlock,
        name,
        clients: listed,
        before: options.remembered?.get(name),
      });
      sources.push({ ...source, name });
      passwords.push(source.unlock?.passphrase);
      if (clients) assigned.push(clients);
      const found = source.inspection?.findings ?? [];
      // Which of them it is about goes without saying while there is one.
      const about = exports.length > 1 ? `${name}: ` : '';
      findings.push(...found.map((finding) => ({ ...finding, message: `${about}${finding.message}` })));
      if (isLeftLocked) findings.push(lockedFinding(name));
    }
    const isUnlocked = ({ inspection }: SealSource): boolean => inspection?.encrypted === false;
    if (sources.every(isUnlocked))
      tellUnused(
        session,
        options,
        sources.map(({ fileName }) => fileName),
      );
    const attachments = await readBeside(session, options.attach ?? []);
    const plan = await readBeside(session, options.plan ?? []);
    findings.push(
      ...clientFindings(...assigned).map((found) => ({
        ...found,
        hint: `${found.hint} (${clientsPath ?? CLIENTS_FILE})`,
      })),
    );
    findings.push(...namesNotPortable([...sources, ...attachments, ...plan]));
    return {
      sources,
      attachments,
      plan,
      findings,
      isCompressible: worthCompressing(files),
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      discard: () => discardAll(files),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function discardAll(files: readonly ExportFile[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const file of files) {
    try {
      if ((await file.discard?.()) !== false) continue;
      findings.push(keptFinding(file.fileName, 'it changed after it was sealed, or has a second name'));
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      findings.push(keptFinding(file.fileName, reportOf(error).message));
    }
  }
  return findings;
}

const keptFinding = (name: string, reason: string): Finding => ({
  code: 'export-not-discarded',
  severity: 'warning',
  message: `${name} was not deleted: ${reason}`,
  hint: 'it is a vault in the clear: delete it by hand',
});

/** Files that travel with the exports, each under a name of its own. */
async function readBeside(session: Session, named: readonly string[]): Promise<ReadFile[]> {
  const taken = new Set<string>();
  const files: ReadFile[] = [];
  for (const path of named) {
    const read = await readOnce(await exportOnDisk(session.path(path)));
    const { name, ext } = parse(read.fileName);
    files.push({ ...read, fileName: distinctName(name, taken, ext) });
  }
  return files;
}

/** The largest export decides: it is what the time goes into. */
function worthCompressing(files: readonly ExportFile[]): boolean {
  const [largest] = [...files].sort((a, b) => b.size - a.size);
  return largest !== undefined && isCompressible(largest.head);
}

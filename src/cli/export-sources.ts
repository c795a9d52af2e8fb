// The exports named on the command line, read once, looked into, and judged fit or unfit to seal.

import { basename } from 'node:path';
import { exportFromStream, exportOnDisk, readOnce, readWhole } from '../adapters/export-file.ts';
import type { ExportFile } from '../adapters/export-file.ts';
import { isCompressible } from '../adapters/gzip.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { ReadFile, SealSource, Unlock } from '../escrow/seal.ts';
import { inspectExport } from '../vault/inspect.ts';
import { formatNamed } from './format-option.ts';
import { isWorthReading } from '../vault/recognise.ts';
import type { Session } from './session.ts';
import { readUnlock } from './unlock.ts';
import type { UnlockOptions } from './unlock.ts';

export interface SourceOptions extends UnlockOptions {
  readonly as?: string;
  readonly name?: string;
  readonly attach?: readonly string[];
  /** False after --no-unlock. */
  readonly unlock?: boolean;
}

/** Everything that goes into one package. The caller disposes of it. */
export interface GatheredSources {
  readonly sources: readonly SealSource[];
  readonly attachments: readonly ReadFile[];
  readonly findings: readonly Finding[];
  /** Whether samples say that compression pays. */
  readonly isCompressible: boolean;
  /** Bytes of all exports together. */
  readonly bytes: number;
  /** Paths of the exports on disk, for --discard-export. */
  readonly paths: readonly string[];
  dispose(): Promise<void>;
}

/** A source's name in paths of the package: lower case letters, digits, dots and hyphens. */
function sourceName(named: string): string {
  const plain = named
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return plain === '' ? 'export' : plain.slice(0, 60);
}

function distinctName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  taken.add(name);
  return name;
}

async function openExport(session: Session, named: string): Promise<ExportFile> {
  if (named === '-') return exportFromStream(await session.crypto(), session.io.stdin, 'stdin.export');
  const path = session.path(named);
  const service = syncedBy(path);
  if (service !== undefined) {
    session.warn(
      `${named} lies in a folder that ${service} seems to sync: the plain export may already be in the cloud`,
    );
  }
  return exportOnDisk(path);
}

/** Looks into an export; refuses what a quorum could not use later. */
async function inspectSource(
  session: Session,
  file: ExportFile,
  options: SourceOptions,
  unlock: Unlock,
): Promise<Omit<SealSource, 'name'>> {
  if (options.as === 'file') return readOnce(file);
  // Gigabytes of something else are not read into memory to find that out.
  if (options.as === undefined && !isWorthReading(file.head)) {
    throw new EscrowError('vault.unrecognised', { name: file.fileName });
  }
  const { bytes, read } = await readWhole(file);
  try {
    const given = options.unlock === false ? {} : unlock;
    const inspection = await inspectExport(await session.crypto(), bytes, {
      name: file.fileName,
      as: formatNamed(options.as),
      ...given,
    }).catch((error: unknown) => {
      const isLocked = error instanceof EscrowError && error.code === 'vault.passphrase-needed';
      if (isLocked && options.unlock === false) return undefined;
      throw error;
    });
    if (!inspection) return read;
    if (inspection.entries === 0) throw new EscrowError('vault.empty', { name: file.fileName });
    return inspection.encrypted ? { ...read, inspection, unlock: given } : { ...read, inspection };
  } finally {
    wipe(bytes);
  }
}

const LOCKED_FINDING: Finding = {
  code: 'sealed-locked',
  severity: 'warning',
  message: 'an export was sealed locked and without what opens it: a quorum alone does not suffice',
  hint: 'seal it again with --export-password-file',
};

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
  const unlock = await readUnlock(session, options);
  const files: ExportFile[] = [];
  const dispose = async (): Promise<void> => {
    wipe(unlock.passphrase, unlock.keyFile);
    for (const file of files) await file.dispose();
  };
  try {
    const taken = new Set<string>();
    const sources: SealSource[] = [];
    const findings: Finding[] = [];
    for (const named of exports) {
      session.say(`reading ${named === '-' ? 'standard input' : named}`);
      const file = await openExport(session, named);
      files.push(file);
      const source = await inspectSource(session, file, options, unlock);
      const wanted = exports.length === 1 ? options.name : undefined;
      const name = distinctName(sourceName(wanted ?? basename(file.fileName).replace(/\.[^.]+$/, '')), taken);
      sources.push({ ...source, name });
      findings.push(...(source.inspection?.findings ?? []));
    }
    if (options.unlock === false) findings.push(LOCKED_FINDING);
    const attachments = await readBeside(session, options.attach ?? []);
    return {
      sources,
      attachments,
      findings,
      isCompressible: worthCompressing(files),
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      paths: files.flatMap(({ path }) => (path === undefined ? [] : [path])),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Files that travel with the exports, each under a name of its own. */
export async function readBeside(session: Session, named: readonly string[]): Promise<ReadFile[]> {
  const taken = new Set<string>();
  const files: ReadFile[] = [];
  for (const path of named) {
    const read = await readOnce(await exportOnDisk(session.path(path)));
    files.push({ ...read, fileName: distinctName(read.fileName, taken) });
  }
  return files;
}

/** The largest export decides: it is what the time goes into. */
function worthCompressing(files: readonly ExportFile[]): boolean {
  const [largest] = [...files].sort((a, b) => b.size - a.size);
  return largest !== undefined && isCompressible(largest.head);
}

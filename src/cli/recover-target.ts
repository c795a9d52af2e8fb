// What recover is pointed at: an escrow folder, a kit, or one bare package; and the charter there, which is
// evidence for judging cards and no more.

import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists } from '../adapters/atomic-write.ts';
import { CHARTER } from '../adapters/charter-files.ts';
import { EscrowFolder, PACKAGES, sequenceIn } from '../adapters/escrow-folder.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import { atPath } from '../adapters/os-error.ts';
import { fileSize, readHead } from '../adapters/read-file.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { decodeCharter } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { readable } from '../escrow/evidence.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';

/** How every age file begins. */
const AGE_INTRO = 'age-encryption.org/';

export interface RecoverTarget {
  /** For messages: "package 42", or the file's name. */
  readonly wanted: string;
  readonly document: UntrustedDocument | undefined;
  /** The charter as it lies there, when it can be read at all: evidence for judging cards. */
  readonly claimed: Charter | undefined;
  /** Those before it, as they lie there. */
  readonly before: readonly Charter[];
  /** Why a charter that lies there is not used. */
  readonly charterProblem: EscrowError | undefined;
  readonly packages: readonly PackageFile[];
  readonly folder: EscrowFolder | undefined;
  readonly isExplicit: boolean;
}

type Evidence = Pick<RecoverTarget, 'document' | 'claimed' | 'before' | 'charterProblem'>;

/** Whatever is wrong with a charter, of whatever version it is: it is told, and the cards open without it. */
async function readEvidence(folder: EscrowFolder | undefined): Promise<Evidence> {
  let document: UntrustedDocument | undefined;
  try {
    document = await folder?.charters.current();
    const claimed = document && decodeCharter(document.bytes);
    return { document, claimed, before: await chartersBefore(folder, claimed), charterProblem: undefined };
  } catch (error) {
    if (isEscrowError(error)) return { document, claimed: undefined, before: [], charterProblem: error };
    throw error;
  }
}

/** The charters before one, as far as they can be read: evidence for telling retired cards, and no more. */
export async function chartersBefore(
  folder: EscrowFolder | undefined,
  charter: Charter | undefined,
): Promise<readonly Charter[]> {
  if (!folder || !charter) return [];
  try {
    const chain = readable(await folder.charters.chain(), ({ bytes }) => decodeCharter(bytes));
    return chain.filter(({ number }) => number < charter.number);
  } catch (error) {
    if (isEscrowError(error)) return [];
    throw error;
  }
}

/** A bare package file, with the escrow folder around it when there is one. */
async function barePackage(path: string): Promise<{ file: PackageFile; folder: EscrowFolder | undefined }> {
  const size = await fileSize(path);
  const name = basename(path);
  const above = dirname(dirname(path));
  const inFolder = basename(dirname(path)) === PACKAGES && (await exists(join(above, CHARTER)));
  const file = { sequence: sequenceIn(name) ?? 0, name, path, size };
  return { file, folder: inFolder ? new EscrowFolder(above) : undefined };
}

/**
 * What is named as a package is taken for one, however damaged; of other files the first bytes decide. The
 * first card often stands where the folder should.
 */
async function assertPackage({ name, path }: PackageFile): Promise<void> {
  if (/\.age$/i.test(name)) return;
  const head = new TextDecoder('latin1').decode(await readHead(path, AGE_INTRO.length));
  if (head === AGE_INTRO) return;
  throw new EscrowError('usage', {
    reason: `${name} is no package: name the escrow folder, or a package of it, before the cards`,
    command: 'recover',
  });
}

/** @throws {@link EscrowError} `usage`, `file.*`, `escrow.not-found`, `package.not-found`. */
export async function openTarget(path: string, wanted: { package?: number }): Promise<RecoverTarget> {
  const found = await atPath(path, () => stat(path));
  if (!found.isDirectory()) {
    const { file, folder } = await barePackage(path);
    await assertPackage(file);
    const evidence = await readEvidence(folder);
    return { ...evidence, wanted: file.name, packages: [file], folder, isExplicit: true };
  }
  const folder = await EscrowFolder.open(path);
  const all = await folder.packages();
  const packages =
    wanted.package === undefined ? all : all.filter(({ sequence }) => sequence === wanted.package);
  const isExplicit = wanted.package !== undefined;
  const name = isExplicit ? `package ${wanted.package}` : (all[0]?.name ?? 'package');
  if (isExplicit && packages.length === 0) throw new EscrowError('package.not-found', { wanted: name });
  return { ...(await readEvidence(folder)), wanted: name, packages, folder, isExplicit };
}

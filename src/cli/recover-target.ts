// What recover is pointed at: an escrow folder, a kit, or one bare package. It finds the package to
// open once the key is known, preferring one that a listed sealer signed.

import { stat } from 'node:fs/promises';
import { EscrowFolder, barePackage } from '../adapters/escrow-folder.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import { atPath } from '../adapters/os-error.ts';
import { readStream } from '../adapters/read-file.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { decodeCharter } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyRecord } from '../core/record/package-record.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { judgeCharter, opensWith } from '../escrow/recover.ts';
import type { CharterVerdict } from '../escrow/recover.ts';

export interface RecoverTarget {
  /** For messages: "package 42", or the file's name. */
  readonly wanted: string;
  readonly document: UntrustedDocument | undefined;
  /** The charter as it lies there, when it can be read at all: evidence for judging cards. */
  readonly claimed: Charter | undefined;
  readonly packages: readonly PackageFile[];
  readonly folder: EscrowFolder | undefined;
  readonly isExplicit: boolean;
}

/** A package that the rebuilt key opens, and what is known of it. */
export interface ChosenPackage {
  readonly file: PackageFile;
  readonly charter: CharterVerdict;
  /** Whether a record signed by a sealer of the true charter describes it. */
  readonly isRecorded: boolean;
  /** Newer files that were passed over because no record vouches for them. */
  readonly passedOver: readonly string[];
}

function readClaim(document: UntrustedDocument | undefined): Charter | undefined {
  if (!document) return undefined;
  try {
    return decodeCharter(document.bytes);
  } catch (error) {
    // A charter of a newer version is no damage: whoever holds it must know why it is not used.
    if (error instanceof EscrowError && error.code !== 'record.version') return undefined;
    throw error;
  }
}

/** @throws {@link EscrowError} `file.not-found`, `escrow.not-found`, `package.not-found`, `record.version`. */
export async function openTarget(path: string, wanted: { package?: number }): Promise<RecoverTarget> {
  const found = await atPath(path, () => stat(path));
  if (!found.isDirectory()) {
    const { file, folder } = await barePackage(path);
    const document = await folder?.charter();
    return {
      wanted: file.name,
      document,
      claimed: readClaim(document),
      packages: [file],
      folder,
      isExplicit: true,
    };
  }
  const folder = await EscrowFolder.open(path);
  const document = await folder.charter();
  const all = await folder.packages();
  const packages =
    wanted.package === undefined ? all : all.filter(({ sequence }) => sequence === wanted.package);
  const isExplicit = wanted.package !== undefined;
  const name = isExplicit ? `package ${wanted.package}` : (all[0]?.name ?? 'package');
  if (isExplicit && packages.length === 0) throw new EscrowError('package.not-found', { wanted: name });
  return { wanted: name, document, claimed: readClaim(document), packages, folder, isExplicit };
}

async function isRecordedBy(
  crypto: CryptoPort,
  target: RecoverTarget,
  charter: Charter,
  file: PackageFile,
): Promise<boolean> {
  const document = await target.folder?.recordOf(file.name);
  if (!document) return false;
  try {
    const { record, sealerKnown } = verifyRecord(crypto, document.bytes, document.signature, charter.sealers);
    return sealerKnown && record.package.file === file.name && record.package.size === file.size;
  } catch (error) {
    if (error instanceof EscrowError) return false;
    throw error;
  }
}

/**
 * Chooses what to open with a rebuilt key: the newest package with a valid record, or the newest one
 * when no record can be judged.
 *
 * @returns undefined when this key does not open it.
 * @throws {@link EscrowError} `age.*` when its header is damaged, `package.not-found` when there is none.
 */
export async function choosePackage(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<ChosenPackage | undefined> {
  const [newest] = target.packages;
  if (!newest) throw new EscrowError('package.not-found', { wanted: 'package' });
  const { verdict, charter } = judgeCharter(crypto, seed, target.document);
  const passedOver: string[] = [];
  let chosen: { file: PackageFile; isRecorded: boolean } | undefined;
  for (const file of charter ? target.packages : []) {
    if (charter && (await isRecordedBy(crypto, target, charter, file))) {
      chosen = { file, isRecorded: true };
      break;
    }
    passedOver.push(file.name);
  }
  const { file, isRecorded } = chosen ?? { file: newest, isRecorded: false };
  if (!(await opensWith(crypto, seed, readStream(file.path)))) return undefined;
  return { file, charter: verdict, isRecorded, passedOver: chosen ? passedOver : [] };
}

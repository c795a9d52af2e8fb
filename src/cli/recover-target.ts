// What recover is pointed at: an escrow folder, a kit, or one bare package. It finds the package to
// open once the key is known, preferring one that a listed sealer signed.

import { stat } from 'node:fs/promises';
import { EscrowFolder, barePackage } from '../adapters/escrow-folder.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import { atPath } from '../adapters/os-error.ts';
import { readStream } from '../adapters/read-file.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
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
  /** Why a charter that lies there is not used. */
  readonly charterProblem: EscrowError | undefined;
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

type Evidence = Pick<RecoverTarget, 'document' | 'claimed' | 'charterProblem'>;

/** Whatever is wrong with a charter, of whatever version it is: it is told, and the cards open without it. */
async function readEvidence(folder: EscrowFolder | undefined): Promise<Evidence> {
  let document: UntrustedDocument | undefined;
  try {
    document = await folder?.charter();
    const claimed = document && decodeCharter(document.bytes);
    return { document, claimed, charterProblem: undefined };
  } catch (error) {
    if (isEscrowError(error)) return { document, claimed: undefined, charterProblem: error };
    throw error;
  }
}

/** @throws {@link EscrowError} `file.not-found`, `escrow.not-found`, `package.not-found`. */
export async function openTarget(path: string, wanted: { package?: number }): Promise<RecoverTarget> {
  const found = await atPath(path, () => stat(path));
  if (!found.isDirectory()) {
    const { file, folder } = await barePackage(path);
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

async function isRecordedBy(
  crypto: CryptoPort,
  target: RecoverTarget,
  charter: Charter,
  file: PackageFile,
): Promise<boolean> {
  try {
    const document = await target.folder?.recordOf(file.name);
    if (!document) return false;
    const { record, sealerKnown } = verifyRecord(crypto, document.bytes, document.signature, charter.sealers);
    return sealerKnown && record.package.file === file.name && record.package.size === file.size;
  } catch (error) {
    if (isEscrowError(error)) return false;
    throw error;
  }
}

/** The newest charter here that the rebuilt key signed: charter.json, or one of the chain when that one is gone or forged. */
async function trueCharter(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<Charter | undefined> {
  const chain = (await target.folder?.charterChain()) ?? [];
  for (const document of [target.document, ...chain.toReversed()]) {
    const { charter } = judgeCharter(crypto, seed, document);
    if (charter) return charter;
  }
  return undefined;
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
  const { verdict } = judgeCharter(crypto, seed, target.document);
  const charter = await trueCharter(crypto, target, seed);
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

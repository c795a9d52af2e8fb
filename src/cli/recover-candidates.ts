// What a rebuilt key could open here, and in which order it is tried. The charter, its chain and the
// records are evidence: they say which package a sealer vouches for. None of them can keep a vault back.

import { readStream } from '../adapters/read-file.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { wipe } from '../core/bytes.ts';
import { charterHash, charterKeyPair } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyLedger } from '../core/record/ledger.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { recordsBySealers, trueCharter } from '../escrow/evidence.ts';
import { judgeCharter, opensWith } from '../escrow/recover.ts';
import type { CharterVerdict } from '../escrow/recover.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import type { RecoverTarget } from './recover-target.ts';

/** A package to try. */
export interface Candidate {
  readonly file: PackageFile;
  /** What a sealer of the true charter signed about it; size and hash are compared when the bytes are read. */
  readonly record: PackageRecord | undefined;
}

export interface Candidates {
  /** Of charter.json; the records may be judged by one of the chain. */
  readonly charter: CharterVerdict;
  /** First those a listed sealer vouches for, then the others, the newest first in each. */
  readonly list: readonly Candidate[];
  /** The newest package that records or ledger tell of, whether it is here or not. */
  readonly newestTold: { readonly sequence: number; readonly created: string } | undefined;
}

/** The newest charter that the key signed: charter.json, or one of the chain when that one is gone or forged. */
async function newestTrueCharter(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<{ charter: Charter; first: UntrustedDocument } | undefined> {
  const chain = await readOr([], async () => (await target.folder?.charterChain()) ?? []);
  const found = trueCharter(crypto, seed, [target.document, ...chain.toReversed()]);
  return found && { charter: found.charter, first: chain[0] ?? found.document };
}

/** Evidence that cannot be read is evidence that is not there: a dying stick must not keep a vault back. */
async function readOr<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isEscrowError(error)) return otherwise;
    throw error;
  }
}

/** Seals that the ledger tells of in lines of this charter's sealers. A ledger that is damaged tells less. */
async function sealsInLedger(
  crypto: CryptoPort,
  target: RecoverTarget,
  { charter, first }: { charter: Charter; first: UntrustedDocument },
  charterKey: Uint8Array,
): Promise<readonly { sequence: number; created: string }[]> {
  try {
    const ledger = (await target.folder?.ledger()) ?? new Uint8Array();
    const firstPrev = await charterHash(crypto, first.bytes);
    const keys = [encodePublicKey(crypto, charterKey), ...charter.sealers];
    const { lines } = verifyLedger(crypto, ledger, { firstPrev, keys });
    return lines.flatMap(({ body, isTrusted }) => {
      const { sequence } = body.facts;
      // A line may carry a sealer's key and not its signature.
      const isTold = body.event === 'seal' && isTrusted && typeof sequence === 'number';
      return isTold ? [{ sequence, created: body.time }] : [];
    });
  } catch (error) {
    if (isEscrowError(error)) return [];
    throw error;
  }
}

/**
 * Orders what lies here for a rebuilt key.
 *
 * @throws {@link EscrowError} `package.not-found` when there is no package at all.
 */
export async function candidatesFor(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<Candidates> {
  if (target.packages.length === 0) throw new EscrowError('package.not-found', { wanted: target.wanted });
  const { verdict } = judgeCharter(crypto, seed, target.document);
  const trusted = await newestTrueCharter(crypto, target, seed);
  const present = await readOr([], async () => (await target.folder?.records()) ?? []);
  const documents = present.map(({ document }) => document);
  const records = trusted ? recordsBySealers(crypto, documents, trusted.charter) : [];
  const list = target.packages.map((file): Candidate => ({
    file,
    record: records.find((entry) => entry.package.file === file.name),
  }));
  const pair = charterKeyPair(crypto, seed);
  wipe(pair.secretKey);
  const told = [
    ...records.map(({ sequence, created }) => ({ sequence, created })),
    ...(trusted ? await sealsInLedger(crypto, target, trusted, pair.publicKey) : []),
  ];
  return {
    charter: verdict,
    list: [...list.filter(({ record }) => record), ...list.filter(({ record }) => !record)],
    newestTold: told.toSorted((a, b) => b.sequence - a.sequence)[0],
  };
}

/**
 * Whether a rebuilt key is the one for what lies here: it signed a charter of the folder, or opens a package.
 * Where every package is too damaged to tell, the cards' own mark of the key has to do.
 */
export async function isKeyOf(crypto: CryptoPort, target: RecoverTarget, seed: Uint8Array): Promise<boolean> {
  if (await newestTrueCharter(crypto, target, seed)) return true;
  let isToldApart = false;
  for (const { path } of target.packages) {
    try {
      if (await opensWith(crypto, seed, readStream(path))) return true;
      isToldApart = true;
    } catch (error) {
      if (!isEscrowError(error)) throw error;
    }
  }
  return !isToldApart;
}

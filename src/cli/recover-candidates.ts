// What a rebuilt key could open here, and in which order it is tried. The charter, its chain and the
// records are evidence: they say which package a sealer vouches for. None of them can keep a vault back.

import { readStream } from '../adapters/read-file.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { charterHash } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyLedger } from '../core/record/ledger.ts';
import { verifyRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
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
async function trueCharter(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<{ charter: Charter; first: UntrustedDocument } | undefined> {
  const chain = (await target.folder?.charterChain()) ?? [];
  for (const document of [target.document, ...chain.toReversed()]) {
    const { charter } = judgeCharter(crypto, seed, document);
    if (charter && document) return { charter, first: chain[0] ?? document };
  }
  return undefined;
}

/** Every record here that a sealer of the charter signed. */
async function recordsBySealers(
  crypto: CryptoPort,
  target: RecoverTarget,
  charter: Charter,
): Promise<readonly PackageRecord[]> {
  const records: PackageRecord[] = [];
  for (const { document } of (await target.folder?.records()) ?? []) {
    try {
      const judged = verifyRecord(crypto, document.bytes, document.signature, charter.sealers);
      if (judged.sealerKnown && judged.record.escrow === charter.escrow) records.push(judged.record);
    } catch (error) {
      if (!isEscrowError(error)) throw error;
    }
  }
  return records;
}

/** Seals that the ledger tells of in lines of this charter's sealers. A ledger that is damaged tells less. */
async function sealsInLedger(
  crypto: CryptoPort,
  target: RecoverTarget,
  { charter, first }: { charter: Charter; first: UntrustedDocument },
): Promise<readonly { sequence: number; created: string }[]> {
  try {
    const ledger = (await target.folder?.ledger()) ?? new Uint8Array();
    const firstPrev = await charterHash(crypto, first.bytes);
    const { lines } = verifyLedger(crypto, ledger, { firstPrev, keys: charter.sealers });
    return lines.flatMap(({ body, key }) => {
      const { sequence } = body.facts;
      const isTold = body.event === 'seal' && charter.sealers.includes(key) && typeof sequence === 'number';
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
  const trusted = await trueCharter(crypto, target, seed);
  const records = trusted ? await recordsBySealers(crypto, target, trusted.charter) : [];
  const list = target.packages.map((file): Candidate => ({
    file,
    record: records.find((entry) => entry.package.file === file.name),
  }));
  const told = [...records, ...(trusted ? await sealsInLedger(crypto, target, trusted) : [])];
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
  if (await trueCharter(crypto, target, seed)) return true;
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

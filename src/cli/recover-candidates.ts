// What a rebuilt key could open here, and in which order it is tried. The charter, its chain and the
// records are evidence: they say which package a sealer vouches for. None of them can keep a vault back.

import { readStream } from '../adapters/read-file.ts';
import type { PackageFile } from '../adapters/escrow-folder.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { charterHash } from '../core/record/charter.ts';
import { verifyLedger } from '../core/record/ledger.ts';
import type { JudgedLine } from '../core/record/ledger.ts';
import { setMark } from '../core/share/set.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { markName } from '../escrow/card-verdict.ts';
import { judgeNewest, recordsBySealers, trueCharters } from '../escrow/evidence.ts';
import type { TrueCharter } from '../escrow/evidence.ts';
import { opensWith } from '../escrow/recover.ts';
import type { CharterVerdict } from '../escrow/recover.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { ledgerKeys, outdatedLines } from '../escrow/sealer-history.ts';
import type { BelievedCharter } from '../escrow/sealer-history.ts';
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
  /** With a key that was replaced: the mark of the set that took its place. */
  readonly inForce: string | undefined;
}

/** What of the charters here the key signed, and what it says of the current one. */
interface JudgedCharters {
  readonly verdict: CharterVerdict;
  /** Of charter.json and the chain, the oldest first. */
  readonly signed: readonly TrueCharter[];
  /** With a key that was replaced: the whole chain, which leads on from it. */
  readonly later: readonly BelievedCharter[];
  readonly first: UntrustedDocument | undefined;
}

async function judgeCharters(
  crypto: CryptoPort,
  target: RecoverTarget,
  seed: Uint8Array,
): Promise<JudgedCharters> {
  const chain = await readOr([], async () => (await target.folder?.charters.chain()) ?? []);
  const signed = await trueCharters(crypto, seed, [...chain, target.document]);
  const { verdict, later } = await judgeNewest(crypto, seed, target.document, chain);
  return { verdict, signed, later, first: chain[0] ?? signed[0]?.document };
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

/** Lines of the ledger that count by these charters. A ledger that is damaged tells less. */
async function linesOfLedger(
  crypto: CryptoPort,
  target: RecoverTarget,
  { signed, later, first }: JudgedCharters,
): Promise<readonly JudgedLine[]> {
  if (signed.length === 0) return [];
  const charters = later.length > 0 ? later : signed;
  return readOr([], async () => {
    const ledger = (await target.folder?.ledger()) ?? new Uint8Array();
    const firstPrev = await charterHash(crypto, first?.bytes ?? new Uint8Array());
    const { lines } = verifyLedger(crypto, ledger, { firstPrev, keys: ledgerKeys(charters) });
    const outdated = new Set(outdatedLines(lines, charters));
    // A line may carry a sealer's key and not its signature.
    return lines.filter(({ body, isTrusted }) => isTrusted && !outdated.has(body.line));
  });
}

function sealsIn(lines: readonly JudgedLine[]): readonly { sequence: number; created: string }[] {
  return lines.flatMap(({ body }) => {
    const { sequence } = body.facts;
    const isSeal = body.event === 'seal' && typeof sequence === 'number';
    return isSeal ? [{ sequence, created: body.time }] : [];
  });
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
  const judged = await judgeCharters(crypto, target, seed);
  const present = await readOr([], async () => (await target.folder?.records()) ?? []);
  const documents = present.map(({ document }) => document);
  const lines = await linesOfLedger(crypto, target, judged);
  const records = await recordsBySealers(crypto, documents, { ...judged, lines });
  const list = target.packages.map((file): Candidate => ({
    file,
    record: records.find((entry) => entry.package.file === file.name),
  }));
  const newest = judged.later.at(-1);
  const told = [...records.map(({ sequence, created }) => ({ sequence, created })), ...sealsIn(lines)];
  return {
    charter: judged.verdict,
    list: [...list.filter(({ record }) => record), ...list.filter(({ record }) => !record)],
    inForce: newest && markName(setMark(newest.charter.set.number)),
    newestTold: told.toSorted((a, b) => b.sequence - a.sequence)[0],
  };
}

/**
 * Whether a rebuilt key is the one for what lies here: it signed a charter of the folder, or opens a package.
 * Where every package is too damaged to tell, the cards' own mark of the key has to do.
 */
export async function isKeyOf(crypto: CryptoPort, target: RecoverTarget, seed: Uint8Array): Promise<boolean> {
  const { signed, verdict } = await judgeCharters(crypto, target, seed);
  // A key that was replaced opens the packages of its time, which may be here or not.
  if (signed.length > 0 && verdict !== 'replaced') return true;
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

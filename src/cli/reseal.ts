// Packages opened with one key and sealed again to another, in one stream: nothing of them is ever in the
// clear on a disk. Each is read back with the new key before anybody relies on it, and has no name until the
// charter of that key is about to be in force.

import { gunzip } from '../adapters/gzip.ts';
import { stagePackage } from '../adapters/package-writer.ts';
import type { StagedPackage } from '../adapters/package-writer.ts';
import { readStream } from '../adapters/read-file.ts';
import { decryptAge, encryptAge } from '../core/age/file.ts';
import { encodeHex } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { unpackPayload } from '../escrow/recover.ts';
import type { PayloadSink } from '../escrow/recover.ts';
import { packageFileName } from '../escrow/seal.ts';
import { newestRecord } from '../escrow/verify.ts';
import type { Verification } from '../escrow/verify.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/** A package that waits for its name. */
export interface ResealedPackage {
  readonly sequence: number;
  readonly staged: StagedPackage;
  /** The record of the package it was made of. */
  readonly of: PackageRecord;
}

/** The two keys, and how many packages, the newest first. */
interface Resealing {
  readonly oldSeed: Uint8Array;
  readonly newSeed: Uint8Array;
  readonly newRecipient: string;
  readonly count: number;
}

/**
 * Seals the newest packages again, the oldest of them first. One that is damaged is told and an older one taken.
 *
 * @throws {@link EscrowError} what was wrong with the newest when there are packages and none of them opens;
 * `file.*`. Nothing is left behind then.
 */
export async function resealPackages(
  session: Session,
  escrow: TrustedEscrow,
  seen: Verification,
  keys: Resealing,
): Promise<ResealedPackage[]> {
  const first = (newestRecord(seen.records)?.record.sequence ?? 0) + 1;
  const there = new Set((await escrow.folder.packages()).map(({ name }) => name));
  const candidates = seen.records
    .filter(({ record, sealerKnown }) => sealerKnown && there.has(record.package.file))
    .map(({ record }) => record)
    .sort((a, b) => b.sequence - a.sequence);
  const done: ResealedPackage[] = [];
  const faults: EscrowError[] = [];
  try {
    const opening = await openable(session, escrow, candidates, keys, faults);
    for (const [at, of] of opening.entries()) {
      const sequence = first + at;
      session.say(`sealing package ${of.sequence} again, as package ${sequence}`);
      done.push({ sequence, of, staged: await reseal(session, escrow, { of, sequence, keys }) });
    }
    return done;
  } catch (error) {
    for (const { staged } of done) await staged.abort();
    throw error;
  }
}

/** Those of the newest that open and are what their records say, the oldest first. */
async function openable(
  session: Session,
  escrow: TrustedEscrow,
  candidates: readonly PackageRecord[],
  { oldSeed, count }: Resealing,
  faults: EscrowError[],
): Promise<PackageRecord[]> {
  const chosen: PackageRecord[] = [];
  for (const record of candidates) {
    if (chosen.length === count) break;
    try {
      await openWhole(session, escrow.folder.packagePath(record.package.file), oldSeed, record);
      chosen.unshift(record);
    } catch (error) {
      if (!isEscrowError(error) || error.code === 'input.aborted') throw error;
      faults.push(error);
      session.warn(`${record.package.file} is not sealed again: ${reportOf(error).message}`);
    }
  }
  if (chosen.length === 0 && faults[0]) throw faults[0];
  return chosen;
}

const NOWHERE: PayloadSink = {
  begin: () => Promise.resolve(),
  write: () => Promise.resolve(),
  end: () => Promise.resolve(),
};

/** Reads all of a package with a key and keeps nothing. @throws {@link EscrowError} when anything is wrong with it. */
async function openWhole(
  session: Session,
  path: string,
  seed: Uint8Array,
  record?: PackageRecord,
): Promise<void> {
  const crypto = await session.crypto();
  const hash = await crypto.sha256Stream();
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of readStream(path)) {
      await hash.update(part);
      yield part;
    }
  };
  await unpackPayload(crypto, seed, hashed(), { gunzip, sink: NOWHERE });
  if (record && encodeHex(await hash.digest()) !== record.package.sha256) {
    const reason = 'somebody replaced its bytes';
    throw new EscrowError('package.altered', { file: record.package.file, reason });
  }
}

async function reseal(
  session: Session,
  { folder }: TrustedEscrow,
  { of, sequence, keys }: { of: PackageRecord; sequence: number; keys: Resealing },
): Promise<StagedPackage> {
  const crypto = await session.crypto();
  const isCompressed = of.package.file.endsWith('.tar.gz.age');
  const name = packageFileName({
    sequence,
    created: new Date(of.created),
    ...(isCompressed ? { compress: gunzip } : {}),
  });
  const identity = { kind: 'hybrid', seed: new Uint8Array(keys.oldSeed) } as const;
  const plaintext = decryptAge(crypto, [identity], readStream(folder.packagePath(of.package.file)));
  const ciphertext = encryptAge(crypto, keys.newRecipient, plaintext);
  const staged = await stagePackage(crypto, folder, name, { ciphertext, expectedBytes: of.package.size });
  try {
    await openWhole(session, staged.path, keys.newSeed);
    return staged;
  } catch (error) {
    await staged.abort();
    throw error;
  }
}

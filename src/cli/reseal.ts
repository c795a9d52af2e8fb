// Packages opened with one key and sealed again to another, in one stream: nothing of them is ever in the
// clear on a disk. Each is read back with the new key before anybody relies on it, and has no name until the
// charter of that key is about to be in force.

import { gunzip } from '../adapters/gzip.ts';
import { stagePackage } from '../adapters/package-writer.ts';
import type { StagedPackage } from '../adapters/package-writer.ts';
import { readStream } from '../adapters/read-file.ts';
import { decryptAge, encryptAge } from '../core/age/file.ts';
import { encodeHex, wipe } from '../core/bytes.ts';
import type { Sha256Stream } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { unpackPayload } from '../escrow/recover.ts';
import type { PayloadSink } from '../escrow/recover.ts';
import { packageFileName } from '../escrow/seal.ts';
import { newestRecord } from '../escrow/verify.ts';
import type { JudgedRecord, Verification } from '../escrow/verify.ts';
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
 * @throws {@link EscrowError} what was wrong with the newest when there are packages and none of them opens; `package.altered`;
 * `file.*`. Nothing is left behind then.
 */
export async function resealPackages(
  session: Session,
  escrow: TrustedEscrow,
  seen: Verification,
  keys: Resealing,
): Promise<ResealedPackage[]> {
  const first = (newestRecord(seen.records)?.record.sequence ?? 0) + 1;
  const done: ResealedPackage[] = [];
  const faults: EscrowError[] = [];
  try {
    const opening = await openable(session, escrow, seen.records, keys, faults);
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

/** Those of the newest that open and are what their records say, the oldest first. Each one passed over is told. */
async function openable(
  session: Session,
  { folder }: TrustedEscrow,
  records: readonly JudgedRecord[],
  { oldSeed, count }: Resealing,
  faults: EscrowError[],
): Promise<PackageRecord[]> {
  const crypto = await session.crypto();
  const there = new Set((await folder.packages()).map(({ name }) => name));
  const chosen: PackageRecord[] = [];
  for (const { record, sealerKnown } of records.toSorted((a, b) => b.record.sequence - a.record.sequence)) {
    if (chosen.length === count) break;
    const { file } = record.package;
    const passOver = (reason: string): void => {
      session.warn(`${file} is not sealed again: ${reason}`);
    };
    if (!there.has(file)) passOver('it is not here');
    else if (!sealerKnown) passOver('no sealer of the charter vouches for it');
    else {
      try {
        const source = recordedFile(folder.packagePath(file), record, await crypto.sha256Stream());
        await openWhole(session, source.stream(), oldSeed);
        await source.assertSame();
        chosen.unshift(record);
      } catch (error) {
        if (!isEscrowError(error) || error.code === 'input.aborted') throw error;
        faults.push(error);
        passOver(reportOf(error).message);
      }
    }
  }
  if (chosen.length === 0 && faults[0]) throw faults[0];
  if (chosen.length === 0 && records.length > 0)
    session.warn('NOTHING OPENS WITH THE NEW CARDS until you seal: keep the old cards until then');
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
  ciphertext: AsyncIterable<Uint8Array>,
  seed: Uint8Array,
): Promise<void> {
  await unpackPayload(await session.crypto(), seed, ciphertext, { gunzip, sink: NOWHERE });
}

interface RecordedFile {
  stream(): AsyncGenerator<Uint8Array>;
  /** Once the stream was read. @throws {@link EscrowError} `package.altered` when it gave other bytes than the record's. */
  assertSame(): Promise<void>;
}

/** A package's bytes, to be read once and judged by what was read then: the file may be another the next time. */
function recordedFile(
  path: string,
  { package: { file, sha256 } }: PackageRecord,
  hash: Sha256Stream,
): RecordedFile {
  return {
    async *stream() {
      for await (const part of readStream(path)) {
        await hash.update(part);
        yield part;
      }
    },
    async assertSame() {
      const reason = 'somebody replaced its bytes';
      if (encodeHex(await hash.digest()) !== sha256)
        throw new EscrowError('package.altered', { file, reason });
    },
  };
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
  const source = recordedFile(folder.packagePath(of.package.file), of, await crypto.sha256Stream());
  const ciphertext = async function* (): AsyncGenerator<Uint8Array> {
    yield* encryptAge(crypto, keys.newRecipient, decryptAge(crypto, [identity], source.stream()));
    // Before it counts as written: what opened a moment ago may have been another file.
    await source.assertSame();
  };
  try {
    const made = { ciphertext: ciphertext(), expectedBytes: of.package.size };
    const staged = await stagePackage(crypto, folder, name, made);
    try {
      await openWhole(session, readStream(staged.path), keys.newSeed);
      return staged;
    } catch (error) {
      await staged.abort();
      throw error;
    }
  } finally {
    wipe(identity.seed);
  }
}

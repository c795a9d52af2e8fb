// The last step of a reissue or a rekey: a new charter takes the place of the one in force. Everything before
// the rename of charter.json can be undone, and is; everything after it can be made up for by whoever writes
// next. So a kill at any moment leaves the old set in force or the new one.

import { wipe } from '../core/bytes.ts';
import type { KeyPair } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import { charterHash, charterKeyPair } from '../core/record/charter.ts';
import type { LedgerEvent } from '../core/record/ledger-event.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import { recordHash, signRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { exceptionEvents, minutesFacts } from '../escrow/exceptions.ts';
import {
  ceremonyEvent,
  extendLedger,
  ledgerStart,
  newestFacts,
  sealEvent,
  untoldCeremonies,
} from '../escrow/ledger-lines.ts';
import { withNextSet } from '../escrow/register.ts';
import type { Register } from '../escrow/register.ts';
import { formatTime } from '../escrow/seal.ts';
import { pinsFor } from '../escrow/trust.ts';
import type { Pins } from '../escrow/trust.ts';
import { newestRecord } from '../escrow/verify.ts';
import type { Verification } from '../escrow/verify.ts';
import type { HeldCeremony } from './ceremony-run.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import { newRegister } from './establish.ts';
import { keyFilesOf } from './key-files.ts';
import { reportOf } from './report.ts';
import type { ResealedPackage } from './reseal.ts';
import type { Session } from './session.ts';
import { toolName } from './version.ts';

/** What was made while a quorum's key was in memory. */
export interface Made {
  readonly resealed: ResealedPackage[];
  /** Id of the retired set whose cards gave the key; undefined when those in force did. */
  heldBy: string | undefined;
}

/** What stands when the new set is about to. */
export interface Succession {
  readonly kind: 'reissue' | 'rekey';
  readonly escrow: TrustedEscrow;
  readonly seen: Verification;
  readonly register: Register | undefined;
  readonly made: Readonly<Made>;
  /** Signs the records of packages that were sealed again. */
  readonly sealer: KeyPair | undefined;
}

export async function succeed(
  session: Session,
  succession: Succession,
  held: HeldCeremony,
  whenTrue: () => void,
): Promise<void> {
  const crypto = await session.crypto();
  const { escrow, register, made } = succession;
  const { folder } = escrow;
  const { charter, signed } = held.ceremony;
  const time = formatTime(held.created);
  const outcome = { isInForce: false };
  const named: string[] = [];
  try {
    // First, because nothing else could say later who holds which card; until the charter is in force, what it says
    // of the set before is still what counts.
    await session.home.writeRegister(withNextSet(register, newRegister(held, time), time));
    for (const { staged } of made.resealed) {
      await staged.commit();
      named.push(staged.name);
    }
    await folder.charters.replace(charter.number, signed, keyFilesOf(crypto, charter), async () => {
      outcome.isInForce = true;
      whenTrue();
      // Before anything else that can fail: a machine that was not taught the charter makes up for nothing.
      await orWarn(session, 'enrol this machine with the words on the new cards', () =>
        learn(session, succession, held),
      );
      await orWarn(session, SEAL_ONCE, () => tellAll(session, succession, held));
    });
  } catch (error) {
    if (!outcome.isInForce) {
      await takeBack(session, succession, { number: charter.number, named });
      throw error;
    }
    warnOfRest(session, SEAL_ONCE, error);
  }
}

const SEAL_ONCE = 'seal once, and holdfast verify';

/** What comes after the charter can be made up for: one failure does not keep the rest from being written. */
async function orWarn(session: Session, remedy: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    warnOfRest(session, remedy, error);
  }
}

function warnOfRest(session: Session, remedy: string, error: unknown): void {
  if (!isEscrowError(error)) throw error;
  session.warn(
    `the new set is in force, but not all of it was written: ${reportOf(error).message}; ${remedy}`,
  );
}

/** The old set as it was. Each step is taken whatever became of the others, and what ended the ceremony is told. */
async function takeBack(
  session: Session,
  { escrow: { folder, charter }, register }: Succession,
  { number, named }: { number: number; named: readonly string[] },
): Promise<void> {
  const { home } = session;
  const steps: (() => Promise<void>)[] = [
    () => folder.charters.removePending(number),
    () => (register ? home.writeRegister(register) : home.removeRegister(charter.escrow)),
    ...named.map((name) => () => folder.removePackage(name)),
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      session.warn(`not all of it could be taken back: ${reportOf(error).message}`);
    }
  }
}

/** The new charter; what is known of records and ledger stays until they are written. */
async function learn(
  session: Session,
  { escrow }: Succession,
  { ceremony: { charter, signed, charterKey } }: HeldCeremony,
): Promise<void> {
  const pins = await pinsFor(await session.crypto(), charter, signed.bytes, charterKey);
  await session.home.changePins(pins.escrow, (known = escrow.pins) => ({
    ...pins,
    record: known.record,
    ledger: known.ledger,
  }));
}

/** Records, the ledger, and what the pins say of them: what a kill leaves out here, the next seal makes up for. */
async function tellAll(session: Session, succession: Succession, held: HeldCeremony): Promise<void> {
  const crypto = await session.crypto();
  const { escrow, seen, made } = succession;
  const { charter, signed, seed } = held.ceremony;
  const hash = await charterHash(crypto, signed.bytes);
  const records = await writeRecords(session, succession, held, hash);
  const key = charterKeyPair(crypto, seed);
  const heldBy = made.heldBy === undefined ? {} : { heldBy: made.heldBy };
  const events: LedgerEvent[] = [
    ...untoldCeremonies(seen.history, seen.ledger ?? { lines: [] }),
    ceremonyEvent({ charter, hash }, escrow.charter, {
      ...newestFacts(seen.records),
      ...heldBy,
      ...minutesFacts(held.minutes),
    }),
    ...exceptionEvents(held.minutes),
    ...records.map(({ record, hash: of, again }) => sealEvent(record.sequence, of, again)),
  ];
  const { ledger, head } = extendLedger(crypto, await escrow.folder.ledger(), {
    time: formatTime(held.created),
    firstPrev: ledgerStart(seen),
    events,
    key,
  });
  wipe(key.secretKey);
  await escrow.folder.writeLedger(ledger);
  const newest = records.at(-1);
  const record = newest ? { record: pinOf(newest, escrow.pins) } : {};
  await session.home.advancePins(escrow.pins, { ledger: head, ...record });
}

/** Sources stay as this machine sealed them: the package that was sealed again is the same vault. */
function pinOf({ record, hash }: WrittenRecord, { record: known }: Pins): Pins['record'] {
  return { sequence: record.sequence, sha256: hash, sources: known?.sources ?? [] };
}

interface WrittenRecord {
  readonly record: PackageRecord;
  readonly hash: string;
  /** The number of the package it was made of. */
  readonly again: number;
}

async function writeRecords(
  session: Session,
  { escrow, seen, made, sealer }: Succession,
  { ceremony }: HeldCeremony,
  charter: string,
): Promise<WrittenRecord[]> {
  const crypto = await session.crypto();
  const written: WrittenRecord[] = [];
  let previous = newestRecord(seen.records)?.hash ?? null;
  for (const { sequence, staged, of } of made.resealed) {
    if (!sealer) throw new Error('packages are sealed again by a sealer');
    const record: PackageRecord = {
      ...of,
      sequence,
      previous,
      package: { file: staged.name, size: staged.size, sha256: staged.sha256 },
      charter,
      setId: ceremony.charter.set.id,
      sealer: encodePublicKey(crypto, sealer.publicKey),
      tool: toolName(),
    };
    const signed = signRecord(crypto, record, sealer);
    await escrow.folder.writeRecord(staged.name, signed);
    previous = await recordHash(crypto, signed.bytes);
    written.push({ record, hash: previous, again: of.sequence });
  }
  return written;
}

// The last step of a reissue or a rekey: a new charter takes the place of the one in force. Everything before
// the rename of charter.json can be undone, and is; everything after it can be made up for by whoever writes
// next. So a kill at any moment leaves the old set in force or the new one.

import type { EscrowFolder } from '../adapters/escrow-folder.ts';
import { wipe } from '../core/bytes.ts';
import type { KeyPair } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import { charterHash, charterKeyPair } from '../core/record/charter.ts';
import type { LedgerEvent } from '../core/record/ledger-event.ts';
import { decodePublicKey, encodePublicKey, publicKeyFile } from '../core/record/minisign.ts';
import { recordHash, signRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { extendLedger, untoldCeremonies } from '../escrow/ledger-lines.ts';
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
import { reportOf } from './report.ts';
import type { ResealedPackage } from './reseal.ts';
import type { Session } from './session.ts';
import { toolName } from './version.ts';

/** What stands when the new set is about to. */
export interface Succession {
  readonly kind: 'reissue' | 'rekey';
  readonly escrow: TrustedEscrow;
  readonly seen: Verification;
  readonly register: Register | undefined;
  readonly resealed: readonly ResealedPackage[];
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
  const { escrow, register, resealed } = succession;
  const { folder } = escrow;
  const { charter, signed, charterKey } = held.ceremony;
  const time = formatTime(held.created);
  const outcome = { isInForce: false };
  const named: string[] = [];
  try {
    // First, because nothing else could say later who holds which card; until the charter is in force, what it says
    // of the set before is still what counts.
    await session.home.writeRegister(withNextSet(register, newRegister(held, time), time));
    for (const { staged } of resealed) {
      await staged.commit();
      named.push(staged.name);
    }
    const keyFile = publicKeyFile(crypto, charterKey, 'holdfast charter key');
    await folder.replaceCharter(charter.number, signed, keyFile, async () => {
      outcome.isInForce = true;
      whenTrue();
      await tellAll(session, succession, held);
    });
    await writeSealer(session, folder, charter.sealers[0]);
  } catch (error) {
    if (!outcome.isInForce) {
      for (const name of named) await folder.removePackage(name);
      await folder.removePending(charter.number);
      if (register) await session.home.writeRegister(register);
      throw error;
    }
    if (!isEscrowError(error)) throw error;
    session.warn(
      `the new set is in force, but not all of it was written: ${reportOf(error).message}; seal once, and holdfast verify`,
    );
  }
}

async function writeSealer(session: Session, folder: EscrowFolder, line: string | undefined): Promise<void> {
  if (line === undefined) return;
  await folder.writeSealerKey(
    publicKeyFile(await session.crypto(), decodePublicKey(line), 'holdfast sealer'),
  );
}

/** Records, the ledger, and last the pins: what a kill leaves out here, the next seal makes up for. */
async function tellAll(session: Session, succession: Succession, held: HeldCeremony): Promise<void> {
  const crypto = await session.crypto();
  const { escrow, seen } = succession;
  const { charter, signed, charterKey, seed } = held.ceremony;
  const hash = await charterHash(crypto, signed.bytes);
  const records = await writeRecords(session, succession, held, hash);
  const first = seen.history[0]?.hash ?? hash;
  const key = charterKeyPair(crypto, seed);
  const events: LedgerEvent[] = [
    ...untoldCeremonies(seen.history, seen.ledger ?? { lines: [] }),
    {
      event: 'ceremony',
      facts: {
        kind: succession.kind,
        charter: hash,
        number: charter.number,
        set: charter.set.id,
        retires: escrow.charter.set.id,
      },
    },
    ...records.map(({ record, hash: of, again }): LedgerEvent => {
      const { sequence } = record;
      return { event: 'seal', facts: { sequence, record: of, again } };
    }),
  ];
  const { ledger, head } = extendLedger(crypto, await escrow.folder.ledger(), {
    time: formatTime(held.created),
    firstPrev: first,
    events,
    key,
  });
  wipe(key.secretKey);
  await escrow.folder.writeLedger(ledger);
  const pins = await pinsFor(crypto, charter, signed.bytes, charterKey);
  const newest = records.at(-1);
  await session.home.changePins(pins.escrow, (known) => ({
    ...pins,
    record: newest ? pinOf(newest, known ?? escrow.pins) : (known?.record ?? escrow.pins.record),
    ledger: head,
  }));
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
  { escrow, seen, resealed, sealer }: Succession,
  { ceremony }: HeldCeremony,
  charter: string,
): Promise<WrittenRecord[]> {
  const crypto = await session.crypto();
  const written: WrittenRecord[] = [];
  let previous = newestRecord(seen.records)?.hash ?? null;
  for (const { sequence, staged, of } of resealed) {
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

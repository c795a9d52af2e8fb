// From gathered exports to a package with its signed record and a ledger line: in an order in which whatever ends it
// leaves nothing that counts, or all of it.

import { gzip } from '../adapters/gzip.ts';
import { inOnePiece } from '../adapters/interrupt.ts';
import { writePackage } from '../adapters/package-writer.ts';
import type { KeyPair } from '../core/crypto.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import { recordHash, signRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import {
  extendLedger,
  ledgerStart,
  sealEvent,
  untoldCeremonies,
  untoldSeals,
} from '../escrow/ledger-lines.ts';
import { formatTime, packageFileName, sealPayload } from '../escrow/seal.ts';
import type { SealInput } from '../escrow/seal.ts';
import { newestRecord } from '../escrow/verify.ts';
import type { Verification } from '../escrow/verify.ts';
import { keepPins } from './escrow-access.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import type { GatheredSources } from './export-sources.ts';
import type { Session } from './session.ts';
import { toolName } from './version.ts';

/** Entries of each source in the last package this machine made. */
export const rememberedIn = ({ pins }: TrustedEscrow): ReadonlyMap<string, number> =>
  new Map((pins.record?.sources ?? []).map(({ name, entries }) => [name, entries]));

interface Totals {
  readonly sources: number;
  readonly entries: number;
  readonly folders: number;
  readonly attachments: number;
}

/**
 * Writes the package, reads it back, signs its record, and tells ledger and pins of it.
 *
 * @param sealer - Stays the caller's.
 * @throws {@link EscrowError} `file.*`, `limit.exceeded`; nothing of it is left then.
 */
export async function sealGathered(
  session: Session,
  escrow: TrustedEscrow,
  seen: Verification,
  gathered: GatheredSources,
  sealer: KeyPair,
): Promise<PackageRecord> {
  const crypto = await session.crypto();
  const { folder, pins, charter } = escrow;
  const last = newestRecord(seen.records);
  const input: SealInput = {
    escrow: pins.escrow,
    sequence: (last?.record.sequence ?? 0) + 1,
    created: session.io.now(),
    recipient: pins.recipient,
    sources: gathered.sources,
    attachments: gathered.attachments,
    plan: gathered.plan,
    ...(gathered.isCompressible ? { compress: gzip } : {}),
  };
  session.say(`sealing package ${input.sequence}`);
  const written = await writePackage(crypto, folder, packageFileName(input), {
    ciphertext: sealPayload(crypto, input),
    expectedBytes: gathered.bytes,
  });
  const record: PackageRecord = {
    type: 'holdfast record v1',
    escrow: pins.escrow,
    sequence: input.sequence,
    previous: last?.hash ?? null,
    created: formatTime(input.created),
    package: { file: written.name, size: written.size, sha256: written.sha256 },
    charter: pins.charter.sha256,
    setId: charter.set.id,
    counts: totals(gathered),
    findings: gathered.findings.length,
    sealer: encodePublicKey(crypto, sealer.publicKey),
    tool: toolName(),
  };
  const outcome = { isVouchedFor: false };
  try {
    await inOnePiece(async () => {
      const signed = signRecord(crypto, record, sealer);
      await folder.writeRecord(written.name, signed);
      outcome.isVouchedFor = true;
      const hash = await recordHash(crypto, signed.bytes);
      await tellLedger(session, escrow, seen, { record, hash }, sealer, gathered);
    });
  } finally {
    // A package that nobody vouches for never counted, and is taken back.
    if (!outcome.isVouchedFor) await folder.removePackage(written.name);
  }
  return record;
}

/** The ledger line, then the pins: in this order a kill leaves a record that the next seal tells of. */
async function tellLedger(
  session: Session,
  escrow: TrustedEscrow,
  seen: Verification,
  sealed: { record: PackageRecord; hash: string },
  sealer: KeyPair,
  gathered: GatheredSources,
): Promise<void> {
  const { folder, pins, charter } = escrow;
  const crypto = await session.crypto();
  const known = seen.ledger ?? { lines: [] };
  const { sequence, sealer: key } = sealed.record;
  const events = [
    ...untoldCeremonies(seen.history, known),
    ...untoldSeals(seen.records, known, sealed.record.sealer),
    sealEvent(sequence, sealed.hash),
  ];
  const { ledger, head } = extendLedger(crypto, await folder.ledger(), {
    time: sealed.record.created,
    firstPrev: ledgerStart(seen),
    events,
    key: sealer,
  });
  // A line by a key that the charter does not list would count as forged; the record stands all the same.
  const isListed = charter.sealers.includes(key);
  if (isListed) await folder.writeLedger(ledger);
  const remembered = rememberedIn(escrow);
  const sources = gathered.sources.map(({ name, inspection }) => ({
    name,
    // What went in locked was not counted: the last count that is known stays the measure.
    entries: inspection?.entries ?? remembered.get(name) ?? 0,
  }));
  await keepPins(session, pins, {
    record: { sequence, sha256: sealed.hash, sources },
    ledger: isListed ? head : null,
  });
}

function totals({ sources }: GatheredSources): Totals {
  const sum = (pick: (source: (typeof sources)[number]) => number | undefined): number =>
    sources.reduce((total, source) => total + (pick(source) ?? 0), 0);
  return {
    sources: sources.length,
    entries: sum((source) => source.inspection?.entries),
    folders: sum((source) => source.inspection?.folders),
    attachments: sum((source) => source.inspection?.attachments.present),
  };
}

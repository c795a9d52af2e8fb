// holdfast seal: exports in, one package with its signed record and a ledger line out. It holds nothing
// that opens a package, and it believes only the pinned recipient.

import { basename } from 'node:path';
import { CLIENTS_FILE } from '../../vault/client.ts';
import { entriesOf } from '../../vault/findings.ts';
import { counted } from '../../core/counted.ts';
import { gzip } from '../../adapters/gzip.ts';
import { inOnePiece } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { writePackage } from '../../adapters/package-writer.ts';
import { wipe } from '../../core/bytes.ts';
import type { CryptoPort, KeyPair } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import { recordHash, signRecord } from '../../core/record/package-record.ts';
import type { PackageRecord } from '../../core/record/package-record.ts';
import { assertIntact } from '../../escrow/intact.ts';
import {
  extendLedger,
  ledgerStart,
  sealEvent,
  untoldCeremonies,
  untoldSeals,
} from '../../escrow/ledger-lines.ts';
import { formatTime, hasDropped, packageFileName, sealPayload } from '../../escrow/seal.ts';
import type { SealInput } from '../../escrow/seal.ts';
import { newestRecord, verifyEscrow } from '../../escrow/verify.ts';
import type { Verification } from '../../escrow/verify.ts';
import { keepPins, openTrusted } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { gatherSources } from '../export-sources.ts';
import type { GatheredSources, SourceOptions } from '../export-sources.ts';
import { hasError } from '../../core/finding.ts';
import { keyFilesOf } from '../key-files.ts';
import { readContents } from '../read-contents.ts';
import type { Session } from '../session.ts';
import { toolName } from '../version.ts';

interface SealOptions extends SourceOptions {
  readonly acceptDrop?: boolean;
  readonly discardExport?: boolean;
}

const NO_CLIENTS = `no ${CLIENTS_FILE} in the plan folder: the top folder of an entry counts as its client, and recover --tier finds nothing`;

/** Warnings that somebody has to act on before the package is what it should be. */
const ABOUT_THIS_SEAL = new Set(['sealed-locked', 'source-missing', 'export-not-discarded']);

interface Totals {
  readonly sources: number;
  readonly entries: number;
  readonly folders: number;
  readonly attachments: number;
}

export async function seal(
  session: Session,
  dir: string,
  exports: readonly string[],
  options: SealOptions,
): Promise<number> {
  const crypto = await session.crypto();
  const { folder } = await openTrusted(session, dir);
  if (options.unlock === false) await confirmLocked(session);
  const sealer = await session.home.sealer(crypto);
  if (!sealer) throw new EscrowError('trust.no-sealer', {});
  try {
    return await withLock(folder.path, async () => {
      // Read again now that nobody else writes: another seal may have moved the pins meanwhile.
      const escrow = await openTrusted(session, dir);
      const seen = await verifyEscrow(crypto, await readContents(folder, 'none'), escrow.pins);
      assertIntact(escrow.pins, seen);
      await folder.removeUnfinished();
      await mendCharter(crypto, escrow);
      const plan = await session.home.planFiles(escrow.pins.escrow);
      if (!plan.some((path) => basename(path) === CLIENTS_FILE)) session.say(NO_CLIENTS);
      const gathered = await gatherSources(session, exports, {
        ...options,
        plan,
        remembered: rememberedIn(escrow),
      });
      try {
        if (options.acceptDrop !== true) assertNoDrop(escrow, seen, gathered);
        const record = await sealGathered(session, escrow, seen, gathered, sealer);
        const kept = options.discardExport === true ? await gathered.discard() : [];
        const findings = [
          ...absentSources(escrow, gathered).map(missingFinding),
          ...kept,
          ...gathered.findings,
        ];
        return await tellResult(session, record, { findings, gathered }, escrow);
      } finally {
        await gathered.dispose();
      }
    });
  } finally {
    wipe(sealer.secretKey);
  }
}

/** A ceremony that was killed when its charter was in force, and not all beside it was written. */
async function mendCharter(crypto: CryptoPort, { folder, document, charter }: TrustedEscrow): Promise<void> {
  if (!(await folder.charters.isHalfWritten())) return;
  await folder.charters.finish(document, keyFilesOf(crypto, charter));
}

/** Without a terminal the flag itself is the word of a person; it is a finding either way. */
async function confirmLocked(session: Session): Promise<void> {
  if (!session.canAsk) return;
  const prompter = await session.prompter('--no-input');
  const isMeant = await prompter.confirm(
    'A quorum alone will not open this export. Seal it all the same?',
    false,
  );
  if (!isMeant) throw new EscrowError('input.aborted', {});
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

/** Sources this machine sealed last time and not now: perhaps forgotten, perhaps renamed. */
function absentSources({ pins }: TrustedEscrow, gathered: GatheredSources): readonly string[] {
  const given = new Set(gathered.sources.map(({ name }) => name));
  return (pins.record?.sources ?? [])
    .filter(({ name }) => !given.has(name))
    .map(({ name, entries }) => `${name} (${entriesOf(entries)})`);
}

const missingFinding = (source: string): Finding => ({
  code: 'source-missing',
  severity: 'warning',
  message: `${source} was in the last package and is not in this one`,
  hint: 'name every export in one command: only the newest package is opened in an emergency',
});

/** Entries of each source in the last package this machine made. */
const rememberedIn = ({ pins }: TrustedEscrow): ReadonlyMap<string, number> =>
  new Map((pins.record?.sources ?? []).map(({ name, entries }) => [name, entries]));

/** Source by source where this machine remembers them, else by the totals of the last record. */
function assertNoDrop(escrow: TrustedEscrow, seen: Verification, gathered: GatheredSources): void {
  const remembered = rememberedIn(escrow);
  for (const { name, inspection } of gathered.sources) {
    const before = remembered.get(name);
    if (before !== undefined && inspection && hasDropped(before, inspection.entries)) {
      throw new EscrowError('seal.entries-dropped', { source: name, before, after: inspection.entries });
    }
  }
  // Anybody can sign a record with a key of their own: its counts are believed only of a listed sealer.
  const last = newestRecord(seen.records.filter(({ sealerKnown }) => sealerKnown))?.record.counts;
  // What stays locked has as many as before, as far as anybody knows.
  const now = gathered.sources.map(({ name, inspection }) => inspection?.entries ?? remembered.get(name));
  const after = now.reduce<number>((sum, entries) => sum + (entries ?? 0), 0);
  if (!last || !hasDropped(last.entries, after)) return;
  throw new EscrowError('seal.entries-dropped', {
    source: 'the vault',
    before: last.entries,
    after,
    uncounted: now.filter((entries) => entries === undefined).length,
    missing: absentSources(escrow, gathered),
  });
}

async function sealGathered(
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

/** What nobody looked into is not counted, and zero would be a lie. */
function describeCounts({ counts }: PackageRecord, { sources }: GatheredSources): string {
  const uncounted = sources.filter(({ inspection }) => inspection === undefined).length;
  const all = counted(counts.sources, 'source');
  if (uncounted === sources.length) return `${all}, not counted`;
  const without = uncounted === 0 ? '' : `, ${uncounted} of them not counted`;
  return `${entriesOf(counts.entries)} from ${all}${without}`;
}

async function tellResult(
  session: Session,
  record: PackageRecord,
  { findings, gathered }: { findings: readonly Finding[]; gathered: GatheredSources },
  escrow: TrustedEscrow,
): Promise<number> {
  const { counts, sequence, package: file } = record;
  const isListed = escrow.charter.sealers.includes(record.sealer);
  if (!isListed)
    session.warn(
      "this machine's sealer is not in the charter; name it at the next ceremony (holdfast sealer new)",
    );
  // What is the same every night is for inspect: here it would hide what is new.
  const notes = findings.filter(({ severity }) => severity === 'info').length;
  const lines = [
    `Package ${sequence} sealed and read back: ${describeCounts(record, gathered)}, ${file.size} bytes.`,
    `  ${file.file}`,
    session.describe(findings.filter(({ severity }) => severity !== 'info')),
    notes === 0 ? '' : `  ${counted(notes, 'note')}: holdfast inspect EXPORT shows what an export leaves out`,
  ];
  await session.result(
    { type: 'seal', sequence, package: file, counts, sealerListed: isListed, findings },
    lines.filter((line) => line !== '').join('\n'),
  );
  return hasError(findings) || !isListed || findings.some(({ code }) => ABOUT_THIS_SEAL.has(code))
    ? ExitCode.Findings
    : ExitCode.Ok;
}

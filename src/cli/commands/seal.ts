// holdfast seal: exports in, one package with its signed record and a ledger line out. It holds nothing
// that opens a package, and it believes only the pinned recipient.

import { basename } from 'node:path';
import { CLIENTS_FILE } from '../../vault/client.ts';
import { entriesOf } from '../../vault/findings.ts';
import { counted } from '../../core/counted.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { PackageRecord } from '../../core/record/package-record.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { hasDropped } from '../../escrow/seal.ts';
import { newestRecord, verifyEscrow } from '../../escrow/verify.ts';
import type { Verification } from '../../escrow/verify.ts';
import { openTrusted } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { gatherSources } from '../export-sources.ts';
import type { GatheredSources, SourceOptions } from '../export-sources.ts';
import { hasError } from '../../core/finding.ts';
import { keyFilesOf } from '../key-files.ts';
import { readContents } from '../read-contents.ts';
import { rememberedIn, sealGathered } from '../seal-package.ts';
import type { Session } from '../session.ts';

interface SealOptions extends SourceOptions {
  readonly acceptDrop?: boolean;
  readonly discardExport?: boolean;
}

const NO_CLIENTS = `no ${CLIENTS_FILE} in the plan folder: the top folder of an entry counts as its client, and recover --tier finds nothing`;

/** Warnings that somebody has to act on before the package is what it should be. */
const ABOUT_THIS_SEAL = new Set(['sealed-locked', 'source-missing', 'export-not-discarded']);

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

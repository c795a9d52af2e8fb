// holdfast verify: judges the bytes of an escrow against the pins of this machine. 0, or 13 with every
// problem listed. It cannot prove that a package opens, and says so.

import { counted } from '../../core/counted.ts';
import type { Finding } from '../../core/finding.ts';
import { keepPins, openPinned } from '../escrow-access.ts';
import { retiredFindings, retiredSets } from '../../escrow/retired.ts';
import { newestRecord, verifyEscrow } from '../../escrow/verify.ts';
import type { Verification } from '../../escrow/verify.ts';
import type { advancePins } from '../../escrow/trust.ts';
import { ExitCode } from '../exit-codes.ts';
import { hasError, needsAttention } from '../../core/finding.ts';
import { readContents } from '../read-contents.ts';
import type { Session } from '../session.ts';

/** A record by a key that the charter does not list moves no pin: anybody could have put it there. */
function newFloor(seen: Verification): Parameters<typeof advancePins>[1] {
  const newest = newestRecord(seen.records.filter(({ sealerKnown }) => sealerKnown));
  const head = seen.ledger?.head;
  return {
    record: newest ? { sequence: newest.record.sequence, sha256: newest.hash, sources: [] } : null,
    ledger: head ? { line: head.line, hash: head.hash } : null,
  };
}

function verdictOn(findings: readonly Finding[]): string {
  if (hasError(findings)) return 'This folder is damaged or was changed.';
  if (needsAttention(findings)) return 'Nothing here is damaged, but not all of it can be vouched for.';
  return 'Everything here is what this machine was taught to expect.';
}

export async function verify(
  session: Session,
  target: string,
  options: { readData?: boolean },
): Promise<number> {
  const crypto = await session.crypto();
  const { folder, pins } = await openPinned(session, target);
  const contents = await readContents(folder, options.readData === true ? 'all' : 'newest');
  const seen = await verifyEscrow(crypto, contents, pins);
  const isGood = !hasError(seen.findings);
  if (isGood) await keepPins(session, pins, newFloor(seen));
  const { counts, ledger } = seen;
  const present = new Set(contents.packages.map(({ name }) => name));
  const findings = [...seen.findings, ...retiredFindings(retiredSets(seen, present, undefined), 'info')];
  const lines = [
    verdictOn(findings),
    `  ${counted(counts.charters, 'charter')}, ${counted(counts.records, 'record')}, ${counted(counts.packages, 'package')} (${counts.read} read whole), ${counted(ledger?.head.line ?? 0, 'ledger line')}`,
    session.describe(findings),
    '  That a package opens, only a quorum of cards can prove.',
  ];
  await session.result(
    { type: 'verify', ok: isGood, counts, ledgerHead: ledger?.head ?? null, findings },
    lines.filter((line) => line !== '').join('\n'),
  );
  return isGood ? ExitCode.Ok : ExitCode.Damaged;
}

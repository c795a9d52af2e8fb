// holdfast status: readiness, one sentence first. 0 when all is well, 3 with findings.

import { isEscrowError } from '../../core/errors.ts';
import type { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { pinnedCharter } from '../../escrow/trust.ts';
import { judgeHealth } from '../../escrow/health.ts';
import type { Health } from '../../escrow/health.ts';
import { retiredFindings, retiredSets } from '../../escrow/retired.ts';
import { newestRecord, verifyEscrow } from '../../escrow/verify.ts';
import { openPinned, registerIfAny } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../../core/finding.ts';
import { readContents } from '../read-contents.ts';
import { reportOf } from '../report.ts';
import type { Session } from '../session.ts';

async function healthOf(session: Session, dir: string): Promise<Health> {
  const crypto = await session.crypto();
  const { folder, pins, document } = await openPinned(session, dir);
  const charter = await pinnedCharter(crypto, document, pins);
  const contents = await readContents(folder, 'none');
  const seen = await verifyEscrow(crypto, contents, pins);
  // A package counts only when its file is there and a record signed by a listed sealer describes it.
  const there = new Set(contents.packages.map(({ name }) => name));
  const usable = seen.records.filter(
    ({ record, sealerKnown }) => sealerKnown && there.has(record.package.file),
  );
  const newest = newestRecord(usable)?.record;
  const register = await registerIfAny(session, { charter });
  const health = judgeHealth({
    policy: charter.policy,
    register,
    newest: newest && { created: newest.created, entries: newest.counts.entries, sequence: newest.sequence },
    now: session.io.now(),
  });
  const retired = retiredFindings(retiredSets(seen, there, register), 'warning');
  return { ...health, findings: [...seen.findings, ...health.findings, ...retired] };
}

/** What is told of a folder that cannot be judged at all: others were named too, and each is told of. */
function unjudged(error: EscrowError): Health {
  const { message, hint } = reportOf(error);
  const finding: Finding = { code: 'not-judged', severity: 'error', message, hint };
  return {
    sentence: 'If it happened now: nobody can say, this folder cannot be judged.',
    findings: [finding],
    packageAgeHours: null,
    unprovenCards: [],
    spareCards: null,
  };
}

export async function status(session: Session, dirs: readonly string[]): Promise<number> {
  const reports: (Health & { dir: string })[] = [];
  for (const dir of dirs) {
    const health = await healthOf(session, dir).catch((error: unknown) => {
      // Alone it ends the command, with its own exit code.
      if (dirs.length === 1 || !isEscrowError(error) || error.code === 'input.aborted') throw error;
      return unjudged(error);
    });
    reports.push({ dir, ...health });
  }
  const text = reports.map(({ dir, sentence, findings }) => {
    const heading = dirs.length > 1 ? `${dir}: ${sentence}` : sentence;
    return [heading, session.describe(findings)].filter((part) => part !== '').join('\n');
  });
  await session.result({ type: 'status', escrows: reports }, text.join('\n'));
  return reports.some(({ findings }) => needsAttention(findings)) ? ExitCode.Findings : ExitCode.Ok;
}

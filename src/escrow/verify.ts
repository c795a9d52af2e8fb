// Judging the bytes of an escrow folder against what this machine was taught: charter chain, records,
// packages, ledger. It goes on after each problem and lists them all. It cannot prove that a package
// opens: only a quorum can (drill). Spec: docs/spec/trust.md.

import type { CryptoPort } from '../core/crypto.ts';
import { reporterTo } from '../core/finding.ts';
import type { Finding, Reporter } from '../core/finding.ts';
import type { Charter } from '../core/record/charter.ts';
import type { JudgedLine, LedgerVerdict } from '../core/record/ledger.ts';
import { recordHash, verifyRecord } from '../core/record/package-record.ts';
import { verifyRecordChain } from '../core/record/record-chain.ts';
import type { RecordLink } from '../core/record/record-chain.ts';
import type { EscrowContents, PresentPackage } from './ports.ts';
import { checkCeremonies, checkLedger } from './ledger-check.ts';
import { lists, vouchedRecords } from './sealer-history.ts';
import type { BelievedCharter } from './sealer-history.ts';
import type { Pins } from './trust.ts';
import { RESTORE_COPY, judgeCharters, judgeLedger, tellFault } from './verify-chain.ts';

/** A record whose signature holds. */
export interface JudgedRecord extends RecordLink {
  readonly sealerKnown: boolean;
}

export interface Verification {
  readonly charter: Charter | undefined;
  /** The charters of the chain that are believed, the oldest first and the current one last. */
  readonly history: readonly BelievedCharter[];
  readonly records: readonly JudgedRecord[];
  readonly ledger: LedgerVerdict | undefined;
  readonly findings: readonly Finding[];
  readonly counts: {
    readonly charters: number;
    readonly records: number;
    readonly packages: number;
    readonly read: number;
  };
}

/**
 * Judges an escrow folder by the pins of this machine.
 *
 * @returns findings of severity `error` for whatever is damaged, forged or not the pinned one.
 */
export async function verifyEscrow(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
): Promise<Verification> {
  const findings: Finding[] = [];
  const report = reporterTo(findings);
  const history = await judgeCharters(crypto, contents, pins, report);
  const charter = history.at(-1)?.charter;
  const ofLedger: Finding[] = [];
  const ledger = charter && (await judgeLedger(crypto, contents, pins, history, reporterTo(ofLedger)));
  const records = await judgeRecords(crypto, contents, pins, { history, lines: ledger?.lines ?? [] }, report);
  judgePackages(contents.packages, records, report);
  findings.push(...ofLedger);
  if (ledger) {
    const recordHashes = new Set(records.map(({ hash }) => hash));
    const sealersRecords = records
      .filter(({ sealerKnown, record }) => sealerKnown && record.escrow === pins.escrow)
      .map(({ hash }) => hash);
    const good = new Set(records.map(({ record }) => record.sequence));
    const named = contents.records.map(({ name }) => Number.parseInt(name, 10));
    const damagedRecords = new Set(named.filter((sequence) => !good.has(sequence)));
    findings.push(
      ...checkCeremonies(ledger, history),
      ...checkLedger(ledger, {
        recordHashes,
        sealersRecords,
        damagedRecords,
        pinnedRecord: pins.record?.sha256,
      }),
    );
  }
  return {
    charter,
    history,
    records,
    ledger,
    findings,
    counts: {
      charters: contents.chain.length,
      records: records.length,
      packages: contents.packages.length,
      read: contents.packages.filter(({ sha256 }) => sha256 !== undefined).length,
    },
  };
}

async function judgeRecords(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  by: { readonly history: readonly BelievedCharter[]; readonly lines: readonly JudgedLine[] },
  report: Reporter,
): Promise<JudgedRecord[]> {
  const links: (RecordLink & { readonly name: string })[] = [];
  for (const { name, document } of contents.records) {
    try {
      const { record } = verifyRecord(crypto, document.bytes, document.signature, []);
      links.push({ name, record, hash: await recordHash(crypto, document.bytes) });
    } catch (error) {
      tellFault(report, error, 'record-damaged', `${name} does not verify`, RESTORE_COPY);
    }
  }
  const vouched = vouchedRecords(links, by.history, by.lines);
  const judged = links.map((link) => ({
    record: link.record,
    hash: link.hash,
    sealerKnown: vouched.has(link),
  }));
  for (const link of links) {
    if (by.history.length === 0 || vouched.has(link)) continue;
    const isDropped = by.history.some((charter) => lists(charter, link.record.sealer));
    report(
      'warning',
      'unknown-sealer',
      isDropped
        ? `${link.name} is by a machine that the charter no longer lists, and nothing shows that it was sealed before`
        : `${link.name} is signed by a key the charter does not list`,
      'name that machine at the next ceremony, or find out who made this package',
    );
  }
  for (const problem of verifyRecordChain(pins.escrow, judged)) {
    report(
      'error',
      'record-chain',
      `record ${problem.facts.sequence}: ${problem.facts.reason}`,
      'compare with another copy of the folder: records are never removed',
    );
  }
  if (pins.record && !judged.some(({ hash }) => hash === pins.record?.sha256)) {
    report(
      'error',
      'record-rolled-back',
      `record ${pins.record.sequence} was seen here before and is missing`,
      RESTORE_COPY,
    );
  }
  return judged;
}

function judgePackages(
  packages: readonly PresentPackage[],
  records: readonly JudgedRecord[],
  report: Reporter,
): void {
  for (const found of packages) {
    const record = records.map((judged) => judged.record).find((entry) => entry.package.file === found.name);
    if (!record) {
      report(
        'warning',
        'package-without-record',
        `${found.name} has no record that verifies`,
        'it may be an interrupted seal, or a package somebody put there',
      );
    } else if (found.size !== record.package.size) {
      report(
        'error',
        'package-damaged',
        `${found.name} has ${found.size} bytes, its record says ${record.package.size}`,
        RESTORE_COPY,
      );
    } else if (found.sha256 !== undefined && found.sha256 !== record.package.sha256) {
      report('error', 'package-damaged', `${found.name} is not the file its record describes`, RESTORE_COPY);
    }
  }
  const newest = newestRecord(records);
  if (newest && !packages.some(({ name }) => name === newest.record.package.file)) {
    report(
      'error',
      'newest-package-missing',
      `${newest.record.package.file} is gone, the newest package`,
      RESTORE_COPY,
    );
  }
}

/** The record with the highest sequence number, whoever signed it. */
export function newestRecord(records: readonly JudgedRecord[]): JudgedRecord | undefined {
  return records.reduce<JudgedRecord | undefined>(
    (best, next) => (best && best.record.sequence >= next.record.sequence ? best : next),
    undefined,
  );
}

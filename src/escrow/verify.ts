// Judging the bytes of an escrow folder against what this machine was taught: charter chain, records,
// packages, ledger. It goes on after each problem and lists them all. It cannot prove that a package
// opens: only a quorum can (drill). Spec: docs/spec/trust.md.

import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { verifyCharterChain } from '../core/record/charter-chain.ts';
import { charterHash } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyLedger } from '../core/record/ledger.ts';
import type { JudgedLine, LedgerVerdict } from '../core/record/ledger.ts';
import { decodePublicKey } from '../core/record/minisign.ts';
import { recordHash, verifyRecord } from '../core/record/package-record.ts';
import { verifyRecordChain } from '../core/record/record-chain.ts';
import type { RecordLink } from '../core/record/record-chain.ts';
import type { UntrustedDocument } from './ports.ts';
import { checkCeremonies, checkLedger } from './ledger-check.ts';
import { ledgerKeys, lists, outdatedLines, vouchedRecords } from './sealer-history.ts';
import type { BelievedCharter } from './sealer-history.ts';
import { reasonOf } from './reason.ts';
import { pinnedCharter } from './trust.ts';
import type { Pins } from './trust.ts';

/** A package file as it lies there. */
export interface PresentPackage {
  readonly name: string;
  readonly size: number;
  /** SHA-256 as 64 hex digits, when its bytes were read. */
  readonly sha256?: string;
}

/** Everything an escrow folder holds, unbelieved. */
export interface EscrowContents {
  readonly charter: UntrustedDocument | undefined;
  readonly chain: readonly UntrustedDocument[];
  /** Charters beyond the current one. */
  readonly pending?: readonly UntrustedDocument[];
  readonly records: readonly { readonly name: string; readonly document: UntrustedDocument }[];
  readonly packages: readonly PresentPackage[];
  readonly ledger: Uint8Array;
}

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

type Report = (severity: Finding['severity'], code: string, message: string, hint: string) => void;

const RESTORE_COPY = 'take this folder from another copy and verify that one';

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
  const report: Report = (severity, code, message, hint) =>
    void findings.push({ severity, code, message, hint });
  const history = await judgeCharters(crypto, contents, pins, report);
  const charter = history.at(-1)?.charter;
  const ofLedger: Finding[] = [];
  const ledger =
    charter &&
    (await judgeLedger(crypto, contents, pins, history, (severity, code, message, hint) => {
      ofLedger.push({ severity, code, message, hint });
    }));
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

/** Tells an EscrowError as a finding; anything else is a bug and goes on up. */
function tell(report: Report, error: unknown, code: string, what: string, hint: string): void {
  if (!isEscrowError(error)) throw error;
  report('error', code, `${what}: ${reasonOf(error)}`, hint);
}

/** @returns the charters that are believed: none, the pinned one alone, or the whole chain that ends with it. */
async function judgeCharters(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  report: Report,
): Promise<readonly BelievedCharter[]> {
  if (!contents.charter) {
    report('error', 'charter-missing', 'the charter or its signature is missing', RESTORE_COPY);
    return [];
  }
  let charter: Charter;
  try {
    charter = await pinnedCharter(crypto, contents.charter, pins);
  } catch (error) {
    const hint =
      'if there was a new ceremony, enrol this machine again with the words on the new cards; otherwise somebody changed it';
    tell(report, error, 'charter-not-pinned', 'the charter is not the one this machine was taught', hint);
    return [];
  }
  const pending = contents.pending ?? [];
  if (pending.length > 0) {
    report(
      'warning',
      'charter-pending',
      'the folder charters holds a charter that is not in force: a ceremony was not finished, or charter.json was put back',
      'destroy the cards of a ceremony that was not finished; if it was finished, take another copy of the folder',
    );
  }
  const own = { charter, hash: pins.charter.sha256 };
  try {
    const anchor = { charterKey: decodePublicKey(pins.charterKey), hash: pins.charter.sha256 };
    const chain = await verifyCharterChain(crypto, [...contents.chain, ...pending], anchor);
    if (chain.newest.number !== charter.number + pending.length) {
      report(
        'error',
        'charter-chain',
        'the folder charters does not end with the current charter',
        RESTORE_COPY,
      );
      return [own];
    }
    return chain.charters
      .slice(0, charter.number)
      .map((link, at) => ({ charter: link, hash: chain.hashes[at] ?? '' }));
  } catch (error) {
    tell(report, error, 'charter-chain', 'the chain of charters does not hold', RESTORE_COPY);
    return [own];
  }
}

async function judgeRecords(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  by: { readonly history: readonly BelievedCharter[]; readonly lines: readonly JudgedLine[] },
  report: Report,
): Promise<JudgedRecord[]> {
  const links: (RecordLink & { readonly name: string })[] = [];
  for (const { name, document } of contents.records) {
    try {
      const { record } = verifyRecord(crypto, document.bytes, document.signature, []);
      links.push({ name, record, hash: await recordHash(crypto, document.bytes) });
    } catch (error) {
      tell(report, error, 'record-damaged', `${name} does not verify`, RESTORE_COPY);
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
  report: Report,
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

async function judgeLedger(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  history: readonly BelievedCharter[],
  report: Report,
): Promise<LedgerVerdict> {
  // The first charter; while it is the current one too, a damaged copy in the chain accuses no ledger.
  const isFirst = history.at(-1)?.charter.number === 1;
  const first = (isFirst ? undefined : contents.chain[0]) ?? contents.charter;
  // Only named keys: a line by any other would let whoever can write here move the pins of a reader.
  const keys = ledgerKeys(history);
  const verdict = verifyLedger(crypto, contents.ledger, {
    firstPrev: await charterHash(crypto, first?.bytes ?? new Uint8Array()),
    keys,
    pinned: pins.ledger ?? undefined,
  });
  for (const problem of verdict.problems) tell(report, problem, 'ledger-damaged', 'the ledger', RESTORE_COPY);
  for (const line of outdatedLines(verdict.lines, history)) {
    report(
      'error',
      'ledger-damaged',
      `the ledger: line ${line} is signed by a key that no charter names any more at that time`,
      RESTORE_COPY,
    );
  }
  if (verdict.torn) {
    report(
      'warning',
      'ledger-torn',
      'the last line of the ledger was not finished',
      'the next seal on this machine mends it',
    );
  }
  return verdict;
}

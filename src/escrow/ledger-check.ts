// The ledger against the records that lie beside it: each tells of the other, so that what was taken out of
// one is missed by the other, even on a machine that has never seen this escrow. Spec: docs/spec/trust.md.

import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';
import type { JudgedLine, LedgerVerdict } from '../core/record/ledger.ts';

/** What of the folder the ledger is held against. */
interface LedgerSurroundings {
  /** SHA-256 of the records that sealers of the charter signed. */
  readonly sealersRecords: readonly string[];
  /** SHA-256 of every record whose signature holds. */
  readonly recordHashes: ReadonlySet<string>;
  /** Sequence numbers of records that are here but do not verify: those are told already. */
  readonly damagedRecords: ReadonlySet<number>;
  /** The record this machine has seen; when it is missing, that is told already. */
  readonly pinnedRecord: string | undefined;
}

const COMPARE = 'compare with another copy of the folder: records and ledger lines are never removed';

/**
 * Errors say that something was taken away, or made twice. That a record has no line is a warning: a kill between
 * the two does it, and so does a ledger that was cut.
 */
export function checkLedger(ledger: LedgerVerdict, around: LedgerSurroundings): readonly Finding[] {
  if (ledger.lines.length === 0 && ledger.problems.length === 0) {
    const message = 'there is no ledger, though every ceremony begins one';
    return [{ severity: 'error', code: 'ledger-missing', message, hint: COMPARE }];
  }
  const findings: Finding[] = [];
  const told = new Map<number, string>();
  const hashes = new Set<string>();
  for (const { body, isTrusted } of ledger.lines) {
    const { sequence, record } = body.facts;
    if (body.event !== 'seal' || !isTrusted || typeof sequence !== 'number' || typeof record !== 'string')
      continue;
    const before = told.get(sequence);
    told.set(sequence, record);
    hashes.add(record);
    if (before !== undefined && before !== record) {
      const message = `the ledger tells of two packages ${sequence}`;
      findings.push({ severity: 'error', code: 'ledger-fork', message, hint: COMPARE });
    }
    if (isMissed(sequence, record, around)) {
      const message = `line ${body.line} of the ledger tells of record ${sequence}, which is not here`;
      findings.push({ severity: 'error', code: 'record-missing', message, hint: COMPARE });
    }
  }
  findings.push(...missingExceptions(ledger));
  const untold = around.sealersRecords.filter((hash) => !hashes.has(hash)).length;
  // A ledger that is damaged or shorter than it was is told already.
  if (untold > 0 && ledger.problems.length === 0) {
    const message = `${counted(untold, 'record')} of which no line of the ledger tells`;
    const hint =
      'the next seal of the same machine adds a line for its own; otherwise compare with another copy';
    findings.push({ severity: 'warning', code: 'record-untold', message, hint });
  }
  return findings;
}

/** A ceremony says how many exceptions follow it: a ledger that was cut behind it has fewer. */
function missingExceptions({ lines }: LedgerVerdict): Finding[] {
  return lines.flatMap(({ body, isTrusted }, index) => {
    const stated = body.event === 'ceremony' && isTrusted ? body.facts['exceptions'] : undefined;
    if (typeof stated !== 'number' || stated < 1) return [];
    const found = lines.slice(index + 1, index + 1 + stated).filter(isException).length;
    if (found === stated) return [];
    const message = `line ${body.line} of the ledger tells of ${counted(stated, 'exception')} at the ceremony, and ${found} follow`;
    return [{ severity: 'error', code: 'exceptions-missing', message, hint: COMPARE }];
  });
}

const isException = ({ body, isTrusted }: JudgedLine): boolean =>
  isTrusted && body.event === 'note' && body.facts['kind'] === 'exception';

function isMissed(
  sequence: number,
  record: string,
  { recordHashes, damagedRecords, pinnedRecord }: LedgerSurroundings,
): boolean {
  return !recordHashes.has(record) && !damagedRecords.has(sequence) && record !== pinnedRecord;
}

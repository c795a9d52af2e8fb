// The ledger against the records that lie beside it: each tells of the other, so that what was taken out of
// one is missed by the other, even on a machine that has never seen this escrow. Spec: docs/spec/trust.md.

import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';
import type { JudgedLine, LedgerVerdict } from '../core/record/ledger.ts';
import { isSameKey } from './sealer-history.ts';
import type { BelievedCharter } from './sealer-history.ts';

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
  return lines.flatMap(({ body, key, isTrusted }, index) => {
    const stated = body.event === 'ceremony' && isTrusted ? body.facts['exceptions'] : undefined;
    if (typeof stated !== 'number' || stated < 1) return [];
    const following = lines.slice(index + 1, index + 1 + stated);
    const found = following.filter((line) => isException(line) && isSameKey(line.key, key)).length;
    if (found === stated) return [];
    const message = `line ${body.line} of the ledger tells of ${counted(stated, 'exception')} at the ceremony, and ${found} follow`;
    return [{ severity: 'error', code: 'exceptions-missing', message, hint: COMPARE }];
  });
}

const isException = ({ body, isTrusted }: JudgedLine): boolean =>
  isTrusted && body.event === 'note' && body.facts['kind'] === 'exception';

/** What a writer states of a ceremony that was killed before its line; it cannot know more. */
const MENDED_FACTS = new Set(['kind', 'charter', 'number', 'set', 'retires']);

/**
 * Lines of ceremonies by a key that is not theirs: a sealer could leave exceptions out, and a machine that was
 * dropped could say what had been sealed by then.
 *
 * @param history - The charters that are believed, the oldest first.
 */
export function checkCeremonies(ledger: LedgerVerdict, history: readonly BelievedCharter[]): Finding[] {
  const [first] = history;
  const wrong = ledger.lines.flatMap(({ body, key, isTrusted }) => {
    if (!isTrusted) return [];
    const of = history.find(({ hash }) => body.event === 'ceremony' && hash === body.facts['charter']);
    const isOwn = of !== undefined && isSameKey(of.charter.charterKey, key);
    // Where the chain is not whole, the first charter is not known.
    if (body.line === 1 && first?.charter.number === 1) return isOwn && of === first ? [] : [body.line];
    const isMended = Object.keys(body.facts).every((fact) => MENDED_FACTS.has(fact));
    if (body.event !== 'ceremony' || isOwn) return [];
    // Where the chain is not whole, a charter that is not here may have been in it.
    if (of === undefined) return first?.charter.number === 1 ? [body.line] : [];
    return isMended ? [] : [body.line];
  });
  return wrong.map((line): Finding => {
    const message = `the ledger: line ${line} is not that of a ceremony, signed by the key of its charter`;
    return { severity: 'error', code: 'ledger-damaged', message, hint: COMPARE };
  });
}

function isMissed(
  sequence: number,
  record: string,
  { recordHashes, damagedRecords, pinnedRecord }: LedgerSurroundings,
): boolean {
  return !recordHashes.has(record) && !damagedRecords.has(sequence) && record !== pinnedRecord;
}

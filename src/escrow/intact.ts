// Whether an escrow may be written on. A record or ledger line put behind damage, or behind history that
// this machine has seen and that is gone, would be a fork, and would hide what happened. Damaged package
// files do not count here: a new package is the remedy for them. Spec: docs/spec/trust.md.

import { EscrowError } from '../core/errors.ts';
import type { Pins } from './trust.ts';
import { newestRecord } from './verify.ts';
import type { Verification } from './verify.ts';

/** Findings about packages: whoever seals next makes good for them. */
const MENDED_BY_SEALING = new Set(['package-damaged', 'newest-package-missing']);

/**
 * Refuses a folder that is older than what this machine has seen, or whose charters, records or ledger are
 * damaged.
 *
 * @throws {@link EscrowError} `trust.rollback` or `trust.damaged`.
 */
export function assertIntact(pins: Pins, seen: Verification): void {
  const { record, ledger } = pins;
  if (record && !seen.records.some(({ hash }) => hash === record.sha256)) {
    const found = newestRecord(seen.records)?.record.sequence ?? 0;
    throw new EscrowError('trust.rollback', { what: 'record', pinned: record.sequence, found });
  }
  const head = seen.ledger?.head;
  if (ledger && head && head.line < ledger.line) {
    throw new EscrowError('trust.rollback', { what: 'ledger line', pinned: ledger.line, found: head.line });
  }
  const [first, ...others] = seen.findings.filter(
    ({ severity, code }) => severity === 'error' && !MENDED_BY_SEALING.has(code),
  );
  if (first) throw new EscrowError('trust.damaged', { problem: first.message, more: others.length });
}

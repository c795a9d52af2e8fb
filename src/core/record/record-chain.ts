// The chain of package records (docs/spec/record.md, "Chain"): what is missing, doubled or out of place.
// Retention removes packages, never records, so a hole is always worth saying. It throws nothing: in an
// emergency a broken chain is told, and the packages are opened all the same.

import { EscrowError } from '../errors.ts';
import type { PackageRecord } from './package-record.ts';

/** A record that was verified, with the SHA-256 of its bytes (64 hex digits). */
export interface RecordLink {
  readonly record: PackageRecord;
  readonly hash: string;
}

/** Something wrong with the chain; its facts name the sequence number and the fault. */
type RecordChainProblem = EscrowError<'record.chain'>;

/**
 * Judges all records of an escrow, in any order.
 *
 * @param escrow - Escrow id from the charter.
 * @returns problems by sequence number; empty when the chain holds from 1 to the newest.
 */
export function verifyRecordChain(escrow: string, links: readonly RecordLink[]): RecordChainProblem[] {
  const problems: RecordChainProblem[] = [];
  const report = (sequence: number, fault: RecordChainProblem['facts']['fault'], reason: string): void =>
    void problems.push(new EscrowError('record.chain', { sequence, fault, reason }));

  let last = 0;
  let hashesOfLast: ReadonlySet<string> = new Set();
  for (const [sequence, here] of bySequence(links)) {
    const hashes = new Set(here.map((link) => link.hash));
    const span =
      sequence - last === 2 ? `record ${last + 1} is` : `records ${last + 1} to ${sequence - 1} are`;
    if (sequence > last + 1) report(sequence, 'gap', `${span} missing before it`);
    if (hashes.size > 1) report(sequence, 'fork', `${hashes.size} different records have this number`);
    for (const { record } of here) {
      if (record.escrow !== escrow) report(sequence, 'escrow', 'it belongs to another escrow');
      // Across a gap there is nothing to compare with, and the gap itself is already told.
      else if (sequence === last + 1 && last > 0 && !hashesOfLast.has(record.previous ?? '')) {
        report(sequence, 'previous', 'it does not follow the record before it');
      }
    }
    last = sequence;
    hashesOfLast = hashes;
  }
  return problems;
}

/** Records grouped by sequence number, ascending; a byte-identical copy counts once. */
function bySequence(links: readonly RecordLink[]): [number, readonly RecordLink[]][] {
  const groups = new Map<number, Map<string, RecordLink>>();
  for (const link of links) {
    const group = groups.get(link.record.sequence) ?? new Map<string, RecordLink>();
    groups.set(link.record.sequence, group.set(link.hash, link));
  }
  return [...groups].sort(([a], [b]) => a - b).map(([sequence, group]) => [sequence, [...group.values()]]);
}

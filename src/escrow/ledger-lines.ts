// Adding to the ledger of an escrow: an interrupted last line is cut off first, since it counts as not
// written, and seals whose line was lost to a kill are told before the new event.

import { concatBytes, encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort, KeyPair } from '../core/crypto.ts';
import type { FlatFacts, LedgerEvent } from '../core/record/ledger-event.ts';
import { appendLedger, countLines, wholeLedgerBytes } from '../core/record/ledger.ts';
import type { LedgerHead, LedgerVerdict } from '../core/record/ledger.ts';
import type { Charter } from '../core/record/charter.ts';
import { ledgerLineHash } from '../core/record/ledger-line.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { keyTag } from '../core/share/share-record.ts';
import type { BelievedCharter } from './sealer-history.ts';
import { newestRecord } from './verify.ts';
import type { JudgedRecord, Verification } from './verify.ts';

interface LedgerAddition {
  readonly time: string;
  /** Hash of the first charter, for a ledger that is still empty. */
  readonly firstPrev: string;
  readonly events: readonly LedgerEvent[];
  readonly key: KeyPair;
}

/** The ledger with the events added, and its new head. */
export function extendLedger(
  crypto: CryptoPort,
  ledger: Uint8Array,
  addition: LedgerAddition,
): { ledger: Bytes; head: LedgerHead } {
  const { time, firstPrev, events, key } = addition;
  let grown = concatBytes(ledger.subarray(0, wholeLedgerBytes(ledger)));
  let last = '';
  for (const event of events) {
    const line = appendLedger(crypto, grown, { ...event, time, firstPrev }, key);
    grown = concatBytes(grown, encodeUtf8(line));
    last = line;
  }
  const line = countLines(grown);
  return { ledger: grown, head: { line, hash: ledgerLineHash(crypto, encodeUtf8(last.trimEnd())) } };
}

/** What the first line of a ledger follows: the hash of the first charter. @param seen - Of a folder that is intact. */
export function ledgerStart({ history: [first] }: Pick<Verification, 'history'>): string {
  if (!first) throw new Error('a folder that is intact has a charter that is believed');
  return first.hash;
}

/** What the ledger is told of a charter. @param before - The one it replaces; undefined for the first. */
export function ceremonyEvent(
  { charter, hash }: BelievedCharter,
  before: Charter | undefined,
  more: FlatFacts = {},
): LedgerEvent {
  const kind = before === undefined ? 'new' : before.recipient === charter.recipient ? 'reissue' : 'rekey';
  const sets = before === undefined ? {} : { set: charter.set.id, retires: before.set.id };
  return {
    event: 'ceremony',
    facts: { ...more, kind, charter: hash, number: charter.number, ...sets },
  };
}

/** What the ledger is told of a package. @param again - The number of the one it was made of, when it was sealed again. */
export function sealEvent(sequence: number, record: string, again?: number): LedgerEvent {
  return { event: 'seal', facts: { sequence, record, ...(again === undefined ? {} : { again }) } };
}

/** Ceremony events for charters that no ledger line tells of: a kill came between charter and ledger. */
export function untoldCeremonies(
  history: readonly BelievedCharter[],
  ledger: Pick<LedgerVerdict, 'lines'>,
): LedgerEvent[] {
  const told = new Set(
    ledger.lines.filter(({ body }) => body.event === 'ceremony').map(({ body }) => body.facts['charter']),
  );
  return history.flatMap((link, at) =>
    told.has(link.hash) ? [] : [ceremonyEvent(link, history[at - 1]?.charter)],
  );
}

/**
 * What a ceremony's line says of the newest record there was: a machine that is no longer a sealer can put nothing
 * behind it that counts.
 */
export function newestFacts(records: readonly JudgedRecord[]): { sequence: number; record?: string } {
  const newest = newestRecord(records);
  return newest ? { sequence: newest.record.sequence, record: newest.hash } : { sequence: 0 };
}

/** Seal events for records that no ledger line tells of: a kill came between record and ledger. */
export function untoldSeals(
  records: readonly JudgedRecord[],
  ledger: Pick<LedgerVerdict, 'lines'>,
  sealer: string,
): LedgerEvent[] {
  const told = new Set(
    ledger.lines.filter(({ body }) => body.event === 'seal').map(({ body }) => body.facts['record']),
  );
  return records
    .filter(({ record, hash }) => record.sealer === sealer && !told.has(hash))
    .map(({ record, hash }) => sealEvent(record.sequence, hash, madeOf(record, records)));
}

/** The package that one was made of: what is sealed again keeps its time, and has another key. */
function madeOf(
  { sequence, created, setId }: PackageRecord,
  records: readonly JudgedRecord[],
): number | undefined {
  const older = records
    .map(({ record }) => record)
    .filter((record) => record.sequence < sequence && record.created === created)
    .filter((record) => keyTag(record.setId) !== keyTag(setId));
  return older.at(-1)?.sequence;
}

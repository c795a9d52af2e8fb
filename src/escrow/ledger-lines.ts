// Adding to the ledger of an escrow: an interrupted last line is cut off first, since it counts as not
// written, and seals whose line was lost to a kill are told before the new event.

import { concatBytes, encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort, KeyPair } from '../core/crypto.ts';
import type { LedgerEvent } from '../core/record/ledger-event.ts';
import { appendLedger, wholeLedgerBytes } from '../core/record/ledger.ts';
import type { LedgerHead, LedgerVerdict } from '../core/record/ledger.ts';
import { ledgerLineHash } from '../core/record/ledger-line.ts';
import type { BelievedCharter } from './sealer-history.ts';
import type { JudgedRecord } from './verify.ts';

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

function countLines(ledger: Uint8Array): number {
  return ledger.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
}

/** Ceremony events for charters that no ledger line tells of: a kill came between charter and ledger. */
export function untoldCeremonies(
  history: readonly BelievedCharter[],
  ledger: Pick<LedgerVerdict, 'lines'>,
): LedgerEvent[] {
  const told = new Set(
    ledger.lines.filter(({ body }) => body.event === 'ceremony').map(({ body }) => body.facts['charter']),
  );
  return history.flatMap(({ charter, hash }, at): LedgerEvent[] => {
    if (told.has(hash)) return [];
    const before = history[at - 1]?.charter;
    const kind = before === undefined ? 'new' : before.recipient === charter.recipient ? 'reissue' : 'rekey';
    return [{ event: 'ceremony', facts: { kind, charter: hash, number: charter.number } }];
  });
}

/** Seal events for records that no ledger line tells of: a kill came between record and ledger. */
export function untoldSeals(
  records: readonly JudgedRecord[],
  ledger: LedgerVerdict,
  sealer: string,
): LedgerEvent[] {
  const told = new Set(
    ledger.lines.filter(({ body }) => body.event === 'seal').map(({ body }) => body.facts['record']),
  );
  return records
    .filter(({ record, hash }) => record.sealer === sealer && !told.has(hash))
    .map(({ record, hash }) => ({ event: 'seal', facts: { sequence: record.sequence, record: hash } }));
}

// The charters and the ledger of an escrow folder against what this machine was taught: a part of verify, which
// goes on after each problem. Spec: docs/spec/trust.md.

import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Reporter } from '../core/finding.ts';
import { verifyCharterChain } from '../core/record/charter-chain.ts';
import { charterHash } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyLedger } from '../core/record/ledger.ts';
import type { LedgerVerdict } from '../core/record/ledger.ts';
import { decodePublicKey } from '../core/record/minisign.ts';
import type { EscrowContents } from './ports.ts';
import { reasonOf } from './reason.ts';
import { ledgerKeys, outdatedLines } from './sealer-history.ts';
import type { BelievedCharter } from './sealer-history.ts';
import { pinnedCharter } from './trust.ts';
import type { Pins } from './trust.ts';

export const RESTORE_COPY = 'take this folder from another copy and verify that one';

/** Tells an EscrowError as a finding; anything else is a bug and goes on up. */
export function tellFault(report: Reporter, error: unknown, code: string, what: string, hint: string): void {
  if (!isEscrowError(error)) throw error;
  report('error', code, `${what}: ${reasonOf(error)}`, hint);
}

/** @returns the charters that are believed: none, the pinned one alone, or the whole chain that ends with it. */
export async function judgeCharters(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  report: Reporter,
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
    tellFault(
      report,
      error,
      'charter-not-pinned',
      'the charter is not the one this machine was taught',
      hint,
    );
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
    tellFault(report, error, 'charter-chain', 'the chain of charters does not hold', RESTORE_COPY);
    return [own];
  }
}

export async function judgeLedger(
  crypto: CryptoPort,
  contents: EscrowContents,
  pins: Pins,
  history: readonly BelievedCharter[],
  report: Reporter,
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
  for (const problem of verdict.problems)
    tellFault(report, problem, 'ledger-damaged', 'the ledger', RESTORE_COPY);
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

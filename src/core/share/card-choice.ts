// The last word on a card with rows in doubt: of all combinations of their candidates, the one that the
// card's check agrees with. Spec: docs/spec/share.md, "Judging a card".

import { equalBytes, wipe } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { bytesToSymbols, symbolValue, symbolsToBytes } from './base32.ts';
import { ROW_DATA_SYMBOLS } from './row.ts';
import type { RowCandidate } from './row.ts';
import { cardCommitment } from './set.ts';
import { isCheckRight } from './share-record.ts';

/** What one row may be; a row that is certain has a single candidate. */
export type RowChoices = readonly RowCandidate[];

/** One candidate for each row, and the record they make. */
interface Combination {
  readonly record: Bytes;
  readonly picked: readonly RowCandidate[];
  /** Whether the bits behind the last byte are zero, as they are written. */
  readonly isPadded: boolean;
}

/**
 * The one combination that the check agrees with, and when a row is in doubt the commitments if given.
 * Rows that are all good as typed come back unchecked: the record's decoder says what is wrong with them.
 *
 * @param commitments - 32 bytes each, of all cards the set has.
 * @returns a record that the caller wipes.
 * @throws {@link EscrowError} `share.row-unreadable` or `share.rows-unreadable`, naming the rows in doubt;
 * `share.check` for good rows that no record has.
 */
export function chooseCandidates(
  crypto: CryptoPort,
  choices: readonly RowChoices[],
  commitments: readonly Uint8Array[] | undefined,
): Combination {
  const total = choices.reduce((product, candidates) => product * candidates.length, 1);
  if (total > LIMITS.shareRepairCandidates) throw unreadable(choices, (row) => row.length > 1);
  const isProvisional = choices.some((row) => row.length > 1 || isUncertain(row[0]));
  const found: Combination[] = [];
  for (let trial = 0; trial < total; trial += 1) {
    const card = assemble(choices, trial);
    if (!card.isPadded && choices.every(isGood)) throw new EscrowError('share.check', {});
    const agrees =
      card.isPadded &&
      isCheckRight(crypto, card.record) &&
      (!isProvisional || !commitments || isCommitted(crypto, card.record, commitments));
    if (agrees || choices.every(isGood)) found.push(card);
    else wipe(card.record);
  }
  const [only, another] = found;
  if (only && !another) return only;
  wipe(...found.map(({ record }) => record));
  throw unreadable(choices, (row) => !isGood(row));
}

const isGood = (row: RowChoices): boolean => row[0]?.repairs.length === 0;

const isUncertain = (candidate: RowCandidate | undefined): boolean =>
  candidate !== undefined &&
  (candidate.repairs.length > 1 || candidate.repairs.some(({ from }) => from === '?'));

function isCommitted(crypto: CryptoPort, record: Uint8Array, commitments: readonly Uint8Array[]): boolean {
  const commitment = cardCommitment(crypto, record);
  return commitments.some((known) => equalBytes(known, commitment));
}

/** The trial-th combination, counting through the rows' candidates like an odometer. */
function assemble(choices: readonly RowChoices[], trial: number): Combination {
  let rest = trial;
  const picked = choices.map((candidates) => {
    const candidate = candidates[rest % candidates.length] ?? { symbols: '', repairs: [] };
    rest = Math.floor(rest / candidates.length);
    return candidate;
  });
  const data = picked.flatMap(({ symbols }) => Array.from(symbols.slice(0, ROW_DATA_SYMBOLS), symbolValue));
  const record = symbolsToBytes(data);
  return { record, picked, isPadded: bytesToSymbols(record).at(-1) === data.at(-1) };
}

function unreadable(choices: readonly RowChoices[], isSuspect: (row: RowChoices) => boolean): EscrowError {
  const rows = choices.flatMap((row, i) => (isSuspect(row) ? [i + 1] : []));
  const [row] = rows;
  return rows.length === 1 && row !== undefined
    ? new EscrowError('share.row-unreadable', { row })
    : new EscrowError('share.rows-unreadable', { rows });
}

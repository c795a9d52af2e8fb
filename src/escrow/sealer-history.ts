// Who may vouch for what, over several charters: a record counts by the sealers of the charter it was sealed
// under, and never by an older one than a record before it. So a machine that the newest charter no longer
// names keeps what it sealed, and adds nothing. The same holds for lines of the ledger.

import { equalBytes } from '../core/bytes.ts';
import type { Charter } from '../core/record/charter.ts';
import type { JudgedLine } from '../core/record/ledger.ts';
import { decodePublicKey } from '../core/record/minisign.ts';
import type { PackageRecord } from '../core/record/package-record.ts';

/** A charter that is believed, with its hash. */
export interface BelievedCharter {
  readonly charter: Charter;
  readonly hash: string;
}

const isSame = (line: string, key: string): boolean =>
  equalBytes(decodePublicKey(line), decodePublicKey(key));

/** Asked record by record, in the order of their numbers. */
export class SealerHistory {
  readonly #charters: readonly BelievedCharter[];
  #floor = 0;

  /** @param charters - The oldest first. */
  constructor(charters: readonly BelievedCharter[]) {
    this.#charters = charters;
  }

  /** Whether a listed sealer signed it. What names no charter of these is judged by the newest. */
  isListed({ charter: named, sealer }: PackageRecord): boolean {
    const found = this.#charters.findIndex(({ hash }) => hash === named);
    const at = found < 0 ? this.#charters.length - 1 : Math.max(found, this.#floor);
    const isListed = this.#charters[at]?.charter.sealers.some((line) => isSame(line, sealer)) ?? false;
    if (isListed && found >= 0) this.#floor = at;
    return isListed;
  }
}

/** Every key that may ever have signed a line of the ledger. */
export function ledgerKeys(charters: readonly BelievedCharter[]): string[] {
  return [...new Set(charters.flatMap(({ charter }) => [charter.charterKey, ...charter.sealers]))];
}

/** Trusted lines by a key that, by then, a later charter had taken off the list: their numbers. */
export function outdatedLines(lines: readonly JudgedLine[], charters: readonly BelievedCharter[]): number[] {
  let floor = 0;
  return lines.flatMap(({ body, key, isTrusted }) => {
    if (!isTrusted) return [];
    if (body.event === 'ceremony') {
      const at = charters.findIndex(({ hash }) => hash === body.facts['charter']);
      floor = Math.max(floor, at);
    }
    const listed = charters.slice(floor).some(({ charter }) => {
      return [charter.charterKey, ...charter.sealers].some((line) => isSame(line, key));
    });
    return listed ? [] : [body.line];
  });
}

// Who may vouch for what, over several charters. A machine that the newest charter no longer names keeps what it
// sealed before, and adds nothing: it may still sign whatever it likes and name the charter of its time, so what it
// sealed counts as far as somebody it cannot sign for bound it by its hash. The same holds for lines of the ledger.
// Spec: docs/spec/trust.md.

import { equalBytes } from '../core/bytes.ts';
import type { Charter } from '../core/record/charter.ts';
import type { JudgedLine } from '../core/record/ledger.ts';
import { decodePublicKey } from '../core/record/minisign.ts';
import type { RecordLink } from '../core/record/record-chain.ts';

/** A charter that is believed, with its hash. */
export interface BelievedCharter {
  readonly charter: Charter;
  readonly hash: string;
}

/** Whether two key lines are of one key. */
export function isSameKey(line: string, key: string): boolean {
  return equalBytes(decodePublicKey(line), decodePublicKey(key));
}

/** Whether a charter names this key as a sealer. */
export function lists(believed: BelievedCharter | undefined, sealer: string): boolean {
  return believed?.charter.sealers.some((line) => isSameKey(line, sealer)) ?? false;
}

/**
 * The records that sealers vouch for.
 *
 * @param links - Every record whose signature holds.
 * @param charters - The oldest first.
 * @param lines - Of the ledger, where there is one.
 */
export function vouchedRecords<T extends RecordLink>(
  links: readonly T[],
  charters: readonly BelievedCharter[],
  lines: readonly JudgedLine[],
): ReadonlySet<T> {
  const newest = charters.at(-1);
  const listed = listedRecords(links, charters);
  const current = listed.filter(({ link }) => lists(newest, link.record.sealer)).map(({ link }) => link);
  const followed = upTo(links, new Set(current.map(({ record }) => record.previous ?? '')));
  const told = new Map(
    toldRecords(lines, charters).map(({ charter, record }) => [charter, upTo(links, record)]),
  );
  const isBound = ({ link, at }: Listed<T>): boolean => {
    if (lists(newest, link.record.sealer)) return true;
    const dropping = charters.find((charter, place) => place > at && !lists(charter, link.record.sealer));
    return (told.get(dropping?.hash ?? '') ?? followed).has(link.hash);
  };
  return new Set(listed.filter(isBound).map(({ link }) => link));
}

interface Listed<T> {
  readonly link: T;
  /** The place of the charter by which it is judged. */
  readonly at: number;
}

/**
 * Records by a sealer of the charter they were sealed under, which is never an older one than a record before was
 * sealed under. What names no charter of these is judged by the newest.
 */
function listedRecords<T extends RecordLink>(
  links: readonly T[],
  charters: readonly BelievedCharter[],
): Listed<T>[] {
  let floor = 0;
  return links
    .toSorted((a, b) => a.record.sequence - b.record.sequence)
    .flatMap((link) => {
      const found = charters.findIndex(({ hash }) => hash === link.record.charter);
      const at = found < 0 ? charters.length - 1 : Math.max(found, floor);
      if (!lists(charters[at], link.record.sealer)) return [];
      if (found >= 0) floor = at;
      return [{ link, at }];
    });
}

/** Hashes of these records and of all that lie before them in the chain. */
function upTo(links: readonly RecordLink[], ends: ReadonlySet<string>): ReadonlySet<string> {
  const previous = new Map(links.map(({ hash, record }) => [hash, record.previous]));
  const found = new Set(ends);
  // A set is walked to what is added on the way.
  for (const hash of found) {
    const before = previous.get(hash);
    if (before) found.add(before);
  }
  return found;
}

/** The newest record at each ceremony that tells of it; only the charter's own key can. */
function toldRecords(
  lines: readonly JudgedLine[],
  charters: readonly BelievedCharter[],
): { readonly charter: string; readonly record: ReadonlySet<string> }[] {
  return lines.flatMap(({ body, key, isTrusted }) => {
    const { charter: named, sequence, record } = body.facts;
    const of = charters.find(({ hash }) => hash === named);
    const isTold = body.event === 'ceremony' && isTrusted && typeof sequence === 'number';
    if (!of || !isTold || !isSameKey(of.charter.charterKey, key)) return [];
    return [{ charter: of.hash, record: new Set(typeof record === 'string' ? [record] : []) }];
  });
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
      return [charter.charterKey, ...charter.sealers].some((line) => isSameKey(line, key));
    });
    return listed ? [] : [body.line];
  });
}

// What signed papers are worth once a key is there, and which charter cards are judged by before that.

import { encodeHex, equalBytes } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { charterHash, decodeCharter, verifyCharter } from '../../core/record/charter.ts';
import type { Charter } from '../../core/record/charter.ts';
import { decodePublicKey } from '../../core/record/minisign.ts';
import { decodeRecord } from '../../core/record/package-record.ts';
import type { PackageRecord } from '../../core/record/package-record.ts';
import { judgeNewest, readable, recordsBySealers, trueCharters } from '../../escrow/evidence.ts';
import type { UntrustedDocument } from '../../escrow/ports.ts';
import type { CharterVerdict } from '../../escrow/recover.ts';
import type { BelievedCharter } from '../../escrow/sealer-history.ts';
import type { Evidence } from './given.ts';

/** A charter that can be read, whoever signed it. */
export interface ClaimedCharter {
  readonly charter: Charter;
  readonly document: UntrustedDocument;
}

/** Every readable charter, the newest first. */
function claimedCharters({ charters }: Evidence): ClaimedCharter[] {
  return readable(charters, (document) => ({ charter: decodeCharter(document.bytes), document })).sort(
    (a, b) => b.charter.number - a.charter.number,
  );
}

/** The charter by which cards are judged while there is no key. */
export function newestCharter(evidence: Evidence): ClaimedCharter | undefined {
  return claimedCharters(evidence)[0];
}

/** The charters before it: they tell a retired card from a stranger's. */
export function chartersBefore(evidence: Evidence): Charter[] {
  const [newest, ...others] = claimedCharters(evidence).map(({ charter }) => charter);
  return others.filter(({ number }) => newest !== undefined && number < newest.number);
}

/** The charter with this SHA-256. */
export async function charterByHash(
  crypto: CryptoPort,
  evidence: Evidence,
  hash: string,
): Promise<ClaimedCharter | undefined> {
  for (const claimed of claimedCharters(evidence)) {
    if ((await charterHash(crypto, claimed.document.bytes)) === hash) return claimed;
  }
  return undefined;
}

/** What the key says of the charters here. */
interface JudgedCharters {
  readonly verdict: CharterVerdict;
  readonly signed: readonly BelievedCharter[];
  readonly later: readonly BelievedCharter[];
}

/** The charters that the key signed, and what is to be said of the newest one there is. */
export async function chartersUnderKey(
  crypto: CryptoPort,
  evidence: Evidence,
  seed: Uint8Array,
): Promise<JudgedCharters> {
  const chain = bestCopies(crypto, claimedCharters(evidence).toReversed());
  const newest = await judgeNewest(crypto, seed, chain.at(-1) ?? evidence.charters[0], chain);
  return { ...newest, signed: await trueCharters(crypto, seed, chain) };
}

/**
 * Each charter once. People give the same paper twice, in a kit and beside it, and beside a charter whose writing was
 * cut short lies the signature of the one before: the copy with its own signatures is the one that counts.
 */
function bestCopies(crypto: CryptoPort, claimed: readonly ClaimedCharter[]): UntrustedDocument[] {
  const worth = ({ charter, document: { bytes, signature, oldSignature } }: ClaimedCharter): number => {
    const [isSigned] = readable([charter.charterKey], (key) =>
      verifyCharter(crypto, bytes, signature, decodePublicKey(key)),
    );
    return (isSigned ? 2 : 0) + (oldSignature ? 1 : 0);
  };
  const best: { claimed: ClaimedCharter; worth: number }[] = [];
  for (const copy of claimed) {
    const found = best.find((other) => equalBytes(other.claimed.document.bytes, copy.document.bytes));
    if (!found) best.push({ claimed: copy, worth: worth(copy) });
    else if (worth(copy) > found.worth) Object.assign(found, { claimed: copy, worth: worth(copy) });
  }
  return best.map((copy) => copy.claimed.document);
}

/** The newest package that any record here tells of; nothing in it is believed. */
export function newestRecord({ records }: Evidence): PackageRecord | undefined {
  return readable(records, ({ bytes }) => decodeRecord(bytes)).sort((a, b) => b.sequence - a.sequence)[0];
}

/** The records that tell of a package of this name; nothing in them is believed. */
export function recordsOf({ records }: Evidence, name: string): PackageRecord[] {
  return readable(records, ({ bytes }) => decodeRecord(bytes)).filter(
    (record) => record.package.file === name,
  );
}

/** Every record here that a sealer of these charters vouches for, the newest first. A page has no ledger. */
export async function vouchedRecords(
  crypto: CryptoPort,
  { records }: Evidence,
  { signed, later }: JudgedCharters,
): Promise<PackageRecord[]> {
  return (await recordsBySealers(crypto, records, { signed, later, lines: [] })).reverse();
}

/** Whether a record describes these bytes. */
export function describes(record: PackageRecord, size: number, sha256: Uint8Array): boolean {
  return record.package.size === size && record.package.sha256 === encodeHex(sha256);
}

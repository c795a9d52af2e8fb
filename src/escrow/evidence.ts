// Signed papers around a package, as evidence: whatever of them cannot be read is passed over, and is never a
// gate. A dying stick must not keep a vault back.

import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import { verifyCharterChain } from '../core/record/charter-chain.ts';
import { charterHash, charterKeyPair } from '../core/record/charter.ts';
import type { JudgedLine } from '../core/record/ledger.ts';
import { wipe } from '../core/bytes.ts';
import { recordHash, verifyRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { keyTag } from '../core/share/share-record.ts';
import type { UntrustedDocument } from './ports.ts';
import { judgeCharter } from './recover.ts';
import type { CharterVerdict } from './recover.ts';
import { vouchedRecords } from './sealer-history.ts';
import type { BelievedCharter } from './sealer-history.ts';

/** What can be read of several things. */
export function readable<T, R>(things: readonly T[], read: (thing: T) => R): R[] {
  return things.flatMap((thing) => {
    try {
      return [read(thing)];
    } catch (error) {
      if (isEscrowError(error)) return [];
      throw error;
    }
  });
}

/** A charter that the rebuilt key signed. */
export interface TrueCharter extends BelievedCharter {
  readonly document: UntrustedDocument;
}

/** The charters that the key signed, each once, the oldest first; undefined stands for one that is not there. */
export async function trueCharters(
  crypto: CryptoPort,
  seed: Uint8Array,
  documents: readonly (UntrustedDocument | undefined)[],
): Promise<TrueCharter[]> {
  const found = new Map<string, TrueCharter>();
  for (const document of documents) {
    const { charter } = judgeCharter(crypto, seed, document);
    if (!charter || !document) continue;
    const hash = await charterHash(crypto, document.bytes);
    found.set(hash, { charter, document, hash });
  }
  return [...found.values()].sort((a, b) => a.charter.number - b.charter.number);
}

/**
 * What the key says of the newest charter. One that it did not sign is no forgery where the chain leads to it from a
 * charter of this key: then the key was replaced.
 *
 * @param chain - All charters, the oldest first, the newest last.
 * @returns with a replaced key the whole chain, which is believed because it leads on from a charter of this key.
 */
export async function judgeNewest(
  crypto: CryptoPort,
  seed: Uint8Array,
  newest: UntrustedDocument | undefined,
  chain: readonly UntrustedDocument[],
): Promise<{ readonly verdict: CharterVerdict; readonly later: readonly BelievedCharter[] }> {
  const { verdict } = judgeCharter(crypto, seed, newest);
  if (verdict !== 'forged' || !newest) return { verdict, later: [] };
  const pair = charterKeyPair(crypto, seed);
  wipe(pair.secretKey);
  try {
    const hash = await charterHash(crypto, newest.bytes);
    const found = await verifyCharterChain(crypto, chain, { charterKey: pair.publicKey, hash });
    const later = found.charters.map((charter, at) => ({ charter, hash: found.hashes[at] ?? '' }));
    return { verdict: 'replaced', later };
  } catch (error) {
    if (isEscrowError(error)) return { verdict, later: [] };
    throw error;
  }
}

/** What records of a key are judged by. */
interface RecordEvidence {
  /** The charters that the key signed, the oldest first. */
  readonly signed: readonly BelievedCharter[];
  /** With a key that was replaced: the whole chain. It says who may vouch no more. */
  readonly later: readonly BelievedCharter[];
  readonly lines: readonly JudgedLine[];
}

/** Records of packages of this key that sealers vouch for; the oldest first. */
export async function recordsBySealers(
  crypto: CryptoPort,
  documents: readonly UntrustedDocument[],
  { signed, later, lines }: RecordEvidence,
): Promise<PackageRecord[]> {
  const own = signed.at(-1)?.charter;
  if (!own) return [];
  const links = await Promise.all(
    readable(documents, ({ bytes, signature }) => ({
      bytes,
      record: verifyRecord(crypto, bytes, signature, []).record,
    }))
      .filter(({ record }) => record.escrow === own.escrow)
      .map(async ({ bytes, record }) => ({ record, hash: await recordHash(crypto, bytes) })),
  );
  return [...vouchedRecords(links, later.length > 0 ? later : signed, lines)]
    .map(({ record }) => record)
    .filter(({ setId }) => keyTag(setId) === keyTag(own.set.id));
}

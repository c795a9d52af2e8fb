// Signed papers around a package, as evidence: whatever of them cannot be read is passed over, and is never a
// gate. A dying stick must not keep a vault back.

import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { verifyRecord } from '../core/record/package-record.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import type { UntrustedDocument } from './ports.ts';
import { judgeCharter } from './recover.ts';

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

/** The first of several charters that the key signed; undefined stands for one that is not there. */
export function trueCharter(
  crypto: CryptoPort,
  seed: Uint8Array,
  documents: readonly (UntrustedDocument | undefined)[],
): { readonly charter: Charter; readonly document: UntrustedDocument } | undefined {
  for (const document of documents) {
    const { charter } = judgeCharter(crypto, seed, document);
    if (charter && document) return { charter, document };
  }
  return undefined;
}

/** Records that a sealer of the charter signed, in the order given. */
export function recordsBySealers(
  crypto: CryptoPort,
  documents: readonly UntrustedDocument[],
  charter: Charter,
): PackageRecord[] {
  return readable(documents, ({ bytes, signature }) =>
    verifyRecord(crypto, bytes, signature, charter.sealers),
  )
    .filter(({ record, sealerKnown }) => sealerKnown && record.escrow === charter.escrow)
    .map(({ record }) => record);
}

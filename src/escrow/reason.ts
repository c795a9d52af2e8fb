// Why a document was not accepted, in a few words that can follow its name in a finding. What to do about
// an error as a whole is said elsewhere, by those who know the reader.

import type { EscrowError } from '../core/errors.ts';
import { isEscrowError } from '../core/errors.ts';

const NO_SIGNATURE = 'its signature does not hold';

/** "its signature does not hold"; the code itself where an error has nothing more to say. */
export function reasonOf(error: EscrowError): string {
  if (isEscrowError(error, 'record.version'))
    return `it is a "${error.facts.found}", made by a newer program`;
  if (isEscrowError(error, 'trust.mismatch'))
    return `its hash is ${error.facts.found}…, ${error.facts.expected}… was expected`;
  if (isEscrowError(error, 'trust.rollback'))
    return `it is number ${error.facts.found}, and ${error.facts.pinned} was seen here before`;
  if (isEscrowError(error, 'minisign.signature')) return NO_SIGNATURE;
  if (isEscrowError(error, 'ledger.signature')) return `line ${error.facts.line}: ${NO_SIGNATURE}`;
  if (isEscrowError(error, 'ledger.signer'))
    return `line ${error.facts.line}: it is signed by a key that nobody named`;
  if (isEscrowError(error, 'limit.exceeded'))
    return `${error.facts.what}: over the limit of ${error.facts.limit.toLocaleString('en')}`;
  const { line, reason } = error.facts as { line?: number; reason?: string };
  if (reason === undefined) return error.code;
  return line === undefined ? reason : `line ${line}: ${reason}`;
}

// Whatever was thrown, as something that can be told.

import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

/** A failure that has a code of its own; anything else is a bug, and is told as one. */
export function asProblem(error: unknown): EscrowError {
  if (isEscrowError(error)) return error;
  console.error(error);
  return new EscrowError('usage', { reason: 'unexpected' });
}

/** Whether this copy of the package is damaged, so that no card opens it. */
export function isDamage(problem: EscrowError): boolean {
  const { code } = problem;
  if (isEscrowError(problem, 'limit.exceeded')) return problem.facts.limit !== LIMITS.pagePayloadBytes;
  if (code === 'recover.damaged-export' || code === 'package.format') return true;
  return code.startsWith('age.') && code !== 'age.no-match';
}

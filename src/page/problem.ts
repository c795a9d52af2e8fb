// Whatever was thrown, as something that can be told.

import { EscrowError, isEscrowError } from '../core/errors.ts';

/** A failure that has a code of its own; anything else is a bug, and is told as one. */
export function asProblem(error: unknown): EscrowError {
  if (isEscrowError(error)) return error;
  console.error(error);
  return new EscrowError('usage', { reason: 'unexpected' });
}

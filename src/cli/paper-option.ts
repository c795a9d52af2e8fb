// The --paper option of whatever is printed without a plan.

import { EscrowError } from '../core/errors.ts';
import type { Paper } from '../paper/measures.ts';

/** @throws {@link EscrowError} `usage`. */
export function paperNamed(named = 'a4'): Paper {
  if (named === 'a4' || named === 'letter') return named;
  throw new EscrowError('usage', { reason: `"${named}" is no paper: a4, letter` });
}

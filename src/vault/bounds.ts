// How many entries and folders an export may have, checked before they are made into anything.

import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

/** @throws {@link EscrowError} `limit.exceeded`. */
export function assertCounts(items: number, containers: number): void {
  if (items > LIMITS.vaultItems)
    throw new EscrowError('limit.exceeded', { what: 'entries in an export', limit: LIMITS.vaultItems });
  if (containers > LIMITS.vaultContainers)
    throw new EscrowError('limit.exceeded', { what: 'folders in an export', limit: LIMITS.vaultContainers });
}

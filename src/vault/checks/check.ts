// What a check is: a look at a vault that was read, which ends in one finding or none. A vault may have a
// million entries, so checks count in loops and make no list or text of each entry.

import type { Finding } from '../../core/finding.ts';
import type { Item, Vault } from '../model.ts';

/** What the vault held when it was last sealed. */
export interface FormerCounts {
  readonly entries: number;
  readonly totp?: number | undefined;
}

/** What is known beside the export itself; a check that needs what is not given finds nothing. */
export interface CheckContext {
  /** ISO 8601. */
  readonly now?: string | undefined;
  readonly previous?: FormerCounts | undefined;
}

/** @param live - Entries in use: archived ones too, the trash not. */
export type Check = (vault: Vault, live: readonly Item[], context: CheckContext) => Finding | undefined;

export function countOf<T>(items: readonly T[], isMeant: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) if (isMeant(item)) count += 1;
  return count;
}

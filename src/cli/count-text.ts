// How many entries a new vault has, for people: the counts of exports leave out the trash, and a vault that is
// written takes it along.

import { entriesOf } from '../vault/findings.ts';

/** "3 entries, 1 of them from the trash" */
export function describeEntries(entries: number, trashed: number): string {
  return trashed === 0 ? entriesOf(entries) : `${entriesOf(entries)}, ${trashed} of them from the trash`;
}

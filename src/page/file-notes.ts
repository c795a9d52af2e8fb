// What is said of files that were given and that are no card.

import { EscrowError } from '../core/errors.ts';
import type { SortedFiles } from './recovery/given.ts';
import type { Note } from './state.ts';

/** Of papers on the package step. @param own - The escrow that the page is about, as far as it knows. */
export function notesOn(papers: SortedFiles['papers'], own: string | undefined): readonly Note[] {
  return papers.flatMap(({ name, kind, escrow }): Note[] => {
    if (escrow === undefined) return kind === 'page' ? [] : [{ kind: 'not-package', name }];
    if (escrow !== own) return [{ kind: 'other-escrow', name }];
    return kind === 'page' ? [] : [{ kind: `${kind}-taken`, name }];
  });
}

/** Where a card was wanted, a file that is nothing at all is told; beside others it is passed over. */
export function uselessAmong({
  packages,
  evidence,
  cards,
  unread,
  other,
}: SortedFiles): readonly { readonly name: string; readonly problem: EscrowError }[] {
  const unreadable = unread.map(({ name }) => ({
    name,
    problem: new EscrowError('file.failed', { path: name, reason: 'unreadable' }),
  }));
  const found = packages.length + evidence.charters.length + evidence.records.length + cards.length;
  const strange = found > 0 ? [] : other;
  return [
    ...unreadable,
    ...strange.map(({ name }) => ({ name, problem: new EscrowError('share.no-rows', { name }) })),
  ];
}

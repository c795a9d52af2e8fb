// What a table of entries cannot hold, whatever its columns: noted once for all targets that are tables.

import type { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';

/** Ids of containers that hold an entry, or a container that does. */
function filledContainers({ containers, items }: Vault): ReadonlySet<string> {
  const parents = new Map(containers.map(({ id, parentId }) => [id, parentId] as const));
  const filled = new Set<string>();
  for (const { containerIds } of items)
    for (const id of containerIds)
      for (let at: string | undefined = id; at !== undefined && !filled.has(at); at = parents.get(at))
        filled.add(at);
  return filled;
}

/** Notes what becomes of folders and collections. */
export function noteTableFolders(vault: Vault, losses: LossTally): void {
  const { containers } = vault;
  const collections = containers.filter(({ kind }) => kind === 'collection').length;
  losses.note('dropped', 'who may see a collection', 'there is no place for it', collections);
  const slashed = containers.filter(({ name }) => name.includes('/')).length;
  losses.note('normalised', 'folder name', 'a slash in it looks like a level', slashed);
  const filled = filledContainers(vault);
  const empty = containers.filter(({ id }) => !filled.has(id)).length;
  losses.note('dropped', 'empty folder', 'folders are named by their entries only', empty);
}

/** Notes what is lost of one entry. */
export function noteTableLosses(item: Item, losses: LossTally): void {
  const matched = item.urls.filter(({ match }) => match !== undefined).length;
  losses.note('dropped', 'url match rule', 'there is no place for it', matched);
  const present = item.attachments.filter(({ status }) => status === 'present').length;
  losses.note('dropped', 'attachment', 'there is no place for it; only its name is there', present);
  const missing = item.attachments.length - present;
  losses.note('dropped', 'attachment', 'named in the source, but not in it', missing);
  for (const name of item.unmapped) losses.note('dropped', name, 'it is not carried over');
}

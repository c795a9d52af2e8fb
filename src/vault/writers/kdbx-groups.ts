// The groups of a KDBX file from the containers of a vault. Folders and collections become groups, empty
// ones too; what was archived lies in a group of that name, what was thrown away in the recycle bin.

import type { Kdbx, KdbxGroup } from 'kdbxweb';
import type { Container, Item, Vault } from '../model.ts';
import { cleanName } from '../xml-text.ts';

const ARCHIVE = 'Archived';

interface Groups {
  /** Where an entry goes, and whether that is not the place it had. */
  of(item: Item): { readonly group: KdbxGroup; readonly isMoved: boolean };
}

function recycleBinOf(kdbx: Kdbx): KdbxGroup {
  const { recycleBinUuid } = kdbx.meta;
  const bin = recycleBinUuid === undefined ? undefined : kdbx.getGroup(recycleBinUuid);
  return bin ?? kdbx.getDefaultGroup();
}

/** Containers with their parents before them; one whose parents run in a circle counts as a top one. */
function parentsFirst(containers: readonly Container[]): readonly Container[] {
  const byId = new Map(containers.map((container) => [container.id, container]));
  const ordered = new Map<string, Container>();
  for (const container of containers) {
    const chain: Container[] = [];
    const seen = new Set<string>();
    let at: Container | undefined = container;
    while (at !== undefined && !ordered.has(at.id) && !seen.has(at.id)) {
      seen.add(at.id);
      chain.push(at);
      at = byId.get(at.parentId ?? '');
    }
    for (const link of chain.reverse()) ordered.set(link.id, link);
  }
  return [...ordered.values()];
}

/** Makes the groups in a fresh database. */
export function makeGroups(kdbx: Kdbx, vault: Vault): Groups {
  const root = kdbx.getDefaultGroup();
  const bin = recycleBinOf(kdbx);
  const byId = new Map<string, KdbxGroup>();
  for (const { id, parentId, name, kind } of parentsFirst(vault.containers)) {
    const parent = byId.get(parentId ?? '') ?? root;
    byId.set(id, kind === 'recycleBin' ? bin : kdbx.createGroup(parent, cleanName(name)));
  }
  const trash = idsUnderBin(vault.containers);
  const hasArchive = vault.items.some((item) => item.state === 'archived');
  const archive = hasArchive ? kdbx.createGroup(root, ARCHIVE) : root;
  return {
    of: ({ state, containerIds: [main = ''] }) => {
      if (state === 'archived') return { group: archive, isMoved: true };
      if (state === 'trashed' && !trash.has(main)) return { group: bin, isMoved: true };
      return { group: byId.get(main) ?? root, isMoved: false };
    },
  };
}

/** The recycle bin of the source and everything in it. */
function idsUnderBin(containers: readonly Container[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id, parentId, kind } of parentsFirst(containers))
    if (kind === 'recycleBin' || ids.has(parentId ?? '')) ids.add(id);
  return ids;
}

// The groups of a KDBX file from the containers of a vault. Folders and collections become groups, empty
// ones too; what was archived lies in a group of that name, what was thrown away in the recycle bin.

import type { Kdbx, KdbxGroup } from 'kdbxweb';
import { idsUnderBin, parentsFirst } from '../container-paths.ts';
import type { Item, Vault } from '../model.ts';
import { cleanName, cleanValue } from '../xml-text.ts';

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

/** Makes the groups in a fresh database. */
export function makeGroups(kdbx: Kdbx, vault: Vault): Groups {
  const root = kdbx.getDefaultGroup();
  const bin = recycleBinOf(kdbx);
  const byId = new Map<string, KdbxGroup>();
  for (const { id, parentId, name, kind, notes } of parentsFirst(vault.containers)) {
    const parent = byId.get(parentId ?? '') ?? root;
    const group = kind === 'recycleBin' ? bin : kdbx.createGroup(parent, cleanName(name));
    if (notes !== undefined) group.notes = cleanValue(notes);
    byId.set(id, group);
  }
  const trash = idsUnderBin(vault.containers);
  const hasArchive = vault.items.some((item) => item.state === 'archived');
  const archive = hasArchive ? kdbx.createGroup(root, ARCHIVE) : root;
  return {
    of: ({ state, containerIds }) => {
      const main = containerIds.find((id) => byId.has(id)) ?? '';
      if (state === 'archived') return { group: archive, isMoved: true };
      if (state === 'trashed' && !trash.has(main)) return { group: bin, isMoved: true };
      return { group: byId.get(main) ?? root, isMoved: false };
    },
  };
}

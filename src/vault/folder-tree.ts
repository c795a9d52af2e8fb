// Folders of products that give an entry's place as a path. Each level is made once, in the order in which
// it is first met; a level that only a deeper path implies counts as implied until it is met itself.

import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { type JsonObject, textOf } from './json.ts';
import type { Container } from './model.ts';

interface Level {
  readonly container: { -readonly [Key in keyof Container]: Container[Key] };
  readonly inner: Map<string, Level>;
  /** Its id as a list, one for all entries in it. */
  readonly ids: readonly string[];
}

type Named = Pick<Container, 'name' | 'kind'>;

export class FolderTree {
  readonly #top = new Map<string, Level>();
  readonly #containers: Container[] = [];
  readonly #kind: Container['kind'];

  constructor(kind: Container['kind'] = 'folder') {
    this.#kind = kind;
  }

  get containers(): readonly Container[] {
    return this.#containers;
  }

  /**
   * The place of an entry.
   *
   * @param path - Names from the top down; empty ones are passed over.
   * @param topKind - What the first of them is, where that differs from the others.
   * @param lastKind - What the last of them is, where the export says so.
   * @returns the id of the last level as a list, or an empty list at the top.
   * @throws {@link EscrowError} `limit.exceeded`.
   */
  place(path: readonly string[], topKind = this.#kind, lastKind?: Container['kind']): readonly string[] {
    const names = path.filter((name) => name !== '');
    if (names.length > LIMITS.vaultFolderDepth) {
      const rest = names.splice(LIMITS.vaultFolderDepth - 1).join('/');
      names.push(rest);
    }
    let levels = this.#top;
    let last: Level | undefined;
    for (const name of names) {
      last = levels.get(name) ?? this.#add(levels, { name, kind: last ? this.#kind : topKind }, last);
      levels = last.inner;
    }
    if (last === undefined) return [];
    delete last.container.implied;
    if (lastKind !== undefined) last.container.kind = lastKind;
    return last.ids;
  }

  #add(levels: Map<string, Level>, { name, kind }: Named, parent: Level | undefined): Level {
    if (this.#containers.length >= LIMITS.vaultContainers)
      throw new EscrowError('limit.exceeded', {
        what: 'folders in an export',
        limit: LIMITS.vaultContainers,
      });
    const container = {
      id: `folder-${this.#containers.length + 1}`,
      ...(parent === undefined ? {} : { parentId: parent.container.id }),
      name,
      kind,
      implied: true,
    };
    this.#containers.push(container);
    const level = { container, inner: new Map<string, Level>(), ids: [container.id] };
    levels.set(name, level);
    return level;
  }
}

/** Folders of an export that lists them with ids: one whose parent is not there stands at the top. */
export function listedFolders(folders: readonly JsonObject[], parentKey: string): readonly Container[] {
  const ids = new Set(folders.map(({ uuid }) => textOf(uuid)).filter((id) => id !== ''));
  return folders.map((raw, index) => {
    const parent = textOf(raw[parentKey]);
    return {
      id: textOf(raw['uuid']) || `folder-${index + 1}`,
      ...(ids.has(parent) ? { parentId: parent } : {}),
      name: textOf(raw['title']),
      kind: 'folder',
    };
  });
}

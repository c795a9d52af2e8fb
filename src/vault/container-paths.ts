// Where a container lies, as the names from the top down to its own. Parents are followed by id; a chain
// that runs in a circle or ends in nothing ends there, so that no export can make this endless.

import type { Container } from './model.ts';

/** The path of each container, its own name last. */
export function pathsOf(containers: readonly Container[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(containers.map((container) => [container.id, container]));
  const paths = new Map<string, readonly string[]>();
  for (const { id } of containers) {
    const path: string[] = [];
    const seen = new Set<string>();
    for (let at = byId.get(id); at !== undefined && !seen.has(at.id); at = byId.get(at.parentId ?? '')) {
      seen.add(at.id);
      path.unshift(at.name);
    }
    paths.set(id, path);
  }
  return paths;
}

/** Containers with their parents before them; one whose parents run in a circle counts as a top one. */
export function parentsFirst(containers: readonly Container[]): readonly Container[] {
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

/** How many levels there are below one another. */
export function depthOf(containers: readonly Container[]): number {
  const depths = new Map<string, number>();
  let deepest = 0;
  for (const { id, parentId = '' } of parentsFirst(containers)) {
    const depth = (depths.get(parentId) ?? 0) + 1;
    depths.set(id, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** For each container, the id of the topmost one above it, or its own. */
export function topsOf(containers: readonly Container[]): ReadonlyMap<string, string> {
  const tops = new Map<string, string>();
  for (const { id, parentId = '' } of parentsFirst(containers)) tops.set(id, tops.get(parentId) ?? id);
  return tops;
}

/** The recycle bin of the source and everything in it. */
export function idsUnderBin(containers: readonly Container[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id, parentId, kind } of parentsFirst(containers))
    if (kind === 'recycleBin' || ids.has(parentId ?? '')) ids.add(id);
  return ids;
}

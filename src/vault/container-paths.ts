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

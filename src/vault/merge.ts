// Several exports as one vault, each below a top group of its own, so that nothing of one can be taken
// for the other's. A single one stays as it is.

import type { Container, Item, Vault, VaultSource } from './model.ts';

interface NamedVault {
  readonly name: string;
  readonly vault: Vault;
}

/** Ids are unique within one export only. */
const idIn = (index: number, id: string): string => `${index}:${id}`;

function under(
  top: Container,
  index: number,
  { vault }: NamedVault,
): { containers: Container[]; items: Item[] } {
  const known = new Set(vault.containers.map(({ id }) => id));
  const containers = vault.containers.map((container): Container => {
    const { parentId } = container;
    return {
      ...container,
      id: idIn(index, container.id),
      parentId: parentId === undefined || !known.has(parentId) ? top.id : idIn(index, parentId),
    };
  });
  const items = vault.items.map((item): Item => {
    // A folder that is not in the export would put the entry at the very top, among all sources.
    const places = item.containerIds.filter((id) => known.has(id)).map((id) => idIn(index, id));
    return { ...item, containerIds: places.length === 0 ? [top.id] : places };
  });
  return { containers: [top, ...containers], items };
}

/**
 * What several exports are called together. Only where all are KeePass databases is the whole one: what its
 * programs put in the place of references and braces would else go unsaid. No digest is that of all.
 */
function sourceOf(
  sources: readonly VaultSource[],
): Pick<VaultSource, 'product' | 'sha256'> & { format?: VaultSource['format'] } {
  const foreign = sources.find(({ format }) => format !== 'kdbx');
  return {
    product: [...new Set(sources.map(({ product }) => product))].join(', '),
    sha256: '',
    ...(foreign === undefined ? {} : { format: foreign.format }),
  };
}

/** @param vaults - At least one. */
export function mergeVaults(vaults: readonly NamedVault[]): Vault {
  const [first] = vaults;
  if (!first) throw new RangeError('nothing to merge');
  if (vaults.length === 1) return first.vault;
  const parts = vaults.map((named, index) =>
    under({ id: `source:${index}`, name: named.name, kind: 'source' }, index, named),
  );
  return {
    source: { format: first.vault.source.format, ...sourceOf(vaults.map(({ vault }) => vault.source)) },
    containers: parts.flatMap(({ containers }) => containers),
    items: parts.flatMap(({ items }) => items),
    findings: vaults.flatMap(({ vault }) => vault.findings),
  };
}

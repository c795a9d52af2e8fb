// An export opened for a test, its entries without what they were read from.

import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { FormatId, Item, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';

type BareItem = Omit<Item, 'raw'>;

interface OpenedExport {
  readonly vault: Vault;
  readonly items: readonly BareItem[];
  readonly codes: readonly string[];
  /** The entry of a title; one must have it. */
  readonly item: (title: string) => BareItem;
}

export async function openExport(format: FormatId, bytes: Uint8Array): Promise<OpenedExport> {
  const vault = await openVault(await loadNodeCrypto(), bytes, { format, name: 'the export' });
  const items = vault.items.map(({ raw, ...item }) => {
    if (raw === undefined) throw new Error('an entry without what it was read from');
    return item;
  });
  const item = (title: string): BareItem => {
    const found = items.find((candidate) => candidate.title === title);
    if (!found) throw new Error(`no entry is called ${title}`);
    return found;
  };
  return { vault, items, codes: vault.findings.map(({ code }) => code), item };
}

/** An entry of which nothing is known but what is given. */
export const bare = (parts: Partial<BareItem>): object => ({
  sourceType: '',
  state: 'active',
  containerIds: [],
  username: '',
  password: '',
  urls: [],
  notes: '',
  totp: [],
  fields: [],
  attachments: [],
  passkeys: [],
  history: [],
  tags: [],
  favourite: false,
  unmapped: [],
  ...parts,
});

/** Custom fields from a table of names and values; a star before the name makes a hidden one. */
export function fieldsOf(table: Readonly<Record<string, string>>): Item['fields'] {
  return Object.entries(table).map(([name, value]) => ({
    name: name.startsWith('*') ? name.slice(1) : name,
    value,
    kind: name.startsWith('*') ? 'hidden' : 'text',
  }));
}

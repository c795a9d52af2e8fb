// A vault as Bitwarden JSON: of one person (folders) or of an organisation (collections), as the importers
// of Bitwarden and Vaultwarden take it. Folders nest by slashes in their names. Attachments have no place in
// it; bitwarden-zip.ts carries them.

import { encodeUtf8, type Bytes } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { idsUnderBin, pathsOf } from '../container-paths.ts';
import { LossTally } from '../loss.ts';
import type { FormatId, Item, Vault } from '../model.ts';
import { openVault } from '../open.ts';
import { assertReadBack, VERBATIM, type ReadBackRules } from '../read-back.ts';
import type { TargetId, VaultTarget, WriteOptions, WrittenVault } from '../target.ts';
import { bitwardenExtras, bitwardenItem, bitwardenTitle, randomUuid } from './bitwarden-item.ts';
import type { BitwardenPlace } from './bitwarden-item.ts';

/** An entry of an organisation must lie in some collection. */
const UNFILED = 'Unfiled';

const cleanPath = (name: string): string =>
  name
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');

/** Tags are compared as the custom field they become. */
export const BITWARDEN_RULES: ReadBackRules = {
  ...VERBATIM,
  title: bitwardenTitle,
  folder: cleanPath,
  isOneSeed: true,
  inFields: bitwardenExtras,
  without: ['tags'],
};

interface Draft {
  readonly json: object;
  /** The id each entry was given, in the order of the vault. */
  readonly ids: readonly string[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Own ids where they are UUIDs, each once; random ones otherwise. */
function idsOf(crypto: CryptoPort, items: readonly Item[]): readonly string[] {
  const taken = new Set<string>();
  return items.map(({ id }) => {
    const own = UUID.test(id) && !taken.has(id.toLowerCase()) ? id : randomUuid(crypto);
    taken.add(own.toLowerCase());
    return own;
  });
}

/** Folders by their path, each path once. */
class Folders {
  readonly list: { id: string; name: string }[] = [];
  readonly #byName = new Map<string, string>();
  readonly #crypto: CryptoPort;

  constructor(crypto: CryptoPort) {
    this.#crypto = crypto;
  }

  idOf(path: readonly string[]): string | undefined {
    const name = path
      .map(cleanPath)
      .filter((part) => part !== '')
      .join('/');
    if (name === '') return undefined;
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const id = randomUuid(this.#crypto);
    this.#byName.set(name, id);
    this.list.push({ id, name });
    return id;
  }
}

function noteContainers(vault: Vault, isOrg: boolean, losses: LossTally): void {
  const { containers, items } = vault;
  const collections = containers.filter(({ kind }) => kind === 'collection').length;
  losses.note('dropped', 'who may see a collection', 'it is set anew after the import', collections);
  const respelt = containers.filter(({ name }) => name.includes('/') || cleanPath(name) !== name).length;
  losses.note('normalised', 'folder name', 'slashes in it make levels, and it has no blank ends', respelt);
  if (isOrg) return;
  losses.note('degraded', 'collection', 'it becomes a folder of one person', collections);
  const several = items.filter(({ containerIds }) => containerIds.length > 1).length;
  losses.note('degraded', 'entry in several folders', 'it lies in the first', several);
}

/** The JSON of a vault, before it is text. */
export function draftBitwarden(
  crypto: CryptoPort,
  vault: Vault,
  { isOrg, now }: { readonly isOrg: boolean; readonly now: string },
  losses: LossTally,
): Draft {
  const folders = new Folders(crypto);
  const paths = pathsOf(vault.containers);
  const organizationId = isOrg ? randomUuid(crypto) : null;
  const bin = idsUnderBin(vault.containers);
  for (const { id } of vault.containers) if (!bin.has(id)) folders.idOf(paths.get(id) ?? []);
  noteContainers(vault, isOrg, losses);
  const ids = idsOf(crypto, vault.items);
  const items = vault.items.map((item, index) => {
    // The trash is a state in Bitwarden, and no folder.
    const places = item.containerIds.filter(
      (id) => paths.has(id) && !(item.state === 'trashed' && bin.has(id)),
    );
    const [main, ...others] = places.map((id) => folders.idOf(paths.get(id) ?? []));
    const further = others.filter((id) => id !== undefined && id !== main);
    const place: BitwardenPlace = isOrg
      ? {
          organizationId,
          folderId: null,
          collectionIds: [...new Set([main ?? folders.idOf([UNFILED]) ?? '', ...further])].filter(
            (id) => id !== undefined,
          ),
        }
      : { organizationId: null, folderId: main ?? null, collectionIds: null };
    return bitwardenItem(item, ids[index] ?? '', place, losses, now);
  });
  const list = isOrg
    ? { collections: folders.list.map(({ id, name }) => ({ id, organizationId, name, externalId: null })) }
    : { folders: folders.list };
  return { json: { encrypted: false, ...list, items }, ids };
}

export const encodeJson = (json: object): Bytes => encodeUtf8(JSON.stringify(json, null, 2));

/** What the JSON alone cannot hold. */
function noteAttachments(items: readonly Item[], losses: LossTally): void {
  const all = items.flatMap(({ attachments }) => attachments);
  const present = all.filter(({ status }) => status === 'present').length;
  losses.note('dropped', 'attachment', 'Bitwarden JSON has no place for it; bitwarden-zip has', present);
  losses.note('dropped', 'attachment', 'named in the source, but not in it', all.length - present);
}

async function write(
  crypto: CryptoPort,
  vault: Vault,
  id: TargetId & FormatId,
  now: string,
): Promise<WrittenVault> {
  const losses = new LossTally();
  noteAttachments(vault.items, losses);
  const isOrg = id === 'bitwarden-json-org';
  const { json, ids } = draftBitwarden(crypto, vault, { isOrg, now }, losses);
  const bytes = encodeJson(json);
  const written = await openVault(crypto, bytes, { format: id, name: id });
  const without = [...BITWARDEN_RULES.without, 'attachments'] as const;
  const rules = { ...BITWARDEN_RULES, without, ...(isOrg ? { unfiled: UNFILED } : {}) };
  assertReadBack(id, vault, ids, written, rules);
  return { bytes, loss: losses.report(vault, id, written.items) };
}

function target(id: TargetId & FormatId, use: string): VaultTarget {
  return {
    id,
    ending: 'json',
    use,
    isLocked: false,
    write: (crypto: CryptoPort, vault: Vault, { now }: WriteOptions) => write(crypto, vault, id, now),
  };
}

export const bitwardenJsonTarget = target(
  'bitwarden-json',
  'import it into Bitwarden or Vaultwarden: Tools, Import data, Bitwarden (json)',
);
export const bitwardenJsonOrgTarget = target(
  'bitwarden-json-org',
  'import it into an organisation: Admin Console, Settings, Import data, Bitwarden (json)',
);

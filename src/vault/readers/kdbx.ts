// KeePass databases: KDBX 3.1, 4.0 and 4.1, with password, key file or both. What cannot be opened here
// (Twofish, KeePass 1, KDBX 2, Argon2 1.0) is named from its header, without a passphrase. A database
// that needs a hardware key looks like one with a wrong passphrase; the error says so.

import type { Kdbx, KdbxEntry, KdbxGroup } from 'kdbxweb';
import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { assertCounts } from '../bounds.ts';
import { claimIf, type ReadOptions, type VaultFormat } from '../format.ts';
import { entriesOf, finding } from '../findings.ts';
import { openKdbx } from '../kdbx-engine.ts';
import { hasReference } from '../kdbx-names.ts';
import type { Container, Item, Vault } from '../model.ts';
import { hexOfUuid, readKdbxEntry, type KdbxPlace } from './kdbx-entry.ts';
import { assertOpenable, isKeePass } from './kdbx-header.ts';

const FORMAT = 'kdbx';
const PRODUCT = 'KeePass';

interface Visit {
  readonly group: KdbxGroup;
  readonly parentId: string | undefined;
  readonly isTrashed: boolean;
}

interface Layout {
  readonly containers: readonly Container[];
  readonly entries: readonly { readonly entry: KdbxEntry; readonly place: KdbxPlace }[];
}

/** Everything in a database that was opened, as the model has it. */
export async function contentOfKdbx(
  crypto: CryptoPort,
  kdbx: Kdbx,
): Promise<Pick<Vault, 'containers' | 'items' | 'findings'>> {
  const { containers, entries } = layoutOf(kdbx);
  assertCounts(entries.length, containers.length);
  const items: Item[] = [];
  for (const { entry, place } of entries) items.push(await readKdbxEntry(crypto, entry, place));
  return { containers, items, findings: referenceFindings(items) };
}

function referenceFindings(items: readonly Item[]): readonly Finding[] {
  const count = items.filter(hasReference).length;
  if (count === 0) return [];
  const message = `${entriesOf(count)} whose user name, password or address is a reference to another entry`;
  const hint = 'only KeePass programs follow it: recover them with --to kdbx';
  return [finding('info', 'kdbx.references', message, hint)];
}

/** Notes of a group, with its tags as their last line: folders have none. */
function notesOf({ notes = '', tags }: KdbxGroup): Pick<Container, 'notes'> {
  const lines = [notes, tags.length === 0 ? '' : `Tags: ${tags.join(', ')}`].filter((line) => line !== '');
  return lines.length === 0 ? {} : { notes: lines.join('\n') };
}

/** Walks the tree without recursion: its depth is the file's choice. The root group is no container. */
function layoutOf(kdbx: Kdbx): Layout {
  const { recycleBinEnabled, recycleBinUuid } = kdbx.meta;
  const binId =
    recycleBinEnabled === true && recycleBinUuid !== undefined ? hexOfUuid(recycleBinUuid) : undefined;
  const root = kdbx.groups[0];
  const containers: Container[] = [];
  const entries: { entry: KdbxEntry; place: KdbxPlace }[] = [];
  const waiting: Visit[] = root === undefined ? [] : [{ group: root, parentId: undefined, isTrashed: false }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { group, parentId } = visit;
    const id = group === root ? undefined : hexOfUuid(group.uuid);
    const isBin = id !== undefined && id === binId;
    const isTrashed = visit.isTrashed || isBin;
    if (id !== undefined) {
      const parent = parentId === undefined ? {} : { parentId };
      const kind = isBin ? 'recycleBin' : 'group';
      containers.push({ id, ...parent, name: group.name ?? '', kind, ...notesOf(group) });
    }
    const place: KdbxPlace = { containerIds: id === undefined ? [] : [id], isTrashed };
    for (const entry of group.entries) entries.push({ entry, place });
    const inner = group.groups.map((child): Visit => ({ group: child, parentId: id, isTrashed }));
    waiting.push(...inner.reverse());
  }
  return { containers, entries };
}

async function read(crypto: CryptoPort, bytes: Uint8Array, options: ReadOptions): Promise<Vault> {
  const { major, minor } = assertOpenable(bytes, options.name);
  if (options.passphrase === undefined && options.keyFile === undefined)
    throw new EscrowError('vault.passphrase-needed', { name: options.name, format: FORMAT });
  const content = await contentOfKdbx(crypto, await openKdbx(bytes, options));
  return {
    source: {
      product: PRODUCT,
      format: FORMAT,
      version: `${major}.${minor}`,
      sha256: encodeHex(await crypto.sha256(bytes)),
    },
    ...content,
  };
}

export const kdbx: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: true,
  recognise: ({ head }) => claimIf(isKeePass(head)),
  read,
};

// An open vault: what is in it, how far the order was followed, what was revealed. Without the DOM.

import { wipe } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { passphraseWords } from '../../core/record/words.ts';
import { foldClient } from '../../vault/client.ts';
import type { AssignedClient } from '../../vault/clients.ts';
import { pathsOf } from '../../vault/container-paths.ts';
import { selectItems } from '../../vault/clients.ts';
import type { Item, Vault } from '../../vault/model.ts';
import { MADE_PASSWORD_WORDS } from '../../vault/new-password.ts';
import type { LossReport } from '../../vault/loss.ts';
import type { TargetId, VaultTarget } from '../../vault/target.ts';
import { targetOf } from '../../vault/targets.ts';
import type { OpenedPackage } from '../opened.ts';
import { ClientOrder } from './client-order.ts';
import { readPackage } from './read.ts';
import type { ReadPackage } from './read.ts';
import { RevealLog } from './reveal-log.ts';
import type { EntryRef, RevealedPart } from './reveal-log.ts';
import { SearchIndex } from './search.ts';

/** What the page offers to write; `recover --to` knows further ones. */
export const PAGE_TARGETS: readonly VaultTarget[] = (
  ['kdbx', 'bitwarden-json', 'csv'] as const satisfies readonly TargetId[]
).map(targetOf);

interface SavedVault {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly losses: LossReport['losses'];
  readonly entries: number;
  /** How many of them are in the bin. */
  readonly binned: number;
}

const NO_VAULT: Vault = {
  source: { product: '', format: 'csv', sha256: '' },
  containers: [],
  items: [],
  findings: [],
};

/** A client's name as part of a file's name. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\p{ASCII}]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

export class VaultSession {
  readonly opened: OpenedPackage;
  readonly read: ReadPackage;
  readonly vault: Vault;
  readonly order: ClientOrder;
  readonly index: SearchIndex;
  readonly log: RevealLog;
  readonly #crypto: CryptoPort;
  readonly #now: () => Date;
  readonly #counts: Uint32Array;
  readonly #paths: ReadonlyMap<string, readonly string[]>;

  constructor(
    crypto: CryptoPort,
    opened: OpenedPackage,
    read: ReadPackage,
    now: () => Date = () => new Date(),
  ) {
    this.#crypto = crypto;
    this.opened = opened;
    this.read = read;
    this.#now = now;
    this.vault = read.vault ?? NO_VAULT;
    this.order = new ClientOrder(
      read.assignment ?? { clients: [], ofItem: new Uint32Array(0), unmatched: 0 },
    );
    this.#counts = new Uint32Array(this.order.clients.length);
    for (const place of this.order.ofItem) this.#counts[place] = this.countOf(place) + 1;
    this.#paths = pathsOf(this.vault.containers);
    const placeOf = (index: number): string => `${this.clientOf(index)?.name ?? ''}\n${this.folderOf(index)}`;
    this.index = new SearchIndex(this.vault.items, placeOf, this.order.ofItem);
    this.log = new RevealLog(opened.manifest, now);
  }

  /** @throws only for a bug: exports that cannot be read are in `read.unread`. */
  static async open(crypto: CryptoPort, opened: OpenedPackage): Promise<VaultSession> {
    return new VaultSession(crypto, opened, await readPackage(crypto, opened));
  }

  /** Of a package whose exports nothing can be made of; its files are there to be saved. */
  static unread(crypto: CryptoPort, opened: OpenedPackage): VaultSession {
    const unread = opened.manifest.sources.map((source) => ({ source, problem: undefined }));
    const nothing = { vault: undefined, assignment: undefined, clientsProblem: undefined };
    return new VaultSession(crypto, opened, { ...nothing, unread, sourceOf: () => '' });
  }

  item(index: number): Item {
    const item = this.vault.items[index];
    if (!item) throw new RangeError('no such entry');
    return item;
  }

  placeOf(index: number): number {
    return this.order.ofItem[index] ?? 0;
  }

  clientOf(index: number): AssignedClient | undefined {
    return this.order.clients[this.placeOf(index)];
  }

  /** How many entries are written when this client is saved, those in the bin among them. */
  countOf(place: number): number {
    return this.#counts[place] ?? 0;
  }

  folderOf(index: number): string {
    const [id = ''] = this.item(index).containerIds;
    return (this.#paths.get(id) ?? []).join(' / ');
  }

  /** How many of these are in the bin. */
  binnedAmong(indices: readonly number[]): number {
    return indices.filter((index) => this.vault.items[index]?.state === 'trashed').length;
  }

  /** Entries in use. */
  get entries(): number {
    return this.order.clients.reduce((sum, client) => sum + client.entries, 0);
  }

  /** A client is opened, in turn or for a reason. Only the first time is noted. */
  openClient(place: number, reason?: string): void {
    const client = this.order.clients[place];
    if (!client || this.order.isOpened(place)) return;
    const { next } = this.order;
    const isInTurn = this.order.isInTurn(place);
    this.order.open(place);
    this.log.add({
      kind: 'client',
      client: client.name,
      tier: client.tier ?? null,
      instead: isInTurn || next === undefined ? null : (this.order.clients[next]?.name ?? null),
      reason: isInTurn ? null : (reason ?? null),
    });
  }

  setDone(place: number, done: boolean): void {
    const client = this.order.clients[place];
    if (!client) return;
    this.order.setDone(place, done);
    this.log.add({ kind: 'done', client: client.name, tier: client.tier ?? null, done });
  }

  /** Notes that a part of an entry left its cover. */
  revealed(index: number, part: RevealedPart, how: 'shown' | 'copied' | 'saved', name?: string): void {
    this.log.add({ kind: 'entry', entry: this.#refOf(index), part, name: name ?? null, how });
  }

  /** Overwrites what can be overwritten of it. Texts of entries go with the page's memory. */
  forget(): void {
    wipe(...this.opened.files.values());
    for (const { attachments } of this.vault.items) wipe(...attachments.map(({ bytes }) => bytes));
  }

  #refOf(index: number): EntryRef {
    const { id, title, username } = this.item(index);
    const client = this.clientOf(index);
    const [source, folder] = [this.read.sourceOf(index), this.folderOf(index)];
    return { source, id, title, username, folder, client: client?.name ?? '', tier: client?.tier ?? null };
  }

  /** A password nobody has chosen; show it once. */
  makePassphrase(): string {
    return passphraseWords(this.#crypto, MADE_PASSWORD_WORDS);
  }

  /**
   * All entries or one client's in another program's form. The caller wipes the bytes.
   *
   * @param passphrase - For a target that is locked.
   * @throws {@link EscrowError} `vault.write-mismatch`.
   */
  async write(target: VaultTarget, place: number | undefined, passphrase: string): Promise<SavedVault> {
    const client = place === undefined ? undefined : this.order.clients[place]?.name;
    const vault = this.#selected(client);
    const { sequence } = this.opened.manifest;
    const secret = new TextEncoder().encode(passphrase);
    try {
      const { bytes, loss } = await target.write(this.#crypto, vault, {
        passphrase: secret,
        now: this.#now().toISOString(),
        ...(client === undefined ? {} : { name: client }),
      });
      const name = ['vault', String(sequence), ...(client === undefined ? [] : [slug(client) || 'client'])];
      return {
        fileName: `${name.join('-')}.${target.ending}`,
        bytes,
        losses: loss.losses,
        entries: vault.items.length,
        binned: vault.items.filter(({ state }) => state === 'trashed').length,
      };
    } finally {
      secret.fill(0);
    }
  }

  /** Notes that a written file was handed out: one that a locked page kept back never left. */
  handedOut(
    target: VaultTarget,
    place: number | undefined,
    { entries, binned }: Pick<SavedVault, 'entries' | 'binned'>,
  ): void {
    const client = place === undefined ? null : (this.order.clients[place]?.name ?? null);
    this.log.add({ kind: 'export', target: target.id, client, entries, binned });
  }

  #selected(client: string | undefined): Vault {
    const { vault, assignment } = this.read;
    if (!vault || !assignment || client === undefined) return this.vault;
    const known = assignment.clients.find(({ name }) => foldClient(name) === foldClient(client));
    return selectItems(vault, assignment, { client: known?.name ?? client });
  }
}

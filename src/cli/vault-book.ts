// The target `book`: a vault as a PDF to be printed on the night when no program can be trusted to open.
// Beside the targets of src/vault, because it needs paper. By client, in the order of their tiers, and
// folder; what has no order of its own in that of the alphabet.

import type { Bytes } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { BookClient, BookContent, BookEntry } from '../paper/book.ts';
import type { Paper } from '../paper/measures.ts';
import { fitsCode } from '../paper/qr-write.ts';
import { printBook } from '../adapters/book-press.ts';
import { assignClients, NO_FOLDER, type AssignedClient, type ClientAssignment } from '../vault/clients.ts';
import { foldClient } from '../vault/client.ts';
import { pathsOf } from '../vault/container-paths.ts';
import { LossTally, type LossReport } from '../vault/loss.ts';
import type { Item, Vault } from '../vault/model.ts';
import { bookEntry } from './book-entry.ts';
import { BOOK_TARGET } from './book-target.ts';

interface BookOptions {
  /** ISO 8601. */
  readonly now: string;
  /** What the book is called; the product's vault when left out. */
  readonly name?: string | undefined;
  readonly paper?: Paper | undefined;
  /** Whose each of the vault's items is; whoever its top folder names when left out. */
  readonly assignment?: ClientAssignment | undefined;
}

type Paths = ReadonlyMap<string, readonly string[]>;

const NO_TIER = Number.MAX_SAFE_INTEGER;

const ORDER = new Intl.Collator('en', { numeric: true });

interface Placed {
  /** The client's place among all of them. */
  readonly client: number;
  /** Below the client. */
  readonly folder: string;
  readonly entry: BookEntry;
}

function place(item: Item, index: number, paths: Paths, { clients, ofItem }: ClientAssignment): Placed {
  const [main = [], ...others] = item.containerIds.flatMap((id) => [paths.get(id) ?? []]);
  const client = ofItem[index] ?? 0;
  const [top = '', ...below] = main;
  const isClients = foldClient(top) === foldClient(clients[client]?.name ?? '');
  const further = others.filter((path) => path.length > 0).map((path) => path.join(' / '));
  return { client, folder: (isClients ? below : main).join(' / '), entry: bookEntry(item, further) };
}

/** Groups by a name, in the order of the alphabet. */
function grouped<T>(list: readonly T[], nameOf: (part: T) => string): readonly (readonly [string, T[]])[] {
  const groups = new Map<string, T[]>();
  for (const part of list) {
    const name = nameOf(part);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [part]);
    else group.push(part);
  }
  return [...groups].sort(([a], [b]) => ORDER.compare(a, b));
}

/** Tier 0 first; within one in the order of the list; then those in no list, and last what lies in no folder. */
function compareClients(a: AssignedClient, b: AssignedClient): number {
  const [one, other] = [a.tier ?? NO_TIER, b.tier ?? NO_TIER];
  if (one !== other) return one - other;
  if (one !== NO_TIER) return 0;
  const isLast = Number(a.name === NO_FOLDER) - Number(b.name === NO_FOLDER);
  return isLast === 0 ? ORDER.compare(a.name, b.name) : isLast;
}

function clientsOf(placed: readonly Placed[], clients: readonly AssignedClient[]): readonly BookClient[] {
  const parts = new Map<number, Placed[]>();
  for (const part of placed) {
    const others = parts.get(part.client);
    if (others === undefined) parts.set(part.client, [part]);
    else others.push(part);
  }
  const used = [...clients.entries()].filter(([index]) => parts.has(index));
  return used
    .sort(([, a], [, b]) => compareClients(a, b))
    .map(([index, { name, tier }]) => ({
      name,
      ...(tier === undefined ? {} : { tier }),
      folders: grouped(parts.get(index) ?? [], ({ folder }) => folder).map(([path, inFolder]) => ({
        path,
        entries: inFolder.map(({ entry }) => entry).sort((a, b) => ORDER.compare(a.title, b.title)),
      })),
    }));
}

function noteLosses(vault: Vault, entries: readonly BookEntry[], losses: LossTally): void {
  const { items, containers } = vault;
  const sum = (count: (item: Item) => number): number =>
    items.reduce((total, item) => total + count(item), 0);
  const files = sum(({ attachments }) => attachments.length);
  losses.note('dropped', 'attachment', 'only named; it is on no paper', files);
  losses.note(
    'dropped',
    'passkey',
    'only named; nobody can type one',
    sum(({ passkeys }) => passkeys.length),
  );
  losses.note(
    'dropped',
    'earlier password',
    'left out, so that none is tried',
    sum(({ history }) => history.length),
  );
  const matched = sum(({ urls }) => urls.filter(({ match }) => match !== undefined).length);
  losses.note('dropped', 'url match rule', 'of no use on paper', matched);
  const dated = sum(({ created, modified }) => ((created ?? modified) === undefined ? 0 : 1));
  losses.note('dropped', 'date of an entry', 'of no use on paper', dated);
  losses.note(
    'dropped',
    'favourite',
    'of no use on paper',
    sum(({ favourite }) => (favourite ? 1 : 0)),
  );
  const collections = containers.filter(({ kind }) => kind === 'collection').length;
  losses.note('dropped', 'who may see a collection', 'whoever holds the paper sees it', collections);
  const long = entries.flatMap(({ codes }) => codes).filter(({ link }) => !fitsCode(link)).length;
  losses.note('degraded', 'one-time-code seed', 'too long for a square code; it is there to type', long);
  for (const { unmapped } of items)
    for (const name of unmapped) losses.note('dropped', name, 'it is not carried over');
}

/** What the cover says is missing. */
function leftOut({ items }: Vault): readonly string[] {
  const count = (of: (item: Item) => readonly unknown[]): number =>
    items.reduce((sum, item) => sum + of(item).length, 0);
  const counts = [
    [count(({ attachments }) => attachments), 'attachment'],
    [count(({ passkeys }) => passkeys), 'passkey'],
    [count(({ history }) => history), 'earlier password'],
  ] as const;
  return counts.filter(([many]) => many > 0).map(([many, noun]) => counted(many, noun));
}

/** The book of a vault, before it is laid out. */
export function bookOf(vault: Vault, { now, name, assignment }: BookOptions): BookContent {
  const paths = pathsOf(vault.containers);
  const whose = assignment ?? assignClients(vault, undefined);
  return {
    name: name ?? `${vault.source.product} vault`,
    product: vault.source.product,
    made: now,
    leftOut: leftOut(vault),
    clients: clientsOf(
      vault.items.map((item, index) => place(item, index, paths, whose)),
      whose.clients,
    ),
  };
}

/**
 * Prints a vault as a book, and reads it back.
 *
 * @throws {@link EscrowError} `vault.book-too-long`, `vault.write-mismatch`.
 */
export async function writeBook(
  vault: Vault,
  options: BookOptions,
): Promise<{ bytes: Bytes; pages: number; loss: LossReport }> {
  const { length: count } = vault.items;
  if (count > LIMITS.bookEntries)
    throw new EscrowError('vault.book-too-long', { entries: count, limit: LIMITS.bookEntries });
  const content = bookOf(vault, options);
  const losses = new LossTally();
  const entries = content.clients.flatMap(({ folders }) => folders.flatMap((folder) => folder.entries));
  noteLosses(vault, entries, losses);
  const { pdf, pages } = await printBook(content, options.paper ?? 'a4');
  const written = vault.items.map((item): Item => ({ ...item, attachments: [], passkeys: [] }));
  return { bytes: pdf, pages, loss: losses.report(vault, BOOK_TARGET.id, written) };
}

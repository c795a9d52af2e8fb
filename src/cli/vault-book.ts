// The target `book`: a vault as a PDF to be printed on the night when no program can be trusted to open.
// Beside the targets of src/vault, because it needs paper. By client (the top folder, unless told
// otherwise) and folder, each in the order of the alphabet.

import type { Bytes } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import type { BookClient, BookContent, BookEntry } from '../paper/book.ts';
import type { Paper } from '../paper/measures.ts';
import { fitsCode } from '../paper/qr-write.ts';
import { printBook } from '../adapters/book-press.ts';
import { pathsOf } from '../vault/container-paths.ts';
import { LossTally, type LossReport } from '../vault/loss.ts';
import type { Item, Vault } from '../vault/model.ts';
import { bookEntry } from './book-entry.ts';

export const BOOK_TARGET = {
  id: 'book',
  ending: 'pdf',
  use: 'print it, all pages, and only in an emergency',
  isLocked: false,
} as const;

export interface BookOptions {
  /** ISO 8601. */
  readonly now: string;
  /** What the book is called; the product's vault when left out. */
  readonly name?: string | undefined;
  readonly paper?: Paper | undefined;
  /** The client of an entry; the folder it lies in at the top when left out or undefined. */
  readonly clientOf?: ((item: Item) => string | undefined) | undefined;
}

const NO_FOLDER = 'In no folder';

const ORDER = new Intl.Collator('en', { numeric: true });

interface Placed {
  readonly client: string;
  /** Below the client. */
  readonly folder: string;
  readonly entry: BookEntry;
}

function place(
  item: Item,
  paths: ReadonlyMap<string, readonly string[]>,
  clientOf: BookOptions['clientOf'],
): Placed {
  const [main = [], ...others] = item.containerIds.flatMap((id) => [paths.get(id) ?? []]);
  const [top, ...below] = main;
  const client = clientOf?.(item) ?? top ?? NO_FOLDER;
  const folder = (client === top ? below : main).join(' / ');
  const further = others.filter((path) => path.length > 0).map((path) => path.join(' / '));
  return { client, folder, entry: bookEntry(item, further) };
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

function clientsOf(placed: readonly Placed[]): readonly BookClient[] {
  const clients = grouped(placed, ({ client }) => client);
  const ordered = [
    ...clients.filter(([name]) => name !== NO_FOLDER),
    ...clients.filter(([name]) => name === NO_FOLDER),
  ];
  return ordered.map(([name, parts]) => ({
    name,
    folders: grouped(parts, ({ folder }) => folder).map(([path, inFolder]) => ({
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
export function bookOf(vault: Vault, { now, name, clientOf }: BookOptions): BookContent {
  const paths = pathsOf(vault.containers);
  return {
    name: name ?? `${vault.source.product} vault`,
    product: vault.source.product,
    made: now,
    leftOut: leftOut(vault),
    clients: clientsOf(vault.items.map((item) => place(item, paths, clientOf))),
  };
}

/**
 * Prints a vault as a book, and reads it back.
 *
 * @throws {@link EscrowError} `vault.write-mismatch`.
 */
export async function writeBook(
  vault: Vault,
  options: BookOptions,
): Promise<{ bytes: Bytes; pages: number; loss: LossReport }> {
  const content = bookOf(vault, options);
  const losses = new LossTally();
  const entries = content.clients.flatMap(({ folders }) => folders.flatMap((folder) => folder.entries));
  noteLosses(vault, entries, losses);
  const { pdf, pages } = await printBook(content, options.paper ?? 'a4');
  const written = vault.items.map((item): Item => ({ ...item, attachments: [], passkeys: [] }));
  return { bytes: pdf, pages, loss: losses.report(vault, BOOK_TARGET.id, written) };
}

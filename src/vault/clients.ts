// Whose each entry is, and in which order clients are helped. Rules of plan/clients.yaml come first, in
// the order of the file; what no rule takes belongs to the client its top folder names. With a million
// entries, rules are tried once for each folder and not for each entry.

import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { counted } from '../core/counted.ts';
import { foldClient, foldLevels, type Client, type ClientRule } from './client.ts';
import { entriesOf, finding } from './findings.ts';
import type { Container, Item, Vault } from './model.ts';

/** The client of entries that lie in no folder. */
export const NO_FOLDER = '(no folder)';

export interface AssignedClient {
  readonly name: string;
  /** Absent for a client that is not in the list. */
  readonly tier?: number;
  readonly reason?: string;
  /** Entries in use, archived ones among them. */
  readonly entries: number;
}

/** Whose the entries of one vault are. */
export interface ClientAssignment {
  /** Those of the list in its order, then the others in the order in which the vault has them. */
  readonly clients: readonly AssignedClient[];
  /** For each of the vault's items, its client's place in `clients`. */
  readonly ofItem: Uint32Array;
  /** Entries in use that neither a rule nor the name of a client in the list takes. */
  readonly unmatched: number;
}

/** Where an entry can lie, and which rules take it there. */
interface Place {
  readonly top: string;
  /** The first client whose rule asks for no tag and holds. */
  readonly client: number;
  /** Rules of clients before that one which hold if the tag is there. */
  readonly tagged: readonly { readonly client: number; readonly tag: string }[];
}

const NOBODY = Number.POSITIVE_INFINITY;

function holdsAt(rule: ClientRule, source: string, levels: readonly string[]): boolean {
  if (rule.source !== undefined && rule.source !== source) return false;
  return (rule.folder ?? []).every((wanted, depth) =>
    wanted === '*' ? levels[depth] !== undefined : levels[depth] === wanted,
  );
}

class Places {
  readonly #byId: ReadonlyMap<string, Container>;
  readonly #places = new Map<string, Place>();
  readonly #clients: readonly Client[];
  readonly #sourceName: string;
  /** Of what lies in no folder that is known. */
  readonly none: Place;

  constructor(containers: readonly Container[], clients: readonly Client[], sourceName: string) {
    this.#byId = new Map(containers.map((container) => [container.id, container]));
    this.#clients = clients;
    this.#sourceName = sourceName;
    this.none = this.#placeAt(sourceName, []);
  }

  /** @returns undefined for a folder that is not in the export. */
  at(id: string): Place | undefined {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const names: string[] = [];
    let source = this.#sourceName;
    const seen = new Set<string>();
    let container = this.#byId.get(id);
    if (container === undefined) return undefined;
    while (container !== undefined && !seen.has(container.id)) {
      seen.add(container.id);
      if (container.kind === 'source') source = container.name;
      else if (container.kind !== 'recycleBin') names.unshift(container.name);
      container = this.#byId.get(container.parentId ?? '');
    }
    const place = this.#placeAt(source, names);
    this.#places.set(id, place);
    return place;
  }

  #placeAt(source: string, names: readonly string[]): Place {
    const levels = names.flatMap(foldLevels);
    const tagged: { client: number; tag: string }[] = [];
    let client = NOBODY;
    for (const [index, { match }] of this.#clients.entries()) {
      const holding = match.filter((rule) => holdsAt(rule, foldClient(source), levels));
      if (holding.some(({ tag }) => tag === undefined)) {
        client = index;
        break;
      }
      for (const { tag = '' } of holding) tagged.push({ client: index, tag });
    }
    return { top: names.map((name) => name.trim()).find((name) => name !== '') ?? NO_FOLDER, client, tagged };
  }
}

type Counted = { -readonly [Key in keyof AssignedClient]: AssignedClient[Key] };

function ruledClient(places: readonly Place[], tags: readonly string[]): number {
  let best = NOBODY;
  for (const { client, tagged } of places) {
    best = Math.min(best, client);
    if (tags.length === 0 || tagged.length === 0) continue;
    const folded = tags.map(foldClient);
    best = Math.min(best, tagged.find(({ tag }) => folded.includes(tag))?.client ?? NOBODY);
  }
  return best;
}

/** Where an entry lies, its main place first; never none. */
function placesOf(item: Item, places: Places): readonly Place[] {
  const [id] = item.containerIds;
  if (id === undefined) return [places.none];
  if (item.containerIds.length === 1) return [places.at(id) ?? places.none];
  const known = item.containerIds.flatMap((each) => places.at(each) ?? []);
  return known.length === 0 ? [places.none] : known;
}

/**
 * Says whose each entry is.
 *
 * @param clients - Of plan/clients.yaml; undefined where there is none, and nothing is unmatched then.
 * @param options - The name that rules call the export by. In a vault merged of several, its top groups are
 * the sources.
 */
export function assignClients(
  vault: Vault,
  clients: readonly Client[] | undefined,
  { sourceName = '' }: { readonly sourceName?: string } = {},
): ClientAssignment {
  const places = new Places(vault.containers, clients ?? [], sourceName);
  const found = (clients ?? []).map(({ name, tier, reason }): Counted => {
    return { name, tier, ...(reason === undefined ? {} : { reason }), entries: 0 };
  });
  const listed = found.length;
  const byName = new Map(found.map(({ name }, index) => [foldClient(name), index]));
  const byTop = new Map<string, number>();
  const defaultOf = (top: string): number => {
    const known = byTop.get(top) ?? byName.get(foldClient(top));
    const index = known ?? found.push({ name: top, entries: 0 }) - 1;
    byTop.set(top, index);
    byName.set(foldClient(top), index);
    return index;
  };
  const ofItem = new Uint32Array(vault.items.length);
  let unmatched = 0;
  for (const [at, item] of vault.items.entries()) {
    const where = placesOf(item, places);
    const ruled = ruledClient(where, item.tags);
    const index = ruled === NOBODY ? defaultOf(where[0]?.top ?? NO_FOLDER) : ruled;
    ofItem[at] = index;
    const client = found[index];
    if (client === undefined || item.state === 'trashed') continue;
    client.entries += 1;
    if (clients !== undefined && index >= listed) unmatched += 1;
  }
  return { clients: found, ofItem, unmatched };
}

/** Clients of several exports under one name each: those of the list in its order, then the others. */
function together(assignments: readonly ClientAssignment[]): readonly AssignedClient[] {
  const byName = new Map<string, AssignedClient>();
  for (const client of assignments.flatMap(({ clients }) => clients)) {
    const name = foldClient(client.name);
    const before = byName.get(name);
    byName.set(name, before ? { ...before, entries: before.entries + client.entries } : client);
  }
  return [...byName.values()];
}

/**
 * The order of recovery: tier 0 first, then by tier, within one by the list; clients that are not in it
 * come last. Of several exports, one assignment each under the same list.
 */
export function clientOrder(...assignments: readonly ClientAssignment[]): readonly AssignedClient[] {
  const rank = ({ tier = NOBODY }: AssignedClient): number => tier;
  return [...together(assignments)].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? -1 : 1));
}

/** What is to be said of the list of clients, in view of all exports; nothing where there is no list. */
export function clientFindings(...assignments: readonly ClientAssignment[]): readonly Finding[] {
  const found: Finding[] = [];
  const unmatched = assignments.reduce((sum, assignment) => sum + assignment.unmatched, 0);
  if (unmatched > 0)
    found.push(
      finding(
        'warning',
        'clients.unmatched',
        `${entriesOf(unmatched)} that no client in the list of clients takes`,
        'add their folder, tag or source to the list of clients; until then each belongs to a client named as its top folder, behind all others',
      ),
    );
  const bare = together(assignments).filter(
    ({ tier, entries }) => tier !== undefined && entries === 0,
  ).length;
  if (bare > 0)
    found.push(
      finding(
        'warning',
        'clients.without-entries',
        `${counted(bare, 'client')} in the list of clients without a single entry`,
        'either the rule is wrong, or whoever exported could not see the entries: look into the vault as somebody who sees all',
      ),
    );
  return found;
}

interface ClientFilter {
  /** Its name, in any case. */
  readonly client?: string | undefined;
  readonly tier?: number | undefined;
}

const MOST_KNOWN = 20;

type NoneFound = 'vault.no-client' | 'vault.no-entries';

function noneSuch(wanted: string, names: readonly string[], code: NoneFound = 'vault.no-client'): never {
  const known = names.slice(0, MOST_KNOWN);
  throw new EscrowError(code, { wanted, known, more: names.length - known.length });
}

/** What was asked for, in words. */
function wantedText({ client, tier }: ClientFilter): string {
  if (client === undefined) return `tier ${tier ?? ''}`;
  return tier === undefined ? `client "${client}"` : `client "${client}" in tier ${tier}`;
}

/** Clients that have an entry, each with its tier. */
const filledClients = (assignment: ClientAssignment): readonly string[] =>
  clientOrder(assignment)
    .filter(({ entries }) => entries > 0)
    .map(({ name, tier }) => (tier === undefined ? name : `${name} (tier ${tier})`));

/** The clients a filter means, by their place in the assignment. */
function wantedClients(assignment: ClientAssignment, { client, tier }: ClientFilter): ReadonlySet<number> {
  const { clients } = assignment;
  const named = client === undefined ? undefined : foldClient(client);
  if (named !== undefined && !clients.some(({ name }) => foldClient(name) === named))
    noneSuch(
      `client "${client ?? ''}"`,
      clientOrder(assignment).map(({ name }) => name),
    );
  if (tier !== undefined && !clients.some((each) => each.tier === tier)) {
    const tiers = new Set(clientOrder(assignment).map((each) => each.tier));
    noneSuch(
      `tier ${tier}`,
      [...tiers].flatMap((each) => (each === undefined ? [] : [`tier ${each}`])),
    );
  }
  const places = clients.flatMap((each, index) => {
    const isNamed = named === undefined || foldClient(each.name) === named;
    return isNamed && (tier === undefined || each.tier === tier) ? [index] : [];
  });
  return new Set(places);
}

/**
 * The vault with only the entries of a client or a tier, and the folders they lie in. What was found about
 * the whole is left out: its counts would be of more than is here.
 *
 * @param assignment - Made of the same vault.
 * @throws {@link EscrowError} `vault.no-client` for a client or a tier that nobody has.
 */
export function selectItems(vault: Vault, assignment: ClientAssignment, filter: ClientFilter): Vault {
  if (filter.client === undefined && filter.tier === undefined) return vault;
  const wanted = wantedClients(assignment, filter);
  const items = vault.items.filter((_item, at) => wanted.has(assignment.ofItem[at] ?? NOBODY));
  const byId = new Map(vault.containers.map((container) => [container.id, container]));
  const needed = new Set<string>();
  for (const { containerIds } of items) {
    for (const id of containerIds) {
      let at = byId.get(id);
      while (at !== undefined && !needed.has(at.id)) {
        needed.add(at.id);
        at = byId.get(at.parentId ?? '');
      }
    }
  }
  return { ...vault, items, containers: vault.containers.filter(({ id }) => needed.has(id)), findings: [] };
}

/**
 * Refuses to go on with nothing: a new vault without one entry looks like a success.
 *
 * @param chosen - What {@link selectItems} gave.
 * @throws {@link EscrowError} `vault.no-entries`.
 */
export function assertChosen(chosen: Vault, assignment: ClientAssignment, filter: ClientFilter): void {
  if (filter.client === undefined && filter.tier === undefined) return;
  if (chosen.items.length === 0) noneSuch(wantedText(filter), filledClients(assignment), 'vault.no-entries');
}

// The order in which clients are helped, decided before the night, and how far it has been followed. Nothing
// here refuses: who goes out of turn says why, and goes.

import { clientOrder } from '../../vault/clients.ts';
import type { AssignedClient, ClientAssignment } from '../../vault/clients.ts';
import { foldClient } from '../../vault/client.ts';

export class ClientOrder {
  /** Tier 0 first; those that nobody put in the list last, by name. */
  readonly clients: readonly AssignedClient[];
  /** How many of them are in the list; the others follow. */
  readonly decided: number;
  /** For each of the vault's items, its client's place in `clients`. */
  readonly ofItem: Uint32Array;
  readonly #done = new Set<number>();
  readonly #opened = new Set<number>();

  constructor(assignment: ClientAssignment) {
    const ordered = clientOrder(assignment);
    const listed = ordered.filter(({ tier }) => tier !== undefined);
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const others = ordered.filter(({ tier }) => tier === undefined);
    this.clients = [...listed, ...others.sort((a, b) => compare(a.name, b.name))];
    this.decided = listed.length;
    const places = new Map(this.clients.map(({ name }, place) => [foldClient(name), place]));
    const placeOf = assignment.clients.map(({ name }) => places.get(foldClient(name)) ?? 0);
    this.ofItem = assignment.ofItem.map((client) => placeOf[client] ?? 0);
  }

  /** Whose turn it is; undefined where no order was decided, and when all of it is done. */
  get next(): number | undefined {
    for (let place = 0; place < this.decided; place += 1) if (!this.#done.has(place)) return place;
    return undefined;
  }

  isDone(place: number): boolean {
    return this.#done.has(place);
  }

  isOpened(place: number): boolean {
    return this.#opened.has(place);
  }

  /** Whether nobody has to say why this client is opened now. */
  isInTurn(place: number): boolean {
    const { next } = this;
    return next === undefined || place <= next || this.#opened.has(place);
  }

  open(place: number): void {
    this.#opened.add(place);
  }

  setDone(place: number, isDone: boolean): void {
    if (isDone) this.#done.add(place);
    else this.#done.delete(place);
  }
}

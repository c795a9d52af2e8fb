// Finding entries while somebody types. All texts that may be found are folded once; a key then costs one
// look through them. Passwords and hidden fields are not among them: a search must not answer "whose password
// is this".

import type { Item } from '../../vault/model.ts';
import { BOUNDS } from './bounds.ts';

/** Without case and accents, so that "munoz" finds Muñoz. */
const fold = (text: string): string =>
  text
    .slice(0, BOUNDS.searchedChars)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

function textOf(item: Item, place: string): string {
  const { username, urls, tags, notes, fields, attachments } = item;
  const shown = fields.flatMap(({ kind, name, value }) => (kind === 'hidden' ? [name] : [name, value]));
  const parts = [username, place, ...urls.map(({ uri }) => uri), ...tags, ...shown];
  return [...parts, ...attachments.map(({ name }) => name), notes].map(fold).join('\n');
}

export class SearchIndex {
  readonly #titles: readonly string[];
  readonly #texts: readonly string[];
  readonly #clientOf: Uint32Array;
  /** All entries in the order of lists: by client, by title, what was thrown away last. */
  readonly #sorted: readonly number[];

  /**
   * @param placeOf - Client and folder of an entry, as text.
   * @param clientOf - For each entry its client's place in the order.
   */
  constructor(items: readonly Item[], placeOf: (index: number) => string, clientOf: Uint32Array) {
    this.#titles = items.map(({ title }) => fold(title));
    this.#texts = items.map((item, index) => textOf(item, placeOf(index)));
    this.#clientOf = clientOf;
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const bin = items.map(({ state }) => (state === 'trashed' ? 1 : 0));
    this.#sorted = [...items.keys()].sort(
      (a, b) =>
        (bin[a] ?? 0) - (bin[b] ?? 0) ||
        (clientOf[a] ?? 0) - (clientOf[b] ?? 0) ||
        compare(items[a]?.title ?? '', items[b]?.title ?? ''),
    );
  }

  /**
   * Entries in which every word occurs, those first whose title has them all.
   *
   * @param client - Only this one's, by its place in the order.
   * @param from - Only of clients from this place on.
   */
  find(query: string, client?: number, from = 0): readonly number[] {
    const words = fold(query)
      .split(/\s+/)
      .filter((word) => word !== '');
    const ofClient = this.#sorted.filter((index) => {
      const place = this.#clientOf[index] ?? 0;
      return client === undefined ? place >= from : place === client;
    });
    if (words.length === 0) return ofClient;
    const [first, second]: [number[], number[]] = [[], []];
    for (const index of ofClient) {
      const title = this.#titles[index] ?? '';
      const text = this.#texts[index] ?? '';
      if (words.every((word) => title.includes(word))) first.push(index);
      else if (words.every((word) => title.includes(word) || text.includes(word))) second.push(index);
    }
    return first.concat(second);
  }
}

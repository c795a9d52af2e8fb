// A list of which only the rows in sight are elements, so that 50,000 cost no more than twenty. All rows
// are equally high. Arrow keys move among them; the row that has the focus stays until it loses it.

import { el } from '../../element.ts';

/** Rows made above and below what is in sight. */
const MARGIN = 6;

export interface Row {
  readonly root: HTMLElement;
  /** What takes the focus when the arrow keys reach this row. */
  readonly handle: HTMLElement;
}

export class VirtualList {
  readonly root: HTMLElement = el('div', { class: 'v-scroller', tabindex: '-1' });
  readonly #space: HTMLElement = el('ul', { class: 'v-rows' });
  readonly #rows = new Map<number, Row>();
  readonly #make: (at: number) => Row;
  readonly #rowHeight: () => number;
  #count = 0;

  /** @param rowHeight - In CSS pixels, asked anew whenever rows are placed. */
  constructor(rowHeight: () => number, make: (at: number) => Row) {
    this.#rowHeight = rowHeight;
    this.#make = make;
    this.root.append(this.#space);
    this.root.addEventListener('scroll', () => {
      this.#draw();
    });
    this.root.addEventListener('keydown', (event) => {
      this.#move(event);
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.root);
  }

  /** Another list in the place of this one, from its top. */
  reset(count: number): void {
    this.#count = count;
    this.#rows.clear();
    this.#space.replaceChildren();
    this.root.scrollTop = 0;
    this.#draw();
  }

  get scrollTop(): number {
    return this.root.scrollTop;
  }

  scrollTo(top: number): void {
    this.root.scrollTop = top;
    this.#draw();
  }

  focusFirst(): void {
    this.#focus(0);
  }

  #draw(): void {
    const height = this.#rowHeight();
    this.#space.style.height = `${this.#count * height}px`;
    // Before it is on the screen it has no height; the first rows are made all the same.
    const inSight = Math.ceil((this.root.clientHeight || 600) / height);
    const first = Math.max(0, Math.floor(this.root.scrollTop / height) - MARGIN);
    const last = Math.min(this.#count, first + inSight + 2 * MARGIN);
    for (const [at, row] of this.#rows) {
      if ((at >= first && at < last) || row.root.contains(document.activeElement)) continue;
      row.root.remove();
      this.#rows.delete(at);
    }
    for (let at = first; at < last; at += 1) this.#place(at, height);
  }

  #place(at: number, height: number): Row {
    const known = this.#rows.get(at);
    const row = known ?? this.#make(at);
    row.root.style.height = `${height}px`;
    row.root.style.top = `${at * height}px`;
    if (known) return row;
    row.root.setAttribute('aria-setsize', String(this.#count));
    row.root.setAttribute('aria-posinset', String(at + 1));
    this.#rows.set(at, row);
    // In their order, for those who go through them with Tab or hear them.
    const after = [...this.#rows].filter(([other]) => other > at).sort(([a], [b]) => a - b)[0];
    this.#space.insertBefore(row.root, after?.[1].root ?? null);
    return row;
  }

  #move(event: KeyboardEvent): void {
    const at = [...this.#rows].find(([, { root }]) => root.contains(document.activeElement))?.[0];
    if (at === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.#rowHeight()) - 1);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#count - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#focus(Math.min(this.#count - 1, Math.max(0, target)));
  }

  #focus(at: number): void {
    if (at >= this.#count) return;
    const height = this.#rowHeight();
    const { scrollTop, clientHeight } = this.root;
    if (at * height < scrollTop) this.root.scrollTop = at * height;
    else if ((at + 1) * height > scrollTop + clientHeight)
      this.root.scrollTop = (at + 1) * height - clientHeight;
    this.#place(at, height).handle.focus({ preventScroll: true });
    this.#draw();
  }
}

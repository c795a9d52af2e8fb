// One row of a CSV under the names of its columns. It remembers which cells were taken: what nobody took
// becomes a custom field, so that a column this program does not know is never lost.

import { kindOfName } from './key-words.ts';
import type { Field } from './model.ts';

/** Names compared without case and outer spaces, as products change those between versions. */
const foldName = (name: string): string => name.trim().toLowerCase();

export class CsvHeader {
  readonly names: readonly string[];
  readonly #index = new Map<string, number>();
  /** Names as they were asked for, which is once for each row. */
  readonly #asked = new Map<string, number | undefined>();

  constructor(names: readonly string[]) {
    this.names = names.map((name) => name.trim());
    // Of two columns of one name the first is meant; the second stays a custom field.
    for (const [index, name] of names.entries())
      if (!this.#index.has(foldName(name))) this.#index.set(foldName(name), index);
  }

  indexOf(name: string): number | undefined {
    const known = this.#asked.get(name);
    if (known !== undefined || this.#asked.has(name)) return known;
    const index = this.#index.get(foldName(name));
    this.#asked.set(name, index);
    return index;
  }

  has(name: string): boolean {
    return this.#index.has(foldName(name));
  }
}

export class CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly header: CsvHeader;
  readonly #isTaken: boolean[] = [];

  constructor(header: CsvHeader, cells: readonly string[], line: number) {
    this.header = header;
    this.cells = cells;
    this.line = line;
  }

  /** The cell of a column, unchanged; empty where there is none. */
  get(name: string): string {
    const index = this.header.indexOf(name);
    return index === undefined ? '' : (this.cells[index] ?? '');
  }

  /** As {@link get}, and the cell is spoken for. */
  take(name: string): string {
    const index = this.header.indexOf(name);
    if (index === undefined) return '';
    this.#isTaken[index] = true;
    return this.cells[index] ?? '';
  }

  /** The cell at a place, spoken for. */
  takeAt(index: number): string {
    this.#isTaken[index] = true;
    return this.cells[index] ?? '';
  }

  /** Cells nobody took, the empty ones left out. */
  rest(): readonly Field[] {
    const fields: Field[] = [];
    for (const [index, value] of this.cells.entries()) {
      if (value === '' || this.#isTaken[index] === true) continue;
      const name = this.header.names[index] ?? '';
      // What has no name may be anything.
      if (name === '') fields.push({ name: `column ${index + 1}`, value, kind: 'hidden' });
      else fields.push({ name, value, kind: kindOfName(name) });
    }
    return fields;
  }
}

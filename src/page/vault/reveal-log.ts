// What was revealed after the opening, in the order in which it happened (docs/spec/reveal-log.md): the
// list by which passwords are changed afterwards. It names entries, and never holds a value.

import type { Manifest } from '../../escrow/manifest.ts';

/** Which part of an entry. */
export type RevealedPart =
  'password' | 'code' | 'seed' | 'notes' | 'field' | 'card' | 'key' | 'former password' | 'attachment';

/** Which entry, so that it is found again in the vault it came from. */
export interface EntryRef {
  readonly source: string;
  /** Its id in the export. */
  readonly id: string;
  readonly title: string;
  readonly username: string;
  readonly folder: string;
  readonly client: string;
  /** Null for a client that is not in the list. */
  readonly tier: number | null;
}

export type LogEvent =
  | {
      readonly kind: 'entry';
      readonly entry: EntryRef;
      readonly part: RevealedPart;
      /** The field's or the file's name, where the part has one. */
      readonly name: string | null;
      readonly how: 'shown' | 'copied' | 'saved';
    }
  /** `client` is null when all entries went out. */
  | {
      readonly kind: 'export';
      readonly target: string;
      readonly client: string | null;
      readonly entries: number;
      /** How many of them are in the bin. */
      readonly binned: number;
    }
  /** A file of the package as it was sealed. */
  | { readonly kind: 'original'; readonly path: string; readonly how: 'shown' | 'saved' }
  /** A client was opened; `instead` is whose turn it was, and `reason` why that was not kept to. */
  | {
      readonly kind: 'client';
      readonly client: string;
      readonly tier: number | null;
      readonly instead: string | null;
      readonly reason: string | null;
    }
  | { readonly kind: 'done'; readonly client: string; readonly tier: number | null; readonly done: boolean }
  | { readonly kind: 'locked'; readonly by: 'person' | 'idle' };

export type LogLine = LogEvent & { readonly time: string };

export class RevealLog {
  readonly #manifest: Manifest;
  readonly #now: () => Date;
  readonly #opened: string;
  readonly #lines: LogLine[] = [];
  readonly #revealed = new Set<string>();
  #saved = 0;

  constructor(manifest: Manifest, now: () => Date) {
    this.#manifest = manifest;
    this.#now = now;
    this.#opened = now().toISOString();
  }

  add(event: LogEvent): void {
    this.#lines.push({ time: this.#now().toISOString(), ...event });
    if (event.kind === 'entry') this.#revealed.add(JSON.stringify([event.entry.source, event.entry.id]));
  }

  /** Which package it is about. */
  get package(): { readonly escrow: string; readonly sequence: number; readonly sealed: string } {
    const { escrow, sequence, created } = this.#manifest;
    return { escrow, sequence, sealed: created };
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Entries of which something was revealed one by one. */
  get revealed(): number {
    return this.#revealed.size;
  }

  get isSaved(): boolean {
    return this.#saved === this.#lines.length;
  }

  /** All that is in it by now left the page, in whatever form. */
  noteSaved(): void {
    this.#saved = this.#lines.length;
  }

  /** The log as it is saved. */
  document(): string {
    this.noteSaved();
    const head = { type: 'holdfast reveal log v1', ...this.package };
    const times = { opened: this.#opened, saved: this.#now().toISOString() };
    return `${JSON.stringify({ ...head, ...times, events: this.#lines }, undefined, 2)}\n`;
  }
}

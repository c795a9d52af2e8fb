// What the parts of the vault view share: the session, its words, the clock, the clipboard, the way about.

import type { Language } from '../../core/languages.ts';
import type { AssignedClient } from '../../vault/clients.ts';
import type { VaultSession } from './session.ts';
import type { VaultStrings } from '../strings.ts';

export type VaultScreen =
  | { readonly kind: 'start' }
  /** `query` and `top` are where it was left; `which` is what it is opened for, where that is not one client. */
  | {
      readonly kind: 'list';
      readonly client?: number;
      readonly which?: 'search' | 'unlisted';
      readonly query?: string;
      readonly top?: number;
    }
  | { readonly kind: 'entry'; readonly index: number; readonly from: VaultScreen }
  | { readonly kind: 'plan' }
  | { readonly kind: 'save'; readonly client?: number }
  | { readonly kind: 'log' };

export interface VaultUi {
  readonly session: VaultSession;
  readonly strings: VaultStrings;
  readonly language: Language;
  readonly ticker: Ticker;
  /** What dialogues hang on: they go when it goes. */
  readonly host: HTMLElement;
  go(screen: VaultScreen): void;
  /** What a client is called here: what lies in no folder has a name in each language. */
  nameOf(client: AssignedClient | undefined): string;
  /** Copies a secret, and shows for how long it stays. @returns whether it worked. */
  copy(text: string): Promise<boolean>;
  /** Opens a client, or saves it; out of turn only with a reason. @returns whether it is open now. */
  admit(place: number, what?: 'open' | 'save'): Promise<boolean>;
  /** What was revealed has changed. */
  noted(): void;
}

/** Something on the screen that changes with the clock. */
interface Ticking {
  readonly root: Node;
  tick(now: number): void;
}

/** Tells what is on the screen each second; what has left it is forgotten. */
export class Ticker {
  readonly #all = new Set<Ticking>();

  add(ticking: Ticking): void {
    this.#all.add(ticking);
    ticking.tick(Date.now());
  }

  tick(now: number): void {
    for (const ticking of this.#all) {
      if (ticking.root.isConnected) ticking.tick(now);
      else this.#all.delete(ticking);
    }
  }

  clear(): void {
    this.#all.clear();
  }
}

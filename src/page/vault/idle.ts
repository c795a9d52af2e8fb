// When a page left alone locks. Time is passed in; a machine that slept through the deadline is locked when
// it wakes, whatever key woke it.

import { BOUNDS } from './bounds.ts';

type Idle =
  | { readonly kind: 'active' }
  | { readonly kind: 'warned'; readonly leftMs: number }
  | { readonly kind: 'locked' };

export class IdleClock {
  #last: number;

  constructor(now: number) {
    this.#last = now;
  }

  /** Somebody is there. Too late once the time is over. */
  touch(now: number): void {
    if (this.at(now).kind !== 'locked') this.#last = now;
  }

  at(now: number): Idle {
    const leftMs = this.#last + BOUNDS.idleMs - now;
    if (leftMs <= 0) return { kind: 'locked' };
    return leftMs <= BOUNDS.idleWarningMs ? { kind: 'warned', leftMs } : { kind: 'active' };
  }
}

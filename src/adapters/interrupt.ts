// Being stopped by Ctrl-C or a signal. Work stops by itself at its next step and cleans up after itself;
// what it does not get to, the signal handler undoes: staged files, locks, printed cards of a ceremony
// that will not be. Whoever makes such a thing guards it.

import { EscrowError } from '../core/errors.ts';

type Undo = () => void | Promise<void>;

const guarded = new Set<Undo>();

/** Registers an undo; the function returned takes it off again. */
export function guard(undo: Undo): () => void {
  guarded.add(undo);
  return () => void guarded.delete(undo);
}

/** How often to look whether steps that belong together are done. */
const POLL_MS = 20;

let isStopWanted = false;
let unstoppable = 0;

/** From now on {@link stopIfAsked} stops whoever calls it. */
export function askToStop(): void {
  isStopWanted = true;
}

/**
 * A step at which work can be stopped.
 *
 * @throws {@link EscrowError} `input.aborted` when somebody asked for it.
 */
export function stopIfAsked(): void {
  if (isStopWanted && unstoppable === 0) throw new EscrowError('input.aborted', {});
}

/** Steps that belong together: a stop comes before them or after them. */
export async function inOnePiece<T>(work: () => Promise<T>): Promise<T> {
  stopIfAsked();
  unstoppable += 1;
  try {
    return await work();
  } finally {
    unstoppable -= 1;
  }
}

/**
 * Undoes everything guarded, newest first, and what is guarded meanwhile: the work that was interrupted
 * goes on beside this. Failures are passed over: the process is ending.
 */
export async function undoGuarded(): Promise<void> {
  // What belongs together is done or not: an undo in the middle of it would leave a part.
  while (unstoppable > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  for (let undo = newest(); undo; undo = newest()) {
    guarded.delete(undo);
    try {
      await undo();
    } catch {
      // The next one still gets its turn.
    }
  }
}

const newest = (): Undo | undefined => [...guarded].at(-1);

// What must be undone when the user presses Ctrl-C: staged files, locks, printed cards of a ceremony
// that will not be. Whoever makes such a thing guards it; the signal handler undoes what is guarded.

type Undo = () => void | Promise<void>;

const guarded = new Set<Undo>();

/** Registers an undo; the function returned takes it off again. */
export function guard(undo: Undo): () => void {
  guarded.add(undo);
  return () => void guarded.delete(undo);
}

/**
 * Undoes everything guarded, newest first, and what is guarded meanwhile: the work that was interrupted
 * goes on beside this. Failures are passed over: the process is ending.
 */
export async function undoGuarded(): Promise<void> {
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

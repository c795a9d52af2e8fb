// What is said of papers when a run stops between the first card and the end. Where the key in force is on them
// they open like good cards, and nobody but the people in the room can take them out of the world.

import { guard } from '../adapters/interrupt.ts';
import { tell } from './dialogue.ts';
import { PRINTING } from './sentences/printing.ts';
import type { CardsFor } from './sentences/printing.ts';
import type { Session } from './session.ts';

export interface StoppedPapers {
  /** From now on there may be papers. */
  begin(): void;
  /** The cards are in force. */
  keep(): void;
  /** Said once, whoever comes first: the work that stops, or what clears up after a signal. */
  tell(): void;
}

export function stoppedPapers(session: Session, kind: CardsFor): StoppedPapers {
  let release: (() => void) | undefined;
  const keep = (): void => {
    release?.();
    release = undefined;
  };
  const say = (): void => {
    if (release) tell(session, PRINTING.papersLeft(kind));
    keep();
  };
  return {
    begin: () => {
      release ??= guard(say);
    },
    keep,
    tell: say,
  };
}

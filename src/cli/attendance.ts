// Who is in the room when a ceremony begins.

import type { Prompter } from '../adapters/prompts.ts';
import type { Plan } from '../escrow/plan.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { askForCardNumbers } from './card-numbers.ts';
import { tell } from './dialogue.ts';
import type { Session } from './session.ts';

interface Attendance {
  readonly present: number;
  /** The cards whose trustee is missing, in words; undefined where nobody is. */
  readonly absent: string | undefined;
}

/** Asked until nobody is missing, or those who are are not waited for. */
export async function attendanceOf(
  session: Session,
  prompter: Prompter,
  cards: Plan['cards'],
): Promise<Attendance> {
  for (;;) {
    const question = 'Which cards have their trustee here? Numbers, or all:';
    const present = await askForCardNumbers(prompter, question, { count: cards.length, initial: 'all' });
    tell(session, SCREEN.present(present.length, cards.length));
    const absent = cards.map(({ card }) => card).filter((card) => !present.includes(card));
    if (absent.length === 0) return { present: present.length, absent: undefined };
    const those = `${absent.length === 1 ? 'card' : 'cards'} ${absent.join(', ')}`;
    if (await prompter.confirm(`Go on without the trustee of ${those}?`, false))
      return { present: present.length, absent: those };
  }
}

// Who is in the room when a ceremony begins.

import type { Prompter } from '../adapters/prompts.ts';
import type { Plan } from '../escrow/plan.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { askForCards } from './card-numbers.ts';
import { tell } from './dialogue.ts';
import type { Session } from './session.ts';

/** Asked until nobody is missing, or those who are are not waited for. @returns their cards in words. */
export async function absentTrustees(
  session: Session,
  prompter: Prompter,
  cards: Plan['cards'],
): Promise<string | undefined> {
  for (;;) {
    const question = 'Which cards have their trustee here? Numbers, or all:';
    const present = await askForCards(prompter, question, cards.length);
    tell(session, SCREEN.present(present.length, cards.length));
    const absent = cards.map(({ card }) => card).filter((card) => !present.includes(card));
    if (absent.length === 0) return undefined;
    const those = `${absent.length === 1 ? 'card' : 'cards'} ${absent.join(', ')}`;
    if (await prompter.confirm(`Go on without the trustee of ${those}?`, false)) return those;
  }
}

// Rolls of dice at a ceremony, typed as digits. Several may roll, each line by another hand.

import type { Prompter } from '../adapters/prompts.ts';
import { LIMITS } from '../core/limits.ts';
import { FEWEST_ROLLS, rollsTyped } from '../core/seed.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { tell } from './dialogue.ts';
import type { Session } from './session.ts';

/** @returns undefined when nobody rolled. */
export async function askForRolls(session: Session, prompter: Prompter): Promise<string | undefined> {
  let rolls = '';
  for (;;) {
    const line = await prompter.text('Rolls of the dice, digits from 1 to 6 (empty: no more):', {
      check: (typed) => rollsProblem(rolls, typed),
      // As secret as the key, should the system's generator be known to somebody.
      shownAfter: 'taken',
    });
    if (line.trim() === '') return rolls === '' ? undefined : rolls;
    rolls += rollsTyped(line) ?? '';
    tell(session, SCREEN.rolls(rolls.length));
  }
}

function rollsProblem(before: string, typed: string): string | undefined {
  const rolls = rollsTyped(before + typed);
  if (rolls === undefined) return `digits from 1 to 6, and at most ${LIMITS.diceRolls} in all`;
  const isEnd = typed.trim() === '';
  return isEnd && rolls !== '' && rolls.length < FEWEST_ROLLS
    ? `${rolls.length} rolls so far, ${FEWEST_ROLLS} are needed; roll on`
    : undefined;
}

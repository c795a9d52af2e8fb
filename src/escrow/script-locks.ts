// What the steps of a ceremony say more when a card of the plan is locked by a passphrase, or is also a file. Without
// one they say what they always said.

import { capital } from '../core/capital.ts';
import type { ScriptFacts, StepDraft } from './ceremony-script.ts';
import { cardList } from './plan-names.ts';

/** Trustees type and think for so long. */
const MINUTES_A_LOCK = 2;

const isOne = ({ locked }: ScriptFacts): boolean => locked.length === 1;

/** The step at whose Enter the program asks for the passphrases, before anything is made. */
export function withPassphrases(facts: ScriptFacts, draft: StepDraft): StepDraft {
  const { locked } = facts;
  if (locked.length === 0) return draft;
  return {
    ...draft,
    doing: [
      'Said before Enter: whoever forgets the passphrase of a locked card has lost the card, and nobody can reset it.',
      `Enter first asks for the passphrase of ${cardList(locked)}${isOne(facts) ? '' : ', one after the other'}. The trustee comes to the keyboard alone, everybody else looks away. It is typed twice, never said aloud, and written neither on the card nor on this paper.`,
      ...draft.doing,
    ],
    minutes: draft.minutes + MINUTES_A_LOCK * locked.length,
  };
}

/** At the read-back. */
export function lockedRead(facts: ScriptFacts): readonly string[] {
  const { locked } = facts;
  if (locked.length === 0) return [];
  const are = isOne(facts) ? 'is locked: it has' : 'are locked: each has';
  return [
    `${capital(cardList(locked))} ${are} five rows, and the program then asks for its passphrase once more. Its trustee types it alone, everybody else looks away.`,
  ];
}

/** On the second machine. */
export const lockedTried = ({ locked }: ScriptFacts): readonly string[] =>
  locked.length === 0 ? [] : ['Whose card is locked types its passphrase there too, with nobody looking on.'];

/** At the end: what is erased with the folder is gone. */
export function filesHanded({ asFile }: ScriptFacts): readonly string[] {
  if (asFile.length === 0) return [];
  const one = asFile.length === 1;
  return [
    `${capital(cardList(asFile))} ${one ? 'is also a file' : 'are also a file each'}, which only a key of its trustee opens: give it to its trustee on a stick, before the folder in memory is erased.`,
  ];
}

/** When the plan is read aloud. */
export const whoLocks = ({ locked }: ScriptFacts): string =>
  locked.length === 0 ? '' : 'who locks a card by a passphrase, ';

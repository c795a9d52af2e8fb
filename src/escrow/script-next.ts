// What the full script has otherwise where a set is replaced: dice are of use for a new key only, and old cards are
// in the room. The small script says it in its last step.

import type { ScriptFacts, StepDraft } from './ceremony-script.ts';
import { keyWithDice } from './script-steps.ts';

export function nextKeyWithDice(facts: ScriptFacts): StepDraft {
  const draft = keyWithDice(facts);
  return { ...draft, doing: ['Dice at a rekey only: a reissue keeps the key.', ...draft.doing] };
}

export const nextPackage: StepDraft = {
  id: 'package',
  title: 'The old cards, and a new package',
  role: 'Lead',
  doing: [
    'Collect the old cards. Each is shredded before the witness, and noted: holdfast ceremony retire DIR',
    'After a rekey, enrol every machine that seals or verifies by the six new words.',
    'holdfast seal DIR EXPORT. Copy the escrow folder to every place it belongs, and look: holdfast status DIR',
  ],
  screen: 'sealing package …',
  initials: ['Witness'],
  minutes: 10,
};

// Which steps the two scripts have, and in which order. A step that is one thing in both stands in
// script-steps.ts once.

import type { ScriptFacts, StepDraft } from './ceremony-script.ts';
import { nextKeyWithDice, nextPackage } from './script-next.ts';
import {
  bags,
  cards,
  clock,
  finish,
  firstPackage,
  key,
  keyWithDice,
  kits,
  leave,
  machine,
  people,
  places,
  plan,
  record,
  second,
  test,
  words,
} from './script-steps.ts';

/** Two roles, the lead and the trustees. */
export function smallSteps(facts: ScriptFacts): readonly StepDraft[] {
  return [
    people(facts, 'Lead'),
    {
      ...machine(facts),
      title: 'The machine, the program, the clock',
      doing: [...machine(facts).doing, ...clock.doing],
      screen: `${machine(facts).screen ?? ''}\n${clock.screen ?? ''}`,
      initials: ['Lead', 'Trustee'],
      minutes: 3,
    },
    plan(facts, 'Lead'),
    key(facts),
    words('Lead'),
    cards(facts),
    test(),
    bags('Trustee'),
    finish(facts, 'Lead', [
      facts.isNext
        ? 'Collect and shred the old cards, and note each: holdfast ceremony retire DIR. All sign the last page.'
        : 'All sign the last page. Then seal the first package: holdfast seal DIR EXPORT',
      'Cards leave separately. The first check-in goes into every calendar.',
    ]),
  ];
}

/** With a witness, who never touches the keyboard, and a second machine. */
export function fullSteps(facts: ScriptFacts): readonly StepDraft[] {
  return [
    people(facts, 'Witness'),
    machine(facts),
    clock,
    plan(facts, 'Lead'),
    places(facts),
    facts.isNext ? nextKeyWithDice(facts) : keyWithDice(facts),
    words('Witness'),
    cards(facts),
    test(),
    second(facts),
    bags('Witness'),
    finish(facts, 'Lead', [
      'The witness sees it: printer off, the folder in memory gone, the machine off at the end.',
    ]),
    facts.isNext ? nextPackage : firstPackage,
    kits,
    record,
    leave,
  ];
}

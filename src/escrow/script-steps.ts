// The steps of a ceremony, in the words that are read aloud; which of them a script has, script-order.ts says.
// What is said and expected is plain and short: people read it standing, with a pen in the hand.

import { counted } from '../core/counted.ts';
import { FEWEST_ROLLS } from '../core/seed.ts';
import type { ScriptFacts, StepDraft } from './ceremony-script.ts';
import { filesHanded, lockedRead, lockedTried, whoLocks, withPassphrases } from './script-locks.ts';
import { SCREEN } from './script-screen.ts';

export function people({ cards: count }: ScriptFacts, role: 'Lead' | 'Witness'): StepDraft {
  return {
    id: 'people',
    title: 'Who is here',
    role,
    doing: [
      role === 'Witness'
        ? 'Look at a document of each person you do not know. Write down place and start time, with the zone.'
        : 'Each person says their name. Write down place and start time, with the zone.',
      'Phones are off, or lie face down out of sight of screen and printer.',
      'Type which cards have their trustee here.',
    ],
    say: 'Please say your name. Whoever sees something odd today says "stop", at any time.',
    screen: SCREEN.present(count, count),
    initials: [role],
    blanks: ['Place', 'Start, with zone'],
    minutes: 3,
  };
}

export function machine({ program }: ScriptFacts): StepDraft {
  return {
    id: 'machine',
    title: 'The machine and the program',
    role: 'Lead',
    doing: [
      'Radio off, network cable out. Swap is off. Nothing else runs.',
      'Read the hash of the program aloud from the screen, group by group. A trustee compares it with page 1.',
    ],
    say: 'The hash of the program is …',
    screen: SCREEN.program(program?.name ?? '…', program?.hash ?? '…'),
    initials: ['Witness'],
    minutes: 3,
  };
}

export const clock: StepDraft = {
  id: 'clock',
  title: 'The clock',
  role: 'Lead',
  doing: ['Compare date, time and zone on the screen with a watch.'],
  screen: SCREEN.clock('…'),
  initials: ['Witness'],
  minutes: 1,
};

export function plan(facts: ScriptFacts, role: 'Lead'): StepDraft {
  const { cards: count, policy } = facts;
  return {
    id: 'plan',
    title: 'The plan, read aloud',
    role,
    doing: [
      `Read from the screen: how many cards, how many open it, who holds which, ${whoLocks(facts)}and the six words of the plan. All compare with page 1.`,
      'Each trustee says "agreed".',
    ],
    say: `We make ${counted(count, 'card')}: ${policy} open it. Is that what was agreed?`,
    screen: `${SCREEN.plan(policy)}\n${SCREEN.planWords(undefined)}\n${SCREEN.agreed(undefined, count)}`,
    initials: ['Trustees'],
    minutes: 3,
  };
}

export function places({ quorum }: ScriptFacts): StepDraft {
  return {
    id: 'places',
    title: 'Where the cards will be',
    role: 'Witness',
    doing: [
      'Each trustee says in one word where the card will be kept, and in whose house.',
      `No ${quorum} cards in one building, one household or one chain of command; one of them outside the company.`,
    ],
    say: 'Where will your card be tonight?',
    initials: ['Witness'],
    minutes: 3,
  };
}

export function key(facts: ScriptFacts): StepDraft {
  return withPassphrases(facts, facts.isNext ? nextKey(facts.quorums) : firstKey(facts.quorums));
}

function firstKey(quorums: number | undefined): StepDraft {
  return {
    id: 'key',
    title: 'The key is made and split',
    role: 'Lead',
    doing: ['Press Enter. The program makes the key, splits it, and tries the quorums in memory.'],
    say: 'I make the key now.',
    screen: SCREEN.key(quorums),
    initials: ['Lead'],
    minutes: 1,
  };
}

function nextKey(quorums: number | undefined): StepDraft {
  return {
    id: 'key',
    title: 'The cards in force give the key, and the new set is split',
    role: 'Lead',
    doing: [
      'Press Enter. The program asks for a quorum of the cards in force. Each is given by its trustee, alone at the keyboard.',
      'A reissue splits the same key anew; a rekey makes another one and seals the newest package again. The quorums are tried in memory.',
      'The old set stays in force until the last step.',
    ],
    say: 'I ask for the cards of the set in force.',
    screen: SCREEN.key(quorums),
    initials: ['Lead'],
    minutes: 5,
  };
}

const ROLLING_MINUTES = 4;

/** Of the full script: whoever does not trust the system's generator alone rolls dice. */
export function keyWithDice(facts: ScriptFacts): StepDraft {
  const draft = key(facts);
  return {
    ...draft,
    doing: [
      `Whoever wants to rolls dice: ${FEWEST_ROLLS} rolls or more in all, typed as digits from 1 to 6, seen by nobody else. They are mixed into the system's randomness and never take its place: bad dice do no harm. Enter alone: no dice.`,
      ...draft.doing,
    ],
    minutes: draft.minutes + ROLLING_MINUTES,
  };
}

export function words(role: 'Lead' | 'Witness'): StepDraft {
  return {
    id: 'words',
    title: 'The six words, copied by hand',
    role,
    doing: [
      'Copy the six words from the screen into the boxes, by hand. They are no secret.',
      'Another person reads them aloud from this paper; the lead types what is read.',
      'Later each trustee finds the same six words at the foot of the own card.',
    ],
    screen: SCREEN.words,
    initials: ['Lead', role === 'Witness' ? 'Witness' : 'Trustee'],
    blanks: ['1', '2', '3', '4', '5', '6'],
    minutes: 3,
  };
}

export function cards(facts: ScriptFacts): StepDraft {
  const { cards: count } = facts;
  return {
    id: 'cards',
    title: 'The cards, one at a time',
    role: 'Trustee',
    doing: [
      'The lead prints one card and turns away from the printer; where there is none, its trustee copies it from the screen.',
      'Only its trustee takes it, face down, and comes to the keyboard. Everybody else stays seated.',
      'The trustee photographs or scans the card and types the one row that is asked for; or types all its rows.',
      ...lockedRead(facts),
      'The card then stays face down in the own hand until it is in its bag.',
      'A misprint is printed again, and shredded at once. A card that somebody else saw: stop.',
    ],
    screen: SCREEN.card(undefined, undefined, count),
    initials: ['Trustees'],
    perCard: ['printed', 'taken', 'scanned', 'row typed'],
    minutes: 2 * count,
  };
}

export function test(): StepDraft {
  return {
    id: 'test',
    title: 'A test package is opened by the cards',
    role: 'Lead',
    doing: ['The program seals a test package and opens it with a quorum of the cards that were read back.'],
    screen: SCREEN.test(undefined),
    initials: ['Lead'],
    minutes: 1,
  };
}

export function second(facts: ScriptFacts): StepDraft {
  const { quorum } = facts;
  return {
    id: 'second',
    title: 'Drawn by lot, on a second machine',
    role: 'Trustees',
    doing: [
      'The program draws by lot whose cards are tried, and writes a test package that only a quorum opens.',
      'Carry it on a stick to the second machine, which is offline too.',
      `There the ${counted(quorum, 'trustee')} open it with their own cards, each at the keyboard alone.`,
      ...lockedTried(facts),
      'Read the six words in its attachment aloud; the lead types them here.',
      'The key is still held here: what fails now costs a reprint, not the key.',
    ],
    screen: `${SCREEN.lots(undefined)}\n${SCREEN.second}`,
    initials: ['Trustees', 'Witness'],
    blanks: ['Drawn'],
    minutes: 10,
  };
}

export function bags(role: 'Trustee' | 'Witness'): StepDraft {
  return {
    id: 'bags',
    title: 'Each card into its bag',
    role: 'Trustee',
    doing: [
      'All at once: fold the card inwards, put it into its bag, close the bag.',
      role === 'Witness'
        ? 'Trustee and witness sign across the closure. The witness photographs the closed bag.'
        : 'Sign across the closure. Read the number of the bag aloud; the lead types it.',
      'At the end compare each bag with the list on the screen. A wrong number is typed again.',
    ],
    say: 'Card …, bag number …',
    screen: SCREEN.bag(undefined, undefined),
    initials: ['Trustees'],
    perCard: ['bag number'],
    minutes: 3,
  };
}

export function finish(facts: ScriptFacts, role: 'Lead', more: readonly string[]): StepDraft {
  return {
    id: 'finish',
    title: 'The end: exceptions, the charter, the key erased',
    role,
    doing: [
      'Read the exceptions aloud. What is missing is added now: with the charter they are signed for good.',
      'Press Enter. The program signs the charter and erases the key.',
      ...filesHanded(facts),
      'Delete every photo or scan of a card, on phone and scanner too. Printer off.',
      ...more,
    ],
    say: 'Is there anything that went otherwise than written here?',
    screen: SCREEN.erased,
    initials: ['All'],
    minutes: 3,
  };
}

export const firstPackage: StepDraft = {
  id: 'package',
  title: 'The first real package',
  role: 'Lead',
  doing: [
    'On the machine that seals: enrol it by the six words, then holdfast seal DIR EXPORT',
    'Copy the escrow folder to every place it belongs, and look: holdfast status DIR',
  ],
  screen: 'sealing package 1',
  initials: ['Witness'],
  minutes: 8,
};

export const kits: StepDraft = {
  id: 'kits',
  title: 'What each trustee takes home',
  role: 'Trustees',
  doing: [
    'Each receives the closed bag, the stick with the kit, and the contact sheet, and signs the acknowledgement.',
    'In private, each agrees on a word of alarm with the lead. It is written nowhere.',
  ],
  initials: ['Trustees'],
  perCard: ['stick', 'contact sheet', 'signed'],
  minutes: 6,
};

export const record: StepDraft = {
  id: 'record',
  title: 'The record',
  role: 'Witness',
  doing: [
    'Copy the ledger head by hand: holdfast verify DIR --json shows it as ledgerHead.',
    'All sign the last page. Scan the signed script, without any card in view, for the records.',
  ],
  screen: 'ledgerHead …',
  initials: ['All'],
  blanks: ['Ledger head, first 16 digits'],
  minutes: 5,
};

export const leave: StepDraft = {
  id: 'leave',
  title: 'Dates, and home',
  role: 'Trustees',
  doing: [
    'First check-in in 90 days, first drill in 180: into every calendar, now.',
    'The cards leave separately: not in one car, not in one lift.',
  ],
  initials: ['Witness'],
  blanks: ['First check-in', 'First drill'],
  minutes: 2,
};

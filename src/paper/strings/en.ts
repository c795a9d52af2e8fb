// English.

import { capital } from '../../core/capital.ts';
import type { CardStrings } from '../strings.ts';
import { partsOfDate, toldPolicy, type ToldPolicy } from '../wording.ts';

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const cards = (count: number, colour: string): string =>
  `${inWords(count)} ${colour} card${count === 1 ? '' : 's'}`;

/** "24 Nov 2026". */
export function dateInEnglish(iso: string): string {
  const { year, month, day } = partsOfDate(iso);
  return `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** Names the groups that have to come together: "both groups", "any two groups". */
function groups(need: number, count: number): string {
  if (need < count) return need === 1 ? 'any one group' : `any ${inWords(need)} groups`;
  return count === 2 ? 'both groups' : `all ${inWords(count)} groups`;
}

function opens(told: ToldPolicy, colour: string): string {
  switch (told.kind) {
    case 'any':
      return `Any ${cards(told.cards, colour)} open our emergency records.`;
    case 'all':
      return told.cards === 2
        ? `Both ${colour} cards together open our emergency records.`
        : `All ${cards(told.cards, colour)} together open our emergency records.`;
    case 'each': {
      const from = told.need === 1 ? 'of any one group' : `each from ${groups(told.need, told.count)}`;
      return capital(`${cards(told.cards, colour)} ${from} open our emergency records.`);
    }
    case 'unequal':
      return `Enough ${colour} cards from ${groups(told.need, told.count)} open our emergency records. From this group: ${inWords(told.own)}.`;
  }
}

export const EN: CardStrings = {
  issue: (setNumber, created) => `Recovery card, set ${setNumber}, ${dateInEnglish(created)}`,
  card: 'card',
  ofCards: (count) => `of ${count}`,
  holder: 'For',
  group: 'Group',
  opens: (policy, colour, group) => opens(toldPolicy(policy, group), colour),
  alone: 'This one alone opens nothing.',
  keep: 'Keep it closed away.',
  only: 'Show this or type it only in the recovery program.',
  unreadable: 'Unreadable letter? Type ?',
  locked: 'Locked: its holder knows the passphrase.',
  asked: 'Asked to use it?',
  askedSteps: [
    'Hang up. Call two people on your contact sheet.',
    'Both agree: bring it yourself, still closed.',
    'Never read it out. Never send pictures.',
  ],
  doubt: 'In doubt: stop. Tell everyone.',
  check: 'Every 90 days',
  checkText: 'Closed and whole? Report its number.',
  lost: 'Lost, opened or seen?',
  lostCall: 'Call',
  lostToday: 'today.',
  noBlame: 'No blame.',
  leaving: 'Leaving?',
  leavingText: 'Return it.',
  bag: 'Bag',
  closedOn: 'Closed on',
  charterWords: 'Charter words',
  edition: (setId, version) => `holdfast share v${version}, set ${setId}`,
  codeAlt: (symbols, rows) => `Square code holding the same ${symbols} symbols as the ${inWords(rows)} rows`,
  documentTitle: (card, count, setNumber) => `Recovery card ${card} of ${count}, set ${setNumber}`,
  markAlt: (colour, shape) => `Set mark: ${colour} ${shape}`,
};

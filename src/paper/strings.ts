// Every word on paper, in one place, for later languages. A language is one object of this shape; the
// layout asks it for whole sentences and never joins words itself. A card has at most 120 words outside
// its code and rows: a test counts them.

/** How many cards of how many open it; one group when there are no groups. */
export interface PrintedPolicy {
  readonly groupThreshold: number;
  readonly groups: readonly { readonly threshold: number; readonly members: number }[];
}

export interface CardStrings {
  title(colour: string, shape: string): string;
  /** `created` is an ISO date. */
  issue(setNumber: number, created: string): string;
  readonly card: string;
  ofCards(count: number): string;
  readonly holder: string;
  readonly group: string;
  /** What it takes; `group` is the number of this card's own group. */
  opens(policy: PrintedPolicy, colour: string, group: number): string;
  readonly alone: string;
  readonly keep: string;
  readonly only: string;
  readonly unreadable: string;
  readonly asked: string;
  readonly askedSteps: readonly string[];
  readonly noMatch: string;
  readonly check: string;
  readonly checkText: string;
  readonly lost: string;
  readonly lostCall: string;
  readonly lostToday: string;
  readonly leaving: string;
  readonly leavingText: string;
  readonly bag: string;
  readonly closedOn: string;
  readonly charterWords: string;
  edition(setId: string): string;
  readonly codeAlt: string;
  documentTitle(card: number, count: number, setNumber: number): string;
  markAlt(colour: string, shape: string): string;
}

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const cards = (count: number, colour: string): string =>
  `${inWords(count)} ${colour} card${count === 1 ? '' : 's'}`;

/** "24 Nov 2026". */
export function dateInEnglish(iso: string): string {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Names the groups that have to come together: "both groups", "any two groups". */
function groupsInEnglish(need: number, count: number): string {
  if (need < count) return need === 1 ? 'any one group' : `any ${inWords(need)} groups`;
  return count === 2 ? 'both groups' : `all ${inWords(count)} groups`;
}

function opensInEnglish(policy: PrintedPolicy, colour: string, group: number): string {
  const { groupThreshold: need, groups } = policy;
  const own = groups[group - 1]?.threshold ?? 0;
  const only = groups.length === 1 ? groups[0] : undefined;
  if (only !== undefined) {
    const { threshold, members } = only;
    if (threshold < members) return `Any ${cards(threshold, colour)} open our emergency records.`;
    const all = threshold === 2 ? `both ${colour} cards` : `all ${cards(threshold, colour)}`;
    return capital(`${all} together open our emergency records.`);
  }
  if (groups.every(({ threshold }) => threshold === own)) {
    const each = need === 1 ? 'of any one group' : `each from ${groupsInEnglish(need, groups.length)}`;
    return capital(`${cards(own, colour)} ${each} open our emergency records.`);
  }
  // Groups of unequal weight: the card says what its own group brings, the script says the rest.
  const which = groupsInEnglish(need, groups.length);
  return `Enough ${colour} cards from ${which} open our emergency records. From this group: ${inWords(own)}.`;
}

const ENGLISH: CardStrings = {
  title: (colour, shape) => `${colour.toUpperCase()} ${shape}`,
  issue: (setNumber, created) => `Recovery card, set ${setNumber}, ${dateInEnglish(created)}`,
  card: 'card',
  ofCards: (count) => `of ${count}`,
  holder: 'For',
  group: 'Group',
  opens: opensInEnglish,
  alone: 'This one alone opens nothing.',
  keep: 'Keep it in its bag.',
  only: 'Show this only to the recovery program, or type the rows there.',
  unreadable: 'Unreadable letter? Type ?',
  asked: 'Asked to use it?',
  askedSteps: [
    'Hang up. Call two people on your contact sheet.',
    'Open RECOVER on your USB stick.',
    'Type the six words they read.',
  ],
  noMatch: 'No match: stop. Tell everyone.',
  check: 'Every 90 days',
  checkText: 'Check the bag. Report its number.',
  lost: 'Lost, opened or seen?',
  lostCall: 'Call',
  lostToday: 'today. No blame.',
  leaving: 'Leaving?',
  leavingText: 'Hand it back.',
  bag: 'Bag',
  closedOn: 'Closed on',
  charterWords: 'Charter words',
  edition: (setId) => `holdfast share v1, set ${setId}`,
  codeAlt: 'Square code holding the same 96 symbols as the four rows',
  documentTitle: (card, count, setNumber) => `Recovery card ${card} of ${count}, set ${setNumber}`,
  markAlt: (colour, shape) => `Set mark: ${colour} ${shape}`,
};

/** The languages a card can be printed in. */
export const CARD_STRINGS: { readonly en: CardStrings } = { en: ENGLISH };

export type CardLanguage = keyof typeof CARD_STRINGS;

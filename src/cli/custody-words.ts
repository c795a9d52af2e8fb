// What check-in says: what was noted of a card, what is left of the set, and what to do about it.

import type { Margin } from '../escrow/margin.ts';
import { cardList } from '../escrow/plan-names.ts';
import type { StillOpens } from '../escrow/still-opens.ts';
import type { RegisteredCard, StaffChange } from '../escrow/register.ts';

const FIRST_AGAIN = 'Hold a first ceremony with a new folder today, and seal the vault into it';

const isLeft = ({ seen, retired }: StillOpens): boolean => seen.length + retired.length > 0;

/** What to do after a loss: make a new key, make the same card again, or nothing. */
type Action = 'rekey' | 'remake' | 'new-escrow' | null;

/**
 * A card that was lost or seen may have a copy, and a bag with another number was opened by somebody. Of one
 * that is destroyed no copy is out: the same one can be made again, as long as a quorum is left.
 */
export function actionAfter(
  gone: 'lost' | 'seen' | 'destroyed' | 'other-bag',
  { spare }: Margin,
  left: StillOpens,
): Action {
  if (spare < 0) return isLeft(left) ? 'rekey' : 'new-escrow';
  return gone === 'destroyed' ? 'remake' : 'rekey';
}

export function actionText(action: Action): string | undefined {
  switch (action) {
    case 'rekey':
      return 'Make a new key and new cards soon (holdfast ceremony rekey): a card that is out may have a copy. Old cards still open old packages; only changed passwords help there.';
    case 'remake':
      return 'A quorum can make the same card again, with the same number: no copy of it is out.';
    case 'new-escrow':
      return `${FIRST_AGAIN}: no quorum can be counted on.`;
    case null:
      return undefined;
  }
}

/** Where the good cards make no quorum, and cards that still give the key may be in hand. */
export function lastWayText({ seen, retired }: StillOpens): string {
  const cards = [
    ...(seen.length === 0 ? [] : [`${cardList(seen)} of this set with the good ones`]),
    ...(retired.length === 0
      ? []
      : [
          `the cards of the retired ${retired.length === 1 ? 'set' : 'sets'} ${retired.join(' and ')} (the same key)`,
        ]),
  ];
  return `Make a new key and new cards today (holdfast ceremony rekey) while these are in hand, for they still open: ${cards.join('; or ')}. Only without them: ${FIRST_AGAIN}.`;
}

const CHANGE_WORDS: Readonly<Record<StaffChange['change'], string>> = {
  joined: 'the holder of card N joined another team, household or office',
  left: 'the holder of card N left',
  role: 'the holder of card N has another role',
  other: 'something changed about the holder of card N',
};

const CHANGE_STEPS: Readonly<Record<StaffChange['change'], string>> = {
  joined:
    'See that no quorum sits in one place or team now; then check the card in, or give it to another holder.',
  left: 'Get the bag back in person, read its number, and record who holds it now: --holder NAME --bag ID. If it does not come back: --state lost.',
  role: 'See that no quorum sits in one place or team now; then check the card in, or give it to another holder.',
  other:
    'Talk to the holder, and decide who holds the card from now on; then check it in, or give it to another holder.',
};

/** Of a card that no bag was noted of. */
const LEFT_WITHOUT_BAG =
  'Get the card back in person, closed, and record who holds it now: --holder NAME, and --bag ID once it is in a bag. If it does not come back: --state lost.';

/** @param due - ISO date. @param bag - Of the card. */
export function changeText(
  { card, change }: StaffChange,
  { due, bag }: { readonly due: string; readonly bag: string | null },
): string {
  const what = CHANGE_WORDS[change].replace('N', String(card));
  const step = change === 'left' && bag === null ? LEFT_WITHOUT_BAG : CHANGE_STEPS[change];
  return `Noted: ${what}. To be dealt with by ${due}.\n${step}`;
}

/** The paper that is gone, or back, is not the only copy. The file stays with whoever held the card when it was made. */
export function sealedFileText(
  { card, sealedFile }: RegisteredCard,
  news: 'gone' | 'handed-on',
): string | undefined {
  if (typeof sealedFile !== 'string') return undefined;
  const also = `The rows of card ${card} are also in ${sealedFile}, sealed to a key of whoever held it when it was made`;
  return news === 'gone'
    ? `${also}: opened with that key it still counts. When the set is replaced, every copy of it is to be deleted too.`
    : `${also}: a second copy, which nobody hands back with the paper. See every copy of it deleted; where nobody can be sure, count the card as seen: --state seen.`;
}

/** What whoever leaves takes along in the head. */
export const lockTakenText = ({ card, lock }: RegisteredCard): string | undefined =>
  lock === 'passphrase'
    ? `Card ${card} is locked by a passphrase that whoever held it chose: in other hands it opens nothing. Do not ask for the passphrase; hold a reissue, so that the new holder has a card of their own.`
    : undefined;

/** Where the papers make no quorum any more. */
export const filesLeftText = (cards: readonly number[]): string =>
  `Sealed files still hold the rows of ${cardList(cards)}: try with them before the old packages are given up.`;

export const otherBagText = (card: number, closedIn: string, found: string): string =>
  [
    `Card ${card} was closed in bag ${closedIn}, and its bag is ${found}: somebody may have opened it, so it is not counted on.`,
    `Read the number again. If it was a slip: --bag ${closedIn}. If it was opened on purpose, after a drill: --bag ${found} --rebagged. Otherwise: --state seen.`,
  ].join('\n');

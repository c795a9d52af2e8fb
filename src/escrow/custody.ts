// The rules of custody in one place: which cards count, when each has to be heard of again, and when a
// change among the people has to be dealt with. Requirements K1 to K6. Time is passed in.

import type { Register, RegisteredCard, StaffChange } from './register.ts';

const DAY_MS = 86_400_000;

/** Level 1: its holder looks at the bag and reports its number. */
const CHECK_IN_DAYS = 90;
/** A card that nobody heard of for so long is counted as lost by whoever plans for the worst. */
export const LOST_AFTER_DAYS = 180;
/** Level 2: the paper itself is read, on its holder's device. */
export const PROOF_DAYS = 365;
/** A change among the people is dealt with by then. */
export const CHANGE_DAYS = 7;
/** And is grave from then on. */
export const CHANGE_GRAVE_DAYS = 30;

/** Whether a card can be counted on: it is not gone, and its bag is the one that was closed. */
export function isCounted(card: RegisteredCard): boolean {
  return card.state === 'good' && !hasOtherBag(card);
}

/** Whether another number was read on its bag than the one it was closed in, and nobody could say why yet. */
export function hasOtherBag(card: RegisteredCard): boolean {
  return typeof card.otherBag === 'string';
}

/** Cards that exist as a file too, which a key of their holders opens. */
export const cardsAsFiles = (cards: readonly RegisteredCard[]): readonly number[] =>
  cards.filter(({ sealedFile }) => typeof sealedFile === 'string').map(({ card }) => card);

/** When anything was last heard of a card. */
export function lastHeard(card: RegisteredCard): string {
  // Times of one spelling sort as texts.
  return [card.issued, card.proof?.time ?? '', card.heard ?? ''].sort().at(-1) ?? card.issued;
}

const daysAfter = (time: string, days: number): Date => new Date(Date.parse(time) + days * DAY_MS);

/** Whole days from a time to a moment. */
export const daysSince = (time: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(time)) / DAY_MS);

/** By when its holder looks at the bag again. */
export const checkInDue = (card: RegisteredCard): Date => daysAfter(lastHeard(card), CHECK_IN_DAYS);

/** Whether nothing was heard of it for too long: from the day after the last one on which it was due. */
export const isOverdue = (card: RegisteredCard, now: Date): boolean =>
  daysSince(lastHeard(card), now) > CHECK_IN_DAYS;

/** By when the paper is read again; of a card that was never read back, since it was made. */
export const proofDue = (card: RegisteredCard): Date =>
  card.proof === null ? daysAfter(card.issued, 0) : daysAfter(card.proof.time, PROOF_DAYS);

export const changeDue = ({ time }: StaffChange): Date => daysAfter(time, CHANGE_DAYS);

export const openChanges = (register: Register): readonly StaffChange[] => register.changes ?? [];

/** The register with one change more; the same one told twice keeps its first day. */
export function withStaffChange(register: Register, change: StaffChange): Register {
  const open = openChanges(register);
  const isKnown = open.some((known) => known.card === change.card && known.change === change.change);
  return isKnown ? register : { ...register, changes: [...open, change] };
}

/**
 * The register after news of a card. Who left is dealt with when it is known who holds the card now, or that
 * nobody does; for the others it is enough that the holder was spoken to.
 */
export function withChangesSettled(register: Register, card: number, by: 'holder' | 'check-in'): Register {
  const open = openChanges(register);
  const stays = (change: StaffChange): boolean =>
    change.card !== card || (by === 'check-in' && change.change === 'left');
  return open.every(stays) ? register : { ...register, changes: open.filter(stays) };
}

// Which cards of a plan may go to one and the same person, and which are reached by one contact. People
// write a name in many ways; a guess here is a question to them, never a refusal.

import type { PlannedCard } from './plan.ts';
import { folded } from './plan-names.ts';

/** Digits of a phone number that tell it from others; what stands before is how it is dialled. */
const TELLING_DIGITS = 9;

/** "Nowak, Łukasz" and "lukasz nowak" are one: its words without accents, whatever their order. */
function nameKey(name: string): string {
  const plain = folded(name)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    // Letters that Unicode does not take apart.
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? [plain]).sort().join(' ');
}

/** A phone number or address as it is compared; a contact may hold several, between commas. */
function contactKeys(contact: string): string[] {
  const parts = folded(contact).split(/[,;]/);
  return parts.map((part) => {
    const digits = part.replaceAll(/\D/g, '');
    const isPhone = digits.length >= 6 && !/[\p{L}@]/u.test(part);
    return isPhone ? digits.slice(-TELLING_DIGITS) : part.trim();
  });
}

/** Cards that share a key, in the order of card numbers. */
function alike(
  cards: readonly PlannedCard[],
  keysOf: (card: PlannedCard) => readonly string[],
): PlannedCard[][] {
  const groups = new Map<string, PlannedCard[]>();
  for (const card of cards) {
    for (const key of new Set(keysOf(card))) {
      if (key !== '') groups.set(key, [...(groups.get(key) ?? []), card]);
    }
  }
  // Two who share a phone and an address are one finding.
  const distinct = new Map(
    [...groups.values()].map((group) => [group.map(({ card }) => card).join(), group]),
  );
  return [...distinct.values()].filter((group) => group.length > 1);
}

export function samePeople(cards: readonly PlannedCard[]): PlannedCard[][] {
  return alike(cards, ({ trustee }) => [nameKey(trustee.name)]);
}

export function sameContacts(cards: readonly PlannedCard[]): PlannedCard[][] {
  return alike(cards, ({ trustee }) => (trustee.contact === undefined ? [] : contactKeys(trustee.contact)));
}

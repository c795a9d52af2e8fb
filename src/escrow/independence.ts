// Whether one fire, one family or one boss is enough: the rules of docs/ops/plan.md about the people of a
// plan. Numbers of cards are judged elsewhere; here it is who they are to each other. What a plan does not
// say is not judged, and one finding says so.

import type { Finding } from '../core/finding.ts';
import { isQuorum } from '../core/share/policy.ts';
import { cardList, folded } from './plan-names.ts';
import type { Plan, PlannedCard, Trustee } from './plan.ts';
import { sameContacts, samePeople } from './same-person.ts';

/** A plan's word for "each in their own home". */
const OWN_HOME = 'home';

/** Cards by what their trustees have in common; those without it are in no group. */
function cardsBy(
  cards: readonly PlannedCard[],
  keyOf: (trustee: Trustee) => string | undefined,
): Map<string, PlannedCard[]> {
  const groups = new Map<string, PlannedCard[]>();
  for (const card of cards) {
    const key = keyOf(card.trustee);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), card]);
  }
  return groups;
}

const foldedOr = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : folded(text);

/** Two people at "home" are in two buildings, unless they share a household. */
function placeKey({ name, place, household }: Trustee): string | undefined {
  const key = foldedOr(place);
  return key === OWN_HOME ? `${OWN_HOME} of ${folded(household ?? name)}` : key;
}

const numbersOf = (cards: readonly PlannedCard[]): number[] => cards.map(({ card }) => card);

/** Everybody who is above somebody, with the cards of those below and their own. */
function chainsOfCommand(plan: Plan): Map<string, { boss: string; cards: PlannedCard[] }> {
  const { cards } = plan;
  const bossOf = new Map(cards.map(({ trustee }) => [folded(trustee.name), foldedOr(trustee.reportsTo)]));
  const chains = new Map<string, { boss: string; cards: PlannedCard[] }>();
  for (const card of cards) {
    const passed = new Set<string>();
    // A circle of people who report to each other ends where it began.
    for (let at: string | undefined = folded(card.trustee.name); at !== undefined && !passed.has(at);) {
      passed.add(at);
      at = bossOf.get(at);
    }
    for (const name of passed) {
      const chain = chains.get(name) ?? { boss: nameIn(plan, name), cards: [] };
      chains.set(name, { ...chain, cards: [...chain.cards, card] });
    }
  }
  return chains;
}

/** A person's name as the plan writes it. */
function nameIn(plan: Plan, key: string): string {
  const names = plan.cards.flatMap(({ trustee }) => [trustee.name, trustee.reportsTo ?? trustee.name]);
  return names.find((name) => folded(name) === key) ?? key;
}

/** Everything about the people of a plan that should be otherwise. */
export function independenceFindings(plan: Plan): Finding[] {
  return [
    ...placeFindings(plan),
    ...householdFindings(plan),
    ...teamFindings(plan),
    ...chainFindings(plan),
    ...outsideFindings(plan),
    ...personFindings(plan),
    ...untoldFindings(plan),
  ];
}

/** Groups in which those together are a quorum. */
const quorumsIn = (plan: Plan, groups: Iterable<PlannedCard[]>): PlannedCard[][] =>
  [...groups].filter((cards) => isQuorum(plan.policy, numbersOf(cards)));

function placeFindings(plan: Plan): Finding[] {
  const places = [...cardsBy(plan.cards, placeKey).values()];
  const together = quorumsIn(plan, places);
  const nameOf = ([card]: readonly PlannedCard[]): string => card?.trustee.place ?? '';
  const blocking = places.filter((cards) => {
    const rest = plan.cards.filter((card) => !cards.includes(card));
    return cards.length > 1 && !together.includes(cards) && !isQuorum(plan.policy, numbersOf(rest));
  });
  return [
    ...together.map((cards): Finding => ({
      code: 'plan-quorum-in-one-place',
      severity: 'error',
      message: `one place holds enough cards to open the escrow: ${cardList(numbersOf(cards))} at "${nameOf(cards)}"`,
      hint: 'keep some of them elsewhere: a burglar there would need nothing else',
    })),
    ...blocking.map((cards): Finding => ({
      code: 'plan-place-indispensable',
      severity: 'warning',
      message: `without the cards at one place nothing opens: ${cardList(numbersOf(cards))} at "${nameOf(cards)}"`,
      hint: 'keep some of them elsewhere: after a fire there no quorum is left',
    })),
  ];
}

function householdFindings(plan: Plan): Finding[] {
  const households = cardsBy(plan.cards, ({ household }) => foldedOr(household));
  return quorumsIn(plan, households.values()).map((cards) => ({
    code: 'plan-quorum-in-one-household',
    severity: 'error',
    message: `one household holds enough cards to open the escrow: ${cardList(numbersOf(cards))}`,
    hint: 'choose trustees from more households: a family is one burglary, one illness and one quarrel',
  }));
}

function teamFindings(plan: Plan): Finding[] {
  const teams = cardsBy(plan.cards, ({ team }) => foldedOr(team));
  return quorumsIn(plan, teams.values()).map((cards) => ({
    code: 'plan-quorum-in-one-team',
    severity: 'warning',
    message: `one team holds enough cards to open the escrow: ${cardList(numbersOf(cards))} of "${cards[0]?.trustee.team ?? ''}"`,
    hint: 'give some of the cards to people of another team',
  }));
}

/** The shortest chains with a quorum: that whoever is above them has it too goes without saying. */
function chainFindings(plan: Plan): Finding[] {
  const chains = [...chainsOfCommand(plan).values()].filter(
    ({ cards }) => cards.length > 1 && isQuorum(plan.policy, numbersOf(cards)),
  );
  const isSame = (a: PlannedCard[], b: PlannedCard[]): boolean => numbersOf(a).join() === numbersOf(b).join();
  const lowest = chains
    .filter(({ cards }) => {
      const all = new Set(cards);
      return !chains.some(
        (other) => other.cards.length < all.size && other.cards.every((card) => all.has(card)),
      );
    })
    .filter(({ cards }, index, all) => all.findIndex((other) => isSame(other.cards, cards)) === index);
  return lowest.map(({ boss, cards }) => ({
    code: 'plan-quorum-in-one-chain',
    severity: 'warning',
    message: `one person's word is enough: ${boss} is above, or holds, ${cardList(numbersOf(cards))}`,
    hint: 'need one more card, or give some to people who do not take orders there',
  }));
}

function outsideFindings({ cards }: Plan): Finding[] {
  const isTold = cards.some(({ trustee }) => trustee.outside !== undefined);
  if (!isTold || cards.some(({ trustee }) => trustee.outside === true)) return [];
  return [
    {
      code: 'plan-nobody-outside',
      severity: 'warning',
      message: 'no trustee is outside the company',
      hint: 'give a card to a lawyer, an accountant or a fellow firm: what stops the company should not stop them',
    },
  ];
}

function personFindings({ cards }: Plan): Finding[] {
  const people = samePeople(cards).map((pair): Finding => ({
    code: 'plan-same-person',
    severity: 'warning',
    message: `${cardList(numbersOf(pair))} may go to one person: ${pair.map(({ trustee }) => `"${trustee.name}"`).join(' and ')}`,
    hint: 'one person with two cards is one step nearer to a quorum; if they are two, write the names so that they differ',
  }));
  const contacts = sameContacts(cards).map((group): Finding => ({
    code: 'plan-same-contact',
    severity: 'warning',
    message: `${cardList(numbersOf(group))} are reached by one and the same contact`,
    hint: 'ask each for a way that works when the others do not',
  }));
  return [...people, ...contacts];
}

/** Fields the rules need, by what they are called in a plan. */
const JUDGED_FIELDS = ['contact', 'place', 'household', 'team', 'reportsTo', 'outside'] as const;

function untoldFindings({ cards }: Plan): Finding[] {
  const untold = JUDGED_FIELDS.filter((field) => cards.every(({ trustee }) => trustee[field] === undefined));
  if (untold.length === 0) return [];
  return [
    {
      code: 'plan-not-judged',
      severity: 'info',
      message: `the plan says nothing of: ${untold.join(', ')}`,
      hint: 'what a plan does not say is not judged; docs/ops/plan.md tells what each field is for',
    },
  ];
}

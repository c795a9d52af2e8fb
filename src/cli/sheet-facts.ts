// What is printed on the sheets, gathered: the register of this machine, the charter that it trusts, and the
// contacts and clients in the plan folder of the home.

import { basename } from 'node:path';
import { readBounded } from '../adapters/read-file.ts';
import { LIMITS } from '../core/limits.ts';
import { setMark } from '../core/share/set.ts';
import { markName } from '../escrow/card-verdict.ts';
import { decodeContacts, type Contacts } from '../escrow/contacts.ts';
import { checkInDue, hasOtherBag, isCounted, isOverdue, lastHeard, proofDue } from '../escrow/custody.ts';
import { marginOf, type Margin } from '../escrow/margin.ts';
import type { Register, RegisteredCard } from '../escrow/register.ts';
import type { EmergencyFacts } from '../paper/sheets/emergency.ts';
import type { SheetCard, SheetFacts } from '../paper/sheets/facts.ts';
import { decodeClients } from '../vault/clients-file.ts';
import type { Client } from '../vault/client.ts';
import { openTrusted, registerOf } from './escrow-access.ts';
import type { Session } from './session.ts';

export interface Gathered {
  readonly facts: SheetFacts;
  readonly cards: readonly SheetCard[];
  readonly register: Register;
  readonly margin: Margin;
  readonly clients: readonly Client[];
}

const dayOf = (time: string): string => time.slice(0, 10);

/** "overdue" where a card is good and was not heard of in time; the register itself keeps no such state. */
function stateOf(card: RegisteredCard, now: Date): string {
  if (hasOtherBag(card)) return 'bag differs';
  return card.state === 'good' && isOverdue(card, now) ? 'overdue' : card.state;
}

/** A bag that differs was opened by nobody knows whom, and one that was opened for a proof since is not as it was handed over. */
function receivedBy(card: RegisteredCard): SheetCard['received'] {
  const { handedOver, proof } = card;
  // What was read later was not read before the eyes of its holder at the ceremony.
  if (typeof handedOver !== 'string') return proof?.at === 'ceremony' ? 'ceremony' : 'unread';
  return hasOtherBag(card) || (proof !== null && proof.time > handedOver) ? 'unread' : 'handover';
}

function sheetCard(card: RegisteredCard, now: Date): SheetCard {
  // What was due before today is due today.
  const due = (date: Date): string => dayOf((date < now ? now : date).toISOString());
  return {
    card: card.card,
    holder: card.holder,
    contact: card.contact,
    place: card.place,
    group: card.group,
    bag: card.bag,
    isLocked: card.lock === 'passphrase',
    sealedFile: card.sealedFile ?? null,
    isHandedOver: typeof card.handedOver === 'string',
    received: receivedBy(card),
    issued: dayOf(card.issued),
    heard: dayOf(lastHeard(card)),
    proof: card.proof && dayOf(card.proof.time),
    checkInDue: due(checkInDue(card)),
    proofDue: due(proofDue(card)),
    state: stateOf(card, now),
  };
}

/** @throws {@link EscrowError} `check-in.no-register`, `contacts.field`, `vault.clients`, as openTrusted. */
export async function gatherSheets(session: Session, dir: string): Promise<Gathered> {
  const escrow = await openTrusted(session, dir);
  const { pins, charter } = escrow;
  const register = await registerOf(session, escrow, dir);
  const files = await session.home.planFiles(pins.escrow);
  const now = session.io.now();
  const { number } = register.set;
  return {
    facts: {
      organisation: register.organisation,
      language: register.language ?? 'en',
      printed: dayOf(now.toISOString()),
      mark: markName(setMark(number)),
      setNumber: number,
      cardCount: register.cards.length,
      contacts: await contactsIn(session, files),
      wrap: register.cards.filter(isCounted).every(({ bag }) => bag !== null) ? 'bag' : 'unknown',
      hasLocks: register.cards.some(({ lock }) => lock === 'passphrase'),
    },
    cards: register.cards.map((card) => sheetCard(card, now)),
    register,
    margin: marginOf(charter.policy, register),
    clients: await clientsIn(files),
  };
}

/** Cards that are not gone: only their holders can be called, and only they get a reminder. */
export const cardsCounted = ({ cards, register }: Gathered): readonly SheetCard[] =>
  cards.filter((_, index) => {
    const entry = register.cards[index];
    return entry !== undefined && isCounted(entry);
  });

/** What stands on the sheet for the first quarter of an hour. */
export function emergencyFacts(found: Gathered): EmergencyFacts {
  const tiers = [...new Set(found.clients.map(({ tier }) => tier))].sort((a, b) => a - b);
  return {
    ...found.facts,
    needed: found.margin.needed,
    trustees: cardsCounted(found),
    tiers: tiers.map((tier) => ({
      tier,
      names: found.clients.filter((client) => client.tier === tier).map(({ name }) => name),
    })),
  };
}

async function contactsIn(session: Session, files: readonly string[]): Promise<Contacts> {
  const path = files.find((file) => basename(file) === 'contacts.yaml');
  if (path === undefined) {
    session.say('there is no plan/contacts.yaml in the home: names and numbers are lines for a pen');
    return {};
  }
  return decodeContacts(await readBounded(path, LIMITS.planBytes));
}

async function clientsIn(files: readonly string[]): Promise<readonly Client[]> {
  const path = files.find((file) => basename(file) === 'clients.yaml');
  return path === undefined ? [] : decodeClients(await readBounded(path, LIMITS.clientsBytes));
}

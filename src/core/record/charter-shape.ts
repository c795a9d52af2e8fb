// What a charter's text must look like, and what its fields must say of each other
// (docs/spec/charter.md). What needs a digest or a key is checked in charter.ts.

import { decodeHybridRecipient } from '../age/keys.ts';
import { EscrowError, isEscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { assertPolicy, cardPositions } from '../share/policy.ts';
import type { Charter, CharterCard } from './charter.ts';
import type { DocumentKind } from './json.ts';
import { decodePublicKey, publicKeyLine } from './minisign.ts';
import { decodable, hex, instant, integer, list, literal, nullable, object, type Place } from './shape.ts';

const index = integer(1, LIMITS.cards);

const fields = object<Charter>({
  type: literal('holdfast charter v1'),
  escrow: hex(8),
  number: integer(1, LIMITS.chartersInChain),
  created: instant,
  charterKey: publicKeyLine,
  recipient: decodable('an age1pq1 recipient', decodeHybridRecipient),
  set: object<Charter['set']>({ number: index, id: hex(9) }),
  policy: object<Charter['policy']>({
    groupThreshold: integer(1, LIMITS.groups),
    groups: list(
      object<Charter['policy']['groups'][number]>({ threshold: index, members: index }),
      LIMITS.groups,
    ),
  }),
  cards: list(
    object<CharterCard>({ card: index, group: index, member: index, commitment: hex(32), proofKey: hex(32) }),
    LIMITS.cards,
  ),
  sealers: list(publicKeyLine, LIMITS.sealers),
  previous: nullable(hex(32)),
});

/** The charter among signed documents. */
export const CHARTER_KIND: DocumentKind<Charter> = {
  what: 'charter',
  type: 'holdfast charter v1',
  maxBytes: LIMITS.charterBytes,
  refuse: (reason) => {
    throw new EscrowError('charter.format', { reason });
  },
  shape: (value, place) => {
    const charter = fields(value, place);
    assertChainEnd(charter, place);
    assertCards(charter, place);
    assertDistinct(charter, place);
    return charter;
  },
};

function assertChainEnd(charter: Charter, place: Place): void {
  if ((charter.previous === null) !== (charter.number === 1)) {
    place.refuse('previous is null in the first charter and in no other');
  }
  if (Number.parseInt(charter.set.id.slice(0, 2), 16) !== charter.set.number) {
    place.refuse('set.id does not begin with set.number');
  }
}

/** The cards are exactly those of the policy, in card order. */
function assertCards({ policy, cards }: Charter, place: Place): void {
  try {
    assertPolicy(policy);
  } catch (error) {
    if (!isEscrowError(error, 'share.policy')) throw error;
    place.refuse(`policy cannot stand: ${error.facts.reason}`);
  }
  const positions = cardPositions(policy);
  const same =
    positions.length === cards.length &&
    positions.every(({ card, group, member }, at) => {
      const stated = cards[at];
      return stated?.card === card && stated.group === group && stated.member === member;
    });
  if (!same) place.refuse('cards are not those of the policy in order');
}

/** Two cards with one commitment are copies of one card, and a quorum would count it twice. */
function assertDistinct({ cards, sealers }: Charter, place: Place): void {
  const assertUnique = (what: string, values: readonly string[]): void => {
    if (new Set(values).size !== values.length) place.refuse(`${what} are not distinct`);
  };
  assertUnique(
    'commitments',
    cards.map((card) => card.commitment),
  );
  assertUnique(
    'proof keys',
    cards.map((card) => card.proofKey),
  );
  assertUnique(
    'sealers',
    sealers.map((line) => decodePublicKey(line).join()),
  );
}

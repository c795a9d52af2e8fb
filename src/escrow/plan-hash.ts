// The hash of a plan, and its six words (docs/spec/plan.md): people agree on words, and a ceremony refuses
// a plan that has others. It is over what the plan says, not over its file: spelling, comments and the
// order of fields do not matter.

import { concatBytes, encodeHex, encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { decodeWords, digestWords } from '../core/record/words.ts';
import type { Plan, Trustee } from './plan.ts';

const TYPE = 'holdfast plan v1';
const HASH_HEX = /^[0-9a-f]{64}$/;

interface PlanHash {
  /** 64 hex digits. */
  readonly hash: string;
  readonly words: readonly string[];
}

/** The one spelling of what a plan says. Every field is there; what was not given is null. */
export function planDocument(plan: Plan): Bytes {
  const document = {
    type: TYPE,
    organisation: spelled(plan.organisation),
    lead: spelled(plan.lead),
    witness: spelled(plan.witness),
    paper: plan.paper,
    // What was agreed does not change with the cards it follows.
    language: plan.isLanguageNamed ? plan.language : 'en',
    groupThreshold: plan.policy.groupThreshold,
    groups: plan.policy.groups.map(({ threshold }, index) => {
      const cards = plan.cards.filter(({ group }) => group === index + 1);
      const name = spelled(cards[0]?.groupName);
      return { name, threshold, trustees: cards.map(({ trustee }) => personOf(trustee)) };
    }),
  };
  return encodeUtf8(`${JSON.stringify(document, null, 2)}\n`);
}

function personOf(trustee: Trustee): object {
  const { name, contact, place, household, team, reportsTo, outside, reachable, lock, encryptTo } = trustee;
  return {
    name: spelled(name),
    contact: spelled(contact),
    place: spelled(place),
    household: spelled(household),
    team: spelled(team),
    reportsTo: spelled(reportsTo),
    outside: outside ?? null,
    // Documents hold whole numbers only.
    reachable: reachable === undefined ? null : Math.round(reachable * 1000),
    // Named only where it is said: plans of before keep their hashes.
    ...(lock === undefined ? {} : { lock }),
    ...(encryptTo === undefined ? {} : { encryptTo }),
  };
}

/** Two machines may write "é" in two ways; people see one letter. */
function spelled(text: string | undefined): string | null {
  return text === undefined ? null : text.normalize('NFC');
}

export function planHash(crypto: CryptoPort, plan: Plan): PlanHash {
  const digest = crypto.blake2b(32, concatBytes(encodeUtf8(TYPE), planDocument(plan)));
  return { hash: encodeHex(digest), words: digestWords(digest) };
}

/**
 * Refuses a plan that is not the agreed one.
 *
 * @param agreed - Six words as people type them, or the 64 digits of the hash.
 * @throws {@link EscrowError} `plan.not-agreed`; `words.format` when it is neither words nor a hash.
 */
export function assertPlanIs(crypto: CryptoPort, plan: Plan, agreed: string): void {
  const { hash, words } = planHash(crypto, plan);
  const typed = agreed.trim().toLowerCase();
  const isHash = HASH_HEX.test(typed);
  const expected = isHash ? typed : decodeWords(agreed, 'plan').join(' ');
  const found = isHash ? hash : words.join(' ');
  if (expected !== found) throw new EscrowError('plan.not-agreed', { agreed: expected, found });
}

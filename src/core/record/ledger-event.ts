// What can happen to an escrow, as the ledger tells it (docs/spec/ledger.md, "Events"). The list of
// events is closed; each has facts it must state, and may state more, as long as they are flat: a later
// program adds facts without making an earlier one blind. Names of people never stand here.

import { LIMITS } from '../limits.ts';
import { below, hex, integer, isObject, list, oneOf, type Place, type Shape } from './shape.ts';

/** A fact's value. Numbers are whole, so that every language spells them alike. */
export type FactValue = string | number | boolean | readonly string[];

/** Facts by name: letters and digits, first a lower-case letter. */
export type FlatFacts = Readonly<Record<string, FactValue>>;

/** The facts each event must state. Hashes are SHA-256 as 64 hex digits. */
export interface LedgerFacts {
  /** A charter was signed; `number` is its number, `charter` its hash. */
  ceremony: { readonly kind: 'new' | 'reissue' | 'rekey'; readonly charter: string; readonly number: number };
  /** A machine was taught this charter by its words. */
  enrol: { readonly charter: string };
  /** A package was made; `record` is the hash of its record. */
  seal: { readonly sequence: number; readonly record: string };
  /** What is known of one card; `heard`: somebody says that it is there, its paper was not read. */
  'check-in': {
    readonly card: number;
    readonly state: 'good' | 'readable' | 'heard' | 'lost' | 'seen' | 'destroyed';
  };
  /** A quorum opened a package for real; `package` is the hash of the package file. */
  opened: { readonly package: string };
  /** A quorum rehearsed; `milliseconds` from the first card to the open vault. */
  drill: { readonly package: string; readonly milliseconds: number };
  /** The escrow was verified. */
  verify: { readonly findings: number };
  /** What becomes of a package that cards of a retired set still open. */
  retire: {
    readonly set: string;
    readonly package: string;
    readonly decision: 'accepted' | 'destroyed';
    readonly reason: string;
  };
  /** Something a person wants on record, an exception at a ceremony for one. */
  note: { readonly text: string };
}

export type LedgerEventName = keyof LedgerFacts;

/** An event with its facts, required ones typed, further ones flat. */
export type LedgerEvent = {
  [E in LedgerEventName]: { readonly event: E; readonly facts: LedgerFacts[E] & FlatFacts };
}[LedgerEventName];

const hash = hex(32);
const whole = integer(0, Number.MAX_SAFE_INTEGER);

/** Text for people. No control characters: a ledger is printed on terminals. No half characters either. */
const factText: Shape<string> = (value, place) =>
  typeof value === 'string' && value.length <= LIMITS.ledgerFactChars && !/[^\P{Cc}\n\t]|\p{Cs}/u.test(value)
    ? value
    : place.refuse(`${place.path} is not plain text of at most ${LIMITS.ledgerFactChars} characters`);

const REQUIRED: {
  readonly [E in LedgerEventName]: { readonly [K in keyof LedgerFacts[E]]: Shape<LedgerFacts[E][K]> };
} = {
  ceremony: { kind: oneOf(['new', 'reissue', 'rekey']), charter: hash, number: whole },
  enrol: { charter: hash },
  seal: { sequence: whole, record: hash },
  'check-in': {
    card: integer(1, LIMITS.cards),
    state: oneOf(['good', 'readable', 'heard', 'lost', 'seen', 'destroyed']),
  },
  opened: { package: hash },
  drill: { package: hash, milliseconds: whole },
  verify: { findings: whole },
  retire: { set: hex(9), package: hash, decision: oneOf(['accepted', 'destroyed']), reason: factText },
  note: { text: factText },
};

/** Every event name there is. */
export const LEDGER_EVENTS: readonly LedgerEventName[] = Object.keys(REQUIRED) as LedgerEventName[];

function factValue(value: unknown, place: Place): FactValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number')
    return integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)(value, place);
  return Array.isArray(value) ? list(factText, LIMITS.ledgerFactTexts)(value, place) : factText(value, place);
}

/** Flat facts under any names, sorted by name: their one order in the text. */
export const flatFacts: Shape<FlatFacts> = (value, place) => {
  if (!isObject(value)) return place.refuse(`${place.path} is not an object`);
  const names = Object.keys(value).sort();
  if (names.length > LIMITS.ledgerFacts)
    return place.refuse(`${place.path} has more than ${LIMITS.ledgerFacts} facts`);
  const facts = names.map((name) => {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name))
      return place.refuse(`${place.path} has a name that is not one`);
    return [name, factValue(value[name], below(place, `.${name}`))] as const;
  });
  return Object.fromEntries(facts);
};

/** Refuses an event that does not state its facts. */
export function assertRequiredFacts(event: LedgerEventName, facts: FlatFacts, place: Place): void {
  for (const [name, shape] of Object.entries<Shape<unknown>>(REQUIRED[event])) {
    if (!Object.hasOwn(facts, name)) place.refuse(`${place.path}.${name} is missing`);
    shape(facts[name], below(place, `.${name}`));
  }
}

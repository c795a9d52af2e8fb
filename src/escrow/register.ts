// Who holds which card, and when it last proved itself. Private to the home: names and contacts never
// enter the escrow folder. Format: docs/spec/register.md.

import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LANGUAGES } from '../core/languages.ts';
import type { Language } from '../core/languages.ts';
import { LIMITS } from '../core/limits.ts';
import { SHORT_TEXT } from '../core/plain-text.ts';
import { decodeDocument, encodeDocument } from '../core/record/json.ts';
import type { DocumentKind } from '../core/record/json.ts';
import {
  hex,
  instant,
  integer,
  list,
  literal,
  nullable,
  object,
  oneOf,
  pattern,
} from '../core/record/shape.ts';

const CARD_STATES = ['good', 'lost', 'seen', 'destroyed'] as const;
const LOCKS = ['passphrase'] as const;
const PROOFS = ['ceremony', 'response'] as const;

/** What changed about a trustee: `joined` a team or a household, `left`, another `role`, or `other`: a falling-out for one. */
export const STAFF_CHANGES = ['joined', 'left', 'role', 'other'] as const;

export type RegisteredState = (typeof CARD_STATES)[number];

/** A change that nobody has dealt with yet. */
export interface StaffChange {
  readonly card: number;
  readonly change: (typeof STAFF_CHANGES)[number];
  readonly time: string;
}

/**
 * Where the paper was read in full, its code and its rows: at the ceremony, or on its holder's device,
 * where `prove` answers only after a scan and a typed row, or all four rows.
 */
type ProofPlace = (typeof PROOFS)[number];

export interface CardProof {
  readonly time: string;
  readonly at: ProofPlace;
}

export interface RegisteredCard {
  readonly card: number;
  readonly holder: string;
  readonly contact: string | null;
  readonly place: string | null;
  readonly group: string | null;
  readonly state: RegisteredState;
  readonly bag: string | null;
  readonly issued: string;
  /** The last time the paper itself was read; null while unproven. */
  readonly proof: CardProof | null;
  /** When its holder last said that it is there: a bag number, a handover, a response. */
  readonly heard: string | null;
  /** A challenge given out and not yet answered, 64 hex digits. */
  readonly challenge: string | null;
  /** The number that was read on its bag, where that is not the one it was closed in. */
  readonly otherBag?: string | null;
  /** By a passphrase that only its holder knows. */
  readonly lock?: 'passphrase' | null;
  /**
   * The name of the file with its rows that was sealed to a key of its holder. It stays noted: nobody can show that
   * every copy of a file is gone.
   */
  readonly sealedFile?: string | null;
  /** When it was told that the card is lost, seen or destroyed. */
  readonly goneSince?: string | null;
  /** When it went to somebody else than the one before, since it was made. */
  readonly handedOver?: string | null;
}

interface RegisteredSet {
  readonly set: { readonly number: number; readonly id: string };
  readonly cards: readonly RegisteredCard[];
}

/** A set that another took the place of. Its cards may still be somewhere, and may still open something. */
export interface RetiredSet extends RegisteredSet {
  readonly retired: string;
  /** As they stood in the register of that set; absent where nobody noted them. */
  readonly organisation?: string;
  readonly language?: Language;
  readonly changes?: readonly StaffChange[];
}

export interface Register extends RegisteredSet {
  readonly type: 'holdfast register v1';
  readonly escrow: string;
  readonly organisation: string;
  /** Of its cards; absent: English. */
  readonly language?: Language;
  /** The oldest first; absent before the first set was replaced. */
  readonly retired?: readonly RetiredSet[];
  /** Absent in a register of before there were any. */
  readonly changes?: readonly StaffChange[];
}

const text = pattern('a short text', SHORT_TEXT);

/** Whether a text may stand in the register. */
export function isShortText(value: string): boolean {
  return SHORT_TEXT.test(value);
}

function registerKind(path: string): DocumentKind<Register> {
  return {
    what: 'register',
    type: 'holdfast register v1',
    maxBytes: LIMITS.registerBytes,
    refuse: (reason) => {
      throw new EscrowError('home.format', { path, reason });
    },
    shape: object<Register>({ ...head, retired: list(retired, LIMITS.cards), changes }, [
      'language',
      'retired',
      'changes',
    ]),
  };
}

const cards = list(
  object<RegisteredCard>(
    {
      card: integer(1, LIMITS.cards),
      holder: text,
      contact: nullable(text),
      place: nullable(text),
      group: nullable(text),
      state: oneOf(CARD_STATES),
      bag: nullable(text),
      issued: instant,
      proof: nullable(object<CardProof>({ time: instant, at: oneOf(PROOFS) })),
      heard: nullable(instant),
      challenge: nullable(hex(32)),
      otherBag: nullable(text),
      lock: nullable(oneOf(LOCKS)),
      sealedFile: nullable(text),
      goneSince: nullable(instant),
      handedOver: nullable(instant),
    },
    ['otherBag', 'lock', 'sealedFile', 'goneSince', 'handedOver'],
  ),
  LIMITS.cards,
);

const set = object<Register['set']>({ number: integer(1, LIMITS.cards), id: hex(9) });
const language = oneOf(LANGUAGES);
const head = {
  type: literal('holdfast register v1'),
  escrow: hex(8),
  organisation: text,
  language,
  set,
  cards,
};
const changes = list(
  object<StaffChange>({
    card: integer(1, LIMITS.cards),
    change: oneOf(STAFF_CHANGES),
    time: instant,
  }),
  LIMITS.cards * STAFF_CHANGES.length,
);
const retired = object<RetiredSet>({ set, cards, retired: instant, organisation: text, language, changes }, [
  'organisation',
  'language',
  'changes',
]);

export function encodeRegister(register: Register): Bytes {
  return encodeDocument(registerKind('register.json'), register);
}

/**
 * @param path - Where the file lies, for the refusal.
 * @throws {@link EscrowError} `home.format`, `record.version`.
 */
export function decodeRegister(bytes: Uint8Array, path: string): Register {
  return decodeDocument(registerKind(path), bytes);
}

/** Whether a card was ever read back from paper. */
export function isProven(card: RegisteredCard): boolean {
  return card.proof !== null;
}

/** The register with one card changed. */
export function withCard(register: Register, card: number, change: Partial<RegisteredCard>): Register {
  return { ...register, ...changed(register, card, change) };
}

/**
 * The register as it stands for the set that is in force. A ceremony writes its register before its charter; one
 * that was killed in between retired nothing.
 *
 * @param setId - Of the charter in force.
 * @returns undefined when it is of other sets only: what it says of their cards is not about these.
 */
export function registerInForce(register: Register, setId: string): Register | undefined {
  if (register.set.id === setId) return register;
  const retired = register.retired ?? [];
  const at = retired.findIndex(({ set: old }) => old.id === setId);
  const found = retired[at];
  if (!found) return undefined;
  const before = retired.slice(0, at);
  return {
    type: register.type,
    escrow: register.escrow,
    organisation: found.organisation ?? register.organisation,
    ...(found.language ? { language: found.language } : {}),
    set: found.set,
    cards: found.cards,
    ...(before.length > 0 ? { retired: before } : {}),
    ...(found.changes ? { changes: found.changes } : {}),
  };
}

/** A new set in the place of the one before, which is kept as retired. */
export function withNextSet(
  before: Register | undefined,
  next: Omit<Register, 'retired'>,
  retired: string,
): Register {
  if (!before) return next;
  const { set, cards, organisation, language, changes } = before;
  const carried = changesCarried(before, next);
  const old = {
    set,
    cards,
    retired,
    organisation,
    ...(language ? { language } : {}),
    ...(changes ? { changes } : {}),
  };
  const retiredSets = [...(before.retired ?? []), old];
  return { ...next, retired: retiredSets, ...(carried.length > 0 ? { changes: carried } : {}) };
}

/** Changes of people who hold a card of the new set too. Who left is dealt with by the ceremony itself. */
function changesCarried(before: Register, next: RegisteredSet): StaffChange[] {
  const carried = (before.changes ?? []).flatMap(({ card, change, time }) => {
    const holder = before.cards.find((entry) => entry.card === card)?.holder;
    const entry = next.cards.find((candidate) => candidate.holder === holder);
    return entry && change !== 'left' ? [{ card: entry.card, change, time }] : [];
  });
  // Who held two cards is told of once.
  const isFirst = ({ card, change }: StaffChange, at: number): boolean =>
    carried.findIndex((known) => known.card === card && known.change === change) === at;
  return carried.filter(isFirst);
}

/** The register with one card of a retired set changed. */
export function withRetiredCard(
  register: Register,
  setNumber: number,
  card: number,
  change: Partial<RegisteredCard>,
): Register {
  const retired = (register.retired ?? []).map((old) =>
    old.set.number === setNumber ? { ...old, ...changed(old, card, change) } : old,
  );
  return { ...register, retired };
}

const changed = (
  from: RegisteredSet,
  card: number,
  change: Partial<RegisteredCard>,
): Pick<RegisteredSet, 'cards'> => ({
  cards: from.cards.map((entry) => (entry.card === card ? { ...entry, ...change } : entry)),
});

// One card judged by itself: can it be read, does the charter list it, was it given before. What cards come
// to together is quorum.ts's.

import { decodeHex, encodeHex, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import type { EscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { cardCommitment, setMark } from '../core/share/set.ts';
import type { SetMark } from '../core/share/set.ts';
import {
  decodeHead,
  decodeShare,
  isLockedRecord,
  setIdOf,
  shareLabel,
  sharePlace,
} from '../core/share/share-record.ts';
import type { Share, ShareHead } from '../core/share/share-record.ts';
import { decodeShareRows } from '../core/share/share-text.ts';
import type { Repair } from '../core/share/share-text.ts';

/** What a card turned out to be. `good` needs a charter that lists it; without one it is `readable`. */
export type CardState = 'good' | 'readable' | 'unreadable' | 'other-set' | 'already-given' | 'not-listed';

export interface CardVerdict {
  /** Where the card came from: a file name, or "typed". */
  readonly from: string;
  readonly state: CardState;
  /** "card 3", or "group 2 card 1" where no charter tells the number. Empty when unreadable. */
  readonly label: string;
  readonly card?: number;
  /** What the card says of its own place; the group only where there are groups. */
  readonly place?: { readonly group: number | undefined; readonly member: number };
  readonly setId?: string;
  readonly mark?: SetMark;
  readonly repairs: readonly Repair[];
  /** Of a card of another set: the mark of the set that the charter asks for. */
  readonly wanted?: SetMark;
  /** Whether a charter before this one lists it: its set was retired. */
  readonly isRetired?: boolean;
  /** Of a card that its holder locked: whether its passphrase is still to be given. */
  readonly lock?: 'closed' | 'open';
  /** Why a card is unreadable. */
  readonly problem?: EscrowError;
}

/** A card that can be read. Whoever holds it wipes share and record. */
export interface HeldCard {
  readonly verdict: CardVerdict;
  readonly share: Share;
  readonly record: Bytes;
}

/** A card that can be read and says nothing yet: its passphrase is missing. */
export type LockedCard = Omit<HeldCard, 'share'>;

interface ReadRows {
  readonly record: Bytes;
  readonly repairs: readonly Repair[];
}

/** Judges cards by a charter, where there is one. */
export class CardJudge {
  readonly #crypto: CryptoPort;
  readonly #charter: Charter | undefined;
  readonly #before: readonly Charter[];

  /** @param before - The charters before it, where they are there. */
  constructor(crypto: CryptoPort, charter: Charter | undefined, before: readonly Charter[] = []) {
    this.#crypto = crypto;
    this.#charter = charter;
    this.#before = before;
  }

  /**
   * @returns for a card that can be read and was not given before, as `isGiven` says of its record: `held`, or
   * `locked` where it takes a passphrase.
   */
  judge(
    from: string,
    rows: readonly string[],
    isGiven: (record: Bytes) => boolean,
  ): { readonly verdict: CardVerdict; readonly held?: HeldCard; readonly locked?: LockedCard } {
    let read: ReadRows;
    let head: ShareHead;
    try {
      read = this.#read(rows);
      head = decodeHead(this.#crypto, read.record);
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      return { verdict: { from, state: 'unreadable', label: '', repairs: [], problem: error } };
    }
    const named = this.#named(from, head, read);
    const { record } = read;
    if (isGiven(read.record)) return { verdict: { ...named, state: 'already-given' } };
    const state = this.#stateOf(named);
    const verdict = { ...named, state, ...(state === 'other-set' ? this.#elsewhere(record) : {}) };
    if (isLockedRecord(record)) {
      const closed = { ...verdict, lock: 'closed' } as const;
      return { verdict: closed, locked: { verdict: closed, record } };
    }
    return { verdict, held: { verdict, share: decodeShare(this.#crypto, record), record } };
  }

  /** Why rows cannot be read as a card. Undefined when they can. */
  problemWith(rows: readonly string[]): EscrowError | undefined {
    try {
      wipe(this.#read(rows).record);
      return undefined;
    } catch (error) {
      if (isEscrowError(error)) return error;
      throw error;
    }
  }

  /** The record in the rows. @throws {@link EscrowError} `share.*`. */
  #read(rows: readonly string[]): ReadRows {
    const commitments = this.#charter?.cards.map((card) => decodeHex(card.commitment));
    if (commitments) {
      try {
        return decodeShareRows(this.#crypto, rows, { commitments });
      } catch (error) {
        // Rows in doubt that no commitment settles: the card is of another set, or the charter is false.
        if (!isEscrowError(error)) throw error;
      }
    }
    return decodeShareRows(this.#crypto, rows);
  }

  #named(from: string, head: ShareHead, { record, repairs }: ReadRows): Omit<CardVerdict, 'state'> {
    const listed = this.#listedCard(record);
    return {
      from,
      setId: setIdOf(head),
      mark: setMark(head.setNumber),
      repairs,
      place: sharePlace(head),
      label: listed === undefined ? shareLabel(head) : `card ${listed}`,
      ...(listed === undefined ? {} : { card: listed }),
    };
  }

  #stateOf({ card, setId }: Omit<CardVerdict, 'state'>): CardState {
    if (!this.#charter) return 'readable';
    if (card !== undefined) return 'good';
    return this.#charter.set.id === setId ? 'not-listed' : 'other-set';
  }

  /** What the charters before say of a card that this one does not list. */
  #elsewhere(record: Bytes): Pick<CardVerdict, 'wanted' | 'isRetired'> & { label?: string } {
    const wanted = this.#charter && { wanted: setMark(this.#charter.set.number) };
    for (const charter of this.#before) {
      const card = this.#listedCard(record, charter);
      if (card !== undefined) return { ...wanted, isRetired: true, label: `card ${card}` };
    }
    return { ...wanted };
  }

  #listedCard(record: Bytes, charter = this.#charter): number | undefined {
    if (!charter) return undefined;
    const commitment = encodeHex(cardCommitment(this.#crypto, record));
    return charter.cards.find((card) => card.commitment === commitment)?.card;
  }
}

/** "gold circle", as the cards say it. */
export function markName(mark: SetMark): string {
  return `${mark.colour} ${mark.shape}`;
}

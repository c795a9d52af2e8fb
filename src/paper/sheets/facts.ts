// What the sheets are filled in with. All of it is optional but names and dates: what is not known is a line
// for a pen. No sheet ever holds a row of a card, a code or a password.

import type { Language } from '../../core/languages.ts';
import type { Wrap } from '../../core/card-wrap.ts';

/** A person or a place to call. */
export interface SheetPerson {
  readonly name: string;
  readonly role?: string | undefined;
  readonly phone?: string | undefined;
}

/** From plan/contacts.yaml. */
export interface SheetContacts {
  /** Whom a trustee tells of a card that is lost, opened or seen. */
  readonly lost?: SheetPerson | undefined;
  /** What stands outside on an envelope that somebody found. */
  readonly found?: SheetPerson | undefined;
  /** Who may ask for a card. */
  readonly ask?: readonly SheetPerson[] | undefined;
  readonly commanders?: readonly SheetPerson[] | undefined;
  readonly channel?: string | undefined;
  readonly rmm?: string | undefined;
  readonly laptop?: string | undefined;
  readonly packages?: string | undefined;
  readonly insurer?: string | undefined;
  readonly lawyer?: string | undefined;
  readonly police?: string | undefined;
  readonly message?: string | undefined;
}

/** A card as it stands in the register. */
export interface SheetCard {
  readonly card: number;
  readonly holder: string;
  readonly contact: string | null;
  readonly place: string | null;
  readonly group: string | null;
  /** By a passphrase of its holder. */
  readonly isLocked: boolean;
  readonly bag: string | null;
  /** The name of the file that its rows are in too. */
  readonly sealedFile: string | null;
  readonly isHandedOver: boolean;
  /** How its holder came by it: as it was made and read back, closed from the holder before, or neither is known. */
  readonly received: 'ceremony' | 'handover' | 'unread';
  /** ISO dates. */
  readonly issued: string;
  readonly heard: string;
  readonly proof: string | null;
  readonly checkInDue: string;
  readonly proofDue: string;
  /** "good", "overdue", "lost" …: as the register has it today. */
  readonly state: string;
}

export interface SheetFacts {
  readonly organisation: string;
  /** Of its cards, and of what their holders get. */
  readonly language: Language;
  /** ISO date of the print. */
  readonly printed: string;
  /** "gold circle". */
  readonly mark: string;
  readonly setNumber: number;
  readonly cardCount: number;
  readonly contacts: SheetContacts;
  /** What the cards of this set lie in: in bags only where each has one. */
  readonly wrap: Wrap;
  /** Whether a passphrase locks any card of this set. */
  readonly hasLocks: boolean;
}

/** "Ida Moe, +1 260 555 0100". A number stays on one line: whoever dials it reads it as one. */
export const personText = ({ name, role, phone }: SheetPerson): string =>
  [name, role, phone?.replaceAll(' ', '\u00a0')].filter((part) => part !== undefined).join(', ');

// Passphrases of locked cards at the command line: typed, unseen, or from a file. Never an argument.

import { wipe } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { LEAST_LOCK_CHARS, passphraseLength } from '../core/share/lock.ts';
import type { LockPassphrases } from '../escrow/ceremony.ts';
import type { Plan, PlannedCard } from '../escrow/plan.ts';
import { forCard } from './card-numbers.ts';
import { decline, heading, tell } from './dialogue.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

export interface PassphraseOptions {
  /** `FILE`, or `CARD=FILE` where there are several locked cards. */
  readonly passphraseFile?: readonly string[];
}

const FLAG = '--passphrase-file';

/** The card a passphrase is asked for. */
export interface LockedPlace {
  /** "card 3". */
  readonly label: string;
  readonly card: number | undefined;
  /** By a charter: anybody can make up cards that no charter lists, as many as there is room for. */
  readonly isListed?: boolean;
}

/** The files named for this card, and behind them those named for any. */
function filesFor(files: readonly string[], wanted: number | undefined): string[] {
  const all = files.map(forCard);
  const own = all.filter(({ card }) => card !== undefined && card === wanted);
  return [...own, ...all.filter(({ card }) => card === undefined)].map(({ value }) => value);
}

/** What opens locked cards in one run of the program. Whoever makes it wipes it. */
export class CardPassphrases {
  readonly #session: Session;
  readonly #named: readonly string[];
  readonly #read = new Map<string, Uint8Array>();
  #wrong: EscrowError | undefined;
  #triesLeft: number = LIMITS.lockedCardTries;

  constructor(session: Session, { passphraseFile = [] }: PassphraseOptions) {
    this.#session = session;
    this.#named = passphraseFile;
  }

  /** The last refusal of a passphrase, of a card that stayed locked. */
  get wrong(): EscrowError | undefined {
    return this.#wrong;
  }

  /**
   * Opens a card by the files named for it; where they do not, and a person may be asked, by what is typed, as
   * often as it takes.
   *
   * @param open - Throws `share.passphrase` for a wrong one.
   * @returns undefined when the card stays locked, which was told.
   */
  async open<T>(place: LockedPlace, open: (passphrase: Uint8Array) => Promise<T>): Promise<T | undefined> {
    let wrong: EscrowError | undefined;
    const attempt = async (passphrase: Uint8Array): Promise<{ opened: T } | undefined> => {
      try {
        return { opened: await open(passphrase) };
      } catch (error) {
        if (!isEscrowError(error, 'share.passphrase')) throw error;
        this.#wrong = wrong = error;
        return undefined;
      }
    };
    for (const file of filesFor(this.#named, place.card)) {
      wrong = this.#overLimit(place);
      if (wrong) break;
      const found = await attempt(await this.#fromFile(file, place));
      if (found) return found.opened;
    }
    const found = this.#session.canAsk ? await this.#ask(place, attempt) : undefined;
    if (found) return found.opened;
    const reason = wrong ? reportOf(wrong).message : 'its passphrase was not given';
    this.#session.warn(`${place.label} stays locked and is not counted: ${reason}`);
    return undefined;
  }

  /** As {@link open}, for a card without which nothing goes on. @throws {@link EscrowError} `share.passphrase`, `share.locked`. */
  async mustOpen<T>(place: LockedPlace, open: (passphrase: Uint8Array) => Promise<T>): Promise<T> {
    const opened = await this.open(place, open);
    if (opened !== undefined) return opened;
    throw this.#wrong ?? new EscrowError('share.locked', { label: place.label });
  }

  wipe(): void {
    wipe(...this.#read.values());
  }

  /** Counts one try. @returns why there is none left. */
  #overLimit({ isListed = false }: LockedPlace): EscrowError | undefined {
    if (isListed) return undefined;
    this.#triesLeft -= 1;
    if (this.#triesLeft >= 0) return undefined;
    const what = 'tries of passphrases on cards that no charter lists';
    return (this.#wrong = new EscrowError('limit.exceeded', { what, limit: LIMITS.lockedCardTries }));
  }

  async #fromFile(file: string, { label }: LockedPlace): Promise<Uint8Array> {
    // Standard input comes once, and a file may be named for several cards.
    const before = this.#read.get(file);
    if (before) return before;
    const passphrase = await this.#session.secretFrom(file, { question: `Passphrase of ${label}` });
    this.#read.set(file, passphrase);
    return passphrase;
  }

  async #ask<T>(
    { label }: LockedPlace,
    attempt: (passphrase: Uint8Array) => Promise<{ opened: T } | undefined>,
  ): Promise<{ opened: T } | undefined> {
    for (;;) {
      const typed = await this.#session.askSecret({ question: `Passphrase of ${label}, empty: leave it` });
      if (passphraseLength(typed) === 0) return undefined;
      const found = await attempt(typed);
      wipe(typed);
      if (found) return found;
      decline(this.#session, `that is not the passphrase of ${label}`);
    }
  }
}

/**
 * The passphrases for the cards of a plan that are to be locked, chosen by their holders.
 *
 * @returns by card number; the caller wipes them.
 * @throws {@link EscrowError} `input.needs-terminal`, `input.new-password` for one that is too short.
 */
export async function choosePassphrases(
  session: Session,
  { cards }: Plan,
  { passphraseFile = [] }: PassphraseOptions,
): Promise<LockPassphrases> {
  const locked = cards.filter(({ trustee }) => trustee.lock === 'passphrase');
  assertFilesFit(passphraseFile, locked);
  const chosen = new Map<number, Uint8Array>();
  try {
    for (const place of locked) {
      const [file] = filesFor(passphraseFile, place.card);
      const passphrase =
        file === undefined ? await chooseOne(session, place) : await chosenInFile(session, file, place.card);
      chosen.set(place.card, passphrase);
    }
    return chosen;
  } catch (error) {
    wipe(...chosen.values());
    throw error;
  }
}

/**
 * A file that nobody would read leaves a card open that was meant to be locked; one for several cards gives them one
 * passphrase.
 */
function assertFilesFit(files: readonly string[], locked: readonly PlannedCard[]): void {
  const all = files.map(forCard);
  const twice = all.find(({ card }, at) => all.findIndex((other) => other.card === card) < at)?.card;
  if (twice !== undefined)
    throw new EscrowError('usage', { reason: `${FLAG} names two files for card ${twice}` });
  const stray = all.find(({ card }) => !locked.some((place) => card === undefined || place.card === card));
  if (stray)
    throw new EscrowError('usage', {
      reason:
        stray.card === undefined
          ? `${FLAG} is given, and no card of the plan has "lock: passphrase"`
          : `${FLAG} names card ${stray.card}, which the plan does not lock`,
    });
  const isShared = all.some(({ card }) => card === undefined);
  if (isShared && (locked.length > 1 || all.length > 1))
    throw new EscrowError('usage', { reason: `${FLAG} N=FILE, one for each locked card: no two share one` });
}

async function chosenInFile(session: Session, file: string, card: number): Promise<Uint8Array> {
  const passphrase = await session.secretFrom(file, {
    question: `Passphrase of card ${card}`,
    isTyped: 'twice',
  });
  if (passphraseLength(passphrase) >= LEAST_LOCK_CHARS) return passphrase;
  wipe(passphrase);
  throw new EscrowError('input.new-password', { path: file, fault: 'short', least: LEAST_LOCK_CHARS });
}

const FORGETTING =
  'It opens nothing without the passphrase that is typed now. Nobody can reset it, and it is kept nowhere: ' +
  'whoever forgets it has lost the card. Do not write it on the card, nor put it into the bag.';

async function chooseOne(session: Session, { card, trustee }: PlannedCard): Promise<Uint8Array> {
  // Without a terminal the refusal names the flag.
  await session.prompter(`${FLAG} ${card}=FILE`);
  heading(session, `Card ${card}, for ${trustee.name}, is to be locked`);
  tell(session, FORGETTING);
  tell(
    session,
    `Only ${trustee.name} types, and nobody looks on. At least ${LEAST_LOCK_CHARS} characters; six words drawn by lot are good, a sentence from a book is not, nor one that was ever used elsewhere.`,
  );
  for (;;) {
    const typed = await session.askSecret({ question: `Passphrase of card ${card}` });
    if (passphraseLength(typed) < LEAST_LOCK_CHARS) {
      wipe(typed);
      decline(session, `it has fewer than ${LEAST_LOCK_CHARS} characters`);
      continue;
    }
    const again = await session.askSecret({ question: 'The same again' });
    const isSame = typed.length === again.length && typed.every((byte, at) => byte === again[at]);
    wipe(again);
    if (isSame) {
      tell(session, 'It is taken. It is asked for again when the card is read back.');
      return typed;
    }
    wipe(typed);
    decline(session, 'the two differ');
  }
}

// The bags of a guided ceremony: a number for each card, and all of them once more before they are kept. A number
// that is known already says whose it is; one that was mistyped can be corrected until the round is over.

import type { Prompter } from '../adapters/prompts.ts';
import { cardInBag, inBagBefore, isBagNumber } from '../escrow/bags.ts';
import type { SeenException } from '../escrow/exceptions.ts';
import type { Register } from '../escrow/register.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { askForCardNumbers } from './card-numbers.ts';
import { heading, noRow, tell } from './dialogue.ts';
import { BAGS } from './sentences/bags.ts';
import type { Session } from './session.ts';

interface Round {
  readonly cards: readonly number[];
  /** Of an escrow that stands: the sets whose place the new one takes. */
  readonly before: Register | undefined;
}

/** What the round leaves. */
export interface BaggedCards {
  /** Bag numbers by card; a card without one is in no bag. */
  readonly bags: ReadonlyMap<number, string>;
  /** What went otherwise than on the script. */
  readonly exceptions: readonly SeenException[];
}

export async function askForBags(session: Session, prompter: Prompter, round: Round): Promise<BaggedCards> {
  const asked = new BagRound(session, prompter, round);
  for (const card of round.cards) await asked.ask(card);
  await asked.compare();
  return asked.result;
}

class BagRound {
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #cards: readonly number[];
  readonly #before: Register | undefined;
  /** Null for a card that has no bag. */
  readonly #bags = new Map<number, string | null>();

  constructor(session: Session, prompter: Prompter, { cards, before }: Round) {
    this.#session = session;
    this.#prompter = prompter;
    this.#cards = cards;
    this.#before = before;
  }

  /** One card, and whichever other one turns out to have been typed wrongly. */
  async ask(card: number): Promise<void> {
    for (;;) {
      const bag = await this.#number(card);
      const other = bag === null ? undefined : cardInBag(this.#entriesBut(card), bag);
      if (bag === null || other === undefined) {
        if (bag !== null && !(await this.#isMeant(card, bag))) continue;
        this.#keep(card, bag);
        return;
      }
      if (!(await this.#wasOtherWrong(card, other))) continue;
      this.#bags.delete(other);
      this.#keep(card, bag);
      await this.ask(other);
      return;
    }
  }

  /** All of them, to be compared with the bags. */
  async compare(): Promise<void> {
    for (;;) {
      heading(this.#session, BAGS.all);
      for (const card of this.#cards) this.#tell(card);
      const count = this.#cards.length;
      const wrong = await askForCardNumbers(this.#prompter, BAGS.whichIsWrong, { count });
      if (wrong.length === 0) return;
      for (const card of wrong) await this.ask(card);
    }
  }

  get result(): BaggedCards {
    const given = this.#cards.map((card) => [card, this.#bags.get(card) ?? null] as const);
    const exceptions = given.flatMap(([card, bag]) => {
      if (bag === null) return [BAGS.noBagException(card)];
      return inBagBefore(this.#before, bag) === undefined ? [] : [BAGS.oldBagException(card)];
    });
    const bags = new Map(given.flatMap(([card, bag]) => (bag === null ? [] : [[card, bag] as const])));
    return { bags, exceptions };
  }

  async #number(card: number): Promise<string | null> {
    const before = this.#bags.get(card);
    const question = typeof before === 'string' ? BAGS.numberAgain(card, before) : BAGS.number(card);
    const typed = await this.#prompter.text(question, {
      check: (answer) => (isBagNumber(answer.trim()) ? noRow(answer) : BAGS.noNumber),
    });
    const bag = typed.trim();
    return bag.toLowerCase() === 'none' ? null : bag;
  }

  #entriesBut(card: number): { card: number; bag: string | null }[] {
    return [...this.#bags].filter(([other]) => other !== card).map(([other, bag]) => ({ card: other, bag }));
  }

  /** A number of a set before is read once more: a new card in a used bag is worth a word. */
  async #isMeant(card: number, bag: string): Promise<boolean> {
    const old = inBagBefore(this.#before, bag);
    return old === undefined || (await this.#prompter.confirm(BAGS.wasOld(card, old), false));
  }

  async #wasOtherWrong(card: number, other: number): Promise<boolean> {
    const choice = await this.#prompter.choose(BAGS.taken(other), [
      { name: BAGS.typeAgain(card, other), value: 'this' },
      { name: BAGS.typeAgain(other, card), value: 'other' },
    ]);
    return choice === 'other';
  }

  #keep(card: number, bag: string | null): void {
    this.#bags.set(card, bag);
    this.#tell(card);
  }

  #tell(card: number): void {
    const bag = this.#bags.get(card) ?? null;
    tell(this.#session, bag === null ? BAGS.noBag(card) : SCREEN.bag(card, bag));
  }
}

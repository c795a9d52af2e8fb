// A bag number at a check-in that the register knows already, of another card.

import { EscrowError } from '../core/errors.ts';
import { cardInBag, inOldBag, isSameBag } from '../escrow/bags.ts';
import type { Register, RegisteredCard } from '../escrow/register.ts';
import { BAGS } from './sentences/bags.ts';
import type { Session } from './session.ts';

interface Asked {
  readonly register: Register;
  readonly entry: RegisteredCard;
}

const others = ({ cards }: Register, card: number): RegisteredCard[] =>
  cards.filter((other) => other.card !== card);

/**
 * What is noted as the bag of this card is no other one's, but for a while where somebody says so who read it twice.
 *
 * @throws {@link EscrowError} `usage`; `input.aborted` on a no.
 */
export async function assertOwnBag(session: Session, { register, entry }: Asked, bag: string): Promise<void> {
  if (entry.bag !== null && isSameBag(bag, entry.bag)) return;
  const rest = others(register, entry.card);
  const held = cardInBag(
    rest.filter(({ state }) => state === 'good'),
    bag,
  );
  if (held !== undefined) {
    if (!session.canAsk) throw new EscrowError('usage', { reason: BAGS.refused(bag, held) });
    // Two numbers that were exchanged when they were noted could not be put right one after the other.
    await confirmRead(session, entry.card, BAGS.goodCard(held));
    session.warn(BAGS.standsTwice(bag, held));
    return;
  }
  const gone = cardInBag(rest, bag);
  const old = gone === undefined ? inOldBag(register, bag) : BAGS.goneCard(gone);
  if (old === undefined) return;
  if (session.canAsk) await confirmRead(session, entry.card, old);
  else session.warn(BAGS.oldNoted(bag, old));
}

async function confirmRead(session: Session, card: number, whose: string): Promise<void> {
  const prompter = await session.prompter('--no-input');
  if (!(await prompter.confirm(BAGS.wasOld(card, whose), false))) throw new EscrowError('input.aborted', {});
}

/** Bags that were exchanged, or a number read off the wrong one, look like a bag that was opened. */
export function whoseText(register: Register, card: number, bag: string): readonly string[] {
  const other = cardInBag(others(register, card), bag);
  const whose = other === undefined ? inOldBag(register, bag) : `card ${other}`;
  return whose === undefined ? [] : [BAGS.isOf(bag, whose)];
}

// The flag --encrypt-to: who wants a share as a file too, sealed to which key. As a plan says it, for one run.

import { decodeRecipient } from '../core/age/keys.ts';
import { EscrowError } from '../core/errors.ts';
import { assertDistinctRecipients } from '../escrow/plan.ts';
import type { Plan } from '../escrow/plan.ts';
import { forCard } from './card-numbers.ts';

/**
 * The plan with the recipients named on the command line, `N=age1…`.
 *
 * @throws {@link EscrowError} `usage` for a card that is not in the plan, `age.key`, `plan.format` for one key
 * that would get two cards.
 */
export function withRecipients(plan: Plan, named: readonly string[] | undefined): Plan {
  const recipients = new Map<number, string>();
  for (const text of named ?? []) {
    const { card, value: recipient } = forCard(text);
    if (card === undefined || !plan.cards.some((known) => known.card === card)) {
      throw new EscrowError('usage', {
        reason: `--encrypt-to takes N=age1…, N being a card of the plan, and not "${text.slice(0, 40)}"`,
      });
    }
    if (recipients.has(card))
      throw new EscrowError('usage', { reason: `--encrypt-to names card ${card} twice: which key is meant` });
    decodeRecipient(recipient);
    recipients.set(card, recipient);
  }
  const cards = plan.cards.map((place) => {
    const encryptTo = recipients.get(place.card);
    return encryptTo === undefined ? place : { ...place, trustee: { ...place.trustee, encryptTo } };
  });
  assertDistinctRecipients(cards);
  return { ...plan, cards };
}

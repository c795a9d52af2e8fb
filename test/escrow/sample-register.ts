// A register of so many cards, all of them good and read back, as a test wants them changed.

import type { Register, RegisteredCard } from '../../src/escrow/register.ts';

export const ISSUED = '2026-11-24T01:02:03Z';

export function registerOf(
  count: number,
  change: (card: number) => Partial<RegisteredCard> = () => ({}),
): Register {
  return {
    type: 'holdfast register v1',
    escrow: '0123456789abcdef',
    organisation: 'Northwind IT',
    set: { number: 1, id: '010102030405060708' },
    cards: Array.from({ length: count }, (_, index) => ({
      card: index + 1,
      holder: `Trustee ${index + 1}`,
      contact: null,
      place: null,
      group: null,
      state: 'good',
      bag: null,
      issued: ISSUED,
      proof: { time: ISSUED, at: 'ceremony' },
      heard: null,
      challenge: null,
      ...change(index + 1),
    })),
  };
}

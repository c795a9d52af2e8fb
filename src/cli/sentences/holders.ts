// What is said about who holds a card, when it is checked in.

export const HOLDERS = {
  contact: (holder: string): string =>
    `How is ${holder} reached in an emergency: phone or address (empty: none)?`,
  cleared: (holder: string, what: readonly string[]): string =>
    `The ${what.join(' and the ')} of ${holder} ${what.length === 1 ? 'is' : 'are'} no longer noted.`,
  noContact: (card: number): string =>
    `The sheets have no number for whoever holds card ${card} now: --card ${card} --contact TEXT notes one. Then print emergency-sheet anew.`,
} as const;

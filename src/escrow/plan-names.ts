// How the rules about a plan compare and list what people wrote.

/** However it is written: case, spaces and forms of letters do not make two places of one. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** "card 3", "cards 1 and 4", "cards 1, 2 and 5". */
export function cardList(cards: readonly number[]): string {
  const last = cards.at(-1) ?? '';
  return cards.length === 1 ? `card ${last}` : `cards ${cards.slice(0, -1).join(', ')} and ${last}`;
}

// A number with its noun, in sentences for people.

/** "1 card", "2 cards". @param plural - For nouns that do not just take an s. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

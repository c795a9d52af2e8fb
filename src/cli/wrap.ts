// Text for a terminal, broken between words: a terminal itself breaks anywhere, also within them.

/** A terminal's usual 80, less the last column, where some terminals begin a new line already. */
const COLUMNS = 79;

/**
 * Lines of at most 79 columns. A word that is longer, a path say, is left whole.
 *
 * @param indent - Stands before every line but the first.
 */
export function wrapText(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined) lines.push(word);
    else if (line.length + 1 + word.length <= COLUMNS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}

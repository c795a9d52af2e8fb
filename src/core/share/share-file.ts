// A text file of cards, as people make them: any editor, any encoding Windows writes, comments, blank
// lines. Finds the rows and says which belong to one card; judges none of them.
// Spec: docs/spec/share.md, "Share files".

import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { FOREIGN, symbolValue, typedSymbols } from './base32.ts';
import { LOCKED_ROWS, ROWS, ROW_SYMBOLS, isCardLength, rowsOfSymbols } from './row.ts';
import { rowCountOf } from './share-text.ts';

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** The row number as it is printed beside the row. */
const ROW_NUMBER = /^[1-5][.:)]?\s+/;

/** Rows that stand together, with no blank line, comment or whole card between them. */
type Block = string[];

/**
 * Finds the cards in a share file.
 *
 * @param bytes - The untrusted content of the file.
 * @param name - What errors call it.
 * @returns the rows of each card, four or five, as typed; rows that are missing are empty, for the decoder to name.
 * @throws {@link EscrowError} `limit.exceeded` (1 MiB, 1,020 cards) or `share.no-rows`.
 */
export function splitShareFile(bytes: Uint8Array, name = 'the text'): readonly string[][] {
  if (bytes.length > LIMITS.shareFileBytes)
    throw new EscrowError('limit.exceeded', { what: 'bytes in a share file', limit: LIMITS.shareFileBytes });
  const cards: string[][] = [];
  let blocks: Block[] = [[]];
  for (const line of decodeText(bytes).split(LINE_END)) {
    const text = line.replace(/#.*/, '').trim();
    const symbols = typedSymbols(text);
    if (isCardLength(symbols.length)) {
      cards.push(...cardsOf(blocks), rowsOfSymbols(symbols));
      blocks = [[]];
    } else if (symbols.length === 0) {
      if (blocks.at(-1)?.length !== 0) blocks.push([]);
    } else {
      blocks.at(-1)?.push(withoutNumber(text));
    }
  }
  cards.push(...cardsOf(blocks));
  if (cards.length > LIMITS.shareFileCards)
    throw new EscrowError('limit.exceeded', { what: 'cards in a share file', limit: LIMITS.shareFileCards });
  if (!cards.flat().some(mayBeRow)) throw new EscrowError('share.no-rows', { name });
  return cards;
}

/** Whether somebody may have meant a row: a letter or list of another kind must not pass for ruined cards. */
function mayBeRow(text: string): boolean {
  const symbols = typedSymbols(text);
  const isLong = symbols.length >= ROW_SYMBOLS / 2 && symbols.length <= (ROW_SYMBOLS * 3) / 2;
  return isLong && symbols.every((symbol) => symbolValue(symbol) !== FOREIGN);
}

function withoutNumber(text: string): string {
  const row = text.replace(ROW_NUMBER, '');
  // A row may begin with a digit of its own; only 24 symbols behind it make it a row number.
  return typedSymbols(row).length === ROW_SYMBOLS ? row : text;
}

/**
 * As many rows to a card as its first says, wherever blank lines stand. Only when that does not come out even,
 * and blank lines evidently part the cards, do they end one: else a row left out would spoil every card behind it.
 */
function cardsOf(blocks: readonly Block[]): string[][] {
  const joined = inCards(blocks.flat());
  const isParted = isUneven(joined) && blocks.some(isOneCard);
  return isParted ? blocks.flatMap(inCards) : joined;
}

/** Five rows may also be four, and the first of the next card. Then that one begins with what is no first row. */
function isUneven(cards: readonly string[][]): boolean {
  if (cards.some(hasGap)) return true;
  return (
    cards.some((card) => card.length === LOCKED_ROWS) && cards.some(([first = '']) => !rowCountOf(first))
  );
}

const hasGap = (card: readonly string[]): boolean => card.includes('');

function isOneCard(block: Block): boolean {
  const cards = inCards(block);
  return cards.length === 1 && !cards.some(hasGap);
}

function inCards(rows: readonly string[]): string[][] {
  const cards: string[][] = [];
  for (let at = 0; at < rows.length; at += cards.at(-1)?.length ?? ROWS) {
    const count = rowCountOf(rows[at] ?? '') ?? (rows.length === LOCKED_ROWS ? LOCKED_ROWS : ROWS);
    const card = rows.slice(at, at + count);
    while (card.length < count) card.push('');
    cards.push(card);
  }
  return cards;
}

/**
 * Text in UTF-8 or UTF-16, by its byte order mark or by where its zero bytes stand. What cannot be decoded
 * becomes U+FFFD: a comment in an old encoding must not cost the card below it.
 */
function decodeText(bytes: Uint8Array): string {
  const label = utf16Label(bytes) ?? 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Rows are ASCII, so in UTF-16 at least their every second byte is zero; in UTF-8 none is.
  const zeros = [0, 0];
  bytes.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 4 < bytes.length) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

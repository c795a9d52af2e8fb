// From the texts of codes to cards: which of them can be one. The decoding itself is a library's work
// (code-reader.ts); what counts as a card's code stands here, once.

import { EscrowError } from '../core/errors.ts';

/** A code found in a picture. */
export interface ReadCode {
  readonly text: string;
  /** Share of the error correction still unused, 0 to 1; undefined when the reader cannot tell. */
  readonly margin: number | undefined;
  /** Corners in pixels, clockwise from the code's own top left. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** The QR spelling of a card: 96 symbols of Crockford's base32 in capitals, or 120 (docs/spec/share.md, locked-share.md). */
const CARD_TEXT = /^[0-9A-HJKMNP-TV-Z]{96}(?:[0-9A-HJKMNP-TV-Z]{24})?$/;

export function isCardText(text: string): boolean {
  return CARD_TEXT.test(text);
}

interface CardTexts {
  /** The symbols of each card, in the order found, each card once. */
  readonly cards: string[];
  /** How many other codes there were. */
  readonly foreign: number;
}

/**
 * Sorts the texts of codes found in one file.
 *
 * @throws {@link EscrowError} `scan.no-code` when there was none, `scan.foreign-code` when none is a card's.
 */
export function readCards(texts: readonly string[], name: string): CardTexts {
  const cards = [...new Set(texts.filter(isCardText))];
  const foreign = new Set(texts.filter((text) => !isCardText(text))).size;
  if (cards.length > 0) return { cards, foreign };
  throw foreign > 0
    ? new EscrowError('scan.foreign-code', { name })
    : new EscrowError('scan.no-code', { name });
}

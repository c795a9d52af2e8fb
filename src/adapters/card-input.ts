// Cards as they come to the command line: photos, scans, PDFs, share files, standard input. What is a
// card is judged elsewhere; here bytes become rows of text.

import { VERSION_PREFIX } from '../core/age/header.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { splitShareFile } from '../core/share/share-file.ts';
import { typedSymbols } from '../core/share/base32.ts';
import { ROWS, ROW_SYMBOLS, rowsOfSymbols } from '../core/share/row.ts';
import { sniffScan } from '../paper/image-kind.ts';
import { readCards } from '../paper/qr-read.ts';
import { collect, readBounded, readHead } from './read-file.ts';
import type { Scanner } from './scan.ts';

/** Enough to tell a picture by; a PDF's mark may stand anywhere in its first kilobyte. */
const HEAD_BYTES = 1_024;

const looksLikePicture = (head: Uint8Array): boolean => sniffScan(head).kind !== 'unknown';

/** One card's four rows, and where they came from. */
export interface CardText {
  readonly from: string;
  readonly rows: readonly string[];
  /** A code that was scanned, or rows that somebody typed. */
  readonly kind: 'code' | 'rows';
}

/**
 * Reads every card in one file.
 *
 * @param named - How messages name it.
 * @throws {@link EscrowError} `file.*`, `limit.exceeded`, `scan.*`, `share.*` when no card text is in it.
 */
export async function cardsInFile(
  path: string,
  named: string,
  scanner: () => Promise<Scanner>,
): Promise<CardText[]> {
  const isPicture = looksLikePicture(await readHead(path, HEAD_BYTES));
  const bytes = await readBounded(path, isPicture ? LIMITS.scanBytes : LIMITS.shareFileBytes);
  return cardsInBytes(bytes, named, scanner);
}

/** Reads every card in a stream, for `--share -`. Throws as {@link cardsInFile} does. */
export async function cardsInStream(
  stream: AsyncIterable<Uint8Array>,
  named: string,
  scanner: () => Promise<Scanner>,
): Promise<CardText[]> {
  return cardsInBytes(await collect(stream, LIMITS.scanBytes, named), named, scanner);
}

async function cardsInBytes(
  bytes: Uint8Array,
  named: string,
  scanner: () => Promise<Scanner>,
): Promise<CardText[]> {
  if (bytes.length === 0) throw new EscrowError('file.empty', { path: named });
  if (looksLikePicture(bytes)) {
    const { cards } = readCards(await (await scanner()).readCodes(bytes, named), named);
    return cards.map((code, index) => ({
      from: numbered(named, index, cards.length),
      rows: rowsOfSymbols(typedSymbols(code)),
      kind: 'code',
    }));
  }
  if (startsAsAge(bytes)) throw new EscrowError('share.sealed', { name: named });
  const texts = splitShareFile(bytes, named);
  const kind = holdsCode(bytes) ? 'code' : 'rows';
  return texts.map((rows, index) => ({ from: numbered(named, index, texts.length), rows, kind }));
}

const startsAsAge = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, VERSION_PREFIX.length)) === VERSION_PREFIX;

/** Whether a line is a whole card: that is a code somebody pasted, and says nothing of the printed rows. */
function holdsCode(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes).replaceAll('\0', '');
  return text.split(/[\r\n]+/).some((line) => typedSymbols(line).length >= ROWS * ROW_SYMBOLS);
}

const numbered = (named: string, index: number, count: number): string =>
  count === 1 ? named : `${named} (${index + 1} of ${count})`;

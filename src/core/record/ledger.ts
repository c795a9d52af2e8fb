// The ledger of an escrow (docs/spec/ledger.md): append-only, hash-chained, signed, one line an event.
// Here: adding a line, and judging the whole file in one pass. It is evidence only against an anchor
// (a pin, a locked copy, the head words on a signed sheet): whoever holds a key can write it anew.

import type { CryptoPort, KeyPair } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { LedgerEvent } from './ledger-event.ts';
import {
  decodeLedgerLine,
  encodeLedgerLine,
  ledgerLineHash,
  type LedgerBody,
  type LedgerLine,
} from './ledger-line.ts';
import { decodePublicKey, encodePublicKey } from './minisign.ts';

const NEWLINE = 0x0a;

/** Where a ledger ends: the number of its last whole line and that line's hash (64 hex digits). */
export interface LedgerHead {
  /** 0 in an empty ledger, whose hash is the first charter's. */
  readonly line: number;
  readonly hash: string;
}

/** What to append: an event, when it happened, and the first charter's hash for a ledger still empty. */
type LedgerEntry = LedgerEvent & { readonly time: string; readonly firstPrev: string };

/** A line that could be read. */
export interface JudgedLine {
  readonly body: LedgerBody;
  /** Minisign line of the key that signed it. */
  readonly key: string;
  readonly hash: string;
  /** In its place in the chain, and signed by a key the reader named. */
  readonly isTrusted: boolean;
}

export interface LedgerVerdict {
  readonly lines: readonly JudgedLine[];
  readonly head: LedgerHead;
  /** `ledger.*`, `record.version` or `limit.exceeded`, in the order of the file. */
  readonly problems: readonly EscrowError[];
  /** False when reading stopped after `LIMITS.ledgerProblems` problems. */
  readonly isComplete: boolean;
  /** A last line without a newline: a writer was interrupted. It counts as not written. */
  readonly torn: { readonly offset: number; readonly bytes: number } | undefined;
}

/** How many bytes of a ledger are whole lines. Cutting the file there mends a torn last line. */
export function wholeLedgerBytes(ledger: Uint8Array): number {
  return ledger.lastIndexOf(NEWLINE) + 1;
}

/**
 * Makes the next line of a ledger. Looks only at the last line, and does not judge it.
 *
 * @returns the line with its newline, to be appended as it is.
 * @throws {@link EscrowError} `ledger.format` when the last line is torn or unreadable or the event lacks
 * a fact; `record.version`; `limit.exceeded` when line or ledger would grow too long.
 */
export function appendLedger(
  crypto: CryptoPort,
  ledger: Uint8Array,
  entry: LedgerEntry,
  keyPair: KeyPair,
): string {
  const head = lastLine(crypto, ledger) ?? { line: 0, hash: entry.firstPrev };
  const body: LedgerBody = {
    type: 'holdfast ledger v1',
    line: head.line + 1,
    time: entry.time,
    prev: head.hash,
    event: entry.event,
    facts: entry.facts,
  };
  const line = `${encodeLedgerLine(crypto, body, keyPair)}\n`;
  // Each UTF-16 unit is at most three bytes; exactness does not matter this close to the limit.
  assertSize(ledger.length + 3 * line.length);
  return line;
}

/** The head by the last line alone; undefined for an empty ledger. */
function lastLine(crypto: CryptoPort, ledger: Uint8Array): LedgerHead | undefined {
  const number = countLines(ledger);
  const whole = wholeLedgerBytes(ledger);
  if (whole !== ledger.length) {
    throw new EscrowError('ledger.format', {
      line: number + 1,
      reason: 'it has no end: a writer was interrupted',
    });
  }
  if (number === 0) return undefined;
  // lastIndexOf counts a negative start from the end, so a file of one empty line is cut off here.
  const start = whole < 2 ? 0 : ledger.lastIndexOf(NEWLINE, whole - 2) + 1;
  const line = ledger.subarray(start, whole - 1);
  return { line: decodeLedgerLine(line, number).body.line, hash: ledgerLineHash(crypto, line) };
}

/** How many whole lines there are. */
export function countLines(ledger: Uint8Array): number {
  let count = 0;
  for (let at = ledger.indexOf(NEWLINE); at >= 0; at = ledger.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function assertSize(bytes: number): void {
  if (bytes > LIMITS.ledgerBytes) {
    throw new EscrowError('limit.exceeded', { what: 'ledger', limit: LIMITS.ledgerBytes });
  }
}

/** What a reader of a ledger trusts. */
interface LedgerAnchor {
  /** Hash of the first charter. */
  readonly firstPrev: string;
  /** Minisign lines of the keys that may sign: sealers and charter keys. */
  readonly keys: readonly string[];
  /** A head seen before, which the ledger must still hold. */
  readonly pinned?: LedgerHead | undefined;
}

/**
 * Judges a whole ledger in one pass, going on after each problem.
 *
 * @throws {@link EscrowError} `limit.exceeded` when it is larger than `LIMITS.ledgerBytes`, and
 * `minisign.format` for a bad key in the anchor; everything wrong inside is a problem in the verdict.
 */
export function verifyLedger(crypto: CryptoPort, ledger: Uint8Array, anchor: LedgerAnchor): LedgerVerdict {
  assertSize(ledger.length);
  const known = new Set(anchor.keys.map((key) => encodePublicKey(crypto, decodePublicKey(key))));
  const lines: JudgedLine[] = [];
  const problems: EscrowError[] = [];
  const whole = wholeLedgerBytes(ledger);
  let head: LedgerHead = { line: 0, hash: anchor.firstPrev };
  let at = 0;
  while (at < whole && problems.length < LIMITS.ledgerProblems) {
    const end = ledger.indexOf(NEWLINE, at);
    const raw = ledger.subarray(at, end);
    const next = { line: head.line + 1, hash: ledgerLineHash(crypto, raw) };
    const judged = judgeLine(crypto, raw, head, next.hash, known, problems);
    if (judged !== undefined) lines.push(judged);
    if (next.line === anchor.pinned?.line && next.hash !== anchor.pinned.hash) {
      problems.push(chainProblem(next.line, 'it is not the line that was seen here before'));
    }
    head = next;
    at = end + 1;
  }
  const isComplete = at >= whole;
  if (isComplete && anchor.pinned !== undefined && anchor.pinned.line > head.line) {
    problems.push(chainProblem(anchor.pinned.line, 'it was seen before and is missing'));
  }
  const torn = whole < ledger.length ? { offset: whole, bytes: ledger.length - whole } : undefined;
  return { lines, head, problems, isComplete, torn };
}

const chainProblem = (line: number, reason: string): EscrowError =>
  new EscrowError('ledger.chain', { line, reason });

/** One line's verdict; its faults go to `problems`. Undefined when it cannot be read. */
function judgeLine(
  crypto: CryptoPort,
  raw: Uint8Array,
  before: LedgerHead,
  hash: string,
  known: ReadonlySet<string>,
  problems: EscrowError[],
): JudgedLine | undefined {
  const line = before.line + 1;
  let decoded: LedgerLine;
  try {
    decoded = decodeLedgerLine(raw, line);
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
    problems.push(error as EscrowError);
    return undefined;
  }
  const { body, key, signed, signature } = decoded;
  const publicKey = decodePublicKey(key);
  const faults: EscrowError[] = [];
  if (body.line !== line) faults.push(chainProblem(line, `it calls itself line ${body.line}`));
  if (body.prev !== before.hash) faults.push(chainProblem(line, 'it does not follow the line before it'));
  const isKnown = known.has(key);
  if (!isKnown && encodePublicKey(crypto, publicKey) !== key) {
    // A key id is outside the signature: spelled at will, the last line would have many forms.
    faults.push(new EscrowError('ledger.format', { line, reason: 'key has another key id' }));
  } else if (!crypto.ed25519Verify(publicKey, signed, signature)) {
    faults.push(new EscrowError('ledger.signature', { line }));
  } else if (!isKnown) faults.push(new EscrowError('ledger.signer', { line }));
  problems.push(...faults);
  return { body, key, hash, isTrusted: faults.length === 0 };
}

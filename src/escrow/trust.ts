// What this machine was taught to believe, and how the escrow folder is held against it. Pins come
// from a ceremony held here or from six words read aloud; never from the folder itself, and they
// never go backwards. Spec: docs/spec/trust.md.

import { encodeHex } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { verifyCharterChain } from '../core/record/charter-chain.ts';
import { charterHash, decodeCharter, verifyCharter } from '../core/record/charter.ts';
import type { Charter } from '../core/record/charter.ts';
import { LIMITS } from '../core/limits.ts';
import { decodeDocument, encodeDocument } from '../core/record/json.ts';
import type { DocumentKind } from '../core/record/json.ts';
import { decodePublicKey, encodePublicKey, publicKeyLine } from '../core/record/minisign.ts';
import { hex, integer, list, literal, nullable, object, pattern } from '../core/record/shape.ts';
import { charterWords, decodeWords, wordsMatch } from '../core/record/words.ts';
import type { UntrustedDocument } from './ports.ts';

interface SourceCount {
  readonly name: string;
  readonly entries: number;
}

/** What one home believes about one escrow. */
export interface Pins {
  readonly type: 'holdfast pins v1';
  readonly escrow: string;
  /** minisign public key line of the charter key. */
  readonly charterKey: string;
  readonly recipient: string;
  readonly charter: { readonly number: number; readonly sha256: string };
  readonly setNumber: number;
  /** The newest record seen here. */
  readonly record: {
    readonly sequence: number;
    readonly sha256: string;
    /** Entries by source as this machine sealed them; empty for a record made elsewhere. */
    readonly sources: readonly SourceCount[];
  } | null;
  readonly ledger: { readonly line: number; readonly hash: string } | null;
}

function pinsKind(place: string): DocumentKind<Pins> {
  return {
    what: 'pins file',
    type: 'holdfast pins v1',
    maxBytes: LIMITS.pinsBytes,
    refuse: (reason) => {
      throw new EscrowError('home.format', { path: place, reason });
    },
    shape: object<Pins>({
      type: literal('holdfast pins v1'),
      escrow: hex(8),
      charterKey: publicKeyLine,
      recipient: pattern('a recipient', /^age1pq1[a-z0-9]+$/),
      charter: object<Pins['charter']>({ number: integer(1, LIMITS.chartersInChain), sha256: hex(32) }),
      setNumber: integer(1, LIMITS.cards),
      record: nullable(
        object<NonNullable<Pins['record']>>({
          sequence: integer(1, Number.MAX_SAFE_INTEGER),
          sha256: hex(32),
          sources: list(
            object<SourceCount>({
              name: pattern('a source name', /^[^\p{Cc}]{1,200}$/u),
              entries: integer(0, Number.MAX_SAFE_INTEGER),
            }),
            LIMITS.payloadEntries,
          ),
        }),
      ),
      ledger: nullable(
        object<NonNullable<Pins['ledger']>>({ line: integer(0, Number.MAX_SAFE_INTEGER), hash: hex(32) }),
      ),
    }),
  };
}

export function encodePins(value: Pins): Bytes {
  return encodeDocument(pinsKind('pins.json'), value);
}

/**
 * @param path - Where the file lies, for the refusal.
 * @throws {@link EscrowError} `home.format`, `record.version`.
 */
export function decodePins(bytes: Uint8Array, path: string): Pins {
  return decodeDocument(pinsKind(path), bytes);
}

/** Pins for a charter that was just made or just believed. */
export async function pinsFor(
  crypto: CryptoPort,
  charter: Charter,
  bytes: Uint8Array,
  charterKey: Uint8Array,
): Promise<Pins> {
  return {
    type: 'holdfast pins v1',
    escrow: charter.escrow,
    charterKey: encodePublicKey(crypto, charterKey),
    recipient: charter.recipient,
    charter: { number: charter.number, sha256: await charterHash(crypto, bytes) },
    setNumber: charter.set.number,
    record: null,
    ledger: null,
  };
}

/**
 * What was seen and held becomes the new floor: each of the two only when it is later than what is pinned,
 * so that pins never go back, whoever comes to write them last.
 *
 * @returns the same object when there is nothing new.
 */
export function advancePins(pins: Pins, seen: Partial<Pick<Pins, 'record' | 'ledger'>>): Pins {
  const isNewRecord = seen.record && isNewer(seen.record, pins.record);
  const isNewLedger = seen.ledger && seen.ledger.line > (pins.ledger?.line ?? 0);
  if (!isNewRecord && !isNewLedger) return pins;
  return {
    ...pins,
    record: isNewRecord ? seen.record : pins.record,
    ledger: isNewLedger ? seen.ledger : pins.ledger,
  };
}

type PinnedRecord = NonNullable<Pins['record']>;

/** Later, or the same by the machine that sealed it: only that one can count by source. */
function isNewer(seen: PinnedRecord, pinned: Pins['record']): boolean {
  if (!pinned || seen.sequence > pinned.sequence) return true;
  return seen.sha256 === pinned.sha256 && seen.sources.length > pinned.sources.length;
}

/**
 * Believes a charter because a person typed the words that a card or sheet shows. Where this machine knows the
 * escrow already, the charter is the one it knows or leads on from it: words and key say nothing of sealers and cards.
 *
 * @param chain - Every charter of the folder, the oldest first.
 * @throws {@link EscrowError} `words.format` for a word that is none, `trust.words` when they differ, `minisign.*` or `charter.format` when
 * the charter is not signed by that key, `trust.rollback` when this machine knows a newer one, `trust.mismatch` when
 * it knows another of this number, `charter.chain` when the known one does not lead to it.
 */
export async function enrolByWords(
  crypto: CryptoPort,
  document: UntrustedDocument,
  words: string,
  known: Pins | undefined,
  chain: readonly UntrustedDocument[],
): Promise<{ pins: Pins; charter: Charter }> {
  const claimed = decodeCharter(document.bytes);
  const charterKey = decodePublicKey(claimed.charterKey);
  // A mistyped word is told as one; only six real words can belong to another escrow.
  decodeWords(words);
  if (!wordsMatch(words, charterWords(crypto, charterKey, claimed.recipient))) {
    throw new EscrowError('trust.words', {});
  }
  const charter = verifyCharter(crypto, document.bytes, document.signature, charterKey);
  if (known) await assertFollows(crypto, { charter, document }, known, chain);
  const fresh = await pinsFor(crypto, charter, document.bytes, charterKey);
  return { charter, pins: { ...fresh, record: known?.record ?? null, ledger: known?.ledger ?? null } };
}

/** Whether a charter is the pinned one, or the chain leads from that one to it. */
async function assertFollows(
  crypto: CryptoPort,
  { charter, document }: { charter: Charter; document: UntrustedDocument },
  known: Pins,
  chain: readonly UntrustedDocument[],
): Promise<void> {
  assertNotBefore(charter, known);
  const { number, sha256 } = known.charter;
  const found = await charterHash(crypto, document.bytes);
  if (charter.number === number) {
    if (found !== sha256) throw mismatch('charter', sha256, found);
    return;
  }
  const anchor = { charterKey: decodePublicKey(known.charterKey), hash: sha256 };
  const { hashes } = await verifyCharterChain(crypto, chain, anchor);
  if (hashes.at(-1) !== found) {
    const reason = 'the folder charters does not end with it';
    throw new EscrowError('charter.chain', { number: charter.number, reason });
  }
}

function assertNotBefore({ number: found }: Charter, { charter: { number: pinned } }: Pins): void {
  if (found < pinned) throw new EscrowError('trust.rollback', { what: 'charter', pinned, found });
}

/**
 * The charter of a folder, believed because it is the pinned one.
 *
 * @throws {@link EscrowError} `trust.mismatch` or `trust.rollback` when it is another, `charter.*` and
 * `minisign.*` when it is damaged.
 */
export async function pinnedCharter(
  crypto: CryptoPort,
  document: UntrustedDocument,
  known: Pins,
): Promise<Charter> {
  const found = await charterHash(crypto, document.bytes);
  const charter = signedByPin(crypto, document, known, found);
  assertNotBefore(charter, known);
  if (found !== known.charter.sha256) throw mismatch('charter', known.charter.sha256, found);
  return charter;
}

/** Bytes that are not the pinned ones and not signed by the pinned key are another charter, not a damaged one. */
function signedByPin(crypto: CryptoPort, document: UntrustedDocument, known: Pins, found: string): Charter {
  try {
    return verifyCharter(crypto, document.bytes, document.signature, decodePublicKey(known.charterKey));
  } catch (error) {
    if (found !== known.charter.sha256) throw mismatch('charter', known.charter.sha256, found);
    throw error;
  }
}

function mismatch(what: string, expected: string, found: string): EscrowError {
  return new EscrowError('trust.mismatch', {
    what,
    expected: expected.slice(0, 16),
    found: found.slice(0, 16),
  });
}

/** A fresh escrow id: 16 hex characters that name the escrow on every machine and mean nothing. */
export function newEscrowId(crypto: CryptoPort): string {
  return encodeHex(crypto.randomBytes(8));
}

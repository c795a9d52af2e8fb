// The package record: what stands signed beside each sealed package (docs/spec/record.md): which bytes
// they are, to which cards they belong, and which record came before. It proves who sealed what, and
// that nothing is missing; it cannot prove that a package opens. The chain is judged in record-chain.ts.

import { encodeHex, equalBytes, type Bytes } from '../bytes.ts';
import type { CryptoPort, KeyPair } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { SignedDocument } from './charter.ts';
import { checkDocument, decodeDocument, encodeDocument, openDocument, type DocumentKind } from './json.ts';
import { decodePublicKey, publicKeyLine, signDetached, verifyDetached } from './minisign.ts';
import { hex, instant, integer, literal, nullable, object, pattern } from './shape.ts';

/** Package record, version 1; the fields in the order of the text. */
export interface PackageRecord {
  readonly type: 'holdfast record v1';
  /** Escrow id, 16 hex digits. */
  readonly escrow: string;
  /** 1… without gaps. */
  readonly sequence: number;
  /** SHA-256 of the record before as 64 hex digits; null in the first. */
  readonly previous: string | null;
  /** UTC to the second. */
  readonly created: string;
  /** The sealed file: plain name, bytes, SHA-256. */
  readonly package: { readonly file: string; readonly size: number; readonly sha256: string };
  /** SHA-256 of the charter it was sealed under. */
  readonly charter: string;
  /** Set id, 18 hex digits; the recipient's tag is its bytes 2–6. */
  readonly setId: string;
  readonly counts: {
    readonly sources: number;
    readonly entries: number;
    readonly folders: number;
    readonly attachments: number;
  };
  /** How many findings the inspection gave. */
  readonly findings: number;
  /** Minisign line of the key that signs this record. */
  readonly sealer: string;
  /** `holdfast 0.1.0`. */
  readonly tool: string;
}

const count = integer(0, Number.MAX_SAFE_INTEGER);

const RECORD_KIND: DocumentKind<PackageRecord> = {
  what: 'record',
  type: 'holdfast record v1',
  maxBytes: LIMITS.recordBytes,
  refuse: (reason) => {
    throw new EscrowError('record.format', { reason });
  },
  shape: (value, place) => {
    const record = fields(value, place);
    if ((record.previous === null) !== (record.sequence === 1)) {
      return place.refuse('previous is null in the first record and in no other');
    }
    return record;
  },
};

const fields = object<PackageRecord>({
  type: literal('holdfast record v1'),
  escrow: hex(8),
  sequence: integer(1, Number.MAX_SAFE_INTEGER),
  previous: nullable(hex(32)),
  created: instant,
  package: object<PackageRecord['package']>({
    // Joined to a folder's path by whoever reads it: no separator, no leading dot, nothing odd.
    file: pattern('a plain file name', /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
    size: integer(1, Number.MAX_SAFE_INTEGER),
    sha256: hex(32),
  }),
  charter: hex(32),
  setId: hex(9),
  counts: object<PackageRecord['counts']>({
    sources: count,
    entries: count,
    folders: count,
    attachments: count,
  }),
  findings: count,
  sealer: publicKeyLine,
  tool: pattern('a program and its version', /^[a-z][a-z0-9-]{0,30} [0-9A-Za-z.+-]{1,40}$/),
});

/**
 * Spells a record.
 *
 * @throws {@link EscrowError} `record.format` for anything {@link decodeRecord} would refuse.
 */
export function encodeRecord(record: PackageRecord): Bytes {
  return encodeDocument(RECORD_KIND, record);
}

/**
 * Reads a record without judging who signed it.
 *
 * @throws {@link EscrowError} `limit.exceeded`, `record.version`, `record.format`.
 */
export function decodeRecord(bytes: Uint8Array): PackageRecord {
  return decodeDocument(RECORD_KIND, bytes);
}

/** SHA-256 of a record's bytes as 64 hex digits: what the next record calls `previous`. */
export async function recordHash(crypto: CryptoPort, bytes: Uint8Array): Promise<string> {
  return encodeHex(await crypto.sha256(bytes));
}

/**
 * Spells and signs a record with the sealer key it names.
 *
 * @throws {@link EscrowError} `record.format`, also when the record names another key.
 */
export function signRecord(crypto: CryptoPort, record: PackageRecord, sealer: KeyPair): SignedDocument {
  const bytes = encodeRecord(record);
  if (!equalBytes(decodePublicKey(record.sealer), sealer.publicKey)) {
    return RECORD_KIND.refuse('sealer is not the key that signs it');
  }
  const comment = `${record.type} escrow ${record.escrow} sequence ${record.sequence}`;
  return { bytes, signature: signDetached(crypto, sealer, bytes, comment) };
}

/**
 * Checks a record against the key it names, and says whether that key is one of `sealers`. A package by
 * a sealer that the charter does not name is a finding, not a reason to refuse.
 *
 * @param sealers - Minisign lines from the charter.
 * @throws {@link EscrowError} `record.version`, `record.format`, `minisign.format`, `minisign.signature`,
 * `limit.exceeded`.
 */
export function verifyRecord(
  crypto: CryptoPort,
  bytes: Uint8Array,
  signature: string,
  sealers: readonly string[],
): { record: PackageRecord; sealerKnown: boolean } {
  // The key stands in the text, so the text is read before its signature can be checked.
  const record = checkDocument(RECORD_KIND, openDocument(RECORD_KIND, bytes));
  const key = decodePublicKey(record.sealer);
  verifyDetached(crypto, key, bytes, signature, RECORD_KIND.type);
  return { record, sealerKnown: sealers.some((line) => equalBytes(decodePublicKey(line), key)) };
}

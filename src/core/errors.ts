// The closed set of failures a reader can act on. A code says what is true; facts carry what the
// sentence needs. What to *do* about it differs between a shell and a page, so sentences live in
// cli/report.ts and page/strings.ts. Facts never hold secret bytes, share text or passphrases.

type NoFacts = Readonly<Record<string, never>>;

/** Codes of core: encodings, age files, shares, signed documents. */
interface CoreFacts {
  'bytes.bad-encoding': { encoding: 'utf-8' | 'hex' | 'base64' };
  'limit.exceeded': { what: string; limit: number };
}

/** core/age: an age v1 file or one of its keys (docs/spec/package.md). */
interface AgeFacts {
  'age.header': { reason: string };
  'age.header-mac': NoFacts;
  'age.payload': { reason: string };
  'age.armor': { reason: string };
  'age.no-match': { stanzas: readonly string[] };
  'age.version': { version: string };
  'age.key': { reason: string };
}

/** core/share: from 32 bytes to what is printed, and back (docs/spec/share.md). */
interface ShareFacts {
  'share.row-length': { row: number; symbols: number };
  'share.row-symbol': { row: number; position: number };
  'share.row-unreadable': { row: number };
  'share.rows-unreadable': { rows: readonly number[] };
  'share.rows-swapped': { row: number; belongs: number };
  'share.check': NoFacts;
  'share.version': { version: number };
  'share.malformed': { reason: string };
  'share.policy': { reason: string };
  'share.too-few': { have: number; need: number };
  'share.mixed-sets': NoFacts;
  'share.not-this-key': NoFacts;
}

/** core/record: what is signed (docs/spec/charter.md, record.md, ledger.md, minisign.md). */
interface RecordFacts {
  'minisign.format': { what: string; reason: string };
  'minisign.signature': { what: string };
  'charter.format': { reason: string };
  'charter.chain': { number: number; reason: string };
  'record.format': { reason: string };
  'record.chain': { sequence: number; reason: string };
  'record.version': { what: string; found: string };
  'ledger.format': { line: number; reason: string };
  'ledger.chain': { line: number; reason: string };
  'words.format': { reason: string };
}

/** vault: what an export is and whether it is any use (docs/vaults.md). */
interface VaultFacts {
  'vault.unrecognised': { name: string };
  'vault.format': { format: string; reason: string };
  'vault.account-restricted': { name: string };
  'vault.passphrase-needed': { name: string; format: string };
  'vault.wrong-passphrase': { name: string; format: string };
  'vault.empty': { name: string };
  'vault.write-mismatch': { target: string; reason: string };
}

/** paper: from text to paper and from pixels to text. */
interface PaperFacts {
  'paper.unprintable': { what: string; character: string };
  'paper.misprint': { card: number; reason: string };
  'paper.overflow': { card: number; what: string };
  'scan.no-code': { name: string };
  'scan.foreign-code': { name: string };
  'scan.unreadable': { name: string; reason: string };
}

export type ErrorFacts = CoreFacts & AgeFacts & ShareFacts & RecordFacts & VaultFacts & PaperFacts;

export type ErrorCode = keyof ErrorFacts;

/** A failure the reader can act on. Anything else that is thrown is a bug. */
export class EscrowError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'EscrowError';
  readonly code: C;
  readonly facts: ErrorFacts[C];

  constructor(code: C, facts: ErrorFacts[C], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.facts = facts;
  }
}

/** Narrows an unknown throw to one of our codes. */
export function isEscrowError<C extends ErrorCode>(error: unknown, code: C): error is EscrowError<C> {
  return error instanceof EscrowError && error.code === code;
}

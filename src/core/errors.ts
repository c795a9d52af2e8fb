// The closed set of failures a reader can act on. A code says what is true; facts carry what the
// sentence needs. What to *do* about it differs between a shell and a page, so sentences live in
// cli/report.ts and page/strings.ts. Facts never hold secret bytes, share text or passphrases.

type NoFacts = Readonly<Record<string, never>>;

/** Codes of core: encodings, age files, shares, signed documents. */
interface CoreFacts {
  'bytes.bad-encoding': { encoding: 'utf-8' | 'hex' | 'base64' };
  'limit.exceeded': { what: string; limit: number };
}

/** Why a card is not proven: what the challenge is about, what the response answers, or what was typed. */
export type ProofFault =
  | 'other-card'
  | 'other-escrow'
  | 'other-charter'
  | 'no-such-card'
  | 'answer-of-other-card'
  | 'answer-of-other-escrow'
  | 'answer-to-other-challenge'
  | 'signature'
  | 'row-of-other-card';

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
  /** Read-back takes no repair: these symbols are not as printed. */
  'share.row-not-exact': { row: number; positions: readonly number[] };
  'share.rows-unreadable': { rows: readonly number[] };
  'share.rows-swapped': { row: number; belongs: number };
  /** Not the 96 symbols of a card's code, nor the 120 of a locked one. */
  'share.text-length': { symbols: number };
  /** A share file without a single row. */
  'share.no-rows': { name: string };
  /** A share file that its holder's key has still to open. */
  'share.sealed': { name: string };
  /** Good rows that are not of one card, or a damaged record. */
  'share.check': NoFacts;
  'share.version': { version: number };
  /** Only its holder's passphrase opens this card, and none was given. `label`: "card 3". */
  'share.locked': { label: string };
  'share.passphrase': { label: string };
  'share.malformed': { reason: string };
  'share.policy': { reason: string };
  'share.too-few': { have: number; need: number; unit: 'card' | 'group' };
  'share.surplus': { have: number; need: number; unit: 'card' | 'group' };
  /** Two cards at one position; `label` says which, "card 3". */
  'share.duplicate': { label: string };
  /** This card claims another threshold than the others of its set or group. */
  'share.thresholds-differ': { label: string };
  'share.mixed-sets': NoFacts;
}

/** core/record: what is signed (docs/spec/minisign.md, charter.md, record.md, ledger.md, words.md, proof.md). */
interface RecordFacts {
  'minisign.format': { what: string; reason: string };
  'minisign.signature': { what: string };
  'charter.format': { reason: string };
  'charter.chain': { number: number; reason: string };
  'record.format': { reason: string };
  'record.chain': { sequence: number; fault: 'gap' | 'fork' | 'previous' | 'escrow'; reason: string };
  /** Any signed document whose `type` names a version this program does not know. */
  'record.version': { what: string; found: string };
  'ledger.format': { line: number; reason: string };
  'ledger.chain': { line: number; reason: string };
  'ledger.signature': { line: number };
  /** A good signature by a key that nobody named: the line may be true, but nothing here says so. */
  'ledger.signer': { line: number };
  /** `of`: what they are the words of, where that is no charter. */
  'words.format': { reason: string; of?: 'plan' };
  'proof.format': { what: 'challenge' | 'response'; reason: string };
  'proof.refused': { card: number; reason: ProofFault };
}

/** What an export asks for that no reader here can do. */
type VaultFeature =
  | 'keepass-1'
  | 'kdbx-2'
  | 'kdbx-version'
  | 'twofish'
  | 'cipher'
  | 'kdf'
  | 'argon2-version'
  | 'encryption-type'
  | 'pgp';

/** What is given in place of an export by mistake. */
export type OtherFile = 'sealed-package' | 'picture' | 'pdf' | 'spreadsheet' | 'database' | 'archive';

/** vault: what an export is and whether it is any use (docs/vaults.md). */
interface VaultFacts {
  /** `seems`: what else it is, by its first bytes. */
  'vault.unrecognised': { name: string; seems?: OtherFile | undefined };
  /** It could be of these formats; a person has to say which. */
  'vault.ambiguous': { name: string; candidates: readonly string[] };
  /** `name`: of the file, where it is known. */
  'vault.format': { format: string; reason: string; name?: string };
  'vault.account-restricted': { name: string };
  'vault.unsupported': { name: string; format: string; feature: VaultFeature };
  'vault.passphrase-needed': { name: string; format: string };
  /** KeePass cannot tell a wrong passphrase from a wrong or missing key file or hardware key. */
  'vault.wrong-passphrase': {
    name: string;
    format: string;
    keyFileGiven: boolean;
    /** Where it is missing, a password was given. */
    passphraseGiven?: boolean;
    isEmpty?: boolean;
  };
  'vault.key-file': { name: string; reason: string };
  /** A person's mapping of columns that cannot be followed. */
  'vault.columns': { reason: string };
  /** plan/clients.yaml: where it is not as it should be. */
  'vault.clients': { field: string; line: number; reason: string };
  'vault.stays-locked': { name: string; format: string };
  'vault.book-too-long': { entries: number; limit: number };
  /** `wanted` is no client here, or no tier; `known` are some that there are, `more` how many beside these. */
  'vault.no-client': { wanted: string; known: readonly string[]; more: number };
  /** `wanted` is a client or a tier that has not one entry; `known` are some that have. */
  'vault.no-entries': { wanted: string; known: readonly string[]; more: number };
  'vault.empty': { name: string };
  'vault.write-mismatch': { target: string; reason: string };
}

/** paper: from text to paper and from pixels to text. */
interface PaperFacts {
  'paper.unprintable': { what: string; character: string };
  'paper.misprint': { card: number; reason: string };
  'paper.overflow': { what: string };
  'scan.no-code': { name: string };
  'scan.foreign-code': { name: string };
  'scan.unreadable': { name: string; reason: string };
}

/** Why nothing can be decided on a package. */
export type RetireRefusal = 'no-number' | 'unknown' | 'gone' | 'accepted' | 'newest' | 'in-force';

/** escrow: the rules of ceremony, sealing, recovery and trust (docs/spec, docs/ops). */
interface RuleFacts {
  'plan.format': { reason: string };
  'plan.field': { field: string; line: number; reason: string };
  /** Both as words, or both as hashes: as the agreed one was given. */
  'plan.not-agreed': { agreed: string; found: string };
  'ceremony.subset-fails': { cards: readonly number[] };
  /** A way of handing out cards that only people at a terminal can go. */
  'ceremony.needs-people': { option: string };
  /** A card that may be in other hands is never made again. */
  'ceremony.remake-refused': { card: number; state: 'lost' | 'seen' };
  /** A package on which nothing can be decided, as it was named. */
  'ceremony.retire-refused': { named: string; why: RetireRefusal; folder: string };
  'trust.not-enrolled': { folder: string };
  'trust.words': NoFacts;
  'trust.mismatch': { what: string; expected: string; found: string };
  'trust.rollback': { what: string; pinned: number; found: number };
  /** Charters, records or ledger; `more` counts the problems beside this one. */
  'trust.damaged': { problem: string; more: number };
  'trust.no-sealer': NoFacts;
  /** Where the vault as a whole dropped: `uncounted` exports nobody looks into, and `missing` sources not named now. */
  'seal.entries-dropped': {
    source: string;
    before: number;
    after: number;
    uncounted?: number;
    missing?: readonly string[];
  };
  'seal.export-changed': { name: string };
  'seal.nothing-given': NoFacts;
  'seal.bad-name': { name: string; reason: string };
  /** The recovery page, or the block of data in it. */
  'page.format': { reason: string };
  /** A kit's own papers: kit.json or SHA256SUMS. */
  'kit.format': { what: string; reason: string };
  'kit.not-found': { path: string };
  /** Something lies where a kit should go, and it is not an older kit of the same escrow alone. */
  'kit.occupied': { path: string; reason: string };
  /** A file that is to go into a kit, with a name that not every disk takes. */
  'kit.bad-name': { name: string };
  'package.format': { reason: string };
  'package.altered': { file: string; reason: string };
  'package.not-found': { wanted: string };
  'recover.no-cards': NoFacts;
  'recover.too-few': { mark: string; have: number; need: string };
  'recover.no-quorum': {
    sets: readonly { mark: string; setId: string; cards: readonly string[]; need: string }[];
  };
  'recover.no-subset': { mark: string; tried: number };
  'recover.other-key': { file: string; mark: string };
  'recover.damaged-export': { file: string };
  'check-in.refused': { reason: string };
  /** A bag or a holder of a card that is not there; since when, as an ISO date where it was noted. */
  'check-in.gone': { card: number; state: 'lost' | 'destroyed'; since: string | undefined };
  'check-in.no-register': { folder: string };
  'check-in.response': { reason: string };
  /** plan/contacts.yaml: where it is not as it should be. */
  'contacts.field': { field: string; line: number; reason: string };
  /** A copy of a register that is not one for this escrow and this set. */
  'register.other': { reason: string };
  /** This machine keeps a register already. */
  'register.kept': { folder: string };
}

/** adapters: the machine this runs on. */
interface MachineFacts {
  'file.not-found': { path: string };
  /** `isEscrow`: a charter lies in it. */
  'file.is-directory': { path: string; isEscrow?: boolean };
  /** A pipe, a device or a socket: it has no end that can be told, and cannot be read twice. */
  'file.special': { path: string };
  /** In a folder that is sealed whole, where links are not followed. */
  'file.link': { path: string };
  'file.denied': { path: string };
  'file.no-space': { path: string };
  'file.empty': { path: string };
  'file.failed': { path: string; reason: string };
  /** What is to be written is read by the same command. */
  'output.is-input': { path: string };
  'output.no-folder': { path: string };
  /** `canForce`: whether --force would write all the same. */
  'output.exists': { path: string; canForce?: boolean };
  'output.unsafe': { path: string; reason: string };
  'escrow.not-found': { path: string };
  'escrow.busy': { path: string; holder: string };
  'home.format': { path: string; reason: string };
  /** Something that belongs to an installation and is not there: the one-file program has no fonts, for one. */
  'program.incomplete': { what: string };
}

/** cli: what was asked of the program. */
interface RequestFacts {
  /** `command`: the one that was meant, for the hint. */
  usage: { reason: string; command?: string };
  'input.needs-terminal': { flag: string };
  'input.aborted': NoFacts;
  /** A password file that is not text. */
  'input.not-text': { path: string };
  /** A password file for a new vault; `least`: characters its password has at least. */
  'input.new-password': { path: string; fault: 'line-break' | 'short'; least: number };
}

export type ErrorFacts = CoreFacts &
  AgeFacts &
  ShareFacts &
  RecordFacts &
  VaultFacts &
  PaperFacts &
  RuleFacts &
  MachineFacts &
  RequestFacts;

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

/** Whether a throw is one of ours; with a code, whether it is that one. */
export function isEscrowError(error: unknown): error is EscrowError;
export function isEscrowError<C extends ErrorCode>(error: unknown, code: C): error is EscrowError<C>;
export function isEscrowError(error: unknown, code?: ErrorCode): boolean {
  return error instanceof EscrowError && (code === undefined || error.code === code);
}

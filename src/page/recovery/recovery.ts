// One recovery in the page: the package, the papers around it, and the cards given so far. It draws
// nothing and speaks no language; what it finds out, the state tells and the views show.

import { wipe } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import type { Share } from '../../core/share/share-record.ts';
import type { PackageRecord } from '../../core/record/package-record.ts';
import type { Manifest } from '../../escrow/manifest.ts';
import { CardTable } from '../../escrow/quorum.ts';
import type { CardVerdict } from '../../escrow/card-verdict.ts';
import type { UntrustedDocument } from '../../escrow/ports.ts';
import type { OpenedQuorum, SetProgress } from '../../escrow/quorum.ts';
import { opensWith } from '../../escrow/recover.ts';
import {
  chartersUnderKey,
  describes,
  chartersBefore,
  newestCharter,
  newestRecord,
  recordsOf,
  vouchedRecords,
} from './evidence.ts';
import type { ClaimedCharter } from './evidence.ts';
import { escrowOf, joinEvidence, NO_EVIDENCE } from './given.ts';
import type { Evidence, GivenFile } from './given.ts';
import { unpackInMemory } from './unpack.ts';

/** What is in doubt about a package that opened. None of it kept the package back. */
export type Doubt =
  | {
      readonly kind:
        'charter-forged' | 'charter-replaced' | 'charter-missing' | 'charter-unreadable' | 'not-vouched';
    }
  | { readonly kind: 'older'; readonly created: string };

/** A package that opened. */
export interface RecoveredPackage {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly doubts: readonly Doubt[];
}

/** The number that the name of a package begins with. */
function sequenceInName(name = ''): number | undefined {
  const digits = /^(\d{6,15})-\d{8}T\d{6}Z\./.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

interface GivenCard {
  readonly from: string;
  readonly rows: readonly string[];
  /** Of a locked card that was unlocked. */
  share?: Share;
}

export class Recovery {
  readonly #crypto: CryptoPort;
  #evidence: Evidence = NO_EVIDENCE;
  #package: GivenFile | undefined;
  #given: GivenCard[] = [];
  #table: CardTable;
  /** The SHA-256 of packages of which a record here tells it. */
  readonly #digests = new WeakMap<GivenFile, Uint8Array>();
  #misfit: EscrowError | undefined;

  constructor(crypto: CryptoPort) {
    this.#crypto = crypto;
    this.#table = new CardTable(crypto);
  }

  get package(): GivenFile | undefined {
    return this.#package;
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  /** The escrow this recovery is of: by the record of the package, else by the paper that came first. */
  get escrow(): string | undefined {
    const file = this.#package;
    const [record] = file ? recordsOf(this.#evidence, file.name) : [];
    if (record?.package.size === file?.size && record) return record.escrow;
    const { charters, records } = this.#evidence;
    return [...charters, ...records].map(escrowOf).find((escrow) => escrow !== undefined);
  }

  /** The papers of that escrow, and those that cannot be read. */
  get #own(): Evidence {
    const { escrow } = this;
    const isOwn = (document: UntrustedDocument): boolean => (escrowOf(document) ?? escrow) === escrow;
    const { charters, records } = this.#evidence;
    return { charters: charters.filter(isOwn), records: records.filter(isOwn) };
  }

  /** The charter that cards are judged by. */
  get claimed(): ClaimedCharter | undefined {
    return newestCharter(this.#own);
  }

  get verdicts(): readonly CardVerdict[] {
    return this.#table.verdicts;
  }

  /** What is there of the set that the charter asks for; without one, or where another is complete, of the fullest. */
  get progress(): SetProgress | undefined {
    const wanted = this.claimed?.charter.set.id;
    const { isOfOtherKeys } = this.#table;
    if (this.#table.hasQuorum() && !isOfOtherKeys) return this.#table.progress();
    // Cards that are none of the package's own say nothing of how many of those are missing.
    const isKnown = !isOfOtherKeys || (this.#record?.setId ?? wanted) === wanted;
    return this.#table.progress(isKnown ? wanted : undefined);
  }

  /** When the package was sealed, by the word of a record that nothing has confirmed yet. */
  get sealedAt(): string | undefined {
    return this.#record?.created;
  }

  /** The record that tells of the package; of one that was renamed, by its size. */
  get #record(): PackageRecord | undefined {
    const file = this.#package;
    if (!file) return undefined;
    const newest = newestRecord(this.#own);
    const [byName] = recordsOf(this.#own, file.name);
    return [byName, newest].find((record) => record?.package.size === file.size);
  }

  /** When a newer package was sealed than the one that was chosen, by the word of a record nobody has confirmed. */
  get newerAt(): string | undefined {
    const newest = newestRecord(this.#own);
    const sequence = this.#record?.sequence ?? sequenceInName(this.#package?.name);
    return newest && sequence !== undefined && sequence < newest.sequence ? newest.created : undefined;
  }

  /** What a record that nothing has confirmed says of the size of the package, by its name, where it is another. */
  get recordedSize(): number | undefined {
    const file = this.#package;
    const [record] = file ? recordsOf(this.#evidence, file.name) : [];
    return file && record && record.package.size !== file.size ? record.package.size : undefined;
  }

  /** Reads the package once, where a record here tells its SHA-256: {@link isDamaged} knows it from then on. */
  async measure(): Promise<void> {
    const file = this.#package;
    if (!file || this.#digests.has(file)) return;
    const isTold = recordsOf(this.#evidence, file.name).some((record) => record.package.size === file.size);
    if (!isTold) return;
    try {
      const hash = await this.#crypto.sha256Stream(file.size);
      for await (const part of file.stream()) await hash.update(part);
      this.#digests.set(file, await hash.digest());
    } catch (error) {
      // A file that cannot be read is told when it is opened.
      if (!isEscrowError(error)) throw error;
    }
  }

  /** Whether the package is none that a record of this name describes, by the word of records nobody has confirmed. */
  get isDamaged(): boolean {
    const file = this.#package;
    const digest = file && this.#digests.get(file);
    if (!file || !digest) return false;
    return !recordsOf(this.#evidence, file.name).some((record) => describes(record, file.size, digest));
  }

  /** Takes another package in the place of the one before; the cards stay. */
  setPackage(file: GivenFile): void {
    this.#package = file;
    this.#judgeAnew();
  }

  /** Takes further papers and judges all cards anew by the newest charter. */
  addEvidence(evidence: Evidence): void {
    this.#evidence = joinEvidence(this.#evidence, evidence);
    this.#judgeAnew();
  }

  #judgeAnew(): void {
    this.#misfit = undefined;
    this.#table.wipe();
    this.#table = new CardTable(this.#crypto, this.claimed?.charter, chartersBefore(this.#own));
    for (const given of this.#given) this.#take(given);
  }

  addCard(from: string, rows: readonly string[]): CardVerdict {
    const given = { from, rows };
    this.#given.push(given);
    return this.#take(given);
  }

  /** A card that was unlocked stays so. */
  #take({ from, rows, share }: GivenCard): CardVerdict {
    const verdict = this.#table.add(from, rows);
    if (!share || verdict.lock !== 'closed') return verdict;
    return this.#table.accept(verdict, { ...share, value: new Uint8Array(share.value) });
  }

  /**
   * Opens a locked card.
   *
   * @param index - Of the card among all that were given.
   * @param passphrase - UTF-8, as typed.
   * @throws {@link EscrowError} `share.passphrase`; it may be tried again.
   */
  async unlock(index: number, passphrase: Uint8Array): Promise<CardVerdict> {
    const [table, verdict, given] = [this.#table, this.#table.verdicts[index], this.#given[index]];
    if (!verdict || !given) throw new Error('a card that was given');
    const open = await table.unlock(verdict, passphrase);
    const share = table.shareOf(open);
    if (share) given.share = share;
    const now = this.#table.verdicts[index] ?? open;
    // Papers that came meanwhile brought another table.
    if (table === this.#table || !share || now.lock !== 'closed') return now;
    return this.#table.accept(now, { ...share, value: new Uint8Array(share.value) });
  }

  /** Why rows cannot be read as a card; nothing is kept. */
  problemWith(rows: readonly string[]): EscrowError | undefined {
    return this.#table.problemWith(rows);
  }

  get canOpen(): boolean {
    return this.#package !== undefined && this.#table.hasQuorum() && !this.#table.isOfOtherKeys;
  }

  /** Why the package stays shut, as long as no set is complete but those that it was not sealed for. */
  get misfit(): EscrowError | undefined {
    return this.#table.isOfOtherKeys ? this.#misfit : undefined;
  }

  /**
   * Rebuilds the key and unpacks the package.
   *
   * @throws {@link EscrowError} `recover.*` when the cards do not give the key, `age.*`, `package.*` and
   * `limit.exceeded` when the package does not open. The cards stay, whatever happens.
   */
  async open(tell: (bytes: number) => void): Promise<RecoveredPackage> {
    const file = this.#package;
    if (!file) throw new EscrowError('package.not-found', { wanted: 'package' });
    const quorum = await this.#quorumFor(file);
    try {
      const { manifest, files, sha256 } = await unpackInMemory(this.#crypto, quorum.seed, file, tell);
      const charters = await this.#chartersUnderKey(quorum.seed);
      const { verdict } = charters;
      const records = await vouchedRecords(this.#crypto, this.#evidence, charters);
      const own = records.find((record) => describes(record, file.size, sha256));
      // A package that was sealed again keeps the number inside; its record has the new one.
      const newer = records.find(({ sequence }) => sequence > (own ?? manifest).sequence);
      const doubts: Doubt[] = [
        ...(verdict === 'true' ? [] : [{ kind: `charter-${verdict}` } as const]),
        ...(own ? [] : [{ kind: 'not-vouched' } as const]),
        ...(newer ? [{ kind: 'older', created: newer.created } as const] : []),
      ];
      return { manifest, files, doubts };
    } finally {
      wipe(quorum.seed);
    }
  }

  async #quorumFor(file: GivenFile): Promise<OpenedQuorum> {
    try {
      return await this.#table.open((seed) => this.#isKey(seed, file), file.name);
    } catch (error) {
      if (isEscrowError(error, 'recover.other-key')) this.#misfit = error;
      throw error;
    }
  }

  /** Papers of another escrow say nothing against this one; where its own are not true, all are heard. */
  async #chartersUnderKey(seed: Uint8Array): ReturnType<typeof chartersUnderKey> {
    const own = await chartersUnderKey(this.#crypto, this.#own, seed);
    return own.verdict === 'true' ? own : chartersUnderKey(this.#crypto, this.#evidence, seed);
  }

  /** Forgets every card. */
  wipe(): void {
    this.#table.wipe();
    wipe(...this.#given.map(({ share }) => share?.value));
    this.#given = [];
  }

  /** As on the command line: it signed a charter here, or opens the package; else the cards' own mark has to do. */
  async #isKey(seed: Uint8Array, file: GivenFile): Promise<boolean> {
    const { verdict, signed } = await chartersUnderKey(this.#crypto, this.#evidence, seed);
    if (signed.length > 0 && verdict !== 'replaced') return true;
    try {
      return await opensWith(this.#crypto, seed, file.stream());
    } catch (error) {
      if (isEscrowError(error)) return true;
      throw error;
    }
  }
}

// Cards as they come in during an emergency: each judged at once, strays named and set aside, and
// the escrow key rebuilt as soon as some quorum of one set gives it. A charter is evidence here, never
// a gate: without one, or with a forged one, readable cards are tried in subsets.

import { hybridRecipient } from '../core/age/keys.ts';
import { equalBytes, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { Charter } from '../core/record/charter.ts';
import { isQuorum } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import { readableSubsets } from '../core/share/subsets.ts';
import { openShare } from '../core/share/lock.ts';
import { setMark } from '../core/share/set.ts';
import type { SetMark } from '../core/share/set.ts';
import { recipientTag } from '../core/share/share-record.ts';
import type { Share } from '../core/share/share-record.ts';
import { combineSeed } from '../core/share/split.ts';
import { CardJudge, markName } from './card-verdict.ts';
import type { CardVerdict, HeldCard, LockedCard } from './card-verdict.ts';
import { isComplete, lacksOf, listedIn, missingOf, setsOf } from './held-sets.ts';
import type { Lack } from './missing-cards.ts';

/** A rebuilt escrow key and how it came about. The caller wipes the seed. */
export interface OpenedQuorum {
  readonly seed: Bytes;
  readonly recipient: string;
  readonly setId: string;
  readonly used: readonly CardVerdict[];
  /** Cards that were given and not needed or not usable, each with its reason. */
  readonly aside: readonly CardVerdict[];
  /** Whether the charter's own list of good cards gave the key. */
  readonly underCharter: boolean;
}

/** The set most cards belong to: how much of its quorum is there, and what is missing. */
export interface SetProgress {
  readonly mark: SetMark;
  readonly setId: string;
  readonly have: number;
  readonly missing: string;
  readonly lacks: readonly Lack[];
}

/** Says whether a key is the one for what shall be opened. */
export type KeyTest = (seed: Bytes, recipient: string) => Promise<boolean>;

/** The cards given so far, judged against a charter when there is one. */
export class CardTable {
  readonly #crypto: CryptoPort;
  readonly #charter: Charter | undefined;
  readonly #judge: CardJudge;
  readonly #held: HeldCard[] = [];
  /** Cards that are in and whose passphrases are not. */
  readonly #locked: LockedCard[] = [];
  readonly #verdicts: CardVerdict[] = [];
  /** Of locked cards that were given again: what was said the first time. */
  readonly #again = new Map<CardVerdict, CardVerdict>();
  /** Ids of sets whose key was rebuilt, and is not the one for what shall be opened. */
  readonly #otherKeys = new Set<string>();

  /** @param before - The charters before it: they tell a retired card from a stranger's. */
  constructor(crypto: CryptoPort, charter?: Charter, before?: readonly Charter[]) {
    this.#crypto = crypto;
    this.#charter = charter;
    this.#judge = new CardJudge(crypto, charter, before);
  }

  get verdicts(): readonly CardVerdict[] {
    return this.#verdicts;
  }

  /** Judges one card from its rows and keeps it when it can be read. A locked one counts once it is unlocked. */
  add(from: string, rows: readonly string[]): CardVerdict {
    let before: LockedCard | undefined;
    const judged = this.#judge.judge(from, rows, (record) => {
      const isSame = (card: { readonly record: Uint8Array }): boolean => equalBytes(card.record, record);
      before = this.#locked.find(isSame);
      return before !== undefined || this.#held.some(isSame);
    });
    this.#verdicts.push(judged.verdict);
    if (before) this.#again.set(judged.verdict, before.verdict);
    if (judged.held) this.#held.push(judged.held);
    if (judged.locked) this.#locked.push(judged.locked);
    return judged.verdict;
  }

  /**
   * Opens a locked card that is in, and from now on counts it.
   *
   * @param verdict - As {@link add} gave it, `lock` being `closed`.
   * @param passphrase - UTF-8, as typed.
   * @throws {@link EscrowError} `share.passphrase` naming the card; it may be tried again.
   */
  async unlock(verdict: CardVerdict, passphrase: Uint8Array): Promise<CardVerdict> {
    const locked = this.#locked.find((card) => card.verdict === verdict);
    if (!locked) throw new Error('a card that is locked and in');
    try {
      return this.accept(verdict, await openShare(this.#crypto, locked.record, passphrase));
    } catch (error) {
      if (!isEscrowError(error, 'share.passphrase')) throw error;
      throw new EscrowError('share.passphrase', { label: verdict.label });
    }
  }

  /** Counts a locked card by its share, which was opened before. The table wipes the share. */
  accept(verdict: CardVerdict, share: Share): CardVerdict {
    const at = this.#locked.findIndex((card) => card.verdict === verdict);
    const [locked] = at === -1 ? [] : this.#locked.splice(at, 1);
    if (!locked) throw new Error('a card that is locked and in');
    const open = { ...verdict, lock: 'open' } as const;
    this.#verdicts.splice(this.#verdicts.indexOf(verdict), 1, open);
    this.#held.push({ verdict: open, share, record: locked.record });
    return open;
  }

  /** A copy of an opened card's share, for the caller to wipe. */
  shareOf(verdict: CardVerdict): Share | undefined {
    const share = this.#held.find((card) => card.verdict === verdict)?.share;
    return share && { ...share, value: new Uint8Array(share.value) };
  }

  /** Cards that are in and whose passphrases are not. */
  get locked(): readonly CardVerdict[] {
    return this.#locked.map(({ verdict }) => verdict);
  }

  /** The locked card that this verdict is about: given now, or before and the same to the byte. */
  lockedAs(given: CardVerdict): CardVerdict | undefined {
    const first = this.#again.get(given) ?? given;
    return this.#locked.find(({ verdict }) => verdict === first)?.verdict;
  }

  /** Why rows cannot be read as a card; nothing is kept. Undefined when they can. */
  problemWith(rows: readonly string[]): EscrowError | undefined {
    return this.#judge.problemWith(rows);
  }

  /** What the charter asks for; undefined without one. */
  get asked(): { readonly mark: SetMark; readonly policy: Policy } | undefined {
    return this.#charter && { mark: setMark(this.#charter.set.number), policy: this.#charter.policy };
  }

  /** The set most cards belong to, or the one that is wanted: how much of its quorum is there, and what is missing. */
  progress(wanted?: string): SetProgress | undefined {
    const sets = setsOf(this.#held);
    const shown = wanted === undefined ? sets[0] : sets.find(({ setId }) => setId === wanted);
    if (!shown) return undefined;
    const { mark, setId, cards } = shown;
    const policy = this.#charter?.policy;
    return {
      mark,
      setId,
      have: cards.length,
      missing: missingOf(shown, policy),
      lacks: lacksOf(shown, policy),
    };
  }

  /** Whether enough cards of one set are there for an attempt. */
  hasQuorum(): boolean {
    return setsOf(this.#held).some(isComplete);
  }

  /** Whether every set that is complete gave a key by now, and none of them the wanted one: more cards of it change nothing. */
  get isOfOtherKeys(): boolean {
    const complete = setsOf(this.#held).filter(isComplete);
    return complete.length > 0 && complete.every(({ setId }) => this.#otherKeys.has(setId));
  }

  /** Shares of the cards that the charter calls good. They go when the table is wiped. */
  goodShares(): Share[] {
    return this.#held.filter(({ verdict }) => verdict.state === 'good').map(({ share }) => share);
  }

  wipe(): void {
    for (const { share, record } of this.#held) wipe(share.value, record);
    for (const { record } of this.#locked) wipe(record);
  }

  /**
   * Rebuilds the escrow key: first from the cards the charter calls good, then from subsets of the
   * readable cards of one set, at most {@link LIMITS.recoverSubsets} in all.
   *
   * @throws {@link EscrowError} `recover.no-cards`, `share.version`, `share.locked`, `recover.too-few`, `recover.no-quorum`,
   * `recover.no-subset` or `recover.other-key`.
   */
  async open(test: KeyTest, wanted: string): Promise<OpenedQuorum> {
    const underCharter = await this.#openUnderCharter(test);
    if (underCharter) return underCharter;
    let tried = 0;
    let otherKey: SetMark | undefined;
    for (const { setId, cards, mark } of setsOf(this.#held)) {
      for (const subset of readableSubsets(cards.map(({ share }) => share))) {
        if (tried >= LIMITS.recoverSubsets) break;
        tried += 1;
        const seed = attemptCombine(subset);
        if (!seed) continue;
        const recipient = this.#recipientOf(seed, subset);
        if (recipient === undefined) {
          wipe(seed);
          continue;
        }
        if (await test(seed, recipient)) return this.#opened(seed, recipient, subset, false);
        wipe(seed);
        // The cards bear this key's mark: no other subset of the set gives another one.
        otherKey = mark;
        this.#otherKeys.add(setId);
        break;
      }
    }
    throw this.#whyNot(tried, otherKey, wanted);
  }

  async #openUnderCharter(test: KeyTest): Promise<OpenedQuorum | undefined> {
    const charter = this.#charter;
    if (!charter) return undefined;
    const good = this.#held.filter(({ verdict }) => verdict.state === 'good');
    if (!isQuorum(charter.policy, listedIn(good))) return undefined;
    for (const subset of readableSubsets(good.map(({ share }) => share))) {
      const seed = attemptCombine(subset);
      if (!seed) continue;
      const recipient = this.#recipientOf(seed, subset);
      if (recipient !== undefined && (await test(seed, recipient)))
        return this.#opened(seed, recipient, subset, true);
      wipe(seed);
      // Listed cards that do not give the key: the list is not to be believed. Try all that is readable.
      return undefined;
    }
    return undefined;
  }

  /** The recipient of a rebuilt key, when it is the one the shares were cut for. */
  #recipientOf(seed: Bytes, subset: readonly Share[]): string | undefined {
    const recipient = hybridRecipient(this.#crypto, seed);
    const tag = recipientTag(this.#crypto, recipient);
    return subset.every((share) => equalBytes(share.recipientTag, tag)) ? recipient : undefined;
  }

  #opened(seed: Bytes, recipient: string, subset: readonly Share[], underCharter: boolean): OpenedQuorum {
    const used = this.#held.filter(({ share }) => subset.includes(share)).map(({ verdict }) => verdict);
    const aside = this.#verdicts.filter((verdict) => !used.includes(verdict));
    return { seed, recipient, setId: used[0]?.setId ?? '', used, aside, underCharter };
  }

  #whyNot(tried: number, otherKey: SetMark | undefined, wanted: string): EscrowError {
    const sets = setsOf(this.#held);
    const [largest] = sets;
    const [locked] = this.#locked;
    const complete = sets.find(isComplete);
    if (locked && !complete) return new EscrowError('share.locked', { label: locked.verdict.label });
    if (!largest) {
      const newer = this.#verdicts.find(({ problem }) => problem?.code === 'share.version');
      return newer?.problem ?? new EscrowError('recover.no-cards', {});
    }
    if (otherKey) return new EscrowError('recover.other-key', { file: wanted, mark: markName(otherKey) });
    if (complete) return new EscrowError('recover.no-subset', { mark: markName(complete.mark), tried });
    if (sets.length === 1) {
      return new EscrowError('recover.too-few', {
        mark: markName(largest.mark),
        have: largest.cards.length,
        need: missingOf(largest, this.#charter?.policy),
      });
    }
    return new EscrowError('recover.no-quorum', {
      sets: sets.map((set) => ({
        mark: markName(set.mark),
        setId: set.setId,
        cards: set.cards.map(({ verdict }) => verdict.label),
        need: missingOf(set, this.#charter?.policy),
      })),
    });
  }
}

/** Shares that cannot belong together are a subset that fails, not a reason to stop. */
function attemptCombine(subset: readonly Share[]): Bytes | undefined {
  try {
    return combineSeed(subset);
  } catch (error) {
    if (isEscrowError(error) && isShareCode(error.code)) return undefined;
    throw error;
  }
}

const isShareCode = (code: ErrorCode): code is Extract<ErrorCode, `share.${string}`> =>
  code.startsWith('share.');

// The card check at work: one card at hand at a time, and the challenge it may answer.

import type { CryptoPort } from '../core/crypto.ts';
import { decodeChallenge } from '../core/record/proof.ts';
import { isRowAsPrinted, rowToType } from '../core/share/row-check.ts';
import type { CardRows } from './cards/scan.ts';
import { isWholeRow, shownRow } from './cards/typing.ts';
import { asProblem } from './problem.ts';
import { answer, checkCard, tryPassphrase } from './recovery/check-in.ts';
import type { Evidence } from './recovery/given.ts';
import type { PageEvent, PageState, Via } from './state.ts';

/** What the desk sees of the page, and how it tells what it found. */
interface DeskPage {
  readonly state: PageState;
  readonly evidence: Evidence;
  tell(event: PageEvent): void;
}

export class CheckDesk {
  readonly #crypto: CryptoPort;
  readonly #page: DeskPage;
  #card: CardRows | undefined;

  constructor(crypto: CryptoPort, page: DeskPage) {
    this.#crypto = crypto;
    this.#page = page;
  }

  /** Judges a card in the place of the one before. */
  take(from: string, card: CardRows, via: Via): void {
    this.#card = card;
    const verdict = checkCard(this.#crypto, this.#page.evidence, from, card.rows);
    this.#page.tell({ kind: 'card', verdict, via });
    void this.#answerWhenPossible();
  }

  /** Judges the card at hand anew, by a charter that came after it. */
  retake(): void {
    const { checked } = this.#page.state;
    if (checked?.kind === 'card' && this.#card) this.take(checked.verdict.from, this.#card, checked.via);
  }

  forget(): void {
    this.#card = undefined;
  }

  /** @throws {@link EscrowError} `share.passphrase`. */
  async unlock(passphrase: Uint8Array): Promise<void> {
    const [card, { checked }] = [this.#card, this.#page.state];
    if (!card || checked?.kind !== 'card') return;
    await tryPassphrase(this.#crypto, card.rows, passphrase);
    if (this.#card !== card) return;
    const verdict = { ...checked.verdict, lock: 'open' } as const;
    this.#page.tell({ kind: 'unlocked', place: 'checked', verdict });
    void this.#answerWhenPossible();
  }

  setChallenge(challenge: string): void {
    this.#page.tell({ kind: 'check', check: { challenge, problem: undefined, response: undefined } });
    void this.#answerWhenPossible();
  }

  typeAskedRow(text: string): void {
    this.#page.tell({ kind: 'check', check: { typedRow: shownRow(text), isRowWrong: false } });
    void this.#answerWhenPossible();
  }

  /** A readable card and a challenge give an answer; a scanned card only once a row was typed from the paper. */
  async #answerWhenPossible(): Promise<void> {
    const { check, checked } = this.#page.state;
    const { challenge, askedRow, typedRow } = check;
    const card = this.#card;
    if (challenge.trim() === '') return;
    try {
      decodeChallenge(challenge);
      if (!card || checked?.kind !== 'card' || checked.verdict.state === 'unreadable') return;
      // Paper that is there and a passphrase that is forgotten are no card.
      if (checked.verdict.lock === 'closed') return;
      const response = await answer(this.#crypto, this.#page.evidence, challenge, card.rows);
      if (this.#card !== card || this.#page.state.check.challenge !== challenge) return;
      const row = askedRow ?? rowToType(this.#crypto, card.rows.length);
      if (card.kind === 'rows' || isRowAsPrinted(typedRow, card.rows[row - 1] ?? ''))
        this.#page.tell({ kind: 'check', check: { response, problem: undefined } });
      else if (askedRow === undefined) this.#page.tell({ kind: 'check', check: { askedRow: row } });
      else if (isWholeRow(typedRow)) this.#page.tell({ kind: 'check', check: { isRowWrong: true } });
    } catch (error) {
      this.#page.tell({ kind: 'check', check: { problem: asProblem(error), response: undefined } });
    }
  }
}

// The page at work: what people do becomes work on the recovery, its results become events, and the
// state that follows is drawn. The only place where all of these meet.

import type { CryptoPort } from '../core/crypto.ts';
import { encodeUtf8, wipe } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { Language } from '../core/languages.ts';
import { CameraDesk } from './camera-desk.ts';
import { cardsInFile } from './cards/scan.ts';
import type { CardRows } from './cards/scan.ts';
import { partsOfFile, sortFiles } from './recovery/given.ts';
import { notesOn, uselessAmong } from './file-notes.ts';
import type { Evidence, GivenFile, SortedFiles } from './recovery/given.ts';
import { CheckDesk } from './check-desk.ts';
import { asProblem } from './problem.ts';
import type { OpenedPackage } from './opened.ts';
import { Recovery } from './recovery/recovery.ts';
import type { RecoveredPackage } from './recovery/recovery.ts';
import { PackageDesk } from './package-desk.ts';
import { firstState, reduce } from './state.ts';
import type { BoxPlace, PageEvent, PageState, Screen, Via } from './state.ts';
import { isComplete, NOTHING_TYPED, typeRow } from './cards/typing.ts';
import { partsOf } from './recovery/unpack.ts';
import type { Actions } from './views/frame.ts';

/** What the page does with a state and with an opened package. */
export interface Stage {
  draw(state: PageState): void;
  open(opened: OpenedPackage): void;
}

/** Within this a browser has drawn what it was told. */
const DRAWN_MS = 50;

const givenFile = (file: File): GivenFile => ({
  name: file.name,
  size: file.size,
  stream: () => partsOfFile(file.name, partsOf(file.stream())),
});

export class App implements Actions {
  readonly #stage: Stage;
  readonly #recovery: Recovery;
  readonly #desk: CheckDesk;
  readonly #camera: CameraDesk;
  readonly #package: PackageDesk;
  #state: PageState;

  constructor(crypto: CryptoPort, stage: Stage, language: Language) {
    this.#stage = stage;
    this.#recovery = new Recovery(crypto);
    this.#desk = new CheckDesk(crypto, this);
    this.#package = new PackageDesk(this, this.#recovery);
    this.#camera = new CameraDesk(this, (card) => {
      this.#takeCard('camera', card, 'camera');
      this.#openWhenPossible();
    });
    this.#state = firstState(language, Date.now(), navigator.onLine);
  }

  get state(): PageState {
    return this.#state;
  }

  get evidence(): Evidence {
    return this.#recovery.evidence;
  }

  /** Begins with what the page itself carries. */
  start(inside: { package?: GivenFile; evidence: Evidence; problem?: EscrowError }): void {
    this.#package.carry(inside.package);
    const packages = inside.package ? [inside.package] : [];
    this.#take({ packages, evidence: inside.evidence, papers: [], cards: [], unread: [], other: [] });
    this.#package.begin(inside.problem);
  }

  tick(): void {
    if (this.#state.screen !== 'opened')
      this.tell({ kind: 'tick', now: Date.now(), isOnline: navigator.onLine });
  }

  setLanguage(language: Language): void {
    this.tell({ kind: 'language', language });
  }

  go(screen: Screen): void {
    this.#camera.stop();
    this.#desk.forget();
    this.tell({ kind: 'screen', screen });
    this.#openWhenPossible();
  }

  giveFiles(files: readonly File[]): void {
    if (this.isClosed) return;
    void this.#read(files.map(givenFile));
  }

  takeInside(): void {
    if (this.isClosed || !this.#package.takeInside()) return;
    this.#tellVerdicts();
    this.#package.tell();
    this.go('cards');
  }

  putAway(at: number): void {
    this.tell({ kind: 'tidy', at });
  }

  openWay(way: PageState['way']): void {
    this.#camera.stop();
    this.tell({ kind: 'way', way });
  }

  showCamera(video: HTMLVideoElement): void {
    this.#camera.show(video);
  }

  typeRow(row: number, text: string): void {
    const typing = typeRow(this.#state.typing, row, text);
    if (!isComplete(typing)) {
      this.tell({ kind: 'typed', typing });
      return;
    }
    const problem = this.#recovery.problemWith(typing.rows);
    this.tell({ kind: 'typed', typing: problem ? typing : NOTHING_TYPED, problem });
    if (!problem) this.#takeCard('typed', { rows: typing.rows, kind: 'rows' }, 'typed');
  }

  unlock(place: BoxPlace, passphrase: string): void {
    if (!this.isClosed) void this.#unlock(place, encodeUtf8(passphrase));
  }

  setChallenge(challenge: string): void {
    this.#desk.setChallenge(challenge);
  }

  typeAskedRow(text: string): void {
    this.#desk.typeAskedRow(text);
  }

  tell(event: PageEvent): void {
    this.#state = reduce(this.#state, event);
    this.#draw();
  }

  #draw(): void {
    this.#stage.draw(this.#state);
  }

  async #read(files: readonly GivenFile[]): Promise<void> {
    this.tell({ kind: 'reading', files: files.length });
    try {
      const sorted = await sortFiles(files);
      this.#take(sorted);
      await this.#package.measure();
      if (this.#state.screen === 'package') await this.#takeAtPackage(sorted);
      else {
        for (const file of sorted.cards) await this.#readCards(file);
        for (const useless of uselessAmong(sorted)) this.tell({ kind: 'file', ...useless });
      }
    } catch (error) {
      this.tell({ kind: 'failed', problem: asProblem(error) });
    } finally {
      this.tell({ kind: 'reading', files: -files.length });
    }
    this.#openWhenPossible();
  }

  /** Where a package was wanted, cards are taken too; a text that is none was chosen by mistake, or lay beside it. */
  async #takeAtPackage(sorted: SortedFiles): Promise<void> {
    const notCards: GivenFile[] = [];
    for (const file of sorted.cards) if (!(await this.#readCards(file, 'lenient'))) notCards.push(file);
    const hasCards = notCards.length < sorted.cards.length;
    const isOfUse = sorted.packages.length > 0 || hasCards;
    // What is in doubt about a package is told before the cards; cards alone are looked at all the same.
    if (sorted.packages.length > 0 ? !this.#package.isDoubtful : hasCards) this.go('cards');
    const notes = notesOn(sorted.papers, this.#recovery.escrow);
    // Whoever gave a package or a card with a whole folder has chosen rightly.
    const strange = isOfUse || notes.length > 0 ? [] : [...notCards, ...sorted.other, ...sorted.unread];
    this.tell({
      kind: 'notes',
      notes: [...notes, ...strange.map(({ name }) => ({ kind: 'not-package', name }) as const)],
    });
  }

  /** Takes papers and the newest package. */
  #take({ packages, evidence }: SortedFiles): void {
    if (this.isClosed) return;
    this.#package.take(packages);
    const hasEvidence = evidence.charters.length + evidence.records.length > 0;
    if (hasEvidence) this.#recovery.addEvidence(evidence);
    this.#tellVerdicts();
    if (hasEvidence && this.#state.screen === 'check') this.#desk.retake();
    this.#package.tell();
  }

  /** What all cards come to by the papers that count now. */
  #tellVerdicts(): void {
    const { verdicts, claimed, progress } = this.#recovery;
    this.tell({ kind: 'evidence', verdicts, charter: claimed?.charter });
    this.tell({ kind: 'progress', progress });
  }

  /** @returns whether it may have been meant as a card. A text that is none is told only where `how` is strict. */
  async #readCards(file: GivenFile, how: 'strict' | 'lenient' = 'strict'): Promise<boolean> {
    try {
      for (const card of await cardsInFile(file)) this.#takeCard(file.name, card, 'photo');
    } catch (error) {
      const isNoCard = isEscrowError(error, 'share.no-rows') || isEscrowError(error, 'file.empty');
      if (how === 'lenient' && isNoCard) return false;
      this.tell({ kind: 'file', name: file.name, problem: asProblem(error) });
    }
    return true;
  }

  /** From the opening on nothing is taken any more: what it works with stays as it is, and no card is kept. */
  get isClosed(): boolean {
    return this.#state.opening !== undefined || this.#state.screen === 'opened';
  }

  #takeCard(from: string, card: CardRows, via: Via): void {
    if (this.isClosed) return;
    if (this.#state.screen === 'check') {
      this.#desk.take(from, card, via);
      return;
    }
    const verdict = this.#recovery.addCard(from, card.rows);
    this.tell({ kind: 'card', verdict, via, progress: this.#recovery.progress });
    if (via === 'typed') this.#openWhenPossible();
  }

  async #unlock(place: BoxPlace, passphrase: Uint8Array): Promise<void> {
    this.tell({ kind: 'trial', place, trial: 'trying' });
    // So that the screen says so: the page stands still while the key is computed.
    await new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
    try {
      if (place === 'checked') {
        await this.#desk.unlock(passphrase);
      } else {
        const index = this.#state.boxes.slice(0, place).filter(({ kind }) => kind === 'card').length;
        const verdict = await this.#recovery.unlock(index, passphrase);
        this.tell({ kind: 'unlocked', place, verdict, progress: this.#recovery.progress });
        this.#openWhenPossible();
      }
    } catch (error) {
      // Whatever else it is, the cards that are in must not be lost for it: a phone may lack the memory.
      const trial = isEscrowError(error, 'share.passphrase') ? 'wrong' : 'failed';
      this.tell({ kind: 'trial', place, trial });
    } finally {
      wipe(passphrase);
    }
  }

  #openWhenPossible(): void {
    const { screen, opening, reading, problem } = this.#state;
    const isFree = screen === 'cards' && opening === undefined && reading === 0 && problem === undefined;
    if (!isFree) return;
    const { canOpen, misfit } = this.#recovery;
    if (canOpen) void this.#open();
    // Nothing has come that could open it: the same reason holds.
    else if (misfit) this.tell({ kind: 'failed', problem: misfit });
  }

  async #open(): Promise<void> {
    this.#camera.stop();
    this.tell({ kind: 'way', way: undefined });
    this.tell({ kind: 'opening', read: 0 });
    // So that the screen says so before the work begins.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      const recovered = await this.#recovery.open((read) => {
        this.tell({ kind: 'opening', read });
      });
      this.#recovery.wipe();
      this.tell({ kind: 'opened' });
      this.#stage.open(this.#openedPackage(recovered));
    } catch (error) {
      this.tell({ kind: 'failed', problem: asProblem(error) });
      this.tell({ kind: 'progress', progress: this.#recovery.progress });
    }
  }

  #openedPackage({ manifest, files, doubts }: RecoveredPackage): OpenedPackage {
    const { language, startedAt } = this.#state;
    return { manifest, files, doubts, language, startedAt };
  }
}

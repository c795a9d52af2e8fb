// The package at work: the one that is chosen, the one the page itself carries, and whether it is what its record
// says, which is told before anybody is called for it.

import type { EscrowError } from '../core/errors.ts';
import type { GivenFile } from './recovery/given.ts';
import type { Recovery } from './recovery/recovery.ts';
import type { PageEvent, PageState, Screen } from './state.ts';

/** What the desk sees of the page, and how it tells what it found. */
interface DeskPage {
  readonly state: PageState;
  readonly isClosed: boolean;
  tell(event: PageEvent): void;
  go(screen: Screen): void;
}

export class PackageDesk {
  readonly #page: DeskPage;
  readonly #recovery: Recovery;
  /** The package that the page itself carries. */
  #inside: GivenFile | undefined;

  constructor(page: DeskPage, recovery: Recovery) {
    this.#page = page;
    this.#recovery = recovery;
  }

  /** What the page carries was taken: goes on to the cards while its bytes are measured. */
  begin(problem: EscrowError | undefined): void {
    if (problem) this.#page.tell({ kind: 'failed', problem });
    if (!this.#inside) return;
    this.#page.go('cards');
    void this.#measureOwn();
  }

  carry(inside: GivenFile | undefined): void {
    this.#inside = inside;
  }

  /** Takes the page's own package again. @returns whether it has one. */
  takeInside(): boolean {
    if (!this.#inside) return false;
    this.#recovery.setPackage(this.#inside);
    return true;
  }

  /** Takes the newest; the number in its name tells. */
  take(packages: readonly GivenFile[]): void {
    const [newest] = packages.toSorted((a, b) => (a.name < b.name ? 1 : -1));
    if (newest) this.#recovery.setPackage(newest);
  }

  /** Whether the records here speak against it. */
  get isDoubtful(): boolean {
    const { recordedSize, newerAt, isDamaged } = this.#recovery;
    return recordedSize !== undefined || newerAt !== undefined || isDamaged;
  }

  tell(): void {
    const { package: file, sealedAt, recordedSize, newerAt, isDamaged } = this.#recovery;
    const shown = file && { name: file.name, size: file.size, sealedAt, recordedSize, newerAt, isDamaged };
    this.#page.tell({ kind: 'package', package: shown && { ...shown, isInside: file === this.#inside } });
  }

  /** Tells whether the package is the file that its record describes. */
  async measure(): Promise<void> {
    await this.#recovery.measure();
    if (this.#recovery.isDamaged && !this.#page.isClosed) this.tell();
  }

  /** The page's own package as well; who has begun with the cards is not taken away from them. */
  async #measureOwn(): Promise<void> {
    await this.measure();
    const { screen, boxes, way, reading, package: shown } = this.#page.state;
    const isUntouched = screen === 'cards' && boxes.length === 0 && way === undefined && reading === 0;
    if (isUntouched && shown?.isDamaged === true) this.#page.go('package');
  }
}

// A card copied by hand where there is no printer. Its rows are shown to its trustee alone, one at a time, on a
// screen of their own that leaves nothing in the scroll-back, and are typed back from the paper afterwards.

import { guard } from '../adapters/interrupt.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { strong } from '../adapters/terminal.ts';
import { setMark } from '../core/share/set.ts';
import { shortSetId } from '../core/share/share-record.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import type { CardBatch } from './card-output.ts';
import type { CardPaper } from './card-paper.ts';
import { tell } from './dialogue.ts';
import { BY_HAND } from './sentences/printing.ts';
import type { Session } from './session.ts';

// The second screen of a terminal has no scroll-back; one that knows none is at least cleared, its scroll-back too.
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';
const ENTER = `\u001b[?1049h${CLEAR}`;
const LEAVE = `${CLEAR}\u001b[?1049l`;

/** A row as it is copied: six groups on two lines, its symbols apart. */
function largeRow(row: string): readonly string[] {
  const groups = (row.match(/.{1,4}/g) ?? []).map((group) => group.split(/(?=.)/).join(' '));
  return [groups.slice(0, 3).join('     '), groups.slice(3).join('     ')];
}

export class HandPaper implements CardPaper {
  readonly notice = [BY_HAND.intro];
  readonly again = BY_HAND.again;
  readonly wrong = BY_HAND.wrong;
  readonly againException = BY_HAND.againException;
  readonly hasCode = false;
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #batch: CardBatch;

  constructor(session: Session, prompter: Prompter, batch: CardBatch) {
    this.#session = session;
    this.#prompter = prompter;
    this.#batch = batch;
  }

  async put(secret: CardSecret): Promise<void> {
    tell(this.#session, BY_HAND.comes(secret.trustee.name));
    await this.#prompter.pause(BY_HAND.pressToShow);
    await this.#onOwnScreen(async () => {
      await this.#page(this.#head(secret));
      for (const [index, row] of secret.rows.entries())
        await this.#page([
          strong(this.#session.io, BY_HAND.row(index + 1, secret.rows.length)),
          '',
          ...largeRow(row).flatMap((line) => [`    ${strong(this.#session.io, line)}`, '']),
          BY_HAND.rowHow,
        ]);
    });
    tell(this.#session, BY_HAND.typeBack);
  }

  #head({ card, trustee }: CardSecret): readonly string[] {
    const { charter, words } = this.#batch;
    const mark = markName(setMark(charter.set.number));
    return [
      strong(this.#session.io, BY_HAND.head(card, charter.cards.length, mark, charter.set.number)),
      '',
      ...BY_HAND.facts(
        trustee.name,
        charter.created.slice(0, 10),
        shortSetId(charter.set.id),
        charter.escrow,
      ),
      '',
      BY_HAND.words,
      `    ${words.join(' ')}`,
      '',
      BY_HAND.headHow,
    ];
  }

  async #page(lines: readonly string[]): Promise<void> {
    this.#session.io.stderr(
      `${CLEAR}\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`,
    );
    await this.#prompter.pause(BY_HAND.next);
  }

  /** Whatever ends it, the screen is empty and the other one is back. */
  async #onOwnScreen(work: () => Promise<void>): Promise<void> {
    let isThere = true;
    const leave = (): void => {
      // A second time would clear the screen that is back.
      if (isThere) this.#session.io.stderr(LEAVE);
      isThere = false;
    };
    const release = guard(leave);
    this.#session.io.stderr(ENTER);
    try {
      await work();
    } finally {
      leave();
      release();
    }
  }

  clear(): Promise<void> {
    return Promise.resolve();
  }
}

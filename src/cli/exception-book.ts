// What went otherwise at a guided ceremony: entered at any step, read aloud at the end, and never taken out
// (requirement C3).

import type { Prompter } from '../adapters/prompts.ts';
import { MOST_EXCEPTIONS, whoProblem } from '../escrow/exceptions.ts';
import type { CeremonyException } from '../escrow/exceptions.ts';
import { ledgerTextProblem } from '../escrow/ledger-text.ts';
import type { Plan } from '../escrow/plan.ts';
import { formatTime } from '../escrow/seal.ts';
import { decline, heading, tell } from './dialogue.ts';
import type { Session } from './session.ts';

export class ExceptionBook {
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #plan: Plan;
  readonly #exceptions: CeremonyException[] = [];

  /** @param prompter - Asks about exceptions themselves: to it the word is an answer like any other. */
  constructor(session: Session, prompter: Prompter, plan: Plan) {
    this.#session = session;
    this.#prompter = prompter;
    this.#plan = plan;
  }

  get exceptions(): readonly CeremonyException[] {
    return this.#exceptions;
  }

  keep(step: number, what: string, fix: string, who: string): void {
    const time = formatTime(this.#session.io.now());
    this.#exceptions.push({ step, time, what, fix, who });
    tell(this.#session, `Exception ${this.#exceptions.length} is kept, at step ${step}: ${what}`);
  }

  /** Asks for one. */
  async enter(step: number): Promise<void> {
    const { organisation, cards } = this.#plan;
    if (this.#exceptions.length >= MOST_EXCEPTIONS) {
      decline(this.#session, `${MOST_EXCEPTIONS} exceptions are kept already; write it on the paper`);
      return;
    }
    heading(this.#session, `Exception at step ${step}`);
    tell(this.#session, 'No names and nothing off a card: it goes wherever the escrow is copied.');
    const names = [organisation, ...cards.map(({ trustee }) => trustee.name)];
    const check = (answer: string): string | undefined => ledgerTextProblem(answer, names);
    const what = await this.#prompter.text('What happened?', { check });
    const fix = await this.#prompter.text('What was done about it?', { check });
    const who = await this.#prompter.text('Who says so? lead, witness, or card and its number:', {
      initial: 'lead',
      check: (answer) => whoProblem(answer, cards.length),
    });
    this.keep(step, what.trim(), fix.trim(), who.trim().toLowerCase());
  }

  tell(): void {
    tell(this.#session, this.#exceptions.length === 0 ? 'Exceptions: none.' : 'Exceptions:');
    for (const { step, what, fix, who } of this.#exceptions)
      tell(this.#session, `step ${step}, by ${who}: ${what}; ${fix}`);
  }
}

// The guided run of a ceremony, step by step as on the printed script (escrow/ceremony-script.ts): the
// same numbers, the same words. It asks, tells and remembers; what is made is made by ceremony-run.ts.

import { rm } from 'node:fs/promises';
import { guard } from '../adapters/interrupt.ts';
import { connectedNetworks } from '../adapters/network.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { EscrowError } from '../core/errors.ts';
import { wordsMatch } from '../core/record/words.ts';
import { openTestPackage } from '../escrow/ceremony.ts';
import type { Ceremony, LockPassphrases } from '../escrow/ceremony.ts';
import { ceremonyScript, stepHeading, stepOf } from '../escrow/ceremony-script.ts';
import type { CeremonyScript, ScriptKind, ScriptProgram, StepId } from '../escrow/ceremony-script.ts';
import type { CeremonyMinutes, SeenException } from '../escrow/exceptions.ts';
import { planHash } from '../escrow/plan-hash.ts';
import type { Plan } from '../escrow/plan.ts';
import type { Register } from '../escrow/register.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { attendanceOf } from './attendance.ts';
import { askForBags } from './bag-round.ts';
import { clockText } from './clock-text.ts';
import { heading, tell } from './dialogue.ts';
import { askForRolls } from './dice.ts';
import { ExceptionBook } from './exception-book.ts';
import { withExceptions } from './exception-prompter.ts';
import type { PaperWay } from './paper-way.ts';
import { lockFacts } from './plan-summary.ts';
import { spokenProgram } from './script-sheet.ts';
import { drawQuorum, drawTest, TEST_PACKAGE, writeTest } from './second-machine.ts';
import { PRINTING } from './sentences/printing.ts';
import type { CardsFor } from './sentences/printing.ts';
import type { Session } from './session.ts';

interface Occasion {
  readonly kind: ScriptKind;
  readonly cardsFor: Exclude<CardsFor, 'remake'>;
  /** Of the set in force, and those before: whose the bags were. */
  readonly register?: Register | undefined;
}

/** For the ledger. What a network is called may be a person's name. */
const ON_NETWORK: SeenException = {
  what: 'the machine was on a network',
  fix: 'the program said so, and the lead went on',
};

const PRESS_FOR_KEY = 'Press Enter to make the key.';
const PRESS_FOR_CARDS = 'Press Enter: the cards in force are asked for.';

export class CeremonyGuide {
  readonly #session: Session;
  readonly #plan: Plan;
  readonly #script: CeremonyScript;
  readonly #program: ScriptProgram;
  readonly #minutes: ExceptionBook;
  readonly #prompter: Prompter;
  readonly #occasion: Occasion;
  #bags: ReadonlyMap<number, string> = new Map();
  #step = 1;
  #present = 0;
  #rolls: string | undefined;
  #restore: () => void = () => undefined;

  private constructor(
    session: Session,
    plan: Plan,
    occasion: Occasion,
    { program, inner }: { readonly program: ScriptProgram; readonly inner: Prompter },
  ) {
    this.#session = session;
    this.#plan = plan;
    this.#occasion = occasion;
    this.#program = program;
    this.#script = ceremonyScript(plan, occasion.kind, { program, isNext: occasion.cardsFor !== 'new' });
    this.#minutes = new ExceptionBook(session, inner, plan);
    this.#prompter = withExceptions(inner, () => this.#minutes.enter(this.#step));
  }

  /** Until {@link close} every question of this run can be answered by the word `exception`. */
  static async open(session: Session, plan: Plan, occasion: Occasion): Promise<CeremonyGuide> {
    const inner = await session.prompter('--no-input');
    const program = await spokenProgram();
    const guide = new CeremonyGuide(session, plan, occasion, { program, inner });
    guide.#restore = session.putBefore(guide.#prompter);
    return guide;
  }

  close(): void {
    this.#restore();
  }

  get minutes(): CeremonyMinutes {
    const { kind: script } = this.#script;
    return { script, program: this.#program.hash, exceptions: this.#minutes.exceptions, bags: this.#bags };
  }

  /** Steps before there is a key. @throws {@link EscrowError} `input.aborted` by the stop rule. */
  async beforeKey(): Promise<void> {
    await this.#people();
    await this.#machine();
    await this.#readPlan();
    await this.#places();
    this.#begin('key');
    const { kind, cardsFor } = this.#occasion;
    // A reissue keeps the key.
    if (kind === 'full' && cardsFor !== 'reissue')
      this.#rolls = await askForRolls(this.#session, this.#prompter);
    await this.#prompter.pause(cardsFor === 'new' ? PRESS_FOR_KEY : PRESS_FOR_CARDS);
  }

  /** Dice for the key, as digits. */
  get rolls(): string | undefined {
    return this.#rolls;
  }

  async words(words: readonly string[]): Promise<void> {
    this.#begin('words');
    for (const [index, word] of words.entries()) tell(this.#session, `${index + 1}  ${word}`);
    await this.#prompter.text('The six words, as they are read aloud from the paper:', {
      check: (typed) =>
        wordsMatch(typed, words) ? undefined : 'these are not the six words above; compare each',
    });
    tell(this.#session, SCREEN.words);
  }

  cards(way: PaperWay): void {
    this.#begin('cards');
    if (way.kind !== 'printer' || way.printer.reach === 'cable') return;
    this.note(PRINTING.farException(way.printer.reach));
  }

  /** What the program saw go otherwise than on the script. */
  note({ what, fix, who = 'lead' }: SeenException): void {
    this.#minutes.keep(this.#step, what, fix, who);
  }

  /** After the read-back: what it leaves is tried, put into bags, and signed for. */
  async afterCards(ceremony: Ceremony, passphrases: LockPassphrases): Promise<void> {
    await this.#test(ceremony, passphrases);
    await this.#secondMachine(ceremony);
    await this.#bag();
    await this.#finish();
  }

  #has(id: StepId): boolean {
    return stepOf(this.#script, id) !== undefined;
  }

  #begin(id: StepId): void {
    const step = stepOf(this.#script, id);
    if (!step) throw new Error(`the script has no step ${id}`);
    this.#step = step.number;
    heading(this.#session, stepHeading(this.#script, step));
    if (step.say !== undefined) tell(this.#session, `Say: "${step.say}"`);
    for (const sentence of step.doing) tell(this.#session, sentence);
  }

  async #people(): Promise<void> {
    const { cards } = this.#plan;
    heading(
      this.#session,
      'At every question the word "exception" enters what goes otherwise than on paper.',
    );
    this.#begin('people');
    for (const { card, trustee } of cards) tell(this.#session, `card ${card}: ${trustee.name}`);
    const { present, absent } = await attendanceOf(this.#session, this.#prompter, cards);
    this.#present = present;
    if (absent === undefined) return;
    this.note({ what: `the trustee of ${absent} is not here`, fix: 'the ceremony goes on' });
  }

  async #machine(): Promise<void> {
    this.#begin('machine');
    const networks = connectedNetworks();
    if (networks.length > 0)
      tell(this.#session, `On a network: ${networks.join(', ')}. Pull the cable, switch the radio off.`);
    tell(this.#session, SCREEN.program(this.#program.name, this.#program.hash));
    await this.#assure('Is that what stands on page 1 of the script?');
    if (connectedNetworks().length > 0) this.note(ON_NETWORK);
    if (this.#has('clock')) this.#begin('clock');
    tell(this.#session, SCREEN.clock(clockText(this.#session.io.now())));
    await this.#assure('Are date, time and zone right?', () => {
      tell(this.#session, 'Set the clock of this machine.');
      tell(this.#session, SCREEN.clock(clockText(this.#session.io.now())));
    });
  }

  /** Asked until it is so, or somebody means to stop: one Enter too many ends no ceremony. */
  async #assure(question: string, otherwise: () => void = () => undefined): Promise<void> {
    while (!(await this.#prompter.confirm(question, false))) {
      if (await this.#prompter.confirm('Stop here? Nothing of this run is kept.', false)) this.#stop();
      otherwise();
    }
  }

  async #readPlan(): Promise<void> {
    this.#begin('plan');
    const { cards } = this.#plan;
    const { words } = planHash(await this.#session.crypto(), this.#plan);
    tell(this.#session, SCREEN.plan(this.#script.policy));
    tell(this.#session, SCREEN.planWords(words));
    for (const { card, trustee, groupName } of cards) {
      const facts = [...(groupName === undefined ? [] : [groupName]), ...lockFacts(trustee)];
      tell(
        this.#session,
        `card ${card}: ${trustee.name}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`,
      );
    }
    await this.#assure('Has every trustee said "agreed"?');
    tell(this.#session, SCREEN.agreed(this.#present, cards.length));
  }

  async #places(): Promise<void> {
    if (!this.#has('places')) return;
    this.#begin('places');
    await this.#assure('Is no quorum of cards in one place or one hand?');
  }

  /** What was scanned and typed was compared, byte by byte, with the records this takes. */
  async #test(ceremony: Ceremony, passphrases: LockPassphrases): Promise<void> {
    this.#begin('test');
    const crypto = await this.#session.crypto();
    const quorum = drawQuorum(crypto, ceremony.charter.policy);
    await openTestPackage(
      crypto,
      ceremony,
      ceremony.cards.filter(({ card }) => quorum.includes(card)),
      passphrases,
    );
    tell(this.#session, SCREEN.test(quorum));
  }

  /** The package lies beside the escrow for as long as it is tried, and nowhere when the step is over. */
  async #secondMachine(ceremony: Ceremony): Promise<void> {
    if (!this.#has('second')) return;
    this.#begin('second');
    const drawn = await drawTest(await this.#session.crypto(), ceremony, this.#session.io.now());
    const path = this.#session.path(TEST_PACKAGE);
    const release = guard(() => rm(path, { force: true }));
    await writeTest(path, drawn);
    try {
      tell(this.#session, SCREEN.lots(drawn.cards));
      tell(this.#session, `Carry ${TEST_PACKAGE} to the second machine. There:`);
      tell(this.#session, `holdfast recover ${TEST_PACKAGE} --out test`);
      await this.#prompter.text('The six words in test/attachments/six-words.txt there:', {
        check: (typed) =>
          wordsMatch(typed, drawn.words) ? undefined : 'these are not the words in that package',
      });
      tell(this.#session, SCREEN.second);
    } finally {
      await rm(path, { force: true });
      release();
    }
  }

  async #bag(): Promise<void> {
    this.#begin('bags');
    const cards = this.#plan.cards.map(({ card }) => card);
    const { bags, exceptions } = await askForBags(this.#session, this.#prompter, {
      cards,
      before: this.#occasion.register,
    });
    this.#bags = bags;
    for (const exception of exceptions) this.note(exception);
  }

  async #finish(): Promise<void> {
    this.#begin('finish');
    let told = -1;
    // One more may come at the very last question: then all are read again.
    while (told !== this.#minutes.exceptions.length) {
      told = this.#minutes.exceptions.length;
      this.#minutes.tell();
      await this.#prompter.pause('Press Enter: the charter is signed and the key erased.');
    }
    const { steps } = this.#script;
    if (this.#step < steps.length)
      tell(
        this.#session,
        `Steps ${this.#step + 1} to ${steps.length} follow by the paper, without this program.`,
      );
  }

  /** The stop rule: nothing of this run is kept. */
  #stop(): never {
    throw new EscrowError('input.aborted', {});
  }
}

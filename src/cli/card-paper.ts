// How one card comes onto paper, is tried again, and leaves nothing behind: from a file that is there only while it
// is printed, from memory to a printer, or by hand (hand-copy.ts). The read-back (card-read-back.ts) leads.

import { rm, rmdir } from 'node:fs/promises';
import { exists, makeFolder, writeFileAtomic } from '../adapters/atomic-write.ts';
import { guard } from '../adapters/interrupt.ts';
import { roomAt } from '../adapters/memory-folder.ts';
import { cancelJob, sendToPrinter } from '../adapters/printers.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { EscrowError } from '../core/errors.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import type { SeenException } from '../escrow/exceptions.ts';
import { cardPath } from './card-output.ts';
import type { CardBatch, DrawnCard } from './card-output.ts';
import { decline, shortPath, tell } from './dialogue.ts';
import { HandPaper } from './hand-copy.ts';
import type { PaperWay, PrinterWay } from './paper-way.ts';
import { PRINTING } from './sentences/printing.ts';
import { shownName } from './shown-text.ts';
import type { Session } from './session.ts';

export interface CardPaper {
  /** What is said once, before the first card. */
  readonly notice: readonly string[];
  /** The choice for another try. */
  readonly again: string;
  /** What has to be done about a try that went wrong. */
  readonly wrong: string;
  /** How another try stands in the ledger. */
  readonly againException: (card: number) => SeenException;
  /** Whether there is a code that can be scanned. */
  readonly hasCode: boolean;
  /** Puts a card on paper. Only its trustee looks on. */
  put(secret: CardSecret, drawn: DrawnCard): Promise<void>;
  /**
   * Takes away what is left of the card that was put last.
   *
   * @param isRead - It was read back from its paper; otherwise it may not even be printed yet.
   */
  clear(isRead: boolean): Promise<void>;
}

interface Papering {
  readonly way: PaperWay;
  readonly batch: CardBatch;
  /** Asks for the folder of card files, where a printer fails and none was named. */
  readonly folder: () => Promise<string>;
  /** Keeps what went otherwise with the printer. */
  readonly note: (exception: SeenException) => void;
}

export async function cardPaper(
  session: Session,
  prompter: Prompter,
  { way, batch, folder, note }: Papering,
): Promise<CardPaper> {
  switch (way.kind) {
    case 'hand':
      return new HandPaper(session, prompter, batch);
    case 'files':
      return FilePaper.in(session, prompter, way.out);
    case 'printer':
      return new PrinterPaper(session, prompter, way, { folder, note });
  }
}

abstract class PrintedPaper {
  readonly hasCode = true;
  readonly again = PRINTING.again;
  readonly wrong = PRINTING.misprint;
  readonly againException = PRINTING.againException;
}

/** One file at a time. */
class FilePaper extends PrintedPaper implements CardPaper {
  readonly notice: readonly string[];
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #out: string;
  readonly #isOurs: boolean;
  #clear: () => Promise<void> = () => Promise.resolve();

  private constructor(
    session: Session,
    prompter: Prompter,
    out: string,
    facts: { isOurs: boolean; isInMemory: boolean },
  ) {
    super();
    this.#session = session;
    this.#prompter = prompter;
    this.#out = out;
    this.#isOurs = facts.isOurs;
    this.notice = [PRINTING.oneFile, ...(facts.isInMemory ? [] : [PRINTING.onDisk])];
  }

  static async in(session: Session, prompter: Prompter, out: string): Promise<FilePaper> {
    const isInMemory = (await roomAt(out))?.isInMemory === true;
    return new FilePaper(session, prompter, out, { isOurs: !(await exists(out)), isInMemory });
  }

  async put({ card, trustee }: CardSecret, { pdf }: DrawnCard): Promise<void> {
    await this.#write(cardPath(this.#out, card), pdf);
    tell(this.#session, PRINTING.printFile(shortPath(this.#session, cardPath(this.#out, card))));
    tell(this.#session, PRINTING.onlyOne(trustee.name));
    await this.#prompter.pause(PRINTING.onPaper);
  }

  async #write(path: string, pdf: Uint8Array): Promise<void> {
    await this.clear();
    // Since the folder was looked at, another run may have put its card there: that one is not ours to remove.
    if (await exists(path)) throw new EscrowError('output.exists', { path });
    const remove = async (): Promise<void> => {
      await rm(path, { force: true });
      if (this.#isOurs) await rmdir(this.#out).catch(() => undefined);
    };
    const release = guard(remove);
    this.#clear = async () => {
      await remove();
      release();
      this.#clear = () => Promise.resolve();
    };
    await makeFolder(this.#out);
    await writeFileAtomic(path, pdf);
  }

  async clear(): Promise<void> {
    await this.#clear();
  }
}

/** From memory, and file by file from the first failure that nobody wants to try again. */
class PrinterPaper extends PrintedPaper implements CardPaper {
  readonly notice = [PRINTING.fromMemory];
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #printer: string;
  readonly #folder: Papering['folder'];
  readonly #note: Papering['note'];
  #instead: FilePaper | undefined;
  /** Takes the job of the last try out of the queue. */
  #takeBack: (() => Promise<void>) | undefined;
  #forgetJob: () => void = () => undefined;

  constructor(
    session: Session,
    prompter: Prompter,
    way: PrinterWay,
    { folder, note }: Pick<Papering, 'folder' | 'note'>,
  ) {
    super();
    this.#session = session;
    this.#prompter = prompter;
    this.#printer = way.printer.name;
    this.#folder = folder;
    this.#note = note;
  }

  async put(secret: CardSecret, drawn: DrawnCard): Promise<void> {
    await this.#takeBack?.();
    if (!this.#instead) await this.#prompter.pause(PRINTING.pressToPrint(secret.card));
    while (!this.#instead) {
      const sent = await sendToPrinter(drawn.pdf, this.#printer, this.#session.io.environment);
      if (sent.state !== 'refused') this.#keepJob(sent.job);
      if (sent.state === 'taken') {
        tell(this.#session, PRINTING.sent(this.#printer));
        tell(this.#session, PRINTING.onlyOne(secret.trustee.name));
        await this.#prompter.pause(PRINTING.onPaper);
        return;
      }
      if ('reason' in sent) decline(this.#session, PRINTING.notTaken(this.#printer, shownName(sent.reason)));
      else tell(this.#session, PRINTING.mayPrint(this.#printer));
      await this.#afterFailure(secret.card, sent.state === 'unknown');
    }
    await this.#instead.put(secret, drawn);
  }

  #keepJob(job: string | undefined): void {
    if (job === undefined) return;
    const takeBack = async (): Promise<void> => {
      this.#dropJob();
      const isGone = await cancelJob(job, this.#session.io.environment);
      tell(this.#session, isGone ? PRINTING.takenBack(job) : PRINTING.notTakenBack(job));
    };
    this.#takeBack = takeBack;
    this.#forgetJob = guard(takeBack);
  }

  #dropJob(): void {
    this.#forgetJob();
    this.#takeBack = undefined;
  }

  async #afterFailure(card: number, isUnknown: boolean): Promise<void> {
    const choices = [
      { name: PRINTING.tryAgain, value: 'again' },
      { name: PRINTING.takeFile, value: 'file' },
      { name: PRINTING.stop, value: 'stop' },
    ] as const;
    const choice = await this.#prompter.choose(PRINTING.afterNotTaken, choices, 'again');
    if (choice === 'stop') throw new EscrowError('input.aborted', {});
    await this.#takeBack?.();
    this.#note(PRINTING.notTakenException(card, isUnknown, choice === 'file'));
    if (choice === 'again') return;
    this.#instead = await FilePaper.in(this.#session, this.#prompter, await this.#folder());
    for (const sentence of this.#instead.notice) tell(this.#session, sentence);
  }

  async clear(isRead: boolean): Promise<void> {
    if (isRead) this.#dropJob();
    await this.#takeBack?.();
    await this.#instead?.clear();
  }
}

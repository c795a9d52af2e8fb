// A person at a terminal: a pseudo-terminal that the program believes in, and a screen that remembers
// what was seen on it. The screen knows only what prompts use: text, lines, cursor moves, erasing; and the
// second screen of a terminal, which leaves nothing in the scroll-back.

import type { IPty } from '@lydell/node-pty';
import type { TestContext } from 'vitest';

const COLUMNS = 80;
const ROWS = 24;

/** What a terminal shows, with everything that scrolled off it. */
class Screen {
  #lines: string[] = [''];
  #row = 0;
  #column = 0;
  #pending = '';
  #main: { lines: string[]; row: number; column: number } | undefined;
  isCursorShown = true;
  /** How often the second screen was cleared; undefined on the first one. */
  page: number | undefined;

  /** The whole scroll-back as text, without blanks at line ends. */
  get text(): string {
    return this.#lines.map((line) => line.trimEnd()).join('\n');
  }

  write(data: string): void {
    // A sequence may arrive in two parts.
    const all = this.#pending + data;

    const cut = /\u001b(?:\[[\d;?]*)?$/.exec(all)?.index ?? all.length;
    this.#pending = all.slice(cut);

    for (const [part, parameters, final] of all.slice(0, cut).matchAll(/\u001b\[([\d;?]*)([A-Za-z])|[^]/gu)) {
      if (final === undefined) this.#put(part);
      else this.#control(parameters ?? '', final);
    }
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character === '\n') this.#down(1);
    else if (character >= ' ') {
      if (this.#column === COLUMNS) {
        this.#column = 0;
        this.#down(1);
      }
      const line = (this.#lines[this.#row] ?? '').padEnd(this.#column);
      this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
      this.#column += 1;
    }
  }

  #down(by: number): void {
    this.#row += by;
    while (this.#lines.length <= this.#row) this.#lines.push('');
  }

  #control(parameters: string, final: string): void {
    const count = Number(parameters) || 1;
    const line = this.#lines[this.#row] ?? '';
    if (final === 'A') this.#row = Math.max(0, this.#row - count);
    if (final === 'B') this.#down(count);
    if (final === 'C') this.#column = Math.min(COLUMNS - 1, this.#column + count);
    if (final === 'D') this.#column = Math.max(0, this.#column - count);
    if (final === 'G') this.#column = count - 1;
    if (final === 'K') this.#lines[this.#row] = parameters === '2' ? '' : line.slice(0, this.#column);
    if (final === 'J' && (parameters === '2' || parameters === '3')) this.#clear();
    else if (final === 'J') {
      this.#lines[this.#row] = line.slice(0, this.#column);
      this.#lines.length = this.#row + 1;
    }
    if (final === 'H') [this.#row, this.#column] = [0, 0];
    if (parameters === '?25') this.isCursorShown = final === 'h';
    if (parameters === '?1049') this.#turn(final === 'h');
  }

  #clear(): void {
    this.#lines = this.#lines.map(() => '');
    if (this.page !== undefined) this.page += 1;
  }

  #turn(isSecond: boolean): void {
    if (isSecond) this.#main = { lines: this.#lines, row: this.#row, column: this.#column };
    const { lines, row, column } = (isSecond ? undefined : this.#main) ?? { lines: [''], row: 0, column: 0 };
    [this.#lines, this.#row, this.#column] = [lines, row, column];
    this.page = isSecond ? 0 : undefined;
  }
}

const PATIENCE_MS = 45_000;
const MOST_CHOICES = 10;
const CTRL_C = '\u0003';
const CTRL_U = '\u0015';
const UP = '\u001b[A';
const DOWN = '\u001b[B';

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A program in a terminal. */
export class Terminal {
  readonly #pty: IPty;
  readonly #screen = new Screen();
  readonly #ended: Promise<number>;
  #hasEnded = false;
  /** The number of the signal that ended it; 0 where it ended by itself. */
  signal: number | undefined;
  /** Lines down to the last question answered: the next one stands below them. */
  #answered = 0;
  #wake: () => void = () => undefined;

  constructor(pty: IPty) {
    this.#pty = pty;
    pty.onData((data) => {
      this.#screen.write(data);
      this.#wake();
    });
    this.#ended = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        this.#hasEnded = true;
        this.signal = signal;
        this.#wake();
        resolve(exitCode);
      });
    });
  }

  get text(): string {
    return this.#screen.text;
  }

  get isCursorShown(): boolean {
    return this.#screen.isCursorShown;
  }

  /** Waits until something is on the screen below what was answered last. */
  async see(wanted: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = wanted.exec(this.#fresh());
      if (found) return found;
      const left = deadline - Date.now();
      if (this.#hasEnded || left <= 0) throw new Error(`never seen: ${String(wanted)}\n${this.text}`);
      await this.#change(left);
    }
  }

  #fresh(): string {
    return this.text.split('\n').slice(this.#linesAnswered).join('\n');
  }

  get #linesAnswered(): number {
    return this.#screen.page === undefined ? this.#answered : 0;
  }

  #change(within: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, within);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Waits for a question, answers it, and waits until the answer was taken. */
  async answer(question: string, answer = ''): Promise<void> {
    await this.type(question, answer);
    // A page is gone as soon as it was answered.
    if (this.#screen.page !== undefined) return this.#turned(this.#screen.page);
    const { index, 0: taken } = await this.see(new RegExp(`✔ [^\\n]*${escape(question)}`));
    const above = this.#fresh().slice(0, index + taken.length);
    this.#answered += above.split('\n').length;
  }

  async #turned(page: number): Promise<void> {
    while (this.#screen.page === page && !this.#hasEnded) await this.#change(PATIENCE_MS);
  }

  /** Answers where an earlier answer stands already. */
  async retype(question: string, answer: string): Promise<void> {
    await this.see(new RegExp(`\\? [^\\n]*${escape(question)}`));
    await this.answer(question, CTRL_U + answer);
  }

  /** Types an answer that will not be taken, waits for the reason, and clears the line. */
  async answerWrongly(question: string, answer: string, reason: RegExp): Promise<void> {
    await this.type(question, answer);
    await this.see(reason);
    this.#pty.write(CTRL_U);
  }

  /** Waits for a question and types, with Enter. */
  async type(question: string, answer: string): Promise<void> {
    await this.see(new RegExp(`\\? [^\\n]*${escape(question)}`));
    this.#pty.write(`${answer}\r`);
  }

  /** Waits for a question and types, without Enter. */
  async begin(question: string, answer: string): Promise<void> {
    await this.see(new RegExp(`\\? [^\\n]*${escape(question)}`));
    this.#pty.write(answer);
    await this.see(new RegExp(escape(answer)));
  }

  /** Goes up or down a list to the choice that begins so. */
  async choose(question: string, choice: string): Promise<void> {
    await this.see(new RegExp(`\\? [^\\n]*${escape(question)}`));
    for (let steps = 0; ; steps += 1) {
      // All of the list, down to the keys below it: half a list does not say where the choice is.
      const { 1: marked = '' } = await this.see(/❯ ([^\n]+)\n(?:[^\n]*\n)*?[^\n]*navigate/);
      if (marked.startsWith(choice)) break;
      if (steps === MOST_CHOICES) throw new Error(`no such choice: ${choice}\n${this.text}`);
      // A list does not go round.
      const isBelow = new RegExp(`❯ [^\\n]+\\n(?:[^\\n]*\\n)*? +${escape(choice)}`).test(this.#fresh());
      this.#pty.write(isBelow ? DOWN : UP);
      await this.see(new RegExp(`❯ (?!${escape(marked)})[^\\n]+`));
    }
    await this.answer(question);
  }

  /** No chance to clean up after itself. */
  destroy(): void {
    this.#pty.kill('SIGKILL');
  }

  /** The window is closed: nobody reads what is written any more. */
  hangUp(): void {
    (this.#pty as unknown as { destroy(): void }).destroy();
  }

  interrupt(): void {
    this.#pty.write(CTRL_C);
  }

  /** The exit code, once the program has ended. */
  async end(): Promise<number> {
    const timer = setTimeout(() => {
      this.#pty.kill();
    }, PATIENCE_MS);
    const code = await this.#ended;
    clearTimeout(timer);
    return code;
  }
}

/** Starts a program in a terminal of 80 columns; the test is left out where there are no pseudo-terminals. */
export async function openTerminal(
  context: TestContext,
  command: readonly [program: string, ...args: string[]],
  where: { readonly folder: string; readonly environment: Readonly<Record<string, string>> },
): Promise<Terminal> {
  const { spawn } = await import('@lydell/node-pty').catch(() => {
    console.warn(`left out: ${context.task.name}: no pseudo-terminal for this platform`);
    return context.skip('no pseudo-terminal for this platform');
  });
  const [program, ...args] = command;
  const env = { ...process.env, ...where.environment, TERM: 'xterm-256color' };
  return new Terminal(spawn(program, args, { cols: COLUMNS, rows: ROWS, cwd: where.folder, env }));
}

// Questions to a person at a terminal, by Inquirer. It must never see a pipe (a piped "abc" makes its
// confirm answer yes), so the command line builds a Prompter only when there is a terminal.

import { styleText } from 'node:util';
import { EscrowError } from '../core/errors.ts';

export interface TextOptions {
  /** What Enter alone means; shown behind the question. */
  readonly initial?: string;
  /** An earlier answer to go on from: it stands there, ready to be changed. */
  readonly prefill?: string;
  /** Gives the reason why an answer will not do. */
  readonly check?: (answer: string) => string | undefined | Promise<string | undefined>;
  /**
   * What stands on the screen in place of the answer once it was taken. For a card's rows: whoever types
   * 24 symbols must see them, but a screen that keeps the rows of a quorum is the key itself, in the
   * scroll-back and in every photo of it.
   */
  readonly shownAfter?: string;
}

/** What a guided command may ask. Each question has a flag or file twin, named in the command's help. */
export interface Prompter {
  /** A line of text. */
  text(question: string, options?: TextOptions): Promise<string>;
  /** A secret, shown as stars while typed. */
  secret(question: string): Promise<string>;
  confirm(question: string, initial: boolean): Promise<boolean>;
  choose<T extends string>(
    question: string,
    choices: readonly { name: string; value: T }[],
    initial?: T,
  ): Promise<T>;
  /** Waits for Enter. */
  pause(message: string): Promise<void>;
}

/** Ctrl-C in a prompt, as our own code. */
async function answered<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new EscrowError('input.aborted', {}, { cause: error });
    }
    throw error;
  }
}

/** What stays of a question that was answered: as Inquirer leaves questions. */
function tellTaken(message: string, shown: string): void {
  const style = (format: 'green' | 'bold' | 'cyan', text: string): string =>
    styleText(format, text, { stream: process.stderr });
  process.stderr.write(
    `${style('green', '✔')} ${style('bold', message)} ${style('cyan', shown)}`.trimEnd() + '\n',
  );
}

function textQuestion(message: string, { initial, prefill, check }: TextOptions): object {
  return {
    type: 'input',
    message,
    ...(initial === undefined ? {} : { default: initial }),
    ...(prefill === undefined ? {} : { default: prefill, prefill: 'editable' }),
    validate: async (answer: string) => (await check?.(answer)) ?? true,
  };
}

/** Loads Inquirer and gives a prompter on this terminal. Questions appear on stderr. */
export async function terminalPrompter(): Promise<Prompter> {
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({ output: process.stderr });
  // Whatever ends such a question, Ctrl-C too, it goes off the screen with what was typed and what was said of it: a
  // row of a card is typed at any of them.
  const askUnseen = inquirer.createPromptModule({ output: process.stderr, clearPromptOnDone: true });
  const one = async <T>(question: object, how = ask): Promise<T> => {
    const answers = (await answered(how([{ ...question, name: 'answer' }] as never))) as { answer: T };
    return answers.answer;
  };
  return {
    text: async (message, options = {}) => {
      const answer = await one<string>(textQuestion(message, options), askUnseen);
      tellTaken(message, answer === '' ? '' : (options.shownAfter ?? answer));
      return answer;
    },
    secret: (message) => one<string>({ type: 'password', message, mask: '*' }),
    confirm: (message, initial) => one<boolean>({ type: 'confirm', message, default: initial }),
    choose: <T extends string>(
      message: string,
      choices: readonly { name: string; value: T }[],
      initial?: T,
    ) =>
      one<T>({
        type: 'select',
        message,
        choices,
        loop: false,
        ...(initial === undefined ? {} : { default: initial }),
      }),
    pause: async (message) => {
      await one<string>({ type: 'input', message, transformer: () => '' });
    },
  };
}

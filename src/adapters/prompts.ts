// Questions to a person at a terminal, by Inquirer. It must never see a pipe (a piped "abc" makes its
// confirm answer yes), so the command line builds a Prompter only when there is a terminal.

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
  /** A secret, not shown while typed. */
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

function textQuestion(message: string, options: TextOptions): object {
  const { initial, prefill, check, shownAfter } = options;
  const replace = (value: string, { isFinal }: { isFinal: boolean }): string =>
    isFinal && value !== '' ? (shownAfter ?? value) : value;
  return {
    type: 'input',
    message,
    ...(initial === undefined ? {} : { default: initial }),
    ...(prefill === undefined ? {} : { default: prefill, prefill: 'editable' }),
    ...(shownAfter === undefined ? {} : { transformer: replace }),
    validate: async (answer: string) => (await check?.(answer)) ?? true,
  };
}

/** Loads Inquirer and gives a prompter on this terminal. Questions appear on stderr. */
export async function terminalPrompter(): Promise<Prompter> {
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({ output: process.stderr });
  const one = async <T>(question: object): Promise<T> => {
    const answers = (await answered(ask([{ ...question, name: 'answer' }] as never))) as { answer: T };
    return answers.answer;
  };
  return {
    text: (message, options = {}) => one<string>(textQuestion(message, options)),
    secret: (message) => one<string>({ type: 'password', message, mask: '*' }),
    confirm: (message, initial) => one<boolean>({ type: 'confirm', message, default: initial }),
    choose: <T extends string>(
      message: string,
      choices: readonly { name: string; value: T }[],
      initial?: T,
    ) => one<T>({ type: 'select', message, choices, ...(initial === undefined ? {} : { default: initial }) }),
    pause: async (message) => {
      await one<string>({ type: 'input', message, transformer: () => '' });
    },
  };
}

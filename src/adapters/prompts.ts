// Questions to a person at a terminal, by Inquirer. It must never see a pipe (a piped "abc" makes its
// confirm answer yes), so the command line builds a Prompter only when there is a terminal.

import { EscrowError, isEscrowError } from '../core/errors.ts';

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

/** Inquirer's "? " before a question and the space behind it. */
const PROMPT_COLUMNS = 3;

/** Takes a question and what was typed behind it off the screen: Ctrl-C would leave a card's row there. */
function eraseTyped(message: string, typed: string): void {
  const columns = process.stderr.columns || 80;
  const lines = Math.ceil((PROMPT_COLUMNS + message.length + typed.length + 1) / columns);
  process.stderr.write('\u001b[1A\u001b[2K'.repeat(lines));
}

function textQuestion(message: string, options: TextOptions, hear: (typed: string) => void): object {
  const { initial, prefill, check, shownAfter } = options;
  const replace = (value: string, { isFinal }: { isFinal: boolean }): string => {
    hear(value);
    return isFinal && value !== '' ? (shownAfter ?? value) : value;
  };
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
    text: async (message, options = {}) => {
      let typed = '';
      const question = textQuestion(message, options, (value) => (typed = value));
      try {
        return await one<string>(question);
      } catch (error) {
        if (options.shownAfter !== undefined && isEscrowError(error, 'input.aborted'))
          eraseTyped(message, typed);
        throw error;
      }
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

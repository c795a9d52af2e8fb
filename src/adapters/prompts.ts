// Questions to a person at a terminal, by Inquirer. It must never see a pipe (a piped "abc" makes its
// confirm answer yes), so the command line builds a Prompter only when there is a terminal.

import { EscrowError } from '../core/errors.ts';

/** What a guided command may ask. Each question has a flag or file twin, named in the command's help. */
export interface Prompter {
  /** A line of text. `check` gives the reason why an answer will not do. */
  text(
    question: string,
    options?: { initial?: string; check?: (answer: string) => string | undefined },
  ): Promise<string>;
  /** A secret, not shown while typed. */
  secret(question: string): Promise<string>;
  confirm(question: string, initial: boolean): Promise<boolean>;
  choose<T extends string>(question: string, choices: readonly { name: string; value: T }[]): Promise<T>;
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

/** Loads Inquirer and gives a prompter on this terminal. Questions appear on stderr. */
export async function terminalPrompter(): Promise<Prompter> {
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({ output: process.stderr });
  const one = async <T>(question: object): Promise<T> => {
    const answers = (await answered(ask([{ ...question, name: 'answer' }] as never))) as { answer: T };
    return answers.answer;
  };
  return {
    text: (message, options = {}) =>
      one<string>({
        type: 'input',
        message,
        ...(options.initial === undefined ? {} : { default: options.initial }),
        validate: (answer: string) => options.check?.(answer) ?? true,
      }),
    secret: (message) => one<string>({ type: 'password', message, mask: '*' }),
    confirm: (message, initial) => one<boolean>({ type: 'confirm', message, default: initial }),
    choose: <T extends string>(message: string, choices: readonly { name: string; value: T }[]) =>
      one<T>({ type: 'select', message, choices }),
    pause: async (message) => {
      await one<string>({ type: 'input', message });
    },
  };
}

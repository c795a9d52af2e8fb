// How the program meets whoever runs it. stdout carries only the result; everything else goes to
// stderr with the program's name before it. Colour never carries meaning alone.

import { styleText } from 'node:util';
import type { Prompter } from './prompts.ts';

/** The outside of one run: tests give their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  stdout(part: string | Uint8Array): Promise<void>;
  stderr(text: string): void;
  /** Whether a person can be asked: stdin and stderr are both terminals. */
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  now(): Date;
  /** Answers questions in place of the terminal; tests give one. */
  readonly prompter?: () => Promise<Prompter>;
}

/** The process as an Io. */
export function processIo(): Io {
  return {
    stdin: process.stdin as AsyncIterable<Uint8Array>,
    stdout: (part) =>
      new Promise((done, fail) => {
        process.stdout.write(part, (error) => {
          if (error) fail(error);
          else done();
        });
      }),
    stderr: (text) => void process.stderr.write(text),
    isTerminal: process.stdin.isTTY && process.stderr.isTTY,
    environment: process.env,
    folder: process.cwd(),
    now: () => new Date(),
  };
}

/** Bold on a terminal that wants it, plain everywhere else. */
export function strong(io: Io, text: string): string {
  return io.isTerminal ? styleText('bold', text, { stream: process.stderr }) : text;
}

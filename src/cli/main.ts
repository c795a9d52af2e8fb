// The program: arguments in, exit code out. Everything that can go wrong ends here as one sentence and
// one hint, on stderr; a stack trace is shown only to whoever asks for it.

import { askToStop, undoGuarded } from '../adapters/interrupt.ts';
import { processIo } from '../adapters/terminal.ts';
import type { Io } from '../adapters/terminal.ts';
import { isEscrowError } from '../core/errors.ts';
import { ExitCode } from './exit-codes.ts';
import { version } from './version.ts';

/** Says what went wrong and gives the exit code. */
async function explain(error: unknown, io: Io, json: boolean): Promise<number> {
  const [{ UNEXPECTED, reportOf }, { wrapText }, { shownJson, shownText }] = await Promise.all([
    import('./report.ts'),
    import('./wrap.ts'),
    import('./shown-text.ts'),
  ]);
  const known = isEscrowError(error);
  const { exit, message, hint } = known ? reportOf(error) : UNEXPECTED;
  if (json) {
    const code = known ? error.code : 'unexpected';
    const facts = known ? error.facts : {};
    io.stderr(`${shownJson(JSON.stringify({ type: 'error', code, exit, message, hint, facts }))}\n`);
  } else {
    const lines = [`holdfast: error: ${message}`, `holdfast: hint: ${hint}`].map(shownText);
    for (const line of lines) io.stderr(`${io.isTerminal ? wrapText(line, '  ') : line}\n`);
  }
  // Not for our own errors: a cause may quote input. Nobody but the person who set it sees this.
  if (!known && io.environment['HOLDFAST_DEBUG'] === '1') {
    io.stderr(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return exit;
}

/**
 * Runs one command line.
 *
 * @param argv - Arguments after the program's name.
 * @returns the exit code (docs/exit-codes.md).
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // Answered before anything is loaded: it is the one command people time.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    await io.stdout(`holdfast ${version()}\n`);
    return ExitCode.Ok;
  }
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, io);
  } catch (error) {
    return await explain(error, io, argv.includes('--json'));
  } finally {
    await undoGuarded();
  }
}

/** How long work may take to reach its next step and clean up after itself, before that is done for it. */
const PATIENCE_MS = 1_000;

const SIGNALS = {
  SIGINT: ExitCode.Interrupted,
  SIGTERM: ExitCode.Terminated,
  // The terminal was closed. Windows gives ten seconds.
  SIGHUP: ExitCode.Terminated,
} as const;

/**
 * Stops the work in order. What comes again and is `urgent` no longer waits for the work, and a third time for nothing:
 * two strokes of Ctrl-C, as many people make, leave no card file.
 */
type Stop = (code: number, how?: { readonly isUrgent?: boolean; readonly isFailure?: boolean }) => void;

function orderlyStop(io: Io, work: Promise<number>): Stop {
  let again: (() => void) | undefined;
  return (code, { isUrgent = false, isFailure = false } = {}) => {
    if (again) {
      if (isUrgent) again();
      return;
    }
    io.stderr('\nholdfast: stopping; removing what is unfinished\n');
    askToStop();
    const patience = new Promise<undefined>((resolve) => {
      setTimeout(resolve, PATIENCE_MS, undefined);
      again = () => {
        resolve(undefined);
        again = () => {
          leave(code);
        };
      };
    });
    void Promise.race([work, patience]).then(async (ended) => {
      await undoGuarded();
      // What was past stopping is done, and says so. A failure that nobody waited for may have been a part of it.
      const isDone = ended === ExitCode.Ok || ended === ExitCode.Findings;
      leave(isDone && !isFailure ? ended : code);
    });
  };
}

let isTerminalGone = false;

/** On its way out Node sets the terminal as it was. Where that is gone, it aborts: what was in memory would be dumped. */
function leave(code: number): void {
  if (isTerminalGone) process.kill(process.pid, 'SIGKILL');
  else process.exit(code);
}

/** The terminal was closed under a question, and its signal has not come yet. */
const isHangUp = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && error.syscall === 'setRawMode';

/** Node's own way would be to end here and now, with the file of a card on the disk. */
function stopOnFailure(io: Io, stop: Stop): void {
  process.on('uncaughtException', (error: unknown) => {
    if (isHangUp(error)) stop(ExitCode.Terminated);
    else
      void explain(error, io, process.argv.includes('--json'))
        .catch(() => ExitCode.Unexpected)
        .then((code) => {
          stop(code, { isFailure: true });
        });
  });
  // Whoever reads standard input hears of a failure by reading; nobody hears of one on standard error.
  for (const stream of [process.stdin, process.stderr])
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EIO' && stream.isTTY) isTerminalGone = true;
    });
}

/** Runs the process's own command line; bin/holdfast.js calls it. */
export async function run(): Promise<void> {
  const io = processIo();
  // A reader that closes the pipe (head) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.Ok);
  });
  const work = main(process.argv.slice(2), io);
  const stop = orderlyStop(io, work);
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      // A window that is closed may say so several times, by the terminal and by the shell in it.
      stop(code, { isUrgent: signal !== 'SIGHUP' });
    });
  }
  stopOnFailure(io, stop);
  process.exitCode = await work;
  if (isTerminalGone) leave(process.exitCode);
}

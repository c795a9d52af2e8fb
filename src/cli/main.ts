// The program: arguments in, exit code out. Everything that can go wrong ends here as one sentence and
// one hint, on stderr; a stack trace is shown only to whoever asks for it.

import { undoGuarded } from '../adapters/interrupt.ts';
import { processIo } from '../adapters/terminal.ts';
import type { Io } from '../adapters/terminal.ts';
import { isEscrowError } from '../core/errors.ts';
import { ExitCode } from './exit-codes.ts';
import { version } from './version.ts';

/** Says what went wrong and gives the exit code. */
async function explain(error: unknown, io: Io, json: boolean): Promise<number> {
  const [{ UNEXPECTED, reportOf }, { wrapText }] = await Promise.all([
    import('./report.ts'),
    import('./wrap.ts'),
  ]);
  const known = isEscrowError(error);
  const { exit, message, hint } = known ? reportOf(error) : UNEXPECTED;
  if (json) {
    const code = known ? error.code : 'unexpected';
    const facts = known ? error.facts : {};
    io.stderr(`${JSON.stringify({ type: 'error', code, exit, message, hint, facts })}\n`);
  } else {
    const lines = [`holdfast: error: ${message}`, `holdfast: hint: ${hint}`];
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

function onSignal(signal: 'SIGINT' | 'SIGTERM', code: number, io: Io): void {
  let isSecond = false;
  process.on(signal, () => {
    if (isSecond) process.exit(code);
    isSecond = true;
    io.stderr('\nholdfast: stopping; removing what is unfinished\n');
    void undoGuarded().then(() => process.exit(code));
  });
}

/** Runs the process's own command line; bin/holdfast.js calls it. */
export async function run(): Promise<void> {
  const io = processIo();
  onSignal('SIGINT', ExitCode.Interrupted, io);
  onSignal('SIGTERM', ExitCode.Terminated, io);
  // A reader that closes the pipe (head) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.Ok);
  });
  process.exitCode = await main(process.argv.slice(2), io);
}

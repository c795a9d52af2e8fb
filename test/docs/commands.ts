// The command tree as `--help` tells it: every command that does something, and the flags it knows.

import type { Io } from '../../src/adapters/terminal.ts';
import { streamOf } from '../../src/core/stream-of.ts';
import { runProgram } from '../../src/cli/program.ts';

export interface Told {
  /** "check-in", "ceremony new". */
  readonly name: string;
  /** Its own flags and those of the program above it. */
  readonly flags: ReadonlySet<string>;
}

/** What `--help` prints. */
export async function help(command: readonly string[]): Promise<string> {
  let text = '';
  const io: Io = {
    stdin: streamOf(),
    stdout: (part) => {
      text += String(part);
      return Promise.resolve();
    },
    stderr: () => undefined,
    isTerminal: false,
    environment: {},
    folder: '.',
    now: () => new Date(0),
  };
  await runProgram([...command, '--help'], io);
  return text;
}

/** The lines of one block of a help text: "Options", "Commands". */
function block(text: string, heading: string): string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(`${heading}:`);
  if (from < 0) return [];
  const length = lines.slice(from + 1).findIndex((line) => line === '');
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length);
}

function flagsOf(text: string): string[] {
  return block(text, 'Options').flatMap((line) => /^ {2}\S.*/.exec(line)?.[0].match(/--[a-z][a-z-]*/g) ?? []);
}

/** Every command with an action, depth first. */
export async function toldCommands(
  command: readonly string[] = [],
  above: readonly string[] = [],
): Promise<Told[]> {
  const text = await help(command);
  const flags = [...above, ...flagsOf(text)];
  const names = block(text, 'Commands').flatMap((line) => /^ {2}([a-z][a-z-]*)/.exec(line)?.[1] ?? []);
  const below = names.filter((name) => name !== 'help');
  if (below.length === 0) return [{ name: command.join(' '), flags: new Set(flags) }];
  const found: Told[] = [];
  for (const name of below) found.push(...(await toldCommands([...command, name], flags)));
  return found;
}

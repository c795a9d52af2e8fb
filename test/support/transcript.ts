// Runs transcripts: text files of commands and what they must do (test/transcripts/README.md says how they
// are written). Each runs in a folder of its own with a home of its own, through main() in this process, so
// that the same files run on every platform. A failure names the line and shows what was seen.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Io } from '../../src/adapters/terminal.ts';
import { check, type Seen } from './transcript-checks.ts';
import { MAKERS } from './transcript-makers.ts';
import { expandPath, onePath, VERBS as COMMON_VERBS } from './transcript-verbs.ts';

/** The program under test: main() of src/cli/main.ts, or a stand-in. */
export type Program = (argv: readonly string[], io: Io) => Promise<number>;

/** Where a transcript stands while it runs; verbs may set its clock. */
export interface Stage {
  readonly folder: string;
  readonly program: Program;
  readonly environment: Readonly<Record<string, string>>;
  time: number;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** One command and the lines that say what it must do. */
interface Step {
  readonly command: Line;
  readonly checks: Line[];
}

const VERBS = { ...COMMON_VERBS, ...MAKERS };

const START = Date.UTC(2026, 10, 24, 1, 2, 3);

/**
 * Runs one transcript.
 *
 * @throws Error with the line, what was expected there, and the output of its command.
 */
export async function runTranscript(transcript: string, program: Program): Promise<void> {
  const { steps, files } = parse(transcript);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-transcript-'));
  const environment = { HOLDFAST_HOME: join(folder, 'home') };
  const stage: Stage = { folder, program, environment, time: START };
  try {
    for (const [name, content] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    for (const step of steps) await runStep(stage, step);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes a transcript apart: its steps, and the files that stand behind them. */
function parse(transcript: string): { steps: Step[]; files: [string, Buffer][] } {
  const [script = '', ...fixtures] = transcript.replaceAll('\r\n', '\n').split(/^-- (?=\S.* --$)/m);
  const files = fixtures.map((fixture): [string, Buffer] => {
    const end = fixture.indexOf('\n');
    const [, name = '', base64] = /^(.*?)( base64)? --$/.exec(fixture.slice(0, end)) ?? [];
    return [name, Buffer.from(fixture.slice(end + 1), base64 === undefined ? 'utf8' : 'base64')];
  });
  const steps: Step[] = [];
  for (const [at, raw] of script.split('\n').entries()) {
    const line = { number: at + 1, text: raw.trim() };
    const step = steps.at(-1);
    if (line.text === '' || line.text.startsWith('#')) continue;
    if (line.text.startsWith('$ ')) steps.push({ command: line, checks: [] });
    else if (step) step.checks.push(line);
    else throw new Error(`line ${line.number}: no command stands before it`);
  }
  if (steps.length === 0) throw new Error('a transcript without a command checks nothing');
  return { steps, files };
}

async function runStep(stage: Stage, { command, checks }: Step): Promise<void> {
  let seen: Seen = { code: -1, out: '', err: '' };
  let at = command;
  try {
    seen = await execute(stage, command.text.slice(2));
    // A command that says nothing about its exit code must succeed.
    if (!checks.some(({ text }) => /^!?\?/.test(text))) await check(stage.folder, '? 0', seen);
    for (at of checks) await check(stage.folder, at.text, seen);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const shown = `--- out\n${seen.out.slice(0, 4_000)}\n--- err\n${seen.err.slice(0, 4_000)}`;
    const where = at === command ? '' : `\nline ${at.number}: ${at.text}`;
    throw new Error(`line ${command.number}: ${command.text}${where}\n${reason}\n${shown}`, { cause: error });
  }
}

/** Runs one command; `NAME=value` before it sets its environment, `<` and `>` its streams. */
async function execute(stage: Stage, command: string): Promise<Seen> {
  stage.time += 1_000;
  const words = await splitWords(command, stage.folder);
  const environment: Record<string, string> = { ...stage.environment };
  for (let set; (set = /^([A-Z_]+)=(.*)$/.exec(words[0] ?? '')) !== null; words.shift()) {
    const [, name = '', value = ''] = set;
    environment[name] = name === 'HOLDFAST_HOME' ? resolve(stage.folder, value) : value;
  }
  const redirected = (sign: string): string | undefined => {
    const at = words.indexOf(sign);
    return at < 0 ? undefined : join(stage.folder, words.splice(at, 2)[1] ?? '');
  };
  const input = redirected('<');
  const output = redirected('>');
  const stdin = input === undefined ? new Uint8Array() : new Uint8Array(await readFile(input));
  const { code, out, err } = await call(stage, words, environment, stdin);
  if (output !== undefined) await writeFile(output, out);
  return { code, out: out.toString(), err };
}

async function call(
  stage: Stage,
  [name = '', ...args]: string[],
  environment: Record<string, string>,
  stdin: Uint8Array,
): Promise<{ code: number; out: Buffer; err: string }> {
  const verb = VERBS[name];
  if (verb) return { code: 0, out: (await verb(stage, args)) ?? Buffer.alloc(0), err: '' };
  if (name !== 'holdfast') throw new Error(`there is no command "${name}"`);
  const out: Uint8Array[] = [];
  let err = '';
  const code = await stage.program(args, {
    stdin: (async function* () {
      if (stdin.length > 0) yield await Promise.resolve(stdin);
    })(),
    stdout: (part) => {
      out.push(Buffer.from(part));
      return Promise.resolve();
    },
    stderr: (text) => void (err += text),
    isTerminal: false,
    environment,
    folder: stage.folder,
    now: () => new Date(stage.time),
  });
  return { code, out: Buffer.concat(out), err };
}

/** Words as a shell splits them: quotes group, `*` finds files, `$(cat FILE)` is a file's trimmed text. */
async function splitWords(command: string, folder: string): Promise<string[]> {
  const words = command.match(/\$\(cat [^)]+\)|(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const isVerb = Object.hasOwn(VERBS, words[0] ?? '');
  const split: string[] = [];
  for (const word of words) {
    const named = /^\$\(cat ([^)]+)\)$/.exec(word)?.[1];
    if (named !== undefined) split.push((await readFile(await onePath(folder, named), 'utf8')).trim());
    else if (/["']/.test(word)) split.push(word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    // Verbs look for their one file themselves, and refuse several.
    else split.push(...(isVerb ? [word] : await expandPath(folder, word)));
  }
  return split;
}

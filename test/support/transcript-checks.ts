// What a transcript may say about a command that has run. Each check is true or not; a `!` before it
// turns it round. A check nobody knows is an error, so that a misspelt one cannot pass for good.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow, onePath } from './transcript-verbs.ts';

/** What a command left: exit code and both streams. */
export interface Seen {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Check = (folder: string, said: string, seen: Seen) => boolean | Promise<boolean>;

const CHECKS: Readonly<Record<string, Check>> = {
  '?': (_folder, said, seen) => seen.code === Number(said),
  out: (_folder, said, seen) => says(seen.out, said),
  err: (_folder, said, seen) => says(seen.err, said),
  json: (_folder, said, seen) => {
    const [, path = '', value = ''] = /^(\S+) (.*)$/.exec(said) ?? [];
    return JSON.stringify(at(seen.out, path)) === value;
  },
  keys: (_folder, said, seen) => {
    const [path = '', ...keys] = said.split(' ');
    return Object.keys(at(seen.out, path) as object).join(' ') === keys.join(' ');
  },
  exists: async (folder, said) => {
    const path = await onePath(folder, said).catch(() => undefined);
    return path !== undefined && (await stat(path).catch(() => undefined)) !== undefined;
  },
  cmp: async (folder, said) => {
    const [a = '', b = ''] = said.split(' ');
    const [one, other] = await Promise.all([a, b].map(async (name) => readFile(await onePath(folder, name))));
    return one!.equals(other!);
  },
  same: async (folder, said) => {
    const [a = '', b = ''] = said.split(' ');
    const [one, other] = await Promise.all([a, b].map(async (name) => onePath(folder, name)));
    const [names, others] = await Promise.all([filesBelow(one!), filesBelow(other!)]);
    if (names.join() !== others.join()) return false;
    const equal = names.map(async (name) =>
      (await readFile(join(one!, name))).equals(await readFile(join(other!, name))),
    );
    return !(await Promise.all(equal)).includes(false);
  },
  mode: async (folder, said) => {
    const [mode = '', name = ''] = said.split(' ');
    const { mode: found } = await stat(await onePath(folder, name));
    // Windows has no modes; the check is about the others.
    return process.platform === 'win32' || (found & 0o777) === Number.parseInt(mode, 8);
  },
};

/** Nothing: any output at all. `/…/`: a pattern, `^` and `$` at line ends. Else a whole line as it stands. */
function says(output: string, said: string): boolean {
  if (said === '') return output !== '';
  const pattern = /^\/(.*)\/$/.exec(said)?.[1];
  if (pattern !== undefined) return new RegExp(pattern, 'm').test(output);
  return output.split(/\r?\n/).some((line) => line.trim() === said);
}

/** A place in the JSON that was printed: `.` for all of it, `sources.0.name` for one value. */
function at(output: string, path: string): unknown {
  const steps = path === '.' ? [] : path.split('.');
  return steps.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | null | undefined)?.[step],
    JSON.parse(output),
  );
}

/**
 * Judges one line of a transcript.
 *
 * @throws Error when it does not hold, or is no check.
 */
export async function check(folder: string, line: string, seen: Seen): Promise<void> {
  const [, not, kind = '', said = ''] = /^(!?)(\?|[a-z]+):?(?: +(.*))?$/.exec(line) ?? [];
  const holds = CHECKS[kind];
  if (!holds) throw new Error('this is no check');
  if ((await holds(folder, said, seen)) === (not === '!')) {
    throw new Error(kind === '?' ? `the exit code is ${seen.code}` : 'this does not hold');
  }
}

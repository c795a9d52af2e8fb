// A watch around the program: after every command it looks at all that was said and at every file that was
// written, for secrets that were planted, for what an unfinished command would leave, and for sentences
// that mean a bug. What holds for every command is tested with every command.

import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import type { Program } from './transcript.ts';
import { filesBelow } from './transcript-verbs.ts';

/** Texts shorter than this could stand somewhere by chance. */
const SHORTEST_SECRET = 10;

/** A larger file holds no cards; it tests what happens to large files. */
const LARGEST_INPUT = 1 << 20;

/** What the files of a transcript hold that nothing else may: card rows, passwords of exports, passwords in files. */
async function plantedSecrets(folder: string, names: readonly string[]): Promise<string[]> {
  const secrets = new Set<string>();
  for (const name of names) {
    if ((await stat(join(folder, name))).size > LARGEST_INPUT) continue;
    if (name.endsWith('.txt')) {
      const text = await readFile(join(folder, name), 'latin1');
      for (const row of text.replaceAll(/[ \r\u0000]/g, '').match(/^[0-9A-Z]{24}$/gm) ?? []) {
        secrets.add(row).add(row.replace(/.{4}(?=.)/g, '$& '));
      }
    } else if (name.endsWith('.password')) {
      secrets.add((await readFile(join(folder, name), 'utf8')).trim());
    } else if (name.endsWith('.json')) {
      const text = await readFile(join(folder, name), 'utf8');
      for (const [, value = ''] of text.matchAll(/"(?:password|totp|privateKey)": "([^"\\]+)/g))
        secrets.add(value);
    }
  }
  return [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
}

type Snapshot = ReadonlyMap<string, string>;

async function snapshot(root: string): Promise<Snapshot> {
  const marks = new Map<string, string>();
  for (const name of await filesBelow(root)) {
    const { size, mtimeMs, ino } = await stat(join(root, name));
    marks.set(name, `${size} ${mtimeMs} ${ino}`);
  }
  return marks;
}

/** Where the command was told to write a vault, as a path below the root. */
function outputOf(argv: readonly string[], folder: string, root: string): string | undefined {
  const at = argv.indexOf('--out');
  const out = at < 0 || !['recover', 'convert'].includes(argv[0] ?? '') ? undefined : argv[at + 1];
  return out === undefined
    ? undefined
    : resolve(folder, out)
        .slice(root.length + 1)
        .replaceAll(sep, '/');
}

/**
 * The program, watched.
 *
 * @param root - Holds the transcript's folder and is the temporary folder of the program: everything below
 * it is looked at.
 */
export function watched(program: Program, root: string): Program {
  return async (argv, io) => {
    const said: string[] = [];
    const hear = (text: string | Uint8Array): void => void said.push(Buffer.from(text).toString('latin1'));
    const before = await snapshot(root);
    const code = await program(argv, {
      ...io,
      environment: { HOLDFAST_DEBUG: '1', ...io.environment },
      stdout: async (part) => {
        hear(typeof part === 'string' ? encode(part) : part);
        await io.stdout(part);
      },
      stderr: (text) => {
        hear(encode(text));
        io.stderr(text);
      },
    });
    const spoken = said.join('');
    const secrets = (await plantedSecrets(io.folder, await namesIn(io.folder))).map(latin1);
    const leaks = (text: string): string | undefined =>
      secrets.find((secret) => text.includes(secret)) ?? /AGE-SECRET-KEY-[0-9A-Z-]{20}/i.exec(text)?.[0];

    if (spoken.includes('does not expect')) throw new Error(`a bug came to light:\n${spoken}`);
    if (!argv.includes('--print-identity') && leaks(spoken) !== undefined)
      throw new Error(`a secret was shown: ${leaks(spoken) ?? ''}`);

    const output = outputOf(argv, io.folder, root);
    for (const [name, mark] of await snapshot(root)) {
      if (before.get(name) === mark) continue;
      if (/\.holdfast-part-|holdfast-spool-/.test(name))
        throw new Error(`something unfinished was left: ${name}`);
      if (basename(name) === '.lock') throw new Error(`the lock was left: ${name}`);
      if (output !== undefined && (name === output || name.startsWith(`${output}/`))) continue;
      const text = await readFile(join(root, name), 'latin1');
      if (await isReleased(name, text)) continue;
      const leak = leaks(name) ?? leaks(text);
      // A PDF card holds its rows by nature, though not as plain text.
      if (leak !== undefined) throw new Error(`a secret was written to ${name}: ${leak}`);
    }
    return code;
  };
}

/** Parts of a kit that are the same for everybody: the formats show a sample key, the program knows how one looks. */
const RELEASED = /\/(?:spec\/([^/]+)|holdfast\.cjs)$/;

async function isReleased(name: string, text: string): Promise<boolean> {
  const found = RELEASED.exec(name);
  if (!found) return false;
  const path = found[1] === undefined ? 'dist/holdfast.cjs' : `docs/spec/${found[1]}`;
  return text === (await readFile(new URL(`../../${path}`, import.meta.url), 'latin1'));
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

async function namesIn(folder: string): Promise<string[]> {
  return (await filesBelow(folder)).filter((name) => !name.includes('/'));
}

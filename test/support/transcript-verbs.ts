// What a transcript can do besides run holdfast: a few commands named after the shell's, done here so that
// they are the same on every platform. Paths are relative to the transcript's folder; `*` stands for a name
// or part of one, and `$REPO/` for the root of the repository.

import {
  appendFile,
  cp,
  mkdir,
  open,
  readFile,
  readdir,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stage } from './transcript.ts';

const REPO = fileURLToPath(new URL('../..', import.meta.url));

/** Does one command; what it gives is shown as standard output. */
export type Verb = (stage: Stage, args: readonly string[]) => Promise<Buffer | undefined>;

/** The names a word with `*` stands for, sorted; a word without one stands for itself. */
export async function expandPath(folder: string, word: string): Promise<string[]> {
  if (!word.includes('*')) return [word];
  let found = [''];
  for (const step of word.split('/')) {
    const literal = step.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'));
    const matches = new RegExp(`^${literal.join('.*')}$`);
    const names = async (base: string): Promise<string[]> =>
      step.includes('*') ? await readdir(resolve(folder, base)).catch(() => []) : [step];
    const deeper = found.map(async (base) =>
      (await names(base)).filter((name) => matches.test(name)).map((name) => join(base, name)),
    );
    found = (await Promise.all(deeper)).flat();
  }
  const there = await Promise.all(found.map((path) => stat(resolve(folder, path)).catch(() => undefined)));
  const matching = found.filter((_path, index) => there[index] !== undefined);
  if (matching.length === 0) throw new Error(`nothing matches ${word}`);
  return matching.sort();
}

/** The one path a word stands for, absolute. */
export async function onePath(folder: string, word: string): Promise<string> {
  const [path = '', ...others] = await expandPath(folder, word);
  if (others.length > 0) throw new Error(`${word} is more than one: ${[path, ...others].join(', ')}`);
  return resolve(folder, path.replace(/^\$REPO\//, `${REPO}/`));
}

/** The files below a folder, sorted, with `/` between the steps. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/')).sort();
}

/** Verbs like the shell's. Each throws when it could not do what it was told. */
export const VERBS: Readonly<Record<string, Verb>> = {
  /** cat FILE: shows a file on stdout. */
  cat: async ({ folder }, [file = '']) => readFile(await onePath(folder, file)),

  /** cp FROM TO: copies a file or a folder. */
  cp: async ({ folder }, [from = '', to = '']) => {
    await mkdir(dirname(resolve(folder, to)), { recursive: true });
    await cp(await onePath(folder, from), resolve(folder, to), { recursive: true });
    return undefined;
  },

  /** rm PATH: removes a file or folder that is there. */
  rm: async ({ folder }, [path = '']) => {
    await rm(await onePath(folder, path), { recursive: true });
    return undefined;
  },

  mkdir: async ({ folder }, [path = '']) => {
    await mkdir(resolve(folder, path), { recursive: true });
    return undefined;
  },

  /** flip FILE OFFSET: turns the lowest bit of one byte; a negative offset counts from the end. */
  flip: async ({ folder }, [file = '', offset = '']) => {
    const handle = await open(await onePath(folder, file), 'r+');
    try {
      const { size } = await handle.stat();
      const at = Number(offset) < 0 ? size + Number(offset) : Number(offset);
      const byte = Buffer.alloc(1);
      const { bytesRead } = await handle.read(byte, 0, 1, at);
      if (bytesRead === 0) throw new Error(`${file} has no byte ${offset}`);
      await handle.write(Buffer.of(byte[0]! ^ 1), 0, 1, at);
    } finally {
      await handle.close();
    }
    return undefined;
  },

  /** truncate FILE SIZE: cuts a file to SIZE bytes, or by -SIZE bytes. */
  truncate: async ({ folder }, [file = '', given = '']) => {
    const path = await onePath(folder, file);
    const { length } = await readFile(path);
    const size = Number(given) < 0 ? length + Number(given) : Number(given);
    if (!(size >= 0 && size < length)) throw new Error(`${file} cannot be cut to ${given} bytes`);
    await truncate(path, size);
    return undefined;
  },

  /** fill FILE SIZE [TEXT]: makes a file of SIZE bytes that repeats TEXT. */
  fill: async ({ folder }, [file = '', size = '', text = 'x']) => {
    const handle = await open(resolve(folder, file), 'wx');
    try {
      const block = Buffer.alloc(1 << 20, text);
      for (let left = Number(size); left > 0; left -= block.length) {
        await handle.write(block.subarray(0, Math.min(left, block.length)));
      }
    } finally {
      await handle.close();
    }
    return undefined;
  },

  /** clock TIME: what time the program will see from now on. */
  clock: (stage, [time = '']) => {
    stage.time = Date.parse(time);
    if (Number.isNaN(stage.time)) throw new Error(`${time} is no time`);
    return Promise.resolve(undefined);
  },

  /** edit FILE FROM TO: replaces a text that stands in a file once. */
  edit: async ({ folder }, [file = '', from = '', to = '']) => {
    const path = await onePath(folder, file);
    // Latin-1 keeps every byte as it is.
    const parts = (await readFile(path, 'latin1')).split(from);
    if (parts.length !== 2) throw new Error(`"${from}" stands in ${file} ${parts.length - 1} times`);
    await writeFile(path, parts.join(to), 'latin1');
    return undefined;
  },

  /** append FILE TEXT: adds to the end of a file; behind a text of several lines, the newline it had. */
  append: async ({ folder }, [file = '', text = '']) => {
    await appendFile(await onePath(folder, file), text.includes('\n') ? `${text}\n` : text);
    return undefined;
  },

  /** ls PATH: the files below a folder, each with its path from there. */
  ls: async ({ folder }, [path = '.']) => {
    const names = await filesBelow(await onePath(folder, path));
    return Buffer.from(names.map((name) => `${name}\n`).join(''));
  },
};

// The program in this process, with nobody at a terminal: what it says, and how it ends.

import { join } from 'node:path';
import type { Io } from '../../src/adapters/terminal.ts';
import { main } from '../../src/cli/main.ts';
import { streamOf } from '../../src/core/stream-of.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly folder: string;
  /** The home, below the folder. */
  readonly home?: string;
  readonly now?: Date;
  readonly stdin?: Uint8Array;
  /** Called with everything that is said on the way. */
  readonly hear?: (text: string) => void;
}

/** Streams, clock and folder of a program that nobody watches. */
export function worldOf({
  folder,
  home = 'home',
  now,
  stdin,
  hear,
}: World): Io & { said(): Omit<Ended, 'code'> } {
  const out: Buffer[] = [];
  let err = '';
  return {
    stdin: streamOf(...(stdin === undefined ? [] : [stdin])),
    stdout: (part) => {
      out.push(Buffer.from(part));
      return Promise.resolve();
    },
    stderr: (text) => {
      err += text;
      hear?.(text);
    },
    isTerminal: false,
    environment: { HOLDFAST_HOME: join(folder, home), HOLDFAST_DEBUG: '1' },
    folder,
    now: () => now ?? new Date(),
    said: () => ({ out: Buffer.concat(out).toString(), err }),
  };
}

/** Runs a command, which may ask nobody. */
export async function runHere(args: readonly string[], world: World): Promise<Ended> {
  const io = worldOf(world);
  const code = await main([...args, '--no-input'], io);
  return { code, ...io.said() };
}

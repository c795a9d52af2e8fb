// Other people's programs, as oracles and as cameras. Where one is missing, the test that asks for it is
// left out, and says so.

import { spawn, spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

interface RunOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** Runs a program to its end, whatever its end is. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  let err = '';
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  // A program that ends before it has read its input is not the test's problem.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out), err });
    });
  });
}

/** Runs a program that must succeed, and gives what it prints. */
export async function runOk(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Buffer> {
  const { code, out, err } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${out.toString()}\n${err}`);
  return out;
}

/** How each program is told from another of its name, and how it is called. */
const PROGRAMS = {
  pdftoppm: { names: ['pdftoppm'], ask: ['-v'], answers: /pdftoppm version/ },
  imagemagick: {
    names: ['convert', '/usr/bin/convert', 'magick'],
    ask: ['-version'],
    answers: /ImageMagick/,
  },
  'keepassxc-cli': { names: ['keepassxc-cli'], ask: ['--version'], answers: /\d/ },
  minisign: { names: ['minisign'], ask: ['-v'], answers: /minisign/ },
  shasum: { names: ['shasum'], ask: ['--version'], answers: /\d/ },
  perl: { names: ['perl'], ask: ['-v'], answers: /This is perl/ },
  sha256sum: { names: ['sha256sum'], ask: ['--version'], answers: /sha256sum/ },
  zbarimg: { names: ['zbarimg'], ask: ['--version'], answers: /\d/ },
  tar: { names: ['tar'], ask: ['--version'], answers: /tar/ },
  python: { names: ['python3', 'python'], ask: ['--version'], answers: /Python 3/ },
  // The first version that knows post-quantum keys.
  'age 1.3': { names: ['age'], ask: ['--version'], answers: /v?(1\.([3-9]|\d\d)|[2-9]\.)/ },
} as const;

type Peer = keyof typeof PROGRAMS;

const found = new Map<Peer, string | undefined>();

function find(peer: Peer): string | undefined {
  if (!found.has(peer)) {
    const { names, ask, answers } = PROGRAMS[peer];
    const name = names.find((candidate) => {
      const { stdout, stderr, error } = spawnSync(candidate, ask, { encoding: 'utf8' });
      return error === undefined && answers.test(stdout + stderr);
    });
    found.set(peer, name);
  }
  return found.get(peer);
}

/** The command of a program on this machine; without it the test is left out, and says why. */
export function peer(context: TestContext, wanted: Peer): string {
  const name = find(wanted);
  if (name !== undefined) return name;
  console.warn(`left out: ${context.task.name}: ${wanted} is not on this machine`);
  return context.skip(`${wanted} is not on this machine`);
}

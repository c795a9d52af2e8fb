// Runs a child and measures it: wall time, processor time of all its threads, peak memory, and when it
// said what on stderr. Processor time is the sturdier figure on a machine that others use too.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Run {
  readonly seconds: number;
  /** User and system time; not a number where /proc does not tell it. */
  readonly cpuSeconds: number;
  /** VmHWM, MiB; not a number where /proc does not tell it. */
  readonly peakMiB: number;
  /** Seconds from the start to each line on stderr. */
  readonly said: readonly { readonly line: string; readonly at: number }[];
}

const POLL_MS = 10;
/** Clock ticks of /proc: USER_HZ is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** cutime and cstime, counted from after the command's name (proc(5): fields 16 and 17). */
const CHILD_TIME_FIELDS = [13, 14] as const;

/** Time of the children this process has waited for. */
function childSeconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return CHILD_TIME_FIELDS.reduce((sum, at) => sum + Number(fields[at]), 0) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/**
 * Runs a program to its end.
 *
 * @param accepted - Exit codes that are no failure.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; accepted?: readonly number[] } = {},
): Promise<Run> {
  const cpuBefore = childSeconds();
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const said: { line: string; at: number }[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push({ line, at: (performance.now() - started) / 1000 });
  });
  let peakMiB = 0;
  const poll = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
  }, POLL_MS);
  const [code, ended] = await new Promise<[number | null, number]>((done, fail) => {
    child.on('error', fail);
    // 'exit' for the time, 'close' for the last lines.
    let at = 0;
    child.on('exit', () => (at = performance.now()));
    child.on('close', (value) => {
      done([value, at]);
    });
  });
  clearInterval(poll);
  if (!(options.accepted ?? [0]).includes(code ?? -1)) {
    const told = said.map(({ line }) => line).join('\n');
    throw new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${told}`);
  }
  return {
    seconds: (ended - started) / 1000,
    cpuSeconds: childSeconds() - cpuBefore,
    peakMiB: peakMiB === 0 ? Number.NaN : peakMiB,
    said,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Each of several things `rounds` times, one after another and in turn the other way round. */
export async function alternate<K extends string, R extends Run>(
  rounds: number,
  things: ReadonlyMap<K, () => Promise<R>>,
): Promise<Map<K, R[]>> {
  const runs = new Map<K, R[]>([...things.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [...things] : [...things].reverse();
    for (const [name, thing] of order) runs.get(name)?.push(await thing());
  }
  return runs;
}

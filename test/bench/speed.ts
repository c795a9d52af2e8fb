// Seal and open of one file, by the program as people run it and by what it is measured against.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchEscrow } from './escrow.ts';
import { alternate, median, run } from './measure.ts';
import type { Run } from './measure.ts';

export interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly rounds: number;
}

export type Contender = 'holdfast' | 'age' | 'age-encryption' | 'floor';

/** One thing measured: medians over the rounds. */
export interface Figure {
  readonly size: string;
  readonly verb: 'seal' | 'open';
  readonly who: Contender;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** holdfast only: until the first reading is done, or the cards are read. */
  readonly before?: number;
  /** Rivals only: what bringing their file to the disk takes afterwards; holdfast has done so. */
  readonly flushSeconds?: number;
}

interface Place {
  readonly root: string;
  readonly base: string;
  readonly escrow: BenchEscrow;
  readonly age: string | undefined;
}

const MIB = 1_048_576;

async function makeInput(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  for (let left = bytes; left > 0; left -= MIB) await file.write(randomBytes(Math.min(MIB, left)));
  await file.sync();
  await file.close();
}

/** The moment a line that starts so was said. */
function momentOf({ said }: Run, start: string): number {
  return said.find(({ line }) => line.startsWith(start))?.at ?? Number.NaN;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(part);
  return hash.digest('hex');
}

/** holdfast's commands; every round seals a new package and throws the one before away. */
function holdfast({ root, base, escrow }: Place, input: string): Record<Figure['verb'], () => Promise<Run>> {
  const program = join(root, 'bin/holdfast.js');
  const env = { HOLDFAST_HOME: escrow.home };
  const packages = join(escrow.dir, 'packages');
  return {
    async seal() {
      const old = (await readdir(packages).catch(() => [])).filter((name) => name.endsWith('.age'));
      const sealing = [program, 'seal', escrow.dir, input, '--as', 'file', '--accept-drop', '--no-input'];
      const done = await run(process.execPath, sealing, { env, accepted: [0, 3] });
      for (const name of old) await rm(join(packages, name));
      return done;
    },
    async open() {
      const out = join(base, 'out');
      await rm(out, { recursive: true, force: true });
      const opening = [program, 'recover', escrow.dir, '--share', escrow.shares, '--out', out, '--no-input'];
      return run(process.execPath, opening, { env });
    },
  };
}

/** A run, and the time until its file is on the disk. */
type FlushedRun = Run & { readonly flushSeconds?: number };

async function flushed(run: Promise<Run>, path: string): Promise<FlushedRun> {
  const done = await run;
  const file = await open(path, 'r+');
  const started = performance.now();
  await file.sync();
  const flushSeconds = (performance.now() - started) / 1000;
  await file.close();
  return { ...done, flushSeconds };
}

/** A rival, writing to one file over and over. */
function rival(
  { root, base, escrow, age }: Place,
  who: 'age' | 'age-encryption' | 'floor',
  input: string,
): Record<Figure['verb'], () => Promise<FlushedRun>> {
  const [sealed, opened] = [join(base, `${who}.age`), join(base, `${who}.out`)];
  const program = join(root, 'dist/bench/rival.js');
  return {
    async seal() {
      await rm(sealed, { force: true });
      const sealing =
        who === 'age'
          ? run(age ?? '', ['-R', escrow.recipientFile, '-o', sealed, input])
          : run(process.execPath, [program, who, 'seal', escrow.recipientFile, input, sealed]);
      return flushed(sealing, sealed);
    },
    async open() {
      await rm(opened, { force: true });
      if (who === 'age') return run(age ?? '', ['-d', '-i', escrow.identityFile, '-o', opened, sealed]);
      return run(process.execPath, [program, who, 'open', escrow.identityFile, sealed, opened]);
    },
  };
}

function figuresOf(size: Size, verb: Figure['verb'], runs: Map<Contender, FlushedRun[]>): Figure[] {
  return [...runs].map(([who, all]) => ({
    size: size.name,
    verb,
    who,
    seconds: median(all.map(({ seconds }) => seconds)),
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    peakMiB: Math.max(...all.map(({ peakMiB }) => peakMiB)),
    ...(who !== 'holdfast' && verb === 'seal'
      ? { flushSeconds: median(all.map(({ flushSeconds = Number.NaN }) => flushSeconds)) }
      : {}),
    ...(who === 'holdfast'
      ? {
          before: median(
            all.map((one) => momentOf(one, `holdfast: ${verb === 'seal' ? 'sealing' : 'opening'}`)),
          ),
        }
      : {}),
  }));
}

/** Whether what came out of the last round is what went in. */
async function assertSame(input: string, base: string): Promise<void> {
  const wanted = await digestOf(input);
  const found = (await readdir(join(base, 'out', 'exports'), { recursive: true, withFileTypes: true })).find(
    (entry) => entry.isFile(),
  );
  if (!found || (await digestOf(join(found.parentPath, found.name))) !== wanted)
    throw new Error('recovered other bytes than were sealed');
}

/** Seals and opens one size with everything there is, in one run. */
export async function measureSize(place: Place, size: Size): Promise<Figure[]> {
  const input = join(place.base, 'input.bin');
  await makeInput(input, size.bytes);
  // Everybody starts with the file in the page cache.
  await readFile(input).catch(() => undefined);
  const things = new Map<Contender, Record<Figure['verb'], () => Promise<FlushedRun>>>([
    ['holdfast', holdfast(place, input)],
    ...(place.age === undefined ? [] : [['age', rival(place, 'age', input)] as const]),
    ['age-encryption', rival(place, 'age-encryption', input)],
    ['floor', rival(place, 'floor', input)],
  ]);
  const figures: Figure[] = [];
  for (const verb of ['seal', 'open'] as const) {
    const verbs = new Map([...things].map(([who, verbsOf]) => [who, verbsOf[verb]]));
    figures.push(...figuresOf(size, verb, await alternate(size.rounds, verbs)));
  }
  await assertSame(input, place.base);
  for (const name of await readdir(place.base))
    if (/\.(?:age|out|bin)$|^out$/.test(name)) await rm(join(place.base, name), { recursive: true });
  return figures;
}

// For each test a folder with a copy of the sample: escrows, cards, an export, and the home of their sealer.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { runHere, type Ended, type World } from './in-process.ts';
import { makeSample, removeSample } from './transcript-sample.ts';

export const ESCROW = 'northwind.escrow';
export const CARDS: readonly string[] = ['card-1.txt', 'card-2.txt', 'card-3.txt'];
export const QUORUM: readonly string[] = CARDS.flatMap((card) => ['--share', card]);

/** The morning after the sample was made. */
export const MORNING: Date = new Date(Date.UTC(2026, 10, 24, 9));

interface SampleFolder {
  /** A path in the folder; the folder itself without a name. */
  readonly at: (...names: readonly string[]) => string;
  /** Runs a command there. */
  readonly holdfast: (...args: readonly string[]) => Promise<Ended>;
  readonly run: (args: readonly string[], world: Omit<World, 'folder'>) => Promise<Ended>;
}

/** @param now - The time in every command; the true one without. */
export function useSampleFolder(now?: Date): SampleFolder {
  let folder = '';
  beforeAll(() => makeSample(main));
  afterAll(removeSample);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-sample-'));
    await cp(await makeSample(main), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const time = now === undefined ? {} : { now };
  const run: SampleFolder['run'] = (args, world) => runHere(args, { ...time, ...world, folder });
  return { at: (...names) => join(folder, ...names), run, holdfast: (...args) => run(args, {}) };
}

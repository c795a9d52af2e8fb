import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import type { MemoryReport } from '../../support/age-memory.ts';

const run = promisify(execFile);

/** In a process of its own: the figure must not hold what a test runner needs. */
async function measure(...payloadMiB: readonly number[]): Promise<MemoryReport> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-memory-'));
  try {
    const outfile = join(folder, 'age-memory.mjs');
    const entryPoints = ['test/support/age-memory.ts'];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
    const { stdout } = await run(process.execPath, [outfile, ...payloadMiB.map(String)]);
    return JSON.parse(stdout) as MemoryReport;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('1 GiB goes through encryption and decryption in the memory that 64 MiB need', async () => {
  const { baselineMiB, peaks } = await measure(64, 1024);
  const [small, large] = [peaks[0]!.peakMiB, peaks[1]!.peakMiB];
  console.info(
    `memory: ${baselineMiB.toFixed(0)} MiB loaded, ${small.toFixed(0)} MiB at most after 64 MiB, ${large.toFixed(0)} MiB after 1 GiB`,
  );
  // Measured: 53 to 59 MiB over the loaded process, 8 to 15 MiB of them after the first 64 MiB. The rest
  // is slack for another garbage collector; a twentieth of the payload kept in memory would break both.
  expect(large - baselineMiB).toBeLessThan(100);
  expect(large - small).toBeLessThan(50);
}, 300_000);

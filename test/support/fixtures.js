// @ts-check
// The door of `npm run fixtures`: bundles the table, which is TypeScript like the tests, and prints it.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('../..', import.meta.url);

await build({
  absWorkingDir: fileURLToPath(ROOT),
  entryPoints: ['test/support/fixtures-table.ts'],
  outdir: 'dist/fixtures',
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});

const { printFixtures } = /** @type {{ printFixtures(): Promise<number> }} */ (
  await import(new URL('dist/fixtures/fixtures-table.js', ROOT).href)
);
process.exitCode = await printFixtures();

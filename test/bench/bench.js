// @ts-check
// The door of `npm run bench`: bundles the measuring programs, which are TypeScript like the tests, and
// runs them with Node alone. They go beside the built program, so that its package.json is where the
// program looks for it.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('../..', import.meta.url);

await build({
  absWorkingDir: fileURLToPath(ROOT),
  entryPoints: ['test/bench/main.ts', 'test/bench/rival.ts'],
  outdir: 'dist/bench',
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});

const { main } = /** @type {{ main(root: string, argv: string[]): Promise<void> }} */ (
  await import(new URL('dist/bench/main.js', ROOT).href)
);
await main(fileURLToPath(ROOT), process.argv.slice(2));

import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

const PROGRAM = ['python3', 'python'].find((program) => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 && stdout.startsWith('Python 3.');
});

/** The Python 3 on this machine; without one the test is left out, and says so. */
export function python(context: TestContext): string {
  if (PROGRAM !== undefined) return PROGRAM;
  console.warn(`LEFT OUT, no Python 3 on this machine: ${context.task.name}`);
  return context.skip('no Python 3 on this machine');
}

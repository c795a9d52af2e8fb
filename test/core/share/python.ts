import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

/** The Python 3 on this machine; without one the test is left out, and says so. */
export function python(context: TestContext): string {
  for (const program of ['python3', 'python']) {
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0 && stdout.startsWith('Python 3.')) return program;
  }
  console.warn(`LEFT OUT, no Python 3 on this machine: ${context.task.name}`);
  return context.skip('no Python 3 on this machine');
}

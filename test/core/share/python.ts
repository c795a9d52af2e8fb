import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, type TestContext } from 'vitest';

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

/** The words that some scripts take from the package that has them, as the program does. */
const WORDS = 'node_modules/@scure/bip39/wordlists/english.js';

/** What a script of test/vectors writes beside itself, run where it can harm none. @param name - `share`, of share.py. */
function writtenByScript(program: string, name: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const vectors = join(folder, 'test', 'vectors');
  mkdirSync(vectors, { recursive: true });
  mkdirSync(join(folder, dirname(WORDS)), { recursive: true });
  copyFileSync(WORDS, join(folder, WORDS));
  copyFileSync(`test/vectors/${name}.py`, join(vectors, `${name}.py`));
  execFileSync(program, [`${name}.py`], { cwd: vectors });
  const written = readdirSync(vectors).filter((file) => file.endsWith('.json'));
  return new Map(written.map((file) => [file, readFileSync(join(vectors, file), 'utf8')]));
}

/** Fails where a script writes anything else than the vectors that are here. */
export function expectFromScript(program: string, name: string, files: readonly string[]): void {
  const written = writtenByScript(program, name);
  expect([...written.keys()].sort()).toEqual(files);
  for (const [file, text] of written) expect(text, file).toBe(readFileSync(`test/vectors/${file}`, 'utf8'));
}

// A collector of comparisons for vector suites that run where there is no test runner: in a page.

import type { SuiteResult } from './vector-suites.ts';

export class Checks {
  private checked = 0;
  private readonly failures: string[] = [];

  /** Compares two values by what they spell; the name says which vector it was. */
  same(name: string, actual: unknown, expected: unknown): void {
    this.checked += 1;
    const [found, wanted] = [spell(actual), spell(expected)];
    if (found !== wanted) this.failures.push(`${name}: expected ${wanted}, found ${found}`);
  }

  /** Runs one vector; a throw is its failure, not the end of the suite. */
  async attempt(name: string, run: () => void | Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.checked += 1;
      this.failures.push(`${name}: threw ${String(error)}`);
    }
  }

  result(): SuiteResult {
    return { checked: this.checked, failures: [...this.failures] };
  }
}

function spell(value: unknown): string {
  const text = JSON.stringify(value instanceof Uint8Array ? Array.from(value) : value);
  return value === undefined ? 'nothing' : text;
}

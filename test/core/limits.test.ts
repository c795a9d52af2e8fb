import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '../../src/core/limits.ts';

test('docs/spec/limits.md and the code state the same limits, in the same order', () => {
  const page = readFileSync(new URL('../../docs/spec/limits.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| +([\d,]+) \| \S.*\|$/gm)];
  const stated = rows.map(([, name, limit]) => [name, Number(limit?.replaceAll(',', ''))]);
  expect(stated).toEqual(Object.entries(LIMITS));
});

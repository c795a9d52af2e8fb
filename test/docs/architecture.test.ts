// docs/architecture.md has a line for every file of the house, and none for a file that is gone.

import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { allSources, readPage, ROOT, section } from './pages.ts';

test('every file under src has its line in docs/architecture.md', () => {
  const files = allSources().map(({ fileName }) =>
    relative(ROOT, fileName).replaceAll('\\', '/').slice('src/'.length),
  );
  const listed = [...section(readPage('docs/architecture.md'), '## Files').matchAll(/^\| `([^`]+\.ts)`/gm)];
  expect(listed.map(([, file = '']) => file).sort()).toEqual(files.sort());
});

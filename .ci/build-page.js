// @ts-check
// Builds the recovery page: dist/page/RECOVER.html, one file, the same bytes from the same sources. Its
// place for an escrow is empty; `kit` fills it. Runs after the compiler, whose output it imports.

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleScript, bundleStyle, inlinePage, pagePolicy } from './bundle.js';

/** What people see where scripts do not run; in the languages of the page. */
const NO_SCRIPT = [
  'This page needs JavaScript. Open it in Chrome, Edge or Firefox.',
  'Esta página necesita JavaScript. Ábrala en Chrome, Edge o Firefox.',
  'Diese Seite braucht JavaScript. Öffnen Sie sie in Chrome, Edge oder Firefox.',
  'Cette page a besoin de JavaScript. Ouvrez-la dans Chrome, Edge ou Firefox.',
];

/**
 * The page with nothing in its place for an escrow.
 *
 * @param {string} emptyBlock that place, from escrow/page-block
 * @returns {Promise<string>} HTML
 */
export async function recoveryPage(emptyBlock) {
  const [script, style] = await Promise.all([
    bundleScript('src/page/main.ts'),
    bundleStyle('src/page/style.css'),
  ]);
  const notice = NO_SCRIPT.map((line) => `<p>${line}</p>`).join('');
  return inlinePage({
    title: 'RECOVER',
    script,
    style,
    body: `\n<noscript>${notice}</noscript>\n<div id="app"></div>${emptyBlock}`,
    policy: pagePolicy(script, style),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../dist/page/', import.meta.url);
  const { EMPTY_BLOCK } = await import(new URL('../dist/escrow/page-block.js', import.meta.url).href);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('RECOVER.html', folder), await recoveryPage(EMPTY_BLOCK));
}

// @ts-check
// One self-contained HTML file from one TypeScript entry: the only script is inline and named by its
// hash in the policy, so that nothing else can run and nothing can be fetched or sent.

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('..', import.meta.url);

/**
 * Bundles an entry for browsers.
 *
 * @param {string} entry path of the entry, relative to the repository
 * @returns {Promise<string>} a classic script in ASCII
 */
export async function bundleScript(entry) {
  const result = await build({
    absWorkingDir: fileURLToPath(ROOT),
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    charset: 'ascii',
    // Fonts, wasm and sheets travel inside the script or the style.
    loader: { '.wasm': 'binary' },
    // Takes the comments out: `charset` leaves letters beyond ASCII in those.
    minifyWhitespace: true,
    logLevel: 'error',
    // secrets.js-grempe, libsodium and kdbxweb ask for Node's module by name, kdbxweb for a DOM as well.
    alias: {
      crypto: fileURLToPath(new URL('src/page/secrets-crypto.ts', ROOT)),
      // The builds of these for Node want Node's Buffer.
      'csv-parse/sync': 'csv-parse/browser/esm/sync',
      'csv-stringify/sync': 'csv-stringify/browser/esm/sync',
      // tar-stream's own streams take Node's events, or these where there is no Node.
      events: 'bare-events',
      '@xmldom/xmldom': fileURLToPath(new URL('src/page/no-xmldom.ts', ROOT)),
    },
  });
  const { text } = /** @type {{ text: string }} */ (result.outputFiles[0]);
  // An XML reader knows this mark; in a string or a pattern the escape says the same, and the page does not end there.
  return text.replaceAll('<!--', '\\x3C!--');
}

/**
 * Bundles a style sheet with the fonts it names.
 *
 * @param {string} entry path of the sheet, relative to the repository
 * @returns {Promise<string>} in ASCII
 */
export async function bundleStyle(entry) {
  const result = await build({
    absWorkingDir: fileURLToPath(ROOT),
    entryPoints: [entry],
    bundle: true,
    write: false,
    charset: 'ascii',
    minify: true,
    loader: { '.woff2': 'dataurl' },
    logLevel: 'error',
  });
  return /** @type {{ text: string }} */ (result.outputFiles[0]).text;
}

/** @param {string} text */
const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The page's Content-Security-Policy.
 *
 * @param {string} script text of its one inline script
 * @param {string} [style] text of its one inline style sheet
 * @returns {string}
 */
export function pagePolicy(script, style) {
  return [
    `default-src 'none'`,
    `script-src ${sha256(script)} 'wasm-unsafe-eval'`,
    // What a page that shows something needs: its own fonts, pictures it made itself, the camera.
    ...(style === undefined
      ? []
      : [`style-src ${sha256(style)}`, `font-src data:`, `img-src blob: data:`, `media-src blob:`]),
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/**
 * Puts a script into a page.
 *
 * @param {{ title: string, script: string, style?: string, body?: string, policy?: string }} page without a policy, anything goes: only tests want that
 * @returns {string} HTML
 */
export function inlinePage({ title, script, style, body = '', policy }) {
  // Any of these would end the script early, or make the parser see other bytes than were hashed.
  const trap = /<\/script|<!--|\r|\0|[^\0-\x7f]/i.exec(script);
  if (trap) throw new Error(`the bundle cannot be inlined: ${JSON.stringify(trap[0])} at ${trap.index}`);
  if (style !== undefined && /<|\r|\0/.test(style)) throw new Error('the style sheet cannot be inlined');
  const sheet = style === undefined ? '' : `\n<style>${style}</style>`;
  const meta = policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${meta}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>${sheet}
</head>
<body>${body}
<script>${script}</script>
</body>
</html>
`;
}

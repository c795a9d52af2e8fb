// @ts-check
// Builds the one-file program of a kit: dist/holdfast.cjs. It runs wherever there is Node, from a read-only
// stick, with nothing beside it. Left out is what prints: fonts, and the libraries for them. Runs after the
// page, whose hash it carries.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('..', import.meta.url);

/** @typedef {{ version: string, pageHash: string, spec: [path: string, sha256: string][] }} Release */

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** In the place of `import.meta.url`, which a CommonJS file has not. */
const HERE = '__holdfastUrl';

/**
 * The module in the place of adapters/own-files.ts. Each wasm is decoded when it is first asked for.
 *
 * @param {Release} release
 */
const ownFiles = ({ version, pageHash, spec }) => `
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EscrowError } from '../core/errors.ts';
const alone = (bytes) => new Uint8Array(bytes).buffer;
export const ownVersion = () => ${JSON.stringify(version)};
export const zxingWasm = () => alone(require('zxing-wasm/reader/zxing_reader.wasm'));
export const pdfiumWasm = () => alone(require('@hyzyla/pdfium/pdfium.wasm'));
export const releasedPageHash = async () => ${JSON.stringify(pageHash)};
// Of itself it can only say what it is: a file that was changed would say the same of itself.
export const releasedHashes = async () => {
  const program = createHash('sha256').update(readFileSync(__filename)).digest('hex');
  return new Map([['holdfast.cjs', program], ...${JSON.stringify(spec)}]);
};
export const programHash = async () => (await releasedHashes()).get('holdfast.cjs');
export const kitParts = async () => {
  throw new EscrowError('program.incomplete', { what: 'what a kit is made of' });
};
`;

/**
 * The program in one file.
 *
 * @param {Release} release
 * @returns {Promise<string>} CommonJS
 */
async function oneFile(release) {
  const result = await build({
    absWorkingDir: fileURLToPath(ROOT),
    stdin: {
      contents: `import { run } from './src/cli/main.ts'; void run();`,
      resolveDir: fileURLToPath(ROOT),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    charset: 'ascii',
    minify: true,
    // Licences of what is inside travel with it.
    legalComments: 'eof',
    external: ['pdfkit', 'fontkit'],
    loader: { '.wasm': 'binary' },
    define: { 'import.meta.url': HERE },
    banner: {
      js: `#!/usr/bin/env node\nconst ${HERE} = require('node:url').pathToFileURL(__filename).href;`,
    },
    logLevel: 'error',
    plugins: [
      {
        name: 'own-files',
        setup(bundler) {
          bundler.onLoad({ filter: /[\\/]src[\\/]adapters[\\/]own-files\.ts$/ }, () => ({
            contents: ownFiles(release),
            loader: 'js',
          }));
        },
      },
    ],
  });
  return /** @type {{ text: string }} */ (result.outputFiles[0]).text;
}

const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'));
const page = await readFile(new URL('dist/page/RECOVER.html', ROOT));
const pageHash = sha256(page);
// Of the installed program's own reader: it knows which of the pages go into a kit.
const { specFiles } = await import(new URL('dist/adapters/own-files.js', ROOT).href);
const spec = (await specFiles()).map(([name, bytes]) => [`spec/${name}`, sha256(bytes)]);
await writeFile(new URL('dist/holdfast.cjs', ROOT), await oneFile({ version, pageHash, spec }));

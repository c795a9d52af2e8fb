// What the program reads of its own installation: its version, the wasm of two libraries, and what a kit is
// made of. The one-file program has no installation: .ci/build-cli.js puts a module with the same functions
// in this one's place, which carries the first ones and says that it lacks the last.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { EscrowError } from '../core/errors.ts';
import { isMissing } from './os-error.ts';

const ROOT = new URL('../../', import.meta.url);
const PAGE = 'dist/page/RECOVER.html';
const ONE_FILE = 'dist/holdfast.cjs';
const SPEC = 'docs/spec/';

/** What this release puts into every kit. */
export interface KitParts {
  /** The recovery page, its place for an escrow empty. */
  readonly page: string;
  /** The one-file program. */
  readonly program: Uint8Array;
  /** The formats, and the script that rebuilds a key without this program: names and bytes. */
  readonly spec: readonly (readonly [string, Uint8Array])[];
}

export function ownVersion(): string {
  return (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string }).version;
}

/** The bytes of a file that another package carries, alone in their buffer. */
function fromPackage(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(name))).buffer;
}

export const zxingWasm = (): ArrayBuffer => fromPackage('zxing-wasm/reader/zxing_reader.wasm');
export const pdfiumWasm = (): ArrayBuffer => fromPackage('@hyzyla/pdfium/pdfium.wasm');

/**
 * SHA-256 of this release's page, its place for an escrow empty, as 64 hex digits.
 *
 * @throws {@link EscrowError} `program.incomplete`.
 */
export async function releasedPageHash(): Promise<string> {
  return createHash('sha256')
    .update(await own(PAGE))
    .digest('hex');
}

/**
 * SHA-256 of the other programs and papers of this release, by their paths in a kit, as 64 hex digits.
 *
 * @throws {@link EscrowError} `program.incomplete`.
 */
export async function releasedHashes(): Promise<ReadonlyMap<string, string>> {
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const spec = (await specFiles()).map(([name, bytes]) => [`spec/${name}`, hash(bytes)] as const);
  return new Map([['holdfast.cjs', hash(await own(ONE_FILE))], ...spec]);
}

/** @throws {@link EscrowError} `program.incomplete` in a place where not all of the program is. */
export async function kitParts(): Promise<KitParts> {
  const [page, program, spec] = await Promise.all([own(PAGE), own(ONE_FILE), specFiles()]);
  return { page: new TextDecoder().decode(page), program, spec };
}

/**
 * The formats that go into a kit. @throws {@link EscrowError} `program.incomplete`.
 *
 * @public The build of the one-file program asks for them as well.
 */
export async function specFiles(): Promise<KitParts['spec']> {
  const names = await readdir(new URL(SPEC, ROOT)).catch((cause: unknown) => lacking(SPEC, cause));
  const wanted = names.filter((name) => /^[A-Za-z-]+\.(?:md|py)$/.test(name)).sort();
  return Promise.all(wanted.map(async (name) => [name, await own(SPEC + name)] as const));
}

/**
 * SHA-256 over the program as it is installed: every file of `bin` and every script and page of `dist`, each
 * as its own SHA-256 with its path. Of the packages in node_modules it says nothing: those are what npm ci put there by
 * package-lock.json, and the one-file program and the page have them inside.
 *
 * @returns 64 hex digits.
 * @throws {@link EscrowError} `program.incomplete`.
 */
export async function programHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['bin', 'dist']) {
    const names = await readdir(new URL(`${folder}/`, ROOT), { recursive: true }).catch((cause: unknown) =>
      lacking(folder, cause),
    );
    const paths = names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
    for (const path of paths.filter((name) => /\.(?:js|cjs|html)$/.test(name)).sort()) {
      const file = createHash('sha256').update(await own(path));
      hash.update(`${file.digest('hex')}  ${path}\n`);
    }
  }
  return hash.digest('hex');
}

async function own(path: string): Promise<Uint8Array> {
  return readFile(new URL(path, ROOT)).catch((cause: unknown) => lacking(path, cause));
}

function lacking(what: string, cause: unknown): never {
  if (!isMissing(cause)) throw cause;
  throw new EscrowError('program.incomplete', { what }, { cause });
}

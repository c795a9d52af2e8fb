// A kit's own papers (docs/spec/kit.md): kit.json says what the kit is, SHA256SUMS names every other file by
// its hash, in the form that sha256sum checks. The sealer signs SHA256SUMS, and by it everything.

import type { Bytes } from '../core/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { decodeDocument, encodeDocument } from '../core/record/json.ts';
import type { DocumentKind } from '../core/record/json.ts';
import { hex, instant, list, literal, object, pattern } from '../core/record/shape.ts';

/** What the trusted comment of the signature begins with, and the type of kit.json. */
export const KIT_TYPE = 'holdfast kit v1';

export const NOTE_NAME = 'kit.json';
export const SUMS_NAME = 'SHA256SUMS';
export const SUMS_SIGNATURE_NAME = 'SHA256SUMS.minisig';
export const PAGE_NAME = 'RECOVER.html';

/** kit.json; the fields in the order of the text. */
export interface KitNote {
  readonly type: typeof KIT_TYPE;
  readonly escrow: string;
  /** UTC to the second. */
  readonly created: string;
  /** SHA-256 of the charter in it. */
  readonly charter: string;
  /** SHA-256 of RECOVER.html with its block emptied: the same in every kit of a release. */
  readonly page: string;
  /** Packages in it, newest first. */
  readonly packages: readonly string[];
  /** `holdfast 0.1.0`. */
  readonly tool: string;
}

const NOTE_KIND: DocumentKind<KitNote> = {
  what: 'kit',
  type: KIT_TYPE,
  maxBytes: LIMITS.kitNoteBytes,
  refuse: (reason) => {
    throw new EscrowError('kit.format', { what: NOTE_NAME, reason });
  },
  shape: object<KitNote>({
    type: literal(KIT_TYPE),
    escrow: hex(8),
    created: instant,
    charter: hex(32),
    page: hex(32),
    packages: list(pattern('a plain file name', /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/), LIMITS.kitFiles),
    tool: pattern('a program and its version', /^[a-z][a-z0-9-]{0,30} [0-9A-Za-z.+-]{1,40}$/),
  }),
};

export const encodeKitNote = (note: KitNote): Bytes => encodeDocument(NOTE_KIND, note);

/** @throws {@link EscrowError} `limit.exceeded`, `record.version`, `kit.format`. */
export const decodeKitNote = (bytes: Uint8Array): KitNote => decodeDocument(NOTE_KIND, bytes);

/** A file of a kit: its path from the kit's folder, with `/`, its bytes, and its SHA-256 as 64 hex digits. */
export interface KitFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

const PATH = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,199}){0,3}$/;

/** Whether a name is one that every file system takes, and no shell, list or terminal reads otherwise. */
export const isKitPath = (path: string): boolean => PATH.test(path);

/** A path as it can be shown: a terminal obeys some characters, and others turn round what stands beside them. */
export const shownPath = (path: string): string =>
  path.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );

/** Spells the list: one line a file, by path. */
export function encodeSums(files: readonly Pick<KitFile, 'path' | 'sha256'>[]): Bytes {
  const lines = files.map(({ path, sha256 }) => {
    if (!isKitPath(path))
      throw new EscrowError('kit.format', { what: SUMS_NAME, reason: 'it has a name that cannot be listed' });
    return { path, line: `${sha256}  ${path}\n` };
  });
  return encodeUtf8(
    lines
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ line }) => line)
      .join(''),
  );
}

/**
 * Reads the list: hashes by path.
 *
 * @throws {@link EscrowError} `kit.format` for anything {@link encodeSums} would not write, `limit.exceeded`.
 */
export function decodeSums(bytes: Uint8Array): ReadonlyMap<string, string> {
  const refuse = (reason: string): never => {
    throw new EscrowError('kit.format', { what: SUMS_NAME, reason });
  };
  const lines = textOf(bytes, refuse).split('\n');
  if (lines.pop() !== '') return refuse('its last line is not finished');
  if (lines.length > LIMITS.kitFiles)
    throw new EscrowError('limit.exceeded', { what: 'files of the kit', limit: LIMITS.kitFiles });
  const sums = new Map<string, string>();
  let before = '';
  for (const [index, line] of lines.entries()) {
    const [, sha256 = '', path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!isKitPath(path) || path <= before) return refuse(`line ${index + 1} is not as it should be`);
    sums.set(path, sha256);
    before = path;
  }
  return sums;
}

function textOf(bytes: Uint8Array, refuse: (reason: string) => never): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    return refuse('it is not text');
  }
}

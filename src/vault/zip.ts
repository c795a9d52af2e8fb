// Foreign ZIP archives, whole in memory. Names are judged before anything is unpacked: what points outside,
// occurs twice, or is no plain file is refused, and so is an archive that says it unpacks to more than the
// limit. What it says is held to: unpacking stops where an entry grows beyond its stated size.

import type { FileEntry } from '@zip.js/zip.js';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { FormatId } from './model.ts';

export interface ZipArchive {
  /** Paths of the files, `/` between levels. */
  readonly names: readonly string[];
  /**
   * The bytes of one file; undefined when there is none of that name.
   *
   * @throws {@link EscrowError} `vault.format` when it is damaged or locked.
   */
  read(name: string): Promise<Bytes | undefined>;
}

const OUTLINE_NAMES = 1_000;
/** Of a local header, without the name. */
const HEADER_BYTES = 30;
/** The flag of a header that does not know its sizes yet, and the size that says so. */
const SIZES_FOLLOW = 0x0008;
const ZIP64 = 0xffff_ffff;
const UNIX_FILE_TYPE = 0o170000;
const UNIX_REGULAR = 0o100000;

function assertPath(name: string, refuse: (reason: string) => never): void {
  const parts = name.split('/');
  const isEscape = name.startsWith('/') || name.includes('\\') || /^[A-Za-z]:/.test(name);
  if (isEscape || parts.some((part) => part === '..' || part === '.' || part === '') || name.includes('\0'))
    refuse('a file name in it points outside of it');
}

function assertPlain(entry: FileEntry, refuse: (reason: string) => never): void {
  const type = (entry.externalFileAttributes >>> 16) & UNIX_FILE_TYPE;
  if (type !== 0 && type !== UNIX_REGULAR) refuse('it holds a link or another special file');
}

/**
 * Opens an archive.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export async function openZip(bytes: Uint8Array, format: FormatId): Promise<ZipArchive> {
  const refuse = (reason: string): never => {
    throw new EscrowError('vault.format', { format, reason });
  };
  // Loaded for archives only: it is large, and every export is asked whether it is one.
  const { entriesOf, readEntry } = await import('./zip-entries.ts');
  const entries = await entriesOf(bytes, refuse);
  const files = new Map<string, FileEntry>();
  let total = 0;
  for (const entry of entries) {
    assertPath(entry.directory ? entry.filename.replace(/\/$/, '') : entry.filename, refuse);
    if (entry.directory) continue;
    assertPlain(entry, refuse);
    if (files.has(entry.filename)) refuse('it holds two files of the same name');
    total += entry.uncompressedSize;
    if (total > LIMITS.zipUnpackedBytes)
      throw new EscrowError('limit.exceeded', {
        what: 'bytes of an unpacked ZIP',
        limit: LIMITS.zipUnpackedBytes,
      });
    files.set(entry.filename, entry);
  }
  return {
    names: [...files.keys()],
    read: async (name) => {
      const entry = files.get(name);
      return entry && readEntry(entry, refuse);
    },
  };
}

const isLocalHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 0x03 && bytes[at + 3] === 0x04;

const u16At = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** Where to look for the next header: behind the data, where this one says how long they are. */
function behind(bytes: Uint8Array, at: number, nameLength: number): number {
  const packed = u16At(bytes, at + 18) + u16At(bytes, at + 20) * 65_536;
  const isUnknown = (u16At(bytes, at + 6) & SIZES_FOLLOW) !== 0 || packed === ZIP64;
  return at + HEADER_BYTES + nameLength + u16At(bytes, at + 28) + (isUnknown ? 0 : packed);
}

/**
 * Names of files in an archive that may be cut short, as its local headers give them: enough to tell what
 * it is, and not to be believed further. An archive within the archive is stepped over.
 *
 * @returns undefined when the bytes do not begin as a ZIP that holds something.
 */
export function outlineZip(bytes: Uint8Array): readonly string[] | undefined {
  if (!isLocalHeader(bytes, 0)) return undefined;
  const names: string[] = [];
  let at = 0;
  while (at >= 0 && names.length < OUTLINE_NAMES) {
    const length = u16At(bytes, at + 26);
    const name = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
    if (name.length < length || length === 0) break;
    names.push(new TextDecoder().decode(name));
    at = bytes.indexOf(0x50, behind(bytes, at, length));
    while (at >= 0 && !isLocalHeader(bytes, at)) at = bytes.indexOf(0x50, at + 1);
  }
  return names;
}

// Foreign ZIP archives, whole in memory. Names are judged before anything is unpacked: what points outside,
// occurs twice, or is no plain file is refused, and so is an archive that says it unpacks to more than the
// limit. What it says is held to: unpacking stops where an entry grows beyond its stated size.

import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { FormatId } from './model.ts';

// Workers would be fetched from a URL, which the page's policy forbids.
configure({ useWebWorkers: false });

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

async function entriesOf(bytes: Uint8Array, refuse: (reason: string) => never): Promise<FileEntry[]> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes)));
  const entries: FileEntry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.length >= LIMITS.zipEntries)
        throw new EscrowError('limit.exceeded', { what: 'files in a ZIP', limit: LIMITS.zipEntries });
      entries.push(entry as FileEntry);
    }
  } catch (error) {
    if (error instanceof EscrowError) throw error;
    refuse('the ZIP is cut short or damaged');
  }
  return entries;
}

/** Takes no more than an entry says it holds: sizes in a ZIP are claims. */
class BoundedWriter extends Uint8ArrayWriter {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override writeUint8Array(part: Uint8Array): Promise<void> {
    this.#taken += part.length;
    if (this.#taken > this.#most) return Promise.reject(new RangeError('longer than it says'));
    return super.writeUint8Array(part);
  }
}

async function readEntry(entry: FileEntry, refuse: (reason: string) => never): Promise<Bytes> {
  if (entry.encrypted) return refuse('a file in it is locked with a password of its own');
  try {
    const content: Bytes = await entry.getData(new BoundedWriter(entry.uncompressedSize), {
      checkSignature: true,
      checkOverlappingEntry: true,
    });
    if (content.length !== entry.uncompressedSize) return refuse('a file in it is not as long as it says');
    return content;
  } catch (error) {
    if (error instanceof EscrowError) throw error;
    return refuse('a file in it is damaged');
  }
}

const isLocalHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 0x03 && bytes[at + 3] === 0x04;

/**
 * Names of files in an archive that may be cut short, as its local headers give them: enough to tell what
 * it is, and not to be believed further.
 *
 * @returns undefined when the bytes do not begin as a ZIP that holds something.
 */
export function outlineZip(bytes: Uint8Array): readonly string[] | undefined {
  if (!isLocalHeader(bytes, 0)) return undefined;
  const names: string[] = [];
  for (let at = 0; at >= 0 && names.length < OUTLINE_NAMES; at = bytes.indexOf(0x50, at + 1)) {
    if (!isLocalHeader(bytes, at)) continue;
    const length = (bytes[at + 26] ?? 0) | ((bytes[at + 27] ?? 0) << 8);
    names.push(new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + length)));
  }
  return names;
}

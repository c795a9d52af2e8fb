// What an archive lists and holds, by zip.js. It judges no names; zip.ts does.

import {
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  configure,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

// Workers would be fetched from a URL, which the page's policy forbids.
configure({ useWebWorkers: false });

/** The archive's own list of what it holds. */
export async function entriesOf(bytes: Uint8Array, refuse: (reason: string) => never): Promise<Entry[]> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes)));
  const entries: Entry[] = [];
  try {
    // Names are judged below, so that the reason can be told from damage.
    for await (const entry of reader.getEntriesGenerator({ filenameValidation: 'tolerant' })) {
      if (entries.length >= LIMITS.zipEntries)
        throw new EscrowError('limit.exceeded', { what: 'files in a ZIP', limit: LIMITS.zipEntries });
      entries.push(entry);
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

/** One file, unpacked. */
export async function readEntry(entry: FileEntry, refuse: (reason: string) => never): Promise<Bytes> {
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

// Writing while the next part is made: the disk and the processor work at the same time. One part is on
// its way at a time, so memory stays the same; a failure is told by the call that comes after it.

import type { FileHandle } from 'node:fs/promises';
import { atPath } from './os-error.ts';

export interface WriteBehind {
  /** Takes a part, which must not change any more. @throws EscrowError `file.*`, of an earlier part too. */
  write(part: Uint8Array): Promise<void>;
  /** Waits until everything is with the system, a reader then gets it. @throws EscrowError `file.*`. */
  drain(): Promise<void>;
  /** Waits until everything is on the disk. @throws EscrowError `file.*`. */
  sync(): Promise<void>;
  /** Waits until the handle may be closed, whatever became of the writes. */
  settle(): Promise<void>;
}

/**
 * Writes to an open file, from its start, without keeping the caller waiting.
 *
 * @param options - `flushBytes`: sends what was written to the disk each time so much has gathered.
 */
export function writeBehind(
  handle: FileHandle,
  path: string,
  { flushBytes = Infinity }: { flushBytes?: number } = {},
): WriteBehind {
  let writing: Promise<void> = Promise.resolve();
  let flushing: Promise<void> = Promise.resolve();
  let isFlushing = false;
  let unflushed = 0;
  const start = (operation: () => Promise<void>): Promise<void> => {
    const work = atPath(path, operation);
    // Awaited in its turn; until then nobody would hear of its failure.
    work.catch(() => undefined);
    return work;
  };
  const flush = async (): Promise<void> => {
    isFlushing = true;
    await handle.datasync();
    // Not in a finally: after a failed flush the system may call the next one good. sync tells of this one.
    isFlushing = false;
  };
  return {
    async write(part) {
      await writing;
      writing = start(() => writeWhole(handle, part));
      unflushed += part.length;
      if (unflushed < flushBytes || isFlushing) return;
      unflushed = 0;
      flushing = start(flush);
    },
    async drain() {
      await writing;
    },
    async sync() {
      await writing;
      await flushing;
      flushing = start(() => handle.sync());
      await flushing;
    },
    async settle() {
      await Promise.allSettled([writing, flushing]);
    },
  };
}

async function writeWhole(handle: FileHandle, part: Uint8Array): Promise<void> {
  for (let at = 0; at < part.length;) at += (await handle.write(part, at)).bytesWritten;
}

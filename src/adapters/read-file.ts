// Reading what we did not write: bounded, and with the path in every refusal.

import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { Bytes } from '../core/bytes.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { atPath } from './os-error.ts';

/** One read call; large enough that the system call does not show, small enough to stay in cache. */
const READ_BYTES = 1_048_576;

/** Size in bytes of a regular file. @throws {@link EscrowError} `file.*`. */
export async function fileSize(path: string): Promise<number> {
  const found = await atPath(path, () => stat(path));
  if (found.isDirectory()) throw new EscrowError('file.is-directory', { path });
  // Opening a pipe waits for its other end, in a thread that nothing can stop.
  if (!found.isFile()) throw new EscrowError('file.special', { path });
  return found.size;
}

/** Whether a path leads to a folder; one that leads nowhere does not. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Reads a whole file of at most `limit` bytes, refusing larger ones before reading.
 *
 * @throws {@link EscrowError} `limit.exceeded`, `file.*`.
 */
export async function readBounded(path: string, limit: number): Promise<Bytes> {
  const size = await fileSize(path);
  if (size > limit) throw new EscrowError('limit.exceeded', { what: `bytes of ${path}`, limit });
  return atPath(path, async () => {
    const handle = await open(path, 'r');
    try {
      const bytes = new Uint8Array(size);
      let at = 0;
      while (at < size) {
        const { bytesRead } = await handle.read(bytes, at, size - at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    } finally {
      await handle.close();
    }
  });
}

/** The first bytes of a file, at most `length`. @throws {@link EscrowError} `file.*`. */
export async function readHead(path: string, length: number): Promise<Bytes> {
  await fileSize(path);
  return atPath(path, async () => {
    const handle = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  });
}

/**
 * Streams a file. While one part is looked at the next is read; two buffers take turns, so a part is good
 * only until the next is asked for. Both are wiped at the end: a file may be an export.
 *
 * @throws {@link EscrowError} `file.*` while iterating.
 */
export async function* readStream(path: string): AsyncGenerator<Uint8Array> {
  await fileSize(path);
  const handle = await atPath(path, () => open(path, 'r'));
  let current = new Uint8Array(READ_BYTES);
  let next = new Uint8Array(READ_BYTES);
  const read = (into: Uint8Array): Promise<number> => {
    const reading = atPath(path, async () => (await handle.read(into, 0, READ_BYTES)).bytesRead);
    // It is awaited in its turn; until then nobody would hear of its failure.
    reading.catch(() => undefined);
    return reading;
  };
  let ahead = read(current);
  // Of a small file's buffers most was never touched, and is not real memory until it is.
  let used = 0;
  try {
    for (let length = await ahead; length > 0; length = await ahead) {
      used = Math.max(used, length);
      ahead = read(next);
      yield current.subarray(0, length);
      [current, next] = [next, current];
    }
  } finally {
    used = Math.max(used, await ahead.catch(() => 0));
    wipe(current.subarray(0, used), next.subarray(0, used));
    await handle.close();
  }
}

/**
 * Gathers a stream of at most `limit` bytes.
 *
 * @param expected - How many bytes are likely: what is foreseen is not copied once more at the end.
 * @throws {@link EscrowError} `limit.exceeded` as soon as the limit is passed.
 */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  what: string,
  expected = 0,
): Promise<Bytes> {
  let gathered = new Uint8Array(Math.min(expected, limit));
  let size = 0;
  for await (const part of stream) {
    const needed = size + part.length;
    if (needed > limit) throw new EscrowError('limit.exceeded', { what, limit });
    if (needed > gathered.length) {
      const wider = new Uint8Array(Math.min(Math.max(needed, 2 * gathered.length), limit));
      wider.set(gathered.subarray(0, size));
      wipe(gathered);
      gathered = wider;
    }
    // A copy: the stream may use its buffer again.
    gathered.set(part, size);
    size = needed;
  }
  if (size === gathered.length) return gathered;
  const exact = gathered.slice(0, size);
  wipe(gathered);
  return exact;
}

/** How long a stream is, and its SHA-256. @throws whatever it throws. */
export async function digestOf(
  parts: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of parts) {
    hash.update(part);
    size += part.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** The same of a file on disk. @throws {@link EscrowError} `file.*`. */
export const digestOfFile = (path: string): ReturnType<typeof digestOf> => digestOf(readStream(path));

// Reading what we did not write: bounded, and with the path in every refusal.

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { atPath, osError } from './os-error.ts';

/** One read call; large enough that the system call does not show, small enough to stay in cache. */
const READ_BYTES = 1_048_576;

/** Size in bytes of a regular file. @throws {@link EscrowError} `file.*`. */
export async function fileSize(path: string): Promise<number> {
  const found = await atPath(path, () => stat(path));
  if (found.isDirectory()) throw new EscrowError('file.is-directory', { path });
  return found.size;
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

/** The first bytes of a file, at most `length`. */
export async function readHead(path: string, length: number): Promise<Bytes> {
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

/** Streams a file. @throws {@link EscrowError} `file.*` while iterating. */
export async function* readStream(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw osError(error, path);
  }
}

/**
 * Gathers a stream of at most `limit` bytes.
 *
 * @throws {@link EscrowError} `limit.exceeded` as soon as the limit is passed.
 */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  what: string,
): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > limit) throw new EscrowError('limit.exceeded', { what, limit });
    parts.push(part);
  }
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

// Bytes at hand, as the stream that a reader wants, and back.

import { concatBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';

/** Gives the parts one after the other; nothing is copied. */
export function streamOf(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const left = parts.values();
      return { next: () => Promise.resolve(left.next()) };
    },
  };
}

/** All of a stream. Only where its size is bounded. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return concatBytes(...parts);
}

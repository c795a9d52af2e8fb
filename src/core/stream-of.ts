// Bytes at hand, as the stream that a reader wants.

/** Gives the parts one after the other; nothing is copied. */
export function streamOf(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const left = parts.values();
      return { next: () => Promise.resolve(left.next()) };
    },
  };
}

// Reading a stream of bytes part by part: a few bytes first (is it armored?), then the header, then the
// rest in whatever pieces it comes. Pieces are handed on as they are, not copied, and the next one is
// only asked for when the last is used up, so a source may use its buffer again.

import type { Bytes } from '../bytes.ts';

/** An iterator over pieces that can take bytes back and give a fixed number of them. */
export class ByteSource implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #returned: Uint8Array[] = [];

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const value = this.#returned.pop();
    return value ? Promise.resolve({ done: false, value }) : this.#source.next();
  }

  /** Lets the source close what it holds open; called by `for await` too when it ends early. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#returned.length = 0;
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  /** Gives bytes back; they are the next to be read. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#returned.push(bytes);
  }

  /** The next `length` bytes in a fresh buffer; fewer only where the stream ends. */
  async read(length: number): Promise<Bytes> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { done, value } = await this.next();
      if (done) break;
      const part = value.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.unread(value.subarray(part.length));
    }
    return bytes.subarray(0, filled);
  }

  /** Like {@link ByteSource.read}, but the bytes stay to be read again. */
  async peek(length: number): Promise<Bytes> {
    const bytes = await this.read(length);
    this.unread(bytes);
    return bytes;
  }
}

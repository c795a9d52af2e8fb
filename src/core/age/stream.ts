// The payload of an age file: 64 KiB chunks under ChaCha20-Poly1305, numbered, the last one marked, so
// that nothing can be cut off, swapped or repeated unseen. Spec: docs/spec/package.md, "Chunks". Memory
// stays the same whatever the size. Output comes in batches: a write for each chunk would cost more than
// the encryption. Key and nonce of the file are made in file.ts.

import type { Bytes } from '../bytes.ts';
import { wipe } from '../bytes.ts';
import type { ChunkCipher } from '../crypto.ts';
import { EscrowError } from '../errors.ts';

const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const CHUNKS_IN_BATCH = 16;
const NONCE_BYTES = 12;
const COUNTER_BYTES = NONCE_BYTES - 1;

/** Cuts pieces of any length into chunks of one length. */
class ChunkSplitter {
  readonly #held: Bytes;
  #filled = 0;

  constructor(chunkBytes: number) {
    this.#held = new Uint8Array(chunkBytes);
  }

  /**
   * Gives the chunks that more bytes are known to follow: a full chunk may yet be the last. They are views,
   * of the piece where that is possible, good until the next one is asked for.
   */
  *push(piece: Uint8Array): Generator<Uint8Array> {
    let rest = piece;
    while (rest.length > 0) {
      const room = this.#held.length - this.#filled;
      if (room === 0) {
        this.#filled = 0;
        yield this.#held;
      } else if (this.#filled === 0 && rest.length > room) {
        yield rest.subarray(0, room);
        rest = rest.subarray(room);
      } else {
        const part = rest.subarray(0, room);
        this.#held.set(part, this.#filled);
        this.#filled += part.length;
        rest = rest.subarray(part.length);
      }
    }
  }

  /** The last chunk, when there are no more pieces; full, shorter or empty. */
  last(): Uint8Array {
    return this.#held.subarray(0, this.#filled);
  }

  wipe(): void {
    wipe(this.#held);
  }
}

/** Gathers results in one buffer after another. */
class Batch {
  readonly #capacity: number;
  #buffer: Bytes;
  #filled = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#buffer = new Uint8Array(capacity);
  }

  get isFull(): boolean {
    return this.#filled === this.#capacity;
  }

  /** Where the next `length` bytes go; they count once {@link Batch.commit} says so. */
  slot(length: number): Bytes {
    return this.#buffer.subarray(this.#filled, this.#filled + length);
  }

  commit(length: number): void {
    this.#filled += length;
  }

  /** Hands the full buffer over and begins another. */
  takeFull(): Bytes {
    const full = this.#buffer;
    this.#buffer = new Uint8Array(this.#capacity);
    this.#filled = 0;
    return full;
  }

  /** What the last, unfilled buffer holds, in one of the right size. */
  takeRest(): Bytes {
    return this.#buffer.slice(0, this.#filled);
  }
}

/** Adds one to the counter, the first 11 bytes, most significant first; age allows 2^88 chunks. */
function countUp(nonce: Uint8Array): void {
  for (let at = COUNTER_BYTES - 1; at >= 0; at--) {
    const next = ((nonce[at] ?? 0) + 1) & 0xff;
    nonce[at] = next;
    if (next !== 0) return;
  }
}

/** Handles one chunk; throws when it may not be used, and returns what to throw when it was the last good one. */
type ChunkStep = (target: Bytes, nonce: Uint8Array, chunk: Uint8Array) => EscrowError | undefined;

/** Runs a step over all chunks. What was done before a failure is given out before the failure is. */
async function* runChunks(
  source: AsyncIterable<Uint8Array>,
  chunkBytes: number,
  growth: number,
  step: ChunkStep,
): AsyncGenerator<Bytes, void, undefined> {
  const splitter = new ChunkSplitter(chunkBytes);
  const batch = new Batch(CHUNKS_IN_BATCH * (chunkBytes + growth));
  const nonce = new Uint8Array(NONCE_BYTES);
  const handle = (chunk: Uint8Array): void => {
    const length = Math.max(0, chunk.length + growth);
    const ending = step(batch.slot(length), nonce, chunk);
    batch.commit(length);
    if (ending) throw ending;
    countUp(nonce);
  };
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const piece of source) {
      for (const chunk of splitter.push(piece)) {
        handle(chunk);
        if (batch.isFull) yield batch.takeFull();
      }
    }
    nonce[COUNTER_BYTES] = 1;
    handle(splitter.last());
  } catch (error) {
    failure = { error };
  } finally {
    splitter.wipe();
  }
  const rest = batch.takeRest();
  if (rest.length > 0) yield rest;
  if (failure) throw failure.error;
}

/** Encrypts a payload in batches of about 1 MiB. */
export function sealPayload(
  cipher: ChunkCipher,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  return runChunks(plaintext, CHUNK_BYTES, TAG_BYTES, (target, nonce, chunk) => {
    cipher.sealInto(target, nonce, chunk);
    return undefined;
  });
}

/**
 * Decrypts a payload in batches of about 1 MiB, giving out verified chunks only. They are parts of the
 * whole, and the whole is not verified before the generator has ended without a throw.
 *
 * @throws {@link EscrowError} `age.payload`: a chunk was altered, or the file is cut short or too long.
 */
export function openPayload(
  cipher: ChunkCipher,
  ciphertext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  let index = 0;
  return runChunks(ciphertext, CHUNK_BYTES + TAG_BYTES, -TAG_BYTES, (target, nonce, chunk) => {
    if (chunk.length < TAG_BYTES) throw payloadError('the file is cut short');
    const isLast = nonce[COUNTER_BYTES] === 1;
    // A second spelling of every file whose length is a multiple of 64 KiB must not pass.
    if (isLast && index > 0 && target.length === 0) throw payloadError('the last chunk is empty');
    index++;
    if (cipher.openInto(target, nonce, chunk)) return undefined;
    // A good chunk in the wrong place tells a file that was cut, or added to, from one that was altered.
    nonce[COUNTER_BYTES] = isLast ? 0 : 1;
    if (target.length === CHUNK_BYTES && cipher.openInto(target, nonce, chunk)) {
      return payloadError(isLast ? 'the file is cut short' : 'something follows the last chunk');
    }
    throw payloadError(isLast ? 'the last chunk is altered or cut short' : `chunk ${index} is altered`);
  });
}

function payloadError(reason: string): EscrowError {
  return new EscrowError('age.payload', { reason });
}

// A package unpacked into memory: the machine's part of it, as a browser has it.

import { wipe } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import type { Manifest } from '../../escrow/manifest.ts';
import type { ByteFilter } from '../../escrow/ports.ts';
import { unpackPayload } from '../../escrow/recover.ts';
import type { PayloadSink } from '../../escrow/recover.ts';
import type { GivenFile } from './given.ts';

/** A package and the digest of the bytes it came as. */
interface Unpacked {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly sha256: Uint8Array;
}

/** The parts of a browser's stream; not every browser lets one loop over it. */
export async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Decompresses through the browser. */
const gunzip: ByteFilter = async function* (source) {
  const parts = source[Symbol.asyncIterator]();
  let failure: unknown;
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
    async cancel() {
      await parts.return?.();
    },
  });
  try {
    yield* partsOf(input.pipeThrough(new DecompressionStream('gzip')));
  } catch (error) {
    // The stream wraps or replaces what its source threw, which is what the reader has to know.
    if (failure !== undefined) throw failure as Error;
    if (error instanceof EscrowError) throw error;
    throw new EscrowError('package.format', { reason: 'its compression is broken' }, { cause: error });
  }
};

/** Files in memory, together at most `LIMITS.pagePayloadBytes`. */
class MemorySink implements PayloadSink {
  readonly files = new Map<string, Uint8Array>();
  #file = new Uint8Array();
  #at = 0;
  #size = 0;

  begin(path: string, size: number): Promise<void> {
    this.#size += size;
    if (this.#size > LIMITS.pagePayloadBytes) {
      const limit = LIMITS.pagePayloadBytes;
      throw new EscrowError('limit.exceeded', { what: 'bytes that a page can unpack', limit });
    }
    this.#file = new Uint8Array(size);
    this.#at = 0;
    this.files.set(path, this.#file);
    return Promise.resolve();
  }

  write(part: Uint8Array): Promise<void> {
    this.#file.set(part, this.#at);
    this.#at += part.length;
    return Promise.resolve();
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  wipe(): void {
    wipe(...this.files.values());
    this.files.clear();
  }
}

/**
 * Decrypts and unpacks a whole package.
 *
 * @param tell - Is told how many bytes of the package were read.
 * @throws {@link EscrowError} `age.*`, `package.format`, `recover.damaged-export`, `limit.exceeded`.
 */
export async function unpackInMemory(
  crypto: CryptoPort,
  seed: Uint8Array,
  file: GivenFile,
  tell: (bytes: number) => void,
): Promise<Unpacked> {
  const sink = new MemorySink();
  const hash = await crypto.sha256Stream(file.size);
  let read = 0;
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of file.stream()) {
      await hash.update(part);
      read += part.length;
      tell(read);
      yield part;
    }
  };
  try {
    const manifest = await unpackPayload(crypto, seed, hashed(), { gunzip, sink });
    return { manifest, files: sink.files, sha256: await hash.digest() };
  } catch (error) {
    sink.wipe();
    throw error;
  }
}

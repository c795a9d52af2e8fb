// Compression for payloads, and the sample that decides whether it is worth its time: gzip runs at a
// twentieth of the cipher's speed and gains nothing on archives, pictures or encrypted exports.

import { Readable, pipeline } from 'node:stream';
import { constants, createGunzip, createGzip, gzipSync } from 'node:zlib';
import { EscrowError } from '../core/errors.ts';

const LEVEL = constants.Z_BEST_SPEED;
const SAMPLE_BYTES = 262_144;
/** Less than a tenth saved is not worth it. */
const WORTHWHILE = 0.9;

/** Compresses a stream; a part may be reused when the next is asked for. */
export async function* gzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const filter = createGzip({ level: LEVEL, chunkSize: 65_536 });
  yield* through(copies(source), filter) as AsyncIterable<Uint8Array>;
}

/** The filter still works on a part when it asks for the next, whose source may use its buffer again. */
async function* copies(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of source) yield part.slice();
}

/**
 * Decompresses a stream, whose parts become the filter's.
 *
 * @throws {@link EscrowError} `package.format` when it is not whole; errors of the source pass through.
 */
export async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const filter = createGunzip({ chunkSize: 65_536 });
  try {
    yield* through(source, filter) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof EscrowError) throw error;
    throw new EscrowError('package.format', { reason: 'its compression is broken' }, { cause: error });
  }
}

function through<T extends NodeJS.ReadWriteStream>(source: AsyncIterable<Uint8Array>, filter: T): T {
  // pipeline destroys the filter with the source's error, which the reader of the filter then gets.
  pipeline(Readable.from(source, { objectMode: false }), filter, () => undefined);
  return filter;
}

/** Whether a sample of a file's bytes says that compression pays. */
export function isCompressible(sample: Uint8Array): boolean {
  if (sample.length === 0) return false;
  const head = sample.subarray(0, SAMPLE_BYTES);
  return gzipSync(head, { level: LEVEL }).length < head.length * WORTHWHILE;
}

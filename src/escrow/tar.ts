// POSIX tar as streams of bytes, over tar-stream, with the checks that a hostile archive needs: no
// path that leaves its folder, no links or devices, no more entries or bytes than the limits allow.
// Spec: docs/spec/package.md, Payload.

import * as tarStream from 'tar-stream';
import type { Sink } from 'tar-stream';
import { encodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

/** One file to pack. `content` must yield exactly `size` bytes; a part is good until the next is asked for. */
export interface TarFile {
  readonly path: string;
  readonly size: number;
  content(): AsyncIterable<Uint8Array>;
}

/** One file read back; `content` must be read to its end before the next file is asked for. */
export interface UnpackedFile {
  readonly path: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Waits until a sink takes more. A destroyed sink never drains; its close wakes us all the same. */
function drained(sink: Sink): () => Promise<void> {
  let wake = (): void => undefined;
  sink.on('drain', () => {
    wake();
  });
  sink.on('close', () => {
    wake();
  });
  return () =>
    new Promise((resolve) => {
      wake = resolve;
    });
}

async function pour(source: AsyncIterable<Uint8Array>, sink: Sink): Promise<void> {
  const whenDrained = drained(sink);
  for await (const part of source) {
    if (!sink.write(part)) await whenDrained();
    if (sink.destroyed) return;
  }
  sink.end();
}

/** Whatever was thrown, as an Error: the sources of a stream are not ours. */
const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('a stream failed', { cause: error });

const BLOCK_BYTES = 512;
/** Two blocks of zeros end an archive. */
const END_BYTES = 2 * BLOCK_BYTES;

/**
 * What stands before one file: the library makes it, and is then left; all that follows the header is
 * bytes as they are. Through its queue they would be read ahead of their reader, who could then not use
 * a buffer again.
 */
async function* packHeader(file: TarFile, mtime: Date): AsyncGenerator<Uint8Array> {
  const pack = tarStream.pack();
  const header = { name: file.path, size: file.size, mode: 0o600, mtime, type: 'file' };
  const content = new Uint8Array(1);
  pack.entry(header, () => undefined).write(content);
  for await (const part of pack) {
    if (part === content) return;
    yield part;
  }
}

/**
 * Packs files in the order given; parts of their content are handed on, not copied, and the next one is
 * asked for when the reader comes back. A failing `content` fails the stream with the same error.
 */
export async function* packTar(files: readonly TarFile[], mtime: Date): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield* packHeader(file, mtime);
    let packed = 0;
    for await (const part of file.content()) {
      packed += part.length;
      if (packed > file.size) break;
      yield part;
    }
    if (packed !== file.size) throw new Error('a file to pack is not as long as was said');
    const padding = (BLOCK_BYTES - (packed % BLOCK_BYTES)) % BLOCK_BYTES;
    if (padding > 0) yield new Uint8Array(padding);
  }
  yield new Uint8Array(END_BYTES);
}

/** Refuses what would write outside its folder, on POSIX systems and on Windows. */
export function assertSafePath(path: string): void {
  const refuse = (reason: string): never => {
    throw new EscrowError('package.format', { reason });
  };
  if (encodeUtf8(path).length > LIMITS.payloadPathBytes) refuse('a path in the archive is too long');
  if (/[\u0000-\u001f\u007f]/u.test(path)) refuse('a path in the archive has control characters');
  const steps = path.split('/');
  const escapes = steps.some((step) => step === '' || step === '.' || step === '..');
  if (escapes || path.includes('\\') || /^[A-Za-z]:/.test(path))
    refuse('a path in the archive leads outside it');
  if (steps.some((step) => encodeUtf8(step).length > LIMITS.payloadStepBytes))
    refuse('a name in the archive is too long');
}

/** Paths met so far, folded: two names that differ in case are one file on Windows and macOS. */
class Paths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  get size(): number {
    return this.#files.size;
  }

  /** @throws {@link EscrowError} `package.format` for a path that is there already, as a file or as a folder. */
  add(path: string): void {
    const refuse = (reason: string): never => {
      throw new EscrowError('package.format', { reason });
    };
    const folded = path.normalize('NFC').toLowerCase();
    if (this.#files.has(folded)) refuse('the archive holds one path twice');
    if (this.#folders.has(folded)) refuse('the archive holds a file and a folder of one name');
    for (let at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1)) {
      const folder = folded.slice(0, at);
      if (this.#files.has(folder)) refuse('the archive holds a file and a folder of one name');
      this.#folders.add(folder);
    }
    this.#files.add(folded);
  }
}

function assertPlainFile(header: tarStream.TarHeader): void {
  if (header.type === 'file') return;
  const type = header.type ?? 'thing of unknown type';
  throw new EscrowError('package.format', { reason: `the archive holds a ${type}, only files are taken` });
}

/** The bytes of one file; whoever reads them hears of a broken archive in our words. */
async function* contentOf(
  entry: AsyncIterable<Uint8Array>,
  told: (error: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  try {
    yield* entry;
  } catch (error) {
    throw told(error);
  }
}

/**
 * Reads a tar back, file by file.
 *
 * @throws {@link EscrowError} `package.format` for a broken or unsafe archive, `limit.exceeded`;
 * errors of the source pass through.
 */
export async function* unpackTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<UnpackedFile> {
  const extract = tarStream.extract();
  let failure: Error | undefined;
  const fed = pour(source, extract).catch((error: unknown) => {
    failure = asError(error);
    extract.destroy(failure);
  });
  // What the source failed with comes first: the archive then only broke off.
  const told = (error: unknown): Error => {
    if (failure !== undefined) return failure;
    if (error instanceof EscrowError) return error;
    return new EscrowError('package.format', { reason: 'the archive inside is broken' }, { cause: error });
  };
  const seen = new Paths();
  let total = 0;
  try {
    for await (const entry of extract) {
      const { name, size = 0 } = entry.header;
      assertPlainFile(entry.header);
      assertSafePath(name);
      seen.add(name);
      total += size;
      if (seen.size > LIMITS.payloadEntries)
        throw new EscrowError('limit.exceeded', {
          what: 'files in the package',
          limit: LIMITS.payloadEntries,
        });
      if (total > LIMITS.payloadBytes)
        throw new EscrowError('limit.exceeded', { what: 'bytes in the package', limit: LIMITS.payloadBytes });
      yield { path: name, size, content: contentOf(entry, told) };
    }
    await fed;
  } catch (error) {
    throw told(error);
  } finally {
    extract.destroy();
  }
  if (failure !== undefined) throw failure;
}

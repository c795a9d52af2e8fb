// The ways in which a stream of bytes can reach a reader.

/** In one piece; in pieces of awkward lengths from one buffer that is used again; byte by byte. */
export type Feed = 'whole' | 'odd' | 'bytes';

export const FEEDS: readonly Feed[] = ['whole', 'odd', 'bytes'];

const ODD_LENGTHS = [1, 0, 7, 64, 65_535, 3, 65_536, 65_537, 65_552, 100_003, 16, 65_553];

/** Gives bytes out piece by piece. */
export async function* pieces(bytes: Uint8Array, feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  if (feed === 'whole') yield bytes;
  else if (feed === 'odd') yield* inLengths(bytes, ODD_LENGTHS);
  else for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}

/** Pieces of the lengths given, over and over, from one buffer that is spoilt once a piece was taken. */
export async function* inLengths(
  bytes: Uint8Array,
  lengths: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  const buffer = new Uint8Array(Math.max(...lengths));
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const part = bytes.subarray(at, at + lengths[turn % lengths.length]!);
    at += part.length;
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0xee);
  }
}

/** Everything that a stream gives, copied: the stream may use its buffers again. */
export async function gather(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(new Uint8Array(part));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

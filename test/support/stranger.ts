// A stranger who can write to an escrow folder, and so can seal to its public recipient: a package with a
// vault of theirs in it, under any name and of any size they like.

import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodeCharter } from '../../src/core/record/charter.ts';
import { streamOf } from '../../src/core/stream-of.ts';
import { sealPayload } from '../../src/escrow/seal.ts';

const HAS_NAME = 0x08;
const HEADER_BYTES = 10;
const ATTEMPTS = 200;

/** A gzip with a file name of `padding` letters in its header, which readers pass over. */
function paddedGzip(tar: Uint8Array, padding: number): Uint8Array {
  const plain = gzipSync(tar);
  if (padding === 0) return plain;
  const head = Buffer.from(plain.subarray(0, HEADER_BYTES));
  head[3] = HAS_NAME;
  return Buffer.concat([
    head,
    Buffer.alloc(padding - 1, 'x'),
    Buffer.from([0]),
    plain.subarray(HEADER_BYTES),
  ]);
}

async function sealed(charter: string, vault: string, padding: number): Promise<Uint8Array> {
  const crypto = await loadNodeCrypto();
  const { escrow, recipient } = decodeCharter(await readFile(charter));
  const bytes = Buffer.from(vault);
  const parts: Uint8Array[] = [];
  const package_ = sealPayload(crypto, {
    escrow,
    sequence: 1,
    created: new Date(Date.UTC(2026, 10, 23, 9, 0, 0)),
    recipient,
    sources: [
      {
        name: 'vault-export',
        fileName: 'vault-export.json',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        open: () => streamOf(bytes),
      },
    ],
    attachments: [],
    plan: [],
    compress: async function* (tar) {
      const whole: Uint8Array[] = [];
      for await (const part of tar) whole.push(part.slice());
      yield paddedGzip(Buffer.concat(whole), padding);
    },
  });
  for await (const part of package_) parts.push(part.slice());
  return Buffer.concat(parts);
}

/**
 * Writes a package that opens with the cards of the escrow.
 *
 * @param folder - The escrow folder.
 * @param path - Where it goes; a package that lies there is replaced by one of the same size.
 * @param vault - What the stranger wants people to find.
 */
export async function plantPackage(folder: string, path: string, vault: string): Promise<void> {
  const charter = `${folder}/charter.json`;
  const wanted = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
  // Compression makes sizes differ a little each time: the padding is set right until it fits.
  let padding = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const bytes = await sealed(charter, vault, padding);
    const missing = wanted === undefined ? 0 : wanted - bytes.length;
    if (missing === 0) {
      await writeFile(path, bytes);
      return;
    }
    padding = Math.max(2, padding + missing);
  }
  throw new Error(`${basename(path)} cannot be replaced by one of its size`);
}

// What holdfast is measured against, as a program of its own so that its memory and start count too:
//   rival.js floor|age-encryption seal|open KEYFILE IN OUT
// `floor` is the least a Node program can do: ChaCha20-Poly1305 over 64 KiB chunks from file to file,
// without header, archive, digest, fsync or reading back. KEYFILE holds the recipient or identity.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';

const CHUNK = 65_536;
const TAG = 16;
const CHUNKS = 16;

type Mode = 'seal' | 'open';
type Step = (chunk: Uint8Array, nonce: Uint8Array, target: Uint8Array) => void;

const KEY = new Uint8Array(32).fill(7);

const STEPS: Record<Mode, Step> = {
  seal(chunk, nonce, target) {
    const cipher = createCipheriv('chacha20-poly1305', KEY, nonce, { authTagLength: TAG });
    target.set(cipher.update(chunk));
    cipher.final();
    target.set(cipher.getAuthTag(), chunk.length);
  },
  open(chunk, nonce, target) {
    const cipher = createDecipheriv('chacha20-poly1305', KEY, nonce, { authTagLength: TAG });
    cipher.setAuthTag(chunk.subarray(chunk.length - TAG));
    target.set(cipher.update(chunk.subarray(0, chunk.length - TAG)));
    cipher.final();
  },
};

async function floor(mode: Mode, from: string, to: string): Promise<void> {
  const [source, sink] = [await open(from, 'r'), await open(to, 'w')];
  const [size, growth] = mode === 'seal' ? [CHUNK, TAG] : [CHUNK + TAG, -TAG];
  const [input, output] = [new Uint8Array(size * CHUNKS), new Uint8Array((size + growth) * CHUNKS)];
  const nonce = new Uint8Array(12);
  const counter = new DataView(nonce.buffer);
  let index = 0;
  for (;;) {
    const { bytesRead } = await source.read(input);
    if (bytesRead === 0) break;
    let at = 0;
    for (let start = 0; start < bytesRead; start += size) {
      const chunk = input.subarray(start, Math.min(start + size, bytesRead));
      counter.setUint32(7, index);
      index += 1;
      STEPS[mode](chunk, nonce, output.subarray(at, at + chunk.length + growth));
      at += chunk.length + growth;
    }
    await sink.write(output, 0, at);
  }
  await source.close();
  await sink.close();
}

async function ageEncryption(mode: Mode, key: string, from: string, to: string): Promise<void> {
  const { Decrypter, Encrypter } = await import('age-encryption');
  const source = Readable.toWeb(createReadStream(from, { highWaterMark: CHUNK * CHUNKS }));
  const bytes = source as ReadableStream<Uint8Array<ArrayBuffer>>;
  let result: ReadableStream<Uint8Array>;
  if (mode === 'seal') {
    const encrypter = new Encrypter();
    encrypter.addRecipient(key);
    result = await encrypter.encrypt(bytes);
  } else {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key);
    result = await decrypter.decrypt(bytes);
  }
  await result.pipeTo(Writable.toWeb(createWriteStream(to)) as WritableStream<Uint8Array>);
}

const [who, mode, keyFile, from, to] = process.argv.slice(2) as [string, Mode, string, string, string];
if (who === 'floor') await floor(mode, from, to);
else await ageEncryption(mode, (await readFile(keyFile, 'utf8')).trim(), from, to);

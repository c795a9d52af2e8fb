// SHA-256 of a large stream on a thread of its own, so that hashing and encrypting share two cores
// instead of taking turns on one (docs/performance.md has the gain). Each part is copied once, into one
// of a few buffers that go to the thread and come back: a fresh one for each part would be garbage as
// large as the file.

import { Worker } from 'node:worker_threads';
import type { Bytes } from '../core/bytes.ts';
import { wipe } from '../core/bytes.ts';
import type { Sha256Stream } from '../core/crypto.ts';

/** Parts on their way to the thread before the caller has to wait. */
const BUFFERS = 3;

// As text and not as a file: it must work from TypeScript sources, from dist and from one bundled file.
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const hash = require('node:crypto').createHash('sha256');
parentPort.on('message', (message) => {
  if (message === 'end') parentPort.postMessage(hash.digest());
  else {
    hash.update(message.buffer.subarray(0, message.length));
    parentPort.postMessage({ buffer: message.buffer }, [message.buffer.buffer]);
  }
});
`;

/**
 * A hash on a thread. The thread ends with its digest, or with the process: it keeps that alive only while
 * somebody waits for it, so a hash that is given up halfway needs no word.
 */
export function sha256Thread(): Sha256Stream {
  const worker = new Worker(PROGRAM, { eval: true, env: {}, execArgv: [] });
  const free: Bytes[] = Array.from({ length: BUFFERS }, () => new Uint8Array());
  let failure: Error | undefined;
  let settle: (() => void) | undefined;
  let finish: ((digest: Bytes) => void) | undefined;
  worker.on('message', (answer: { buffer: Bytes } | Uint8Array) => {
    if ('buffer' in answer && !(answer instanceof Uint8Array)) free.push(answer.buffer);
    else finish?.(new Uint8Array(answer));
    settle?.();
  });
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error('the hashing thread failed', { cause: error });
    settle?.();
  });
  // Only now: a listener added later would hold the process again.
  worker.unref();
  const changed = async (): Promise<void> => {
    worker.ref();
    await new Promise<void>((resolve) => {
      settle = resolve;
    });
    worker.unref();
  };
  return {
    async update(part) {
      while (free.length === 0 && !failure) await changed();
      if (failure) throw failure;
      let buffer = free.pop() ?? new Uint8Array();
      if (buffer.length < part.length) buffer = new Uint8Array(part.length);
      buffer.set(part);
      worker.postMessage({ buffer, length: part.length }, [buffer.buffer]);
    },
    async digest() {
      let digest: Bytes | undefined;
      finish = (bytes) => {
        digest = bytes;
      };
      worker.postMessage('end');
      while (!digest && !failure) await changed();
      wipe(...free);
      await worker.terminate();
      if (!digest) throw failure ?? new Error('the hashing thread gave no digest');
      return digest;
    },
  };
}

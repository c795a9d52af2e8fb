// SHA-256 of a large stream on a thread of its own, so that hashing and encrypting share two cores
// instead of taking turns on one (docs/performance.md has the gain). Each part is copied once: the
// thread gets the copy, the caller keeps the part.

import { Worker } from 'node:worker_threads';
import type { Bytes } from '../core/bytes.ts';
import type { Sha256Stream } from '../core/crypto.ts';

/** Bytes on their way to the thread before the caller has to wait. */
const IN_FLIGHT_BYTES = 8_388_608;

// As text and not as a file: it must work from TypeScript sources, from dist and from one bundled file.
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const hash = require('node:crypto').createHash('sha256');
parentPort.on('message', (part) => {
  if (part === 'end') parentPort.postMessage(hash.digest());
  else {
    hash.update(part);
    parentPort.postMessage(part.length);
  }
});
`;

/** A hash on a thread; the thread ends with its digest, and never keeps the process alive. */
export function sha256Thread(): Sha256Stream {
  const worker = new Worker(PROGRAM, { eval: true, env: {}, execArgv: [] });
  worker.unref();
  let inFlight = 0;
  let failure: Error | undefined;
  let settle: (() => void) | undefined;
  let finish: ((digest: Bytes) => void) | undefined;
  worker.on('message', (answer: number | Uint8Array) => {
    if (typeof answer === 'number') inFlight -= answer;
    else finish?.(new Uint8Array(answer));
    settle?.();
  });
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error('the hashing thread failed', { cause: error });
    settle?.();
  });
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      settle = resolve;
    });
  return {
    async update(part) {
      const copy = new Uint8Array(part);
      inFlight += copy.length;
      worker.postMessage(copy, [copy.buffer]);
      while (inFlight > IN_FLIGHT_BYTES && !failure) await changed();
      if (failure) throw failure;
    },
    async digest() {
      let digest: Bytes | undefined;
      finish = (bytes) => {
        digest = bytes;
      };
      worker.ref();
      worker.postMessage('end');
      while (!digest && !failure) await changed();
      await worker.terminate();
      if (!digest) throw failure ?? new Error('the hashing thread gave no digest');
      return digest;
    },
  };
}

// Runs in a process of its own (test/core/age/memory.test.ts): pushes a payload that exists nowhere
// through encryptAge and decryptAge and says how much memory the process ever held.

import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decryptAge, encryptAge } from '../../src/core/age/file.ts';
import { hybridRecipient, type Identity } from '../../src/core/age/keys.ts';

export interface MemoryReport {
  /** Before the first byte, with everything loaded. */
  readonly baselineMiB: number;
  /** The highest the process ever had, after each size in turn. */
  readonly peaks: readonly { readonly payloadMiB: number; readonly peakMiB: number }[];
}

const MIB = 2 ** 20;

/** A pseudo-random block over and over, with its number in front; written anew into one buffer. */
async function* payload(block: Uint8Array, count: number): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  const view = new DataView(block.buffer);
  for (let number = 0; number < count; number++) {
    view.setUint32(0, number);
    yield block;
  }
}

async function run(payloadMiB: number): Promise<void> {
  const crypto = await loadNodeCrypto();
  const identity: Identity = { kind: 'hybrid', seed: crypto.randomBytes(32) };
  const block = crypto.randomBytes(MIB);
  const [sent, received] = [await crypto.sha256Stream(), await crypto.sha256Stream()];
  async function* hashed(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of payload(block, payloadMiB)) {
      await sent.update(piece);
      yield piece;
    }
  }
  const file = encryptAge(crypto, hybridRecipient(crypto, identity.seed), hashed());
  let length = 0;
  for await (const part of decryptAge(crypto, [identity], file)) {
    await received.update(part);
    length += part.length;
  }
  if (length !== payloadMiB * MIB) throw new Error(`${length} bytes came out`);
  if ((await sent.digest()).join() !== (await received.digest()).join())
    throw new Error('other bytes came out');
}

await loadNodeCrypto();
const baselineMiB = process.memoryUsage().rss / MIB;
const peaks = [];
for (const payloadMiB of process.argv.slice(2).map(Number)) {
  await run(payloadMiB);
  peaks.push({ payloadMiB, peakMiB: process.resourceUsage().maxRSS / 1024 });
}
const report: MemoryReport = { baselineMiB, peaks };
process.stdout.write(JSON.stringify(report));

// Full ceremony: a quorum drawn by lot opens a test package on a second machine, while the key is still held
// here. The package holds six words and nothing else; only whoever opened it can say them. No secret is in it:
// it opens with the cards of a key that may never come to be.

import { createHash } from 'node:crypto';
import { writeFileAtomic } from '../adapters/atomic-write.ts';
import { concatBytes, encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { passphraseWords } from '../core/record/words.ts';
import { quorumSubsets } from '../core/share/policy.ts';
import { streamOf } from '../core/stream-of.ts';
import type { Ceremony } from '../escrow/ceremony.ts';
import { sealPayload } from '../escrow/seal.ts';

/** Named after what it is: nobody should take it for a package of the escrow. */
export const TEST_PACKAGE = 'ceremony-test.tar.age';

const WORDS = 6;

interface DrawnTest {
  /** The cards that were drawn. */
  readonly cards: readonly number[];
  /** What stands in the attachment. */
  readonly words: readonly string[];
  readonly bytes: Bytes;
}

export async function drawTest(crypto: CryptoPort, ceremony: Ceremony, created: Date): Promise<DrawnTest> {
  const { policy, escrow } = ceremony.charter;
  const words = passphraseWords(crypto, WORDS).split(' ');
  const text = encodeUtf8(`${words.join(' ')}\n`);
  const file = {
    fileName: 'six-words.txt',
    size: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
    open: () => streamOf(text),
  };
  const sealed: Uint8Array[] = [];
  for await (const part of sealPayload(crypto, {
    escrow,
    sequence: 1,
    created,
    recipient: ceremony.recipient,
    sources: [],
    attachments: [file],
    plan: [],
  })) {
    sealed.push(part);
  }
  return { cards: drawQuorum(crypto, policy), words, bytes: concatBytes(...sealed) };
}

/** Among so many quorums the lot falls; all of them where there are no more. */
const IN_THE_HAT = 200;

/** A quorum by lot. The first of few would always hold card 1. */
export function drawQuorum(crypto: CryptoPort, policy: Ceremony['charter']['policy']): readonly number[] {
  const quorums = quorumSubsets(crypto, policy, { limit: IN_THE_HAT });
  // 32 bits for a few hundred: the bias is far below anything that could be seen.
  const [a = 0, b = 0, c = 0, d = 0] = crypto.randomBytes(4);
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return quorums[number % quorums.length] ?? [];
}

export function writeTest(path: string, { bytes }: DrawnTest): Promise<void> {
  return writeFileAtomic(path, bytes);
}

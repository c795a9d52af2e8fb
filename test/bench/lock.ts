// What a lock on a card costs whoever opens it, and whoever guesses at its passphrase: the card against bare
// Argon2id of the same cost, in turn.

import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { argon2Hash } from '../../src/core/argon2.ts';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { LOCK_COST, lockShare, openShare } from '../../src/core/share/lock.ts';
import { decodeShare } from '../../src/core/share/share-record.ts';
import { median } from './measure.ts';
import type { BenchEscrow } from './escrow.ts';

const ROUNDS = 7;

interface LockFigure {
  /** To open a locked card, s. */
  readonly card: number;
  /** Argon2id alone, s. */
  readonly bare: number;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** Medians; the first round, which loads the module, is left out. */
export async function timeLock({ ceremony }: BenchEscrow): Promise<LockFigure> {
  const crypto = await loadNodeCrypto();
  const [first] = ceremony.cards;
  if (!first) throw new Error('a ceremony has cards');
  const passphrase = encodeUtf8('seven boats on a green river');
  const record = await lockShare(crypto, decodeShare(crypto, first.record), passphrase);
  const salt = new Uint8Array(16);
  const found = { card: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const card = await timed(() => openShare(crypto, record, passphrase));
    const bare = await timed(() => argon2Hash('argon2id', passphrase, salt, LOCK_COST));
    if (round === 0) continue;
    found.card.push(card);
    found.bare.push(bare);
  }
  return { card: median(found.card), bare: median(found.bare) };
}

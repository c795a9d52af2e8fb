// Locked cards at a ceremony: made from the cards it has, and opened again for its checks.

import { wipe } from '../core/bytes.ts';
import type { CryptoPort, KeyPair } from '../core/crypto.ts';
import { charterKeyPair, signCharter, signRekey } from '../core/record/charter.ts';
import { lockShare, openShare } from '../core/share/lock.ts';
import { decodeShare } from '../core/share/share-record.ts';
import type { Share } from '../core/share/share-record.ts';
import { encodeShareRows } from '../core/share/share-text.ts';
import { charterCards } from './ceremony.ts';
import type { CardSecret, Ceremony, LockPassphrases } from './ceremony.ts';

/**
 * The same ceremony with some of its cards locked: their records are others, and so are their commitments and
 * the charter's signatures. What was wiped of the ceremony given is wiped for good.
 *
 * @param oldSeed - Of the key before, for a rekey, whose charter it signs too.
 */
export async function lockCards(
  crypto: CryptoPort,
  ceremony: Ceremony,
  passphrases: LockPassphrases,
  oldSeed?: Uint8Array,
): Promise<Ceremony> {
  if (passphrases.size === 0) return ceremony;
  const cards: CardSecret[] = [];
  try {
    for (const card of ceremony.cards) cards.push(await lockedCard(crypto, card, passphrases.get(card.card)));
  } catch (error) {
    wipe(ceremony.seed, ...[...ceremony.cards, ...cards].map(({ record }) => record));
    throw error;
  }
  const charter = { ...ceremony.charter, cards: charterCards(crypto, cards) };
  const signed = signedBy(crypto, ceremony.seed, (key) => signCharter(crypto, charter, key));
  if (ceremony.signed.oldSignature === undefined) return { ...ceremony, charter, cards, signed };
  if (!oldSeed) throw new Error('a rekey is signed by the key before');
  const oldSignature = signedBy(crypto, oldSeed, (key) => signRekey(crypto, signed.bytes, key));
  return { ...ceremony, charter, cards, signed: { ...signed, oldSignature } };
}

function signedBy<T>(crypto: CryptoPort, seed: Uint8Array, sign: (key: KeyPair) => T): T {
  const key = charterKeyPair(crypto, seed);
  try {
    return sign(key);
  } finally {
    wipe(key.secretKey);
  }
}

async function lockedCard(
  crypto: CryptoPort,
  card: CardSecret,
  passphrase: Uint8Array | undefined,
): Promise<CardSecret> {
  if (!passphrase) return card;
  const share = decodeShare(crypto, card.record);
  try {
    const record = await lockShare(crypto, share, passphrase);
    wipe(card.record);
    return { ...card, record, rows: encodeShareRows(record) };
  } finally {
    wipe(share.value);
  }
}

/** The shares of all cards, by what stands on them. The caller wipes their values. */
export async function openCards(
  crypto: CryptoPort,
  { cards }: Pick<Ceremony, 'cards'>,
  passphrases: LockPassphrases,
): Promise<Share[]> {
  const shares: Share[] = [];
  try {
    for (const { card, record } of cards) shares.push(await openShare(crypto, record, passphrases.get(card)));
    return shares;
  } catch (error) {
    wipe(...shares.map(({ value }) => value));
    throw error;
  }
}
